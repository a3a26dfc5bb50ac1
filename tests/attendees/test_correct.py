"""An organiser corrects what is written about an attendee."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.accounts.models import User
from eventapp.attendees.errors import SameAsAnother
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import correct_attendee, register_visitor
from eventapp.attendees.queries import details_of
from eventapp.attendees.rules import stamp
from eventapp.audit.models import AuditEntry
from eventapp.badges.models import Badge
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.jobs.models import Job
from eventapp.organisations.models import Person
from tests.support.cast import EIGHT


def register(edition: Edition, given: str = "Selma", **details: Any) -> Attendee:
    found = register_visitor(
        edition.id, **{"given": given, "family": "El Idrissi", "email": "salma@visitor.example", "given_ar": "سلمى", "family_ar": "الادريسي", **details}, now=EIGHT
    )
    assert found is not None
    return found


def badges(attendee: Attendee) -> list[tuple[int, str]]:
    return [(badge.counter, badge.state) for badge in db.session.scalars(select(Badge).where(Badge.attendee_id == attendee.id).order_by(Badge.id))]


def spellings(attendee: Attendee) -> list[tuple[str, str]]:
    person = db.session.get_one(Person, attendee.person_id)
    return [(name.script, name.full) for name in person.names]


def acts() -> list[tuple[str, dict[str, Any]]]:
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.action.in_(["attendee.corrected", "person.name_corrected", "badge.replaced"])).order_by(AuditEntry.id))
    return [(row.action, row.details) for row in found]


def test_a_name_is_corrected_and_the_badge_stays(sistep: Edition, adil: User) -> None:
    salma = register(sistep)
    correct_attendee(salma.id, {"given": " Salma ", "family_ar": "الإدريسي"}, actor_id=adil.id, now=EIGHT)
    assert (spellings(salma), badges(salma)) == ([("latn", "Salma El Idrissi"), ("arab", "سلمى الإدريسي")], [(1, "active")])
    assert (salma.folded_name, "salma" in salma.search_text, "selma" in salma.search_text) == ("salma el idrissi", True, False)
    assert acts() == [("person.name_corrected", {}), ("attendee.corrected", {"fields": ["family_ar", "given"]})]
    assert [breach for found in examine().values() for breach in found] == []


def test_a_new_badge_goes_to_the_corrected_address_and_the_old_link_ends(sistep: Edition, adil: User) -> None:
    salma = register(sistep)
    old_key = salma.personal_key
    correct_attendee(salma.id, {"email": "Salma@Right.example"}, new_badge=True, actor_id=adil.id, now=EIGHT)
    assert (salma.email, badges(salma), salma.personal_key == old_key) == ("salma@right.example", [(1, "replaced"), (2, "active")], False)
    assert len(list(db.session.scalars(select(Job).where(Job.task == "badges.send_badge")))) == 2


def test_without_a_new_badge_the_link_stays(sistep: Edition, adil: User) -> None:
    salma = register(sistep)
    old_key = salma.personal_key
    correct_attendee(salma.id, {"email": ""}, actor_id=adil.id, now=EIGHT)
    assert (salma.email, salma.personal_key) == (None, old_key)


def test_an_arabic_spelling_comes_and_goes(sistep: Edition, adil: User) -> None:
    nora = register(sistep, given="Nora", given_ar="", family_ar="")
    correct_attendee(nora.id, {"given_ar": "نورة", "family_ar": "العلوي"}, actor_id=adil.id, now=EIGHT)
    assert spellings(nora) == [("latn", "Nora El Idrissi"), ("arab", "نورة العلوي")]
    correct_attendee(nora.id, {"given_ar": "", "family_ar": ""}, actor_id=adil.id, now=EIGHT)
    assert spellings(nora) == [("latn", "Nora El Idrissi")]


def test_nothing_new_leaves_no_trace(sistep: Edition, adil: User) -> None:
    salma = register(sistep)
    correct_attendee(salma.id, details_of(salma), actor_id=adil.id, now=EIGHT)
    assert acts() == []


def test_nobody_takes_the_name_and_address_of_another(sistep: Edition, adil: User) -> None:
    salma, youssef = register(sistep), register(sistep, given="Youssef")
    with pytest.raises(SameAsAnother) as refusal:
        correct_attendee(youssef.id, {"given": "SELMA"}, actor_id=adil.id, now=EIGHT)
    assert refusal.value.facts["reference"] == salma.reference
    assert (spellings(youssef)[0], acts()) == (("latn", "Youssef El Idrissi"), [])


def test_a_page_from_before_a_change_undoes_nothing(sistep: Edition, adil: User) -> None:
    salma = register(sistep)
    shown = stamp(details_of(salma))
    correct_attendee(salma.id, {"given": "Salma"}, shown=shown, actor_id=adil.id, now=EIGHT)
    with pytest.raises(ChangedMeanwhile):
        correct_attendee(salma.id, {"given": "Selma"}, shown=shown, actor_id=adil.id, now=EIGHT)
    assert spellings(salma)[0] == ("latn", "Salma El Idrissi")


def while_registering(app: Flask, edition: Edition, attendee_id: int) -> BaseException | None:
    """Correct an attendee into the name of somebody whose registration is not yet stored."""
    begun = Event()
    db.session.rollback()

    def correct() -> None:
        with app.app_context():
            begun.set()
            try:
                correct_attendee(attendee_id, {"given": "Salma"}, actor_id=None, now=EIGHT)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(1) as pool:
        with transaction():
            register(edition, given="Salma")
            run = pool.submit(correct)
            begun.wait(10)
            wait_until_it_waits(run.done)
        return run.exception(timeout=30)


def wait_until_it_waits(done: Callable[[], bool]) -> None:
    """Give the other thread the time to reach a lock."""
    pause = Event()
    for _turn in range(20):
        if done():
            return
        pause.wait(0.05)


def test_a_correction_waits_for_who_is_just_registering(app: Flask, sistep: Edition) -> None:
    youssef = register(sistep, given="Youssef")
    assert isinstance(while_registering(app, sistep, youssef.id), SameAsAnother)


def test_without_holding_the_names_the_key_alone_refuses_it(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: the look before writing is enough there")
    youssef = register(sistep, given="Youssef")
    monkeypatch.setattr("eventapp.attendees.queries.hold_names", lambda _attendee_id: None)
    assert isinstance(while_registering(app, sistep, youssef.id), IntegrityError)
