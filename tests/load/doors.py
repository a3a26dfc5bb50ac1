"""`door.scan`: one scan for each request, beside a hand-written view on the same server and the same kind of database."""

import json
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import text

from eventapp import create_app
from eventapp.attendees.models import Attendee, Hat
from eventapp.badges.models import Badge
from eventapp.badges.token import keyring
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.ids import hash_secret
from eventapp.doors.models import Device, Gate
from eventapp.editions.models import Category
from eventapp.organisations.models import Person, PersonName
from tests.load.client import Run, drive_apart, post
from tests.load.report import median, report
from tests.support.cast import make_edition, same
from tests.support.databases import SECRET, named, sqlalchemy_url, start_postgres, test_settings
from tests.support.server import Server, free_port, installation

BEARER = "bench-device-0123456789abcdefghijklmnopqrs"
SCANS = "/api/v1/door/scans"


@dataclass(frozen=True)
class Door:
    """A served installation with a gate, a device and badges; and the floor beside it."""

    server: Server
    floor_port: int
    gate: int
    tokens: Sequence[str]


def seed(app: Flask, badges: int) -> tuple[int, list[str], str]:
    """Store an edition that is on today, a gate, a device and badges; return gate, tokens and the public key."""
    today = clock.real_now().date()
    with app.app_context():
        edition = make_edition("bench", 77, date.fromordinal(today.toordinal() - 1), date.fromordinal(today.toordinal() + 2))
        keys = keyring()
        now = datetime.now(UTC)
        with transaction():
            gate = Gate(edition_id=edition.id, zone_id=edition.zones[0].id, code="main", name=same("Main gate"))
            db.session.add(gate)
            db.session.flush()
            db.session.add(Device(edition_id=edition.id, gate_id=gate.id, label="bench", token_hash=hash_secret(BEARER), created_at=now, enrolled_at=now))
            tokens = [_attendee(edition, serial, now) for serial in range(1, badges + 1)]
        return gate.id, tokens, keys.public_hex[str(keys.newest)]


def _attendee(edition: Any, serial: int, now: datetime) -> str:
    """Store one visitor with a badge; return its token."""
    token = keyring().issue(
        edition=edition.token_number, serial=serial, counter=1, category=Category.VISITOR.number, zones=1, first_day=edition.first_day, last_day=edition.last_day
    )
    person = Person(created_at=now, names=[PersonName(script="latn", given="Visitor", family=str(serial), folded=f"visitor {serial}")])
    attendee = Attendee(
        edition_id=edition.id, person=person, reference=f"V-{serial}", personal_key=f"key-{serial}", category="visitor", folded_name=f"visitor {serial}", registered_at=now
    )
    attendee.hats = [Hat(category="visitor")]
    db.session.add(attendee)
    db.session.flush()
    row = Badge(
        edition_id=edition.id,
        attendee_id=attendee.id,
        serial=serial,
        counter=1,
        category="visitor",
        zones=1,
        first_day=edition.first_day,
        last_day=edition.last_day,
        token=token,
        issued_at=now,
    )
    db.session.add(row)
    return token


@contextmanager
def open_door(kind: str, badges: int) -> Iterator[Door]:
    """Serve product and floor on one kind of database."""
    with tempfile.TemporaryDirectory(prefix="eventapp-bench-") as name:
        folder = Path(name)
        server_url, stop = start_postgres() if kind == "postgresql" else ("", lambda: None)
        try:
            url, floor_url = _databases(kind, server_url, folder)
            with installation(folder, url) as server:
                app = create_app(test_settings(folder, url))
                gate, tokens, public_key = seed(app, badges)
                with app.app_context():
                    db.engine.dispose()
                threads = 8 if kind == "sqlite" else 4
                server.start(threads)
                floor = Server(folder, floor_url, port=free_port(), more={"FLOOR_DATABASE": floor_url, "FLOOR_KEY": public_key, "SECRET_KEY": SECRET})
                floor.start(threads, application="tests.load.floor:app", ready="/hello")
                try:
                    yield Door(server, floor.port, gate, tokens)
                finally:
                    floor.stop()
        finally:
            stop()


