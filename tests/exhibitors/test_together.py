"""One step for many applications: each by itself, those that changed left alone, whoever else works on them."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, queries
from eventapp.exhibitors.models import Exhibitor
from eventapp.mail.models import OutgoingMail
from tests.support.cast import EIGHT
from tests.support.doctor import breaches
from tests.support.exhibiting import make_exhibitor
from tests.support.racing import race, without_locks

NOTES = {"fr": "À bientôt", "en": "See you"}


@pytest.fixture
def three(sistep: Edition, stranger: User) -> list[Exhibitor]:
    """Three applications to decide about, read in three languages."""
    return [make_exhibitor(sistep, name, stranger, state="submitted", language=language) for name, language in (("Atlas", "fr"), ("Rif", "ar"), ("Souss", "en"))]


def states() -> dict[str, str]:
    return {row[0]: row[1] for row in db.session.execute(select(Exhibitor.public_name, Exhibitor.state))}


def decide(edition: Edition, verb: str, chosen: list[tuple[int, int]], by: User) -> list[dict[str, object]]:
    return operations.decide_together(edition.id, verb, chosen, NOTES, languages=edition.languages, actor_id=by.id, now=EIGHT).outcomes


def test_those_that_changed_or_cannot_take_the_step_are_named_and_left_alone_and_the_others_done(
    app: Flask, sistep: Edition, other_edition: Edition, three: list[Exhibitor], adil: User, stranger: User
) -> None:
    far = make_exhibitor(other_edition, "Far", stranger, state="submitted")
    chosen = [(one.id, one.version) for one in (*three, far)]
    operations.waitlist(three[1].id, actor_id=None, now=EIGHT)
    operations.refuse(three[2].id, actor_id=None, now=EIGHT)
    operations.withdraw(make_exhibitor(sistep, "Gone", stranger, state="submitted").id, actor_id=None, now=EIGHT)
    gone = db.session.scalars(select(Exhibitor).where(Exhibitor.public_name == "Gone")).one()
    outcomes = decide(sistep, "accept", [*chosen, (gone.id, gone.version)], adil)
    assert [(one["exhibitor"], one["ended"], str(one.get("why", ""))[:30]) for one in outcomes] == [
        (three[0].id, "done", ""),
        (three[1].id, "left", "Somebody changed this while yo"),
        (three[2].id, "left", "Somebody changed this while yo"),
        (gone.id, "left", "This cannot be done any more: "),
    ]
    assert states() == {"Atlas": "accepted", "Rif": "waitlisted", "Souss": "refused", "Gone": "withdrawn", "Far": "submitted"}
    by_adil = select(AuditEntry.action, AuditEntry.subject_id).where(AuditEntry.actor_id == adil.id, AuditEntry.subject_kind == "exhibitor")
    assert db.session.execute(by_adil).all() == [("exhibitor.accepted", three[0].id)]


def test_each_contact_reads_the_note_in_its_own_language_else_in_the_first_that_has_one(app: Flask, sistep: Edition, three: list[Exhibitor], adil: User) -> None:
    decide(sistep, "waitlist", [(one.id, one.version) for one in three], adil)
    sent = db.session.execute(select(OutgoingMail.language, OutgoingMail.values).where(OutgoingMail.template == "exhibitors/waitlisted").order_by(OutgoingMail.id))
    assert [(language, values["name"], values["note"]) for language, values in sent] == [("fr", "Atlas", "À bientôt"), ("ar", "Rif", "À bientôt"), ("en", "Souss", "See you")]


def deciding(edition: Edition, three: list[Exhibitor], by: User) -> Callable[[str], str]:
    """Let one organiser accept all three at once while another refuses one of them; say who had that one."""
    edition_id, actor_id, languages = edition.id, by.id, list(edition.languages)
    chosen, one = [(row.id, row.version) for row in three], (three[1].id, three[1].version)

    def act(who: str) -> str:
        if who == "one":
            operations.refuse(one[0], version=one[1], actor_id=actor_id, now=EIGHT)
            return "one had it"
        outcomes = operations.decide_together(edition_id, "accept", chosen, {}, languages=languages, actor_id=actor_id, now=EIGHT).outcomes
        assert [row["ended"] for row in outcomes if row["exhibitor"] != one[0]] == ["done", "done"]
        return "many had it" if outcomes[1]["ended"] == "done" else "many left it"

    return act


def test_of_two_organisers_who_decide_about_one_application_at_once_one_does(app: Flask, sistep: Edition, three: list[Exhibitor], adil: User) -> None:
    ended = race(app, deciding(sistep, three, adil), ["one", "many"])
    assert ended in ({"one had it": 1, "many left it": 1}, {"many had it": 1, "ChangedMeanwhile": 1})
    assert states() == {"Atlas": "accepted", "Rif": "refused" if "one had it" in ended else "accepted", "Souss": "accepted"}
    assert breaches() == []


def test_without_holding_the_application_the_version_alone_has_to_say_no(app: Flask, sistep: Edition, three: list[Exhibitor], adil: User, monkeypatch: pytest.MonkeyPatch) -> None:
    act = deciding(sistep, [three[0], three[0], three[0]], adil)
    without_locks(monkeypatch, queries, "exhibitor_to_change", 2)
    ended = race(app, act, ["one", "one"])
    assert ended == {"one had it": 1, "StaleDataError": 1}
    assert states()["Atlas"] == "refused"
