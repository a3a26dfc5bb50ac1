"""The house keeps its own rules: names of files, sizes, docs, catalogues, migrations, settings."""

import dataclasses
import os
import re
import socket
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask

from config import Settings, SettingsError, read_settings
from eventapp.core.append_only import missing_triggers
from eventapp.core.db import db
from eventapp.core.zones import offset_text
from eventapp.models import metadata
from tests.support.databases import SECRET
from tests.support.schema import rules_of

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(p for p in (ROOT / "eventapp").iterdir() if p.is_dir() and p.name != "__pycache__")
PLATFORM = {"core", "web", "accounts", "audit", "mail", "jobs", "documents"}
MODULES = {"errors", "models", "rules", "queries", "operations", "signals", "receivers", "commands", "tasks", "forms", "views", "__init__"}
ENGINES = {"badges": {"token", "qr"}, "stands": {"assignment"}}
SETTINGS_OF_THE_ENVIRONMENT = {field.name.upper() for field in dataclasses.fields(Settings)}


@pytest.mark.parametrize("room", ROOMS, ids=lambda r: r.name)
def test_a_room_has_a_readme_and_only_the_modules_of_the_plan(room: Path) -> None:
    assert (room / "README.md").exists()
    if room.name not in PLATFORM:
        names = {p.stem for p in room.iterdir() if p.suffix == ".py" or (p.is_dir() and p.name != "__pycache__")}
        assert names <= MODULES | ENGINES.get(room.name, set())


def test_no_module_outgrows_its_neighbours() -> None:
    lengths = {str(p.relative_to(ROOT)): p.read_text().count("\n") for p in (ROOT / "eventapp").rglob("*.py")}
    assert {name: n for name, n in lengths.items() if n > 300} == {}