def _databases(kind: str, server: str, folder: Path) -> tuple[str, str]:
    """Make the product's and the floor's databases."""
    table = "CREATE TABLE floor_devices (id INTEGER PRIMARY KEY, token_hash TEXT UNIQUE, gate_id INTEGER)"
    scans = "CREATE TABLE floor_scans (id TEXT PRIMARY KEY, device_id INTEGER, gate_id INTEGER, serial BIGINT, direction TEXT, at TEXT)"
    row = f"INSERT INTO floor_devices VALUES (1, '{hash_secret(BEARER)}', 1)"
    if kind == "sqlite":
        with sqlite3.connect(folder / "floor.sqlite") as connection:
            for statement in (table, scans, row):
                connection.execute(statement)
        return f"sqlite:///{folder / 'eventapp.sqlite'}", f"sqlite:///{folder / 'floor.sqlite'}"
    with psycopg.connect(server, autocommit=True) as control:
        for name in ("bench", "floor"):
            control.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            control.execute(f"CREATE DATABASE {name}")
    with psycopg.connect(named(server, "floor"), autocommit=True) as connection_:
        for statement in (table.replace("INTEGER PRIMARY KEY", "INT PRIMARY KEY"), scans, row):
            connection_.execute(statement)
    return sqlalchemy_url(named(server, "bench")), sqlalchemy_url(named(server, "floor"))


def scans(door: Door, direction: str, amount: int) -> list[bytes]:
    """Write one request for each badge, with a fresh scan id."""
    at = clock.real_now().isoformat()
    rows = (
        {"id": str(uuid.uuid4()), "token": token, "gate": door.gate, "direction": direction, "scanned_at": at, "clock_offset_ms": 0, "verdict": ""}
        for token in door.tokens[:amount]
    )
    return [post(SCANS, door.server.port, json.dumps({"scans": [row]}).encode(), Authorization=f"Bearer {BEARER}") for row in rows]


def floor_scans(door: Door, direction: str, amount: int) -> list[bytes]:
    """Write the same for the floor."""
    at = clock.real_now().isoformat()
    rows = ({"id": str(uuid.uuid4()), "token": token, "direction": direction, "scanned_at": at} for token in door.tokens[:amount])
    return [post("/scan", door.floor_port, json.dumps(row).encode(), Authorization=f"Bearer {BEARER}") for row in rows]


def errors_of(run: Run) -> int:
    """Count answers that are not an admission."""
    return sum(a.status != 200 or b'"admitted"' not in a.body for a in run.answers)


def stored(server: Server) -> int:
    """Count the scans in the product's database."""
    app = create_app(test_settings(server.folder, server.database_url))
    with app.app_context():
        amount = int(db.session.execute(text("SELECT count(*) FROM scans")).scalar_one())
        db.session.remove()
        db.engine.dispose()
        return amount


def bench(*, amount: int = 800, repetitions: int = 5, kinds: Sequence[str] = ("sqlite", "postgresql"), clients: Sequence[int] = (8, 32)) -> list[dict[str, Any]]:
    """Measure scans a second, product and floor in turn; check that every answer is a stored row."""
    rows = []
    for kind in kinds:
        with open_door(kind, amount) as door:
            drive_apart(door.floor_port, floor_scans(door, "in", 50), 4)  # warm both up
            warm = drive_apart(door.server.port, [*scans(door, "in", 50), *scans(door, "out", 50)], 1)
            sent, wrong = 100, errors_of(warm)
            for number in clients:
                product, floor = [], []
                for _ in range(repetitions):
                    for direction in ("in", "out"):
                        run = drive_apart(door.server.port, scans(door, direction, amount // 2), number)
                        product.append(run)
                        floor.append(drive_apart(door.floor_port, floor_scans(door, direction, amount // 2), number))
                        sent, wrong = sent + len(run.answers), wrong + errors_of(run)
                value, beside = median([r.rate for r in product]), median([r.rate for r in floor])
                p99 = median([r.percentile(0.99) for r in product]) * 1000
                whole = stored(door.server) == sent and wrong == 0
                good = whole and value >= 0.5 * beside and (number != 8 or p99 < 50)
                goal = "0.5 of the floor, p99 < 50 ms at 8 clients, 0 errors"
                rows.append(report(f"door.scan {kind} {number}", value, "scans/s", floor=beside, goal=goal, ok=good, p99_ms=round(p99, 1), errors=wrong, rows_equal_answers=whole))
    return rows
