"""However many officers schedule at once, nobody signs in two places at one time."""

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, insert

from eventapp.agreements import operations
from eventapp.core.db import db, insert_new
from eventapp.editions.models import Edition
from eventapp.programme.errors import PersonDoubleBooked
from eventapp.programme.operations import occupying
from eventapp.programme.queries import occupancy_breaches
from eventapp.programme.rules import Placement
from tests.support.agreeing import ATLAS, ENSAM, FIMME, broken, recorded
from tests.support.cast import EIGHT
from tests.support.programme import DAY, make_room

ROUNDS = 6


def rush(app: Flask, edition: Edition) -> dict[str, int]:
    """Let two officers, each with an agreement that the federation's president signs, schedule at the same times in two rooms; count how it ended."""
    rooms = [make_room(edition, code).id for code in ("left", "right")]
    hours = [Placement(DAY, 600 + 60 * number, 30) for number in range(ROUNDS)]
    wanted = [[recorded(edition, f"With {name}, {number}", (FIMME, party)).id for number in range(ROUNDS)] for name, party in (("school", ENSAM), ("foundry", ATLAS))]
    ended, lock = {"scheduled": 0, "refused": 0, "errors": 0}, threading.Lock()
    together = threading.Barrier(2)

    def schedule_all(officer: int) -> None:
        for number, hour in enumerate(hours):
            together.wait()
            with app.app_context():
                how = attempt(wanted[officer][number], Placement(hour.day, hour.start, hour.length, rooms[officer]))
            with lock:
                ended[how] += 1

    threads = [threading.Thread(target=schedule_all, args=(officer,)) for officer in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return ended


def attempt(agreement_id: int, placement: Placement) -> str:
    try:
        operations.schedule_signing(agreement_id, placement, actor_id=None, now=EIGHT)
    except PersonDoubleBooked:
        return "refused"
    except Exception:  # noqa: BLE001 - the count of errors is what is asserted
        return "errors"
    return "scheduled"


def test_of_two_officers_who_want_one_person_at_one_time_exactly_one_wins(app: Flask, sistep: Edition) -> None:
    assert rush(app, sistep) == {"scheduled": ROUNDS, "refused": ROUNDS, "errors": 0}
    assert (occupancy_breaches(), broken()) == ([], [])


def test_without_the_key_the_same_person_signs_in_two_rooms(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    drop_the_key()

    def plain_insert(table: Table, rows: Any, keys: Any) -> set[Any]:
        if table.name != "occupancy":
            return insert_new(table, rows, keys)
        for row in rows:
            db.session.execute(insert(table).values(row))
        return {tuple(row[key] for key in keys) for row in rows}

    monkeypatch.setattr(occupying, "insert_new", plain_insert)
    assert rush(app, sistep) == {"scheduled": 2 * ROUNDS, "refused": 0, "errors": 0}
    assert len(occupancy_breaches()) == ROUNDS


def drop_the_key() -> None:
    """Make the table of claims anew without its primary key."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE keyless AS SELECT * FROM occupancy")
        connection.exec_driver_sql("DROP TABLE occupancy")
        connection.exec_driver_sql("ALTER TABLE keyless RENAME TO occupancy")
