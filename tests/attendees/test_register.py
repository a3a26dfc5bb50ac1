"""A visitor registers, once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp import wiring
from eventapp.attendees import queries
from eventapp.attendees.errors import RegistrationClosed
from eventapp.attendees.models import Attendee, Consent, Hat
from eventapp.attendees.operations import register_visitor, withdraw_attendee, writing
from eventapp.attendees.rules import MARKETING_VERSION, PRECEDENCE, folded_name, main_category
from eventapp.audit.models import AuditEntry
from eventapp.badges.models import Badge
from eventapp.badges.queries import active_badge
from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.doctor import examine
from eventapp.editions.models import Category, Edition
from eventapp.jobs.models import Job
from eventapp.organisations.models import Person
from tests.support.cast import EIGHT
from tests.support.racing import claim_without_looking, looked_before, race, without_key

SALMA: dict[str, Any] = {"given": "Salma", "family": "El Idrissi", "email": "salma@visitor.example"}


def register(edition: Edition, now: datetime = EIGHT, **changes: str) -> Attendee | None:
    return register_visitor(edition.id, **{**SALMA, **changes}, now=now)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def breaches() -> list[str]:
    return [breach for found in examine().values() for breach in found]


def test_a_visitor_gets_one_badge_in_the_same_transaction(sistep: Edition) -> None:
    attendee = register(sistep, organisation="Atlas Usinage", country="MA", given_ar="سلمى", family_ar="الإدريسي", language="ar")
    assert attendee is not None
    badge = active_badge(attendee.id)
    assert badge is not None
    assert (badge.counter, badge.category, badge.zones, badge.first_day, badge.last_day) == (1, "visitor", 1, date(2018, 4, 12), date(2018, 4, 15))
    assert ([hat.category for hat in attendee.hats], attendee.organisation_name, attendee.person.name("ar")) == (["visitor"], "Atlas Usinage", "سلمى الإدريسي")
    assert sorted(db.session.scalars(select(AuditEntry.action))) == ["attendee.registered", "badge.issued"]
    assert db.session.execute(select(Job.task, Job.arguments)).all() == [("badges.send_badge", [attendee.id, f"issued-{badge.id}"])]
    assert breaches() == []


def test_when_the_badge_cannot_be_written_nobody_is_registered(sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_settings: object) -> object:
        raise Refusal

    monkeypatch.setattr("eventapp.badges.token.Keyring.load", broken)
    monkeypatch.setattr("eventapp.badges.token._loaded", {})
    with pytest.raises(Refusal):
        register(sistep)
    assert (count(Attendee), count(Badge), count(Person), count(Job)) == (0, 0, 0, 0)


@pytest.mark.parametrize("again", [{}, {"given": "SALMA", "family": "el  idrissi"}, {"email": "Salma@Visitor.example"}, {"given": "Sälma"}])
def test_the_same_name_and_address_is_one_attendee(sistep: Edition, again: dict[str, str]) -> None:
    first = register(sistep)
    assert first is not None
    assert register(sistep, now=EIGHT + timedelta(hours=3), **again) is None
    assert (count(Attendee), count(Badge), count(Person)) == (1, 1, 1)
    assert [job.arguments[1] for job in db.session.scalars(select(Job).order_by(Job.id))][1:] == ["again-2018041210"]


def test_the_same_form_twice_sends_one_mail(sistep: Edition) -> None:
    register(sistep)
    assert register(sistep, now=EIGHT + timedelta(seconds=2)) is None
    assert (count(Attendee), count(Job)) == (1, 1)


def test_another_name_at_the_same_address_is_another_attendee(sistep: Edition) -> None:
    one, other = register(sistep), register(sistep, given="Youssef")
    assert one is not None
    assert other is not None
    assert (one.id != other.id, one.personal_key != other.personal_key, count(Badge)) == (True, True, 2)


def test_the_same_person_in_another_edition_is_another_attendee(sistep: Edition, other_edition: Edition) -> None:
    assert register(sistep) is not None
    assert register(other_edition) is not None


def test_consent_is_kept_with_the_version_of_its_words(sistep: Edition) -> None:
    attendee = register(sistep, marketing_version=MARKETING_VERSION, language="fr")
    register(sistep, given="Nora")
    assert attendee is not None
    proofs = db.session.execute(select(Consent.attendee_id, Consent.purpose, Consent.text_version, Consent.language, Consent.given_at)).all()
    assert proofs == [(attendee.id, "marketing", "m1", "fr", EIGHT)]


@pytest.mark.parametrize("change", [{"visit_open": False}, {"visit_until": date(2018, 4, 11)}, {"visit_from": date(2018, 4, 13)}])
def test_closed_registration_is_refused(sistep: Edition, change: dict[str, object]) -> None:
    with transaction():
        for name, value in change.items():
            setattr(sistep, name, value)
    with pytest.raises(RegistrationClosed):
        register(sistep)
    assert count(Attendee) == 0


def test_examples_are_not_written_to(sistep: Edition) -> None:
    assert register_visitor(sistep.id, **SALMA, is_example=True, now=EIGHT) is not None
    assert count(Job) == 0


def test_who_was_withdrawn_can_register_again(sistep: Edition) -> None:
    first = register(sistep)
    assert first is not None
    withdraw_attendee(first.id, actor_id=None, now=EIGHT)
    assert active_badge(first.id) is None
    assert register(sistep, now=EIGHT + timedelta(hours=1)) is None
    badge = active_badge(first.id)
    assert badge is not None
    assert (badge.counter, count(Attendee), breaches()) == (2, 1, [])


def register_at_once(app: Flask, edition: Edition, people: list[str]) -> dict[str, int]:
    """Register people of these names with one address at the same moment; count how it ended."""
    edition_id = edition.id

    def come(given: str) -> str:
        made = register_visitor(edition_id, given=given, family="El Idrissi", email="salma@visitor.example", now=EIGHT)
        return "known" if made is None else "new"

    return race(app, come, people)


def test_the_same_person_from_many_threads_is_one_attendee(app: Flask, sistep: Edition) -> None:
    assert register_at_once(app, sistep, ["Salma"] * 6) == {"new": 1, "known": 5}
    assert (count(Attendee), count(Badge), count(Person), count(Hat), breaches()) == (1, 1, 1, 1, [])


def test_without_the_key_the_race_makes_several(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    without_key("attendees", "uq_attendees_edition_id_email_folded_name")
    claim_without_looking(monkeypatch, writing, "attendees")
    looked_before(monkeypatch, queries, "same_attendee", lambda *_: None)
    assert register_at_once(app, sistep, ["Salma"] * 6) == {"new": 6}
    assert count(Attendee) == 6


def test_many_people_at_once_get_badges_of_their_own(app: Flask, sistep: Edition) -> None:
    assert register_at_once(app, sistep, [f"Salma {number}" for number in range(6)]) == {"new": 6}
    assert (count(Badge), breaches()) == (6, [])


def test_every_category_has_a_place_in_the_precedence() -> None:
    assert sorted(PRECEDENCE) == sorted(Category)
    assert main_category({"visitor", "speaker", "exhibitor"}) is Category.SPEAKER


def test_names_that_grow_when_folded_are_cut() -> None:
    assert len(folded_name("\ufdfa" * 80, "\ufdfa" * 80)) == 170


def test_the_worker_knows_the_task() -> None:
    assert "badges.send_badge" in wiring.TASKS
