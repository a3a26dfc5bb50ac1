"""The house keeps its own rules: names of files, sizes, docs, catalogues, migrations, settings."""

import dataclasses
import os
import re
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

ROOT = Path(__file__).resolve().parents[2]
ROOMS = sorted(p for p in (ROOT / "eventapp").iterdir() if p.is_dir() and p.name != "__pycache__")
PLATFORM = {"core", "web", "accounts", "audit", "mail", "jobs", "documents"}
MODULES = {"errors", "models", "rules", "queries", "operations", "signals", "receivers", "commands", "tasks", "forms", "views", "__init__"}
ENGINES = {"badges": {"token", "qr"}}
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
        ({"BASE_URL": "https://a-name-that-no-badge-can-carry.show.example"}, "BASE_URL"),
    ],
)
def test_production_refuses_to_start_on_a_bad_setting_and_names_it(wrong: dict[str, str], word: str) -> None:
    with pytest.raises(SettingsError, match=word):
        read_settings(given(**wrong))


def test_a_command_on_bad_settings_says_what_to_do_and_nothing_else() -> None:
    env = {**os.environ, **given(SECRET_KEY="")}
    done = subprocess.run([str(Path(sys.executable).parent / "flask"), "doctor"], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, "SECRET_KEY must have at least 32 characters" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
