"""`flask doors recount` and the doctor's lines: both see what differs, one of them mends it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, update

from eventapp import doctor
from eventapp.core.db import db, transaction
from eventapp.doors.models import Presence, Visit
from eventapp.doors.queries import counting
from eventapp.editions.models import Edition
from tests.doors.conftest import NINE, TEN, Post, make_holder, minutes, record, scan, token_of

FIGURES = "presence and visits are what the scans say"
SAME_EDITION = "scans, gates and devices are of one edition"


@pytest.fixture
def crowd(sistep: Edition, main: Post) -> list[int]:
    """Three visitors, of whom one left."""
    holders = [make_holder(sistep, f"Visitor {number}") for number in range(3)]
    for number, holder in enumerate(holders):
        record(main, scan(main, token_of(holder), minutes(number)))
    record(main, scan(main, token_of(holders[2]), minutes(9), "out"))
    return [holder.id for holder in holders]


def recount(app: Flask) -> list[str]:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["doors", "recount"])
    db.session.rollback()
    assert result.exit_code == 0, result.output
    return str(result.output).splitlines()


def figures() -> tuple[Any, Any]:
    found = counting.stored_figures()
    return dict(found.presence), dict(found.visits)


SPOILT: dict[str, Callable[[list[int]], Any]] = {
    "somebody is inside who left": lambda ids: update(Presence).where(Presence.attendee_id == ids[2]).values(inside=True),
    "somebody is lost": lambda ids: delete(Presence).where(Presence.attendee_id == ids[0]),
    "a time is another": lambda ids: update(Presence).where(Presence.attendee_id == ids[0]).values(changed_at=TEN),
    "a visit is lost": lambda ids: delete(Visit).where(Visit.attendee_id == ids[1]),
    "a visit was invented": lambda ids: insert(Visit).values(edition_id=1, attendee_id=ids[0], day=(NINE + timedelta(days=1)).date(), first_at=TEN),
    "a visit began later": lambda ids: update(Visit).where(Visit.attendee_id == ids[0]).values(first_at=TEN),
}


def test_what_agrees_is_left_alone(app: Flask, crowd: list[int]) -> None:
    before = figures()
    assert recount(app) == ["Presence and visits agree with the scans; nothing changed."]
    assert figures() == before
    assert (len(before[0]), len(before[1])) == (3, 3)


@pytest.mark.parametrize("how", SPOILT)
def test_what_differs_is_found_by_the_doctor_and_mended(app: Flask, crowd: list[int], how: str) -> None:
    before = figures()
    with transaction():
        db.session.execute(SPOILT[how](crowd))
    assert len(doctor.examine()[FIGURES]) == 1
    lines = recount(app)
    assert (len(lines), lines[-1], lines[0].startswith("attendee ")) == (2, "1 figures changed.", True)
    assert figures() == before
    assert doctor.examine()[FIGURES] == []
