"""However many desks replace and revoke at once: one active badge for an attendee, and revocation numbers without gaps or doubles."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee
from eventapp.badges import operations, queries
from eventapp.badges.models import Badge, Revocation
from eventapp.core.db import db
from eventapp.editions.models import Category, Edition
from tests.support.cast import EIGHT
from tests.support.doctor import breaches
from tests.support.racing import claim_without_looking, looked_before, race, without_key

LATER = EIGHT + timedelta(hours=1)
DESKS, PEOPLE = 6, 4


def holder(edition: Edition, given: str = "Nora") -> Attendee:
    """Register a journalist, who gets a badge."""
    return add_attendee(edition.id, Category.PRESS, given=given, family="Alaoui", email=f"{given}@press.example".lower(), actor_id=None, now=EIGHT)


def shown(attendee: Attendee) -> int:
    """Name the badge that every desk's page shows."""
    badge = queries.active_badge(attendee.id)
    assert badge is not None
    return badge.id


def replacing(attendee: Attendee) -> Callable[[int], str]:
    attendee_id, before = attendee.id, shown(attendee)

    def press(_desk: int) -> str:
        operations.reissue_badge(attendee_id, instead_of=before, actor_id=None, now=LATER)
        return "replaced"

    return press


def look_before(monkeypatch: pytest.MonkeyPatch, attendee: Attendee) -> None:
    """Let every desk take the badge of before for the active one."""
    before = shown(attendee)
    looked_before(monkeypatch, queries, "active_badge", lambda _attendee_id: db.session.get(Badge, before))


def sequences() -> list[int]:
    return list(db.session.scalars(select(Revocation.sequence).order_by(Revocation.sequence, Revocation.id)))


def active() -> int:
    return len(db.session.scalars(select(Badge.id).where(Badge.state == "active")).all())


def test_of_six_desks_that_replace_one_badge_at_once_one_does(app: Flask, sistep: Edition) -> None:
    assert race(app, replacing(holder(sistep)), range(DESKS)) == {"replaced": 1, "ChangedMeanwhile": DESKS - 1}
    assert (active(), sequences(), breaches()) == (1, [1], [])


def test_a_badge_that_is_replaced_and_revoked_at_once_is_one_of_the_two(app: Flask, sistep: Edition) -> None:
    nora = holder(sistep)
    attendee_id, before = nora.id, shown(nora)

    def press(verb: str) -> str:
        if verb == "revoke":
            operations.revoke_badge(attendee_id, shown=before, actor_id=None, now=LATER)
        else:
            operations.reissue_badge(attendee_id, instead_of=before, actor_id=None, now=LATER)
        return "done"

    assert race(app, press, ["revoke", "replace"] * 3) == {"done": 1, "ChangedMeanwhile": 5}
    assert (sequences(), breaches()) == ([1], [])


def test_people_who_register_at_many_desks_at_once_have_one_badge_each(app: Flask, sistep: Edition) -> None:
    nora = holder(sistep)
    operations.revoke_badge(nora.id, actor_id=None, now=EIGHT)
    attendee_id = nora.id

    def issue(_desk: int) -> str:
        return str(operations.issue_badge(attendee_id, now=LATER).counter)

    assert race(app, issue, range(DESKS)) == {"2": DESKS}
    assert (active(), breaches()) == (1, [])


def test_the_index_alone_keeps_one_active_badge(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    nora = holder(sistep)
    press = replacing(nora)
    look_before(monkeypatch, nora)
    assert race(app, press, range(DESKS)) == {"replaced": 1, "IntegrityError": DESKS - 1}
    assert (active(), sequences(), breaches()) == (1, [1], [])


def test_without_the_index_six_desks_make_six_active_badges(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    nora = holder(sistep)
    press = replacing(nora)
    without_key("badges", "uq_badges_active")
    look_before(monkeypatch, nora)
    assert race(app, press, range(DESKS)) == {"replaced": DESKS}
    assert f"attendee {nora.id} has {DESKS} active badges" in breaches()


def revoking(edition: Edition) -> tuple[Callable[[int], str], list[int]]:
    people = [holder(edition, f"Nora{number}").id for number in range(PEOPLE)]

    def press(attendee_id: int) -> str:
        operations.reissue_badge(attendee_id, actor_id=None, now=LATER)
        return "replaced"

    return press, people


def test_badges_replaced_at_once_are_revoked_under_numbers_without_gaps_or_doubles(app: Flask, sistep: Edition, other_edition: Edition) -> None:
    press, people = revoking(sistep)
    _press, theirs = revoking(other_edition)
    assert race(app, press, (people + theirs) * 2) == {"replaced": 4 * PEOPLE}
    assert (sequences(), active(), breaches()) == (sorted([*range(1, 2 * PEOPLE + 1)] * 2), 2 * PEOPLE, [])


def test_the_key_alone_keeps_a_number_from_being_given_twice(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    press, people = revoking(sistep)
    looked_before(monkeypatch, queries, "next_revocation", lambda _edition_id: 1)
    assert race(app, press, people) == {"replaced": 1, "IntegrityError": PEOPLE - 1}
    assert (sequences(), active(), breaches()) == ([1], PEOPLE, [])


def test_without_the_key_the_same_race_gives_one_number_to_all(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    press, people = revoking(sistep)
    without_key("revocations", "uq_revocations_edition_id_sequence")
    looked_before(monkeypatch, queries, "next_revocation", lambda _edition_id: 1)
    assert race(app, press, people) == {"replaced": PEOPLE}
    assert (sequences(), breaches()) == ([1] * PEOPLE, [f"edition {sistep.id}: {PEOPLE} revocations are numbered from 1 to 1, some twice"])


def test_without_the_key_of_serials_two_people_share_a_code(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "new_serial", iter([7, 7, 8, 7, 7]).__next__)
    holder(sistep, "Ali")
    holder(sistep, "Nora")
    assert breaches() == []
    without_key("badges", "uq_badges_edition_id_serial_counter")
    claim_without_looking(monkeypatch, operations, "badges")
    holder(sistep, "Omar")
    assert breaches() == [f"serial 7 of edition {sistep.id} is on badges of 2 attendees"]
