"""The badges that come with a stand: shown as they are used, held under races, more of them for money."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, insert, select

from eventapp.accounts.models import User
from eventapp.attendees import operations, queries
from eventapp.attendees.errors import NoBadgesLeft, QuotaUsedUp, StaffFull
from eventapp.attendees.models import Attendee, StaffSeat
from eventapp.attendees.operations import adding, seats
from eventapp.badges import operations as badges
from eventapp.core.db import db, insert_new, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import CoExhibitor, Exhibitor
from eventapp.exhibitors.operations import withdraw
from eventapp.pricing.operations import set_quota
from eventapp.pricing.rules import QuotaTable
from eventapp.stands.operations import allocate_stand
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.racing import race


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An exhibitor on 18 m², to whom two badges come."""
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    allocate_stand(make_stand(sistep, "B12").id, atlas.id, actor_id=None, now=EIGHT)
    quota(sistep, None)
    return atlas


def quota(edition: Edition, extra_amount: Decimal | None) -> None:
    set_quota(edition.id, QuotaTable(((Decimal(9), 2),)), extra_amount, actor_id=None, now=EIGHT)


def add(exhibitor: Exhibitor, given: str, **more: Any) -> Attendee:
    return operations.add_staff(exhibitor.id, given=given, family="Bennis", actor_id=None, now=EIGHT, **more)


def seated() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(StaffSeat.seat).order_by(StaffSeat.seat)))


def test_the_badges_of_a_stand_are_used_one_by_one(atlas: Exhibitor) -> None:
    add(atlas, "Amina")
    add(atlas, "Brahim")
    assert queries.quota_of(atlas) == queries.StaffQuota(2, 2, 0, None, "MAD")
    with pytest.raises(NoBadgesLeft) as refusal:
        add(atlas, "Chafik")
    assert refusal.value.facts == {"quota": 2}
    assert len(queries.staff_of(atlas.id)) == 2


def test_beyond_them_badges_are_extra_when_asked_for(sistep: Edition, atlas: Exhibitor) -> None:
    quota(sistep, Decimal(150))
    add(atlas, "Amina")
    add(atlas, "Brahim")
    with pytest.raises(QuotaUsedUp):
        add(atlas, "Chafik")
    add(atlas, "Chafik", extra=True)
    found = queries.quota_of(atlas)
    assert (found.used, found.extras, seated()) == (2, 1, [1, 2])


def test_extra_is_only_what_is_beyond_the_quota(sistep: Edition, atlas: Exhibitor) -> None:
    quota(sistep, Decimal(150))
    add(atlas, "Amina", extra=True)
    assert seated() == [1]


def test_co_exhibitors_bring_badges_of_their_own(sistep: Edition, atlas: Exhibitor) -> None:
    set_quota(sistep.id, QuotaTable(((Decimal(9), 2),), per_co_exhibitor=3), None, actor_id=None, now=EIGHT)
    with transaction():
        db.session.add(CoExhibitor(exhibitor_id=atlas.id, edition_id=sistep.id, position=1, name="Rif", country="MA"))
    assert queries.quota_of(atlas).badges == 5


def test_who_leaves_frees_a_badge(atlas: Exhibitor) -> None:
    amina = add(atlas, "Amina")
    add(atlas, "Brahim")
    operations.withdraw_staff_member(atlas.id, amina.id, actor_id=None, now=EIGHT)
    assert seated() == [2]
    add(atlas, "Chafik")
    assert seated() == [1, 2]
    withdraw(atlas.id, actor_id=None, now=EIGHT)
    assert (seated(), queries.seats_of_others()) == ([], [])


def test_without_a_table_of_badges_there_is_no_limit(sistep: Edition, stranger: User) -> None:
    rif = make_exhibitor(sistep, "Rif", stranger)
    for given in ("Amina", "Brahim", "Chafik"):
        add(rif, given)
    assert (queries.quota_of(rif).badges, seated()) == (None, [1, 2, 3])


def test_doctor_finds_a_seat_of_somebody_who_left(atlas: Exhibitor) -> None:
    amina = add(atlas, "Amina")
    with transaction():
        amina.withdrawn_at = EIGHT
    assert queries.seats_of_others() == [f"seat 1 of exhibitor {atlas.id} is held by attendee {amina.id}, who is not on its staff"]


def add_at_once(app: Flask, exhibitor_id: int) -> dict[str, int]:
    def one(number: int) -> str:
        try:
            operations.add_staff(exhibitor_id, given=f"Person {number}", family="Bennis", email=f"p{number}@atlas.example", actor_id=None, now=EIGHT)
        except NoBadgesLeft:
            return "refused"
        return "added"

    return race(app, one, range(8))


def test_eight_people_added_at_once_get_two_badges(app: Flask, atlas: Exhibitor) -> None:
    assert add_at_once(app, atlas.id) == {"added": 2, "refused": 6}
    assert seated() == [1, 2]


def test_without_the_key_and_the_lock_the_quota_does_not_hold(app: Flask, atlas: Exhibitor, monkeypatch: pytest.MonkeyPatch) -> None:
    with db.engine.begin() as connection:
        for statement in ("CREATE TABLE keyless AS SELECT * FROM staff_seats", "DROP TABLE staff_seats", "ALTER TABLE keyless RENAME TO staff_seats"):
            connection.exec_driver_sql(statement)

    def plain_insert(table: Table, rows: Any, keys: Any, **more: Any) -> set[Any]:
        if table.name != "staff_seats":
            return insert_new(table, rows, keys, **more)
        db.session.execute(insert(table), rows)
        return {tuple(row[key] for key in keys) for row in rows}

    unlocked: Callable[[int], Exhibitor] = lambda exhibitor_id: db.session.get_one(Exhibitor, exhibitor_id)  # noqa: E731
    monkeypatch.setattr(seats, "insert_new", plain_insert)
    for module in (adding, badges):  # the badge that follows takes the same lock
        monkeypatch.setattr(module, "exhibitor_to_change", unlocked)
    monkeypatch.setattr(queries, "seats_taken", lambda _exhibitor_id: set())
    assert add_at_once(app, atlas.id) == {"added": 8}
    assert seated() == [1] * 8


def test_who_is_asked_takes_a_seat_on_their_yes_if_there_still_is_one(sistep: Edition, atlas: Exhibitor) -> None:
    for given in ("Amina", "Brahim"):
        operations.register_visitor(sistep.id, given=given, family="Bennis", email=f"{given}@visitor.example", now=EIGHT)
        add(atlas, given, email=f"{given}@visitor.example")
    keys = [request.key for request, _person in queries.asked_by(atlas.id)]
    assert (seated(), queries.quota_of(atlas).used) == ([], 0)
    operations.answer_request(sistep.id, keys[0], joins=True, now=EIGHT)
    add(atlas, "Chafik")
    with pytest.raises(StaffFull):
        operations.answer_request(sistep.id, keys[1], joins=True, now=EIGHT)
    assert (seated(), [request.state for request, _person in queries.asked_by(atlas.id)]) == ([1, 2], ["open"])
    operations.register_visitor(sistep.id, given="Driss", family="Bennis", email="driss@visitor.example", now=EIGHT)
    with pytest.raises(NoBadgesLeft):
        add(atlas, "Driss", email="driss@visitor.example")