def test_every_string_is_translated() -> None:
    done = subprocess.run([sys.executable, "tools/catalogues.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0)


def test_migrations_make_exactly_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": lambda name, kind, _: kind != "table" or not str(name).startswith("huey")})
        assert compare_metadata(context, metadata) == []


def test_migrations_make_every_check_and_condition_of_the_models(app: Flask) -> None:
    with db.engine.connect() as connection:
        migrated = rules_of(connection)
    metadata.drop_all(db.engine)
    metadata.create_all(db.engine)
    with db.engine.connect() as connection:
        made = rules_of(connection)
    assert (sorted(migrated - made), sorted(made - migrated)) == ([], [])
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX uq_badges_active")
        connection.exec_driver_sql("CREATE UNIQUE INDEX uq_badges_active ON badges (attendee_id) WHERE state <> 'revoked'")
    with db.engine.connect() as connection:
        assert len(made - rules_of(connection)) == 1


def test_facts_have_their_triggers(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert missing_triggers(connection) == []


def test_a_missing_trigger_is_found(app: Flask) -> None:
    on = " ON scans" if db.engine.dialect.name == "postgresql" else ""
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TRIGGER scans_no_delete{on}")
    with db.engine.connect() as connection:
        assert missing_triggers(connection) == ["scans_no_delete"]


def test_zone_rules_are_those_of_the_locked_package() -> None:
    assert zoneinfo.TZPATH == ()
    told = [offset_text(datetime(*day, 12, tzinfo=UTC), "Africa/Casablanca") for day in ((2018, 4, 12), (2025, 12, 3), (2026, 3, 1), (2026, 9, 21))]
    assert told == ["UTC+1", "UTC+1", "UTC+0", "UTC+0"]


def test_the_deployers_page_names_every_setting_and_no_other() -> None:
    page = (ROOT / "docs/deployer.md").read_text()
    rows = re.findall(r"^\| (`[A-Z_`, ]+) \|", page, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    assert named == SETTINGS_OF_THE_ENVIRONMENT


def test_the_deployers_page_names_every_command_and_no_other(app: Flask) -> None:
    page = (ROOT / "docs/deployer.md").read_text()
    ours = {name for name in app.cli.commands if name not in {"db", "run", "shell", "routes"}}
    named = {line.split()[1] for line in re.findall(r"`(flask [a-z -]+)", page)} - {"db"}
    assert named == ours


def given(**more: str) -> dict[str, str]:
    return {"APP_ENV": "production", "SECRET_KEY": SECRET, "BASE_URL": "https://show.example", **more}


def test_good_settings_are_accepted() -> None:
    assert read_settings(given()).trusted_hosts == ("show.example",)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "ab" * 30}, "SECRET_KEY"),
        ({"CLOCK_START": "2018-04-12T10:00+01:00"}, "CLOCK_START"),
        ({"CLOCK_START": "yesterday"}, "CLOCK_START"),
        ({"APP_ENV": "staging"}, "APP_ENV"),
        ({"PORT": "http"}, "PORT"),
        ({"PORT": "70000"}, "PORT"),
        ({"PROXIES": "many"}, "PROXIES"),
        ({"BASE_URL": ""}, "BASE_URL must be given"),
        ({"BASE_URL": "show.example"}, "BASE_URL"),
        ({"BASE_URL": "ftp://show.example"}, "BASE_URL"),
        ({"BASE_URL": "https://show.example/app"}, "BASE_URL"),
        ({"BASE_URL": "https://show.example:port"}, "BASE_URL"),
        ({"DATABASE_URL": "rubbish"}, "DATABASE_URL"),
        ({"DATABASE_URL": "mysql://show.example/x"}, "DATABASE_URL"),
        ({"MIGRATION_DATABASE_URL": "rubbish"}, "MIGRATION_DATABASE_URL"),
        ({"MAIL_URL": "gopher://show.example"}, "MAIL_URL"),
        ({"MAIL_URL": "smtp://show.example:70000"}, "MAIL_URL"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM"),
        ({"REDIS_URL": "rubbish"}, "REDIS_URL"),
        ({"LOG_LEVEL": "noisy"}, "LOG_LEVEL"),
        ({"INSTANCE_DIR": "/proc/nowhere"}, "INSTANCE_DIR"),
        ({"BASE_URL": "https://a-name-that-no-badge-can-carry.show.example"}, "BASE_URL"),
    ],
)
def test_production_refuses_to_start_on_a_bad_setting_and_names_it(wrong: dict[str, str], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        read_settings(given(**wrong))


@pytest.mark.parametrize(("name", "value"), [("DATABASE_URL", "mysql://u:hidden@show.example/x"), ("MAIL_URL", "smtp://u:hid/hidden@show.example"), ("REDIS_URL", "x://:hidden@y")])
def test_a_refused_setting_does_not_tell_its_password(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(given(**{name: value}))
    assert (name in str(refused.value), "hid" in str(refused.value)) == (True, False)


@pytest.mark.parametrize(
    ("set_to", "address", "trusted"),
    [
        ({}, "http://127.0.0.1:8000", ("127.0.0.1", "localhost", "[::1]")),
        ({"HOST": "localhost", "PORT": "8001"}, "http://localhost:8001", ("127.0.0.1", "localhost", "[::1]")),
        ({"HOST": "0.0.0.0"}, "http://127.0.0.1:8000", ("127.0.0.1", "localhost", "[::1]")),  # noqa: S104 - nothing is bound
        ({"HOST": "::1"}, "http://[::1]:8000", ("127.0.0.1", "localhost", "[::1]")),
        ({"HOST": "10.0.0.7", "TRUSTED_HOSTS": " , "}, "http://10.0.0.7:8000", ("10.0.0.7",)),
        ({"BASE_URL": "https://show.example/", "TRUSTED_HOSTS": "show.example, 10.0.0.7"}, "https://show.example", ("show.example", "10.0.0.7")),
    ],
)
def test_the_demo_answers_at_the_address_it_names(set_to: dict[str, str], address: str, trusted: tuple[str, ...], tmp_path: Path) -> None:
    settings = read_settings({"APP_ENV": "demo", "INSTANCE_DIR": str(tmp_path), **set_to})
    assert (settings.base_url, settings.trusted_hosts) == (address, trusted)


def flask(*command: str, **more: str) -> tuple[int, list[str]]:
    """Run a command of the program; return its status and the lines of its complaint."""
    done = subprocess.run([str(Path(sys.executable).parent / "flask"), *command], cwd=ROOT, env={**os.environ, **given(**more)}, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.splitlines()


def test_a_command_on_bad_settings_says_what_to_do_and_nothing_else() -> None:
    status, said = flask("doctor", SECRET_KEY="")
    assert (status, len(said), "SECRET_KEY must have at least 32 characters" in said[0]) == (1, 1, True)


@pytest.mark.parametrize("command", [("doctor",), ("worker",), ("doors", "recount"), ("accounts", "create-admin", "amina@atlas.example")])
def test_a_command_without_tables_says_how_to_make_them_and_nothing_else(command: tuple[str, ...], tmp_path: Path) -> None:
    assert flask(*command, INSTANCE_DIR=str(tmp_path)) == (1, ["Error: The database has not this version's tables. Bring it up to date with: flask db upgrade"])


@pytest.mark.parametrize("command", [("doctor",), ("doors", "recount"), ("db", "upgrade")])
def test_a_command_without_a_database_says_so_without_a_traceback(command: tuple[str, ...], tmp_path: Path) -> None:
    status, said = flask(*command, INSTANCE_DIR=str(tmp_path), DATABASE_URL=f"sqlite:///{tmp_path}/missing/x.sqlite")
    assert (status, "unable to open database file" in said[-1], "Traceback" in "".join(said)) == (1, True, False)


def test_the_first_start_makes_its_own_folder(tmp_path: Path) -> None:
    assert flask("db", "upgrade", INSTANCE_DIR=str(tmp_path / "new" / "instance")) == (0, [])


def test_a_port_that_somebody_listens_on_is_told_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        env = {**os.environ, "APP_ENV": "demo", "INSTANCE_DIR": str(tmp_path), "HOST": "127.0.0.1", "PORT": str(port)}
        done = subprocess.run([sys.executable, "tools/run.py"], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, f"port {port}; perhaps it runs already" in done.stderr) == (1, "", True)
