"""`stands.rush`: registration opens, and 300 exhibitors want 120 stands at once, through eight processes."""

import multiprocessing
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import psycopg

from eventapp import create_app
from eventapp.core import clock
from eventapp.core.db import db, is_transient, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ExhibitingRules
from eventapp.stands import queries
from eventapp.stands.operations import add_stand
from eventapp.stands.rules.shapes import rectangle
from tests.load.report import report
from tests.load.rushing import begin_registrations, take_and_send
from tests.support.cast import make_edition
from tests.support.databases import named, sqlalchemy_url, start_postgres, test_settings
from tests.support.server import installation

EXHIBITORS, STANDS, PROCESSES = 300, 120, 8
_TRIES = 4


def _seed(edition: Edition) -> list[str]:
    """Draw the stands and fill in the registrations."""
    hall, now = edition.halls[0], clock.real_now()
    with transaction():
        db.session.add(ExhibitingRules(edition_id=edition.id, stand_way="first_come", accepts_at_once=True))
        for number in range(STANDS):
            row, column = divmod(number, 12)
            add_stand(hall, f"B{number}", rectangle(column * 5, row * 3, 4, 3), open_on="S", kind="equipped", actor_id=None, now=now)
    return begin_registrations(edition.id, EXHIBITORS, now)


def _share(folder: str, url: str, edition_id: int, keys: Sequence[str], gate: Any, found: Any) -> None:
    """Be one process: let its share of the applicants hold and send, one after the other."""
    app, ended = create_app(test_settings(Path(folder), url)), Counter[str]()
    gate.wait()
    for key in keys:
        for attempt in range(1, _TRIES + 1):
            with app.app_context():
                try:
                    ended[take_and_send(edition_id, key, Random(key), clock.real_now())] += 1
                    break
                except Exception as error:  # noqa: BLE001 - the count of faults is the figure
                    db.session.rollback()
                    if attempt == _TRIES or not is_transient(error):
                        ended["errors"] += 1
                        break
    found.put(ended)


def bench() -> None:
    """Run the rush on SQLite and on PostgreSQL."""
    for kind in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory(prefix="eventapp-bench-") as name:
            server, stop = start_postgres() if kind == "postgresql" else ("", lambda: None)
            try:
                _rush(kind, Path(name), server)
            finally:
                stop()


def _rush(kind: str, folder: Path, server: str) -> None:
    url = f"sqlite:///{folder}/eventapp.sqlite" if kind == "sqlite" else _made(server)
    with installation(folder, url):
        app = create_app(test_settings(folder, url))
        with app.app_context():
            today = clock.real_now().date()
            edition = make_edition("rush", 78, today, today)
            edition_id, keys = edition.id, _seed(edition)
            db.session.remove()
            db.engine.dispose()
        spawn = multiprocessing.get_context("spawn")
        gate, found = spawn.Barrier(PROCESSES + 1), spawn.Queue()
        shares = [spawn.Process(target=_share, args=(str(folder), url, edition_id, keys[number::PROCESSES], gate, found)) for number in range(PROCESSES)]
        for share in shares:
            share.start()
        gate.wait()
        began = time.perf_counter()
        ended: Counter[str] = sum((found.get() for _share in shares), Counter())
        took = time.perf_counter() - began
        for share in shares:
            share.join()
        with app.app_context():
            breaches = [*queries.sold_twice(), *queries.allocated_to_others_than_accepted(), *queries.held_by_the_gone(), *queries.wrong_cells()]
            sold = queries.count_stands(edition_id)[1]
        ok = (sold, ended["sold"], ended["refused"], ended["errors"], breaches) == (STANDS, STANDS, EXHIBITORS - STANDS, 0, [])
        report(
            f"stands.rush.{kind}",
            sold,
            "sold",
            goal="120 sold, 180 refused, 0 errors",
            ok=ok,
            refused=ended["refused"],
            errors=ended["errors"],
            breaches=len(breaches),
            seconds=round(took, 1),
        )


def _made(server: str) -> str:
    """Make an empty database; return its address."""
    with psycopg.connect(server, autocommit=True) as control:
        control.execute("DROP DATABASE IF EXISTS rush WITH (FORCE)")
        control.execute("CREATE DATABASE rush")
    return sqlalchemy_url(named(server, "rush"))
