"""However many act at once: one living application for an organisation, and one owner for an exhibitor."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.accounts.models import User
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, queries, rules
from eventapp.exhibitors.models import Exhibitor, ExhibitorMember
from tests.support.cast import EIGHT, make_user
from tests.support.doctor import breaches
from tests.support.exhibiting import answers, make_exhibitor
from tests.support.racing import looked_before, race, without_key, without_locks

WRITERS = 6


@pytest.fixture
def keys(sistep: Edition) -> list[str]:
    """Six browsers in which the same organisation's registration is filled in."""
    keys = [f"key {number}" for number in range(WRITERS)]
    for key in keys:
        for step, given in answers().items():
            operations.save_step(sistep.id, key, step, given, now=EIGHT)
    return keys


def sending(edition: Edition) -> Callable[[str], str]:
    edition_id = edition.id

    def send(key: str) -> str:
        operations.submit_registration(edition_id, key, seen=rules.mark(EIGHT), user_id=None, now=EIGHT, real_now=EIGHT)
        return "sent"

    return send


def test_of_six_applications_of_one_organisation_at_once_one_is_sent(app: Flask, sistep: Edition, keys: list[str]) -> None:
    assert race(app, sending(sistep), keys) == {"sent": 1, "AlreadyApplied": WRITERS - 1}
    assert breaches() == []


def test_the_index_alone_keeps_one_living_application(app: Flask, sistep: Edition, keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    looked_before(monkeypatch, queries, "living_application", lambda *_: None)
    assert race(app, sending(sistep), keys) == {"sent": 1, "IntegrityError": WRITERS - 1}
    assert breaches() == []


def test_without_the_index_the_same_race_leaves_six_living_applications(app: Flask, sistep: Edition, keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    without_key("exhibitors", "uq_exhibitors_living")
    looked_before(monkeypatch, queries, "living_application", lambda *_: None)
    assert race(app, sending(sistep), keys) == {"sent": WRITERS}
    organisation_id = db.session.scalars(select(Exhibitor.organisation_id).distinct()).one()
    assert breaches() == [f"organisation {organisation_id} has {WRITERS} living applications in edition {sistep.id}"]


def test_without_holding_the_organisation_the_index_has_to_say_no(app: Flask, sistep: Edition, keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    operations.withdraw(operations.submit_registration(sistep.id, keys[0], seen=rules.mark(EIGHT), user_id=None, now=EIGHT, real_now=EIGHT).id, actor_id=None, now=EIGHT)
    without_locks(monkeypatch, queries, "living_application", 2)
    assert race(app, sending(sistep), keys[1:3]) == {"sent": 1, "IntegrityError": 1}
    assert breaches() == []


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An accepted exhibitor with an owner and two colleagues."""
    exhibitor = make_exhibitor(sistep, "Atlas Usinage", stranger)
    for name in ("karim", "brahim"):
        operations.add_member(exhibitor.id, make_user(f"{name}@atlas.example", name.title()).id, now=EIGHT)
    return exhibitor


def windows(atlas: Exhibitor, owner: User) -> tuple[Callable[[str], str], dict[str, int]]:
    """Open windows of the owner: each hands over to a colleague, or removes one."""
    exhibitor_id, owner_id = atlas.id, owner.id
    people = {name: number for name, number in db.session.execute(select(User.name, User.id))}  # noqa: C416 - rows are no pairs to mypy

    def press(what: str) -> str:
        verb, name = what.split(" ")
        {"to": operations.hand_over, "without": operations.remove_member}[verb](exhibitor_id, people[name], actor_id=owner_id, now=EIGHT)
        return "done"

    return press, people


def owners() -> list[str]:
    return list(db.session.scalars(select(User.name).join(ExhibitorMember, ExhibitorMember.user_id == User.id).where(ExhibitorMember.role == "owner")))


def test_an_owner_who_hands_over_to_two_at_once_hands_over_once(app: Flask, atlas: Exhibitor, stranger: User) -> None:
    press, _people = windows(atlas, stranger)
    assert race(app, press, ["to Karim", "to Brahim"] * 3) == {"done": 1, "OwnersOnly": 5}
    assert (len(owners()), owners()[0] in {"Karim", "Brahim"}, breaches()) == (1, True, [])


def test_nobody_becomes_owner_and_is_removed_at_once(app: Flask, atlas: Exhibitor, stranger: User) -> None:
    press, _people = windows(atlas, stranger)
    ended = race(app, press, ["to Karim", "without Karim"])
    assert ended in ({"done": 1, "OwnersOnly": 1}, {"done": 1, "NotThere": 1})
    assert (owners(), breaches()) == ([{"OwnersOnly": "Karim", "NotThere": "Sam Stranger"}[next(how for how in ended if how != "done")]], [])


def test_without_holding_the_exhibitor_the_index_alone_keeps_one_owner(app: Flask, atlas: Exhibitor, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    press, _people = windows(atlas, stranger)
    without_locks(monkeypatch, queries, "exhibitor_to_change", 2)
    ended = race(app, press, ["to Karim", "to Brahim"])
    assert (ended["done"], sum(ended.values()), "OwnersOnly" in ended) == (1, 2, False)
    assert (len(owners()), breaches()) == (1, [])


def test_without_holding_the_exhibitor_and_without_the_index_two_own_it(app: Flask, atlas: Exhibitor, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    press, _people = windows(atlas, stranger)
    without_key("exhibitor_members", "uq_exhibitor_members_owner")
    without_locks(monkeypatch, queries, "exhibitor_to_change", 2)
    monkeypatch.setattr(operations.team, "_by_owner", lambda *_: None)
    assert race(app, press, ["to Karim", "to Brahim"]) == {"done": 2}
    assert breaches() == [f"exhibitor {atlas.id} has 2 owners"]


def test_the_database_itself_keeps_one_owner(atlas: Exhibitor) -> None:
    with pytest.raises(IntegrityError), transaction():
        db.session.scalars(select(ExhibitorMember).where(ExhibitorMember.role == "member").limit(1)).one().role = "owner"


def test_without_the_index_doctor_sees_a_second_owner(atlas: Exhibitor) -> None:
    without_key("exhibitor_members", "uq_exhibitor_members_owner")
    with transaction():
        db.session.scalars(select(ExhibitorMember).where(ExhibitorMember.role == "member").limit(1)).one().role = "owner"
    assert breaches() == [f"exhibitor {atlas.id} has 2 owners"]
