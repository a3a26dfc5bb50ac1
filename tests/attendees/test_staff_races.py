"""Two yeses at once to a question to join a staff: one badge, one seat; and what is lost without the locks."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.accounts.models import User
from eventapp.attendees import operations, queries
from eventapp.attendees.models import Hat, StaffRequest, StaffSeat
from eventapp.badges.models import Badge
from eventapp.core.db import db
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor
from tests.support.racing import race, without_locks


@pytest.fixture
def windows(sistep: Edition, stranger: User) -> Callable[[bool], str]:
    """A visitor's windows that show the question of an exhibitor whose stand has badges: each says yes or no."""
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    operations.register_visitor(sistep.id, given="Omar", family="Tazi", email="omar@x.example", language="fr", now=EIGHT)
    operations.add_staff(atlas.id, given="Omar", family="Tazi", email="omar@x.example", actor_id=None, now=EIGHT)
    edition_id, key = sistep.id, db.session.scalars(select(StaffRequest.key)).one()

    def say(joins: bool) -> str:
        operations.answer_request(edition_id, key, joins=joins, now=EIGHT)
        return "yes" if joins else "no"

    return say


def there() -> tuple[int, ...]:
    """Count hats as exhibitor, seats and badges that open doors."""
    hats = db.session.scalar(select(func.count(Hat.id)).where(Hat.category == "exhibitor")) or 0
    active = db.session.scalar(select(func.count(Badge.id)).where(Badge.state == "active")) or 0
    return hats, db.session.scalar(select(func.count()).select_from(StaffSeat)) or 0, active


def test_two_yeses_at_once_are_one(app: Flask, windows: Callable[[bool], str]) -> None:
    assert race(app, windows, [True] * 4) == {"yes": 4}
    assert (there(), [breach for found in examine().values() for breach in found]) == ((1, 1, 1), [])


def test_a_yes_and_a_no_at_once_end_as_one_of_them(app: Flask, windows: Callable[[bool], str]) -> None:
    ended = race(app, windows, [True, False])
    assert ended in ({"yes": 1, "no": 1}, {"yes": 1, "OnStaffNow": 1})
    assert (there(), [breach for found in examine().values() for breach in found]) == ((1, 1, 1), [])


def test_without_the_locks_the_second_yes_does_not_end_well(app: Flask, windows: Callable[[bool], str], monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch, queries, "request_to_change", 2)
    assert race(app, windows, [True, True]) != {"yes": 2}
