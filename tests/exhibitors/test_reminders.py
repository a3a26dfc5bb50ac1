"""Exhibitors are reminded of documents that are due soon: seven days and one day before, one mail for all, in their language, never twice."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors import tasks
from eventapp.exhibitors.operations import reminders
from eventapp.exhibitors.operations.papers import DocumentPlan, change_document, provide_document, refuse_document
from eventapp.exhibitors.operations.reminders import remind_everybody
from eventapp.exhibitors.rules.papers import Standing, reminder_due
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import render_mail
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_exhibitor
from tests.support.files import ask, certificate
from tests.support.racing import at_once, claim_without_looking, without_keys

DUE = date(2018, 4, 2)


def at(day: date) -> datetime:
    return EIGHT + (day - EIGHT.date())


def mails() -> list[OutgoingMail]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "exhibitors/documents_due").order_by(OutgoingMail.id)))


def named(mail: OutgoingMail) -> list[str]:
    return [one["name"]["fr"] for one in mail.values["documents"]]


def test_when_a_reminder_is_due() -> None:
    days = (8, 7, 3, 2, 1, 0, -1)
    assert [reminder_due(Standing.AWAITED, DUE, DUE - timedelta(days=left)) for left in days] == [None, 7, 7, 7, 1, 1, None]
    assert [reminder_due(how, DUE, DUE) for how in Standing] == [1, 1, None, 1, None]


def test_one_mail_names_all_that_is_due_and_each_step_goes_once(sistep: Edition, other_edition: Edition, stranger: User) -> None:
    _atlas, rif = (make_exhibitor(sistep, name, stranger, language=language, contact_email=f"{name.lower()}@x.example") for name, language in (("Atlas", "ar"), ("Rif", "fr")))
    insurance, drawings = ask(sistep, "Insurance", due_on=DUE), ask(sistep, "Drawings", due_on=DUE + timedelta(days=1))
    ask(sistep, "Much later", due_on=DUE + timedelta(days=60))
    for exhibitor in (make_exhibitor(sistep, "Waiting", stranger, state="submitted"), make_exhibitor(sistep, "Exemple", stranger, is_example=True)):
        assert exhibitor.id
    make_exhibitor(other_edition, "Far", stranger)
    ask(other_edition, "Insurance of the other", due_on=other_edition.first_day)
    provide_document(rif.id, insurance.id, certificate("rif"), actor_id=None, now=EIGHT)
    wrong = provide_document(rif.id, drawings.id, certificate("wrong"), actor_id=None, now=EIGHT)
    refuse_document(sistep.id, wrong.id, "Not to scale.", actor_id=None, now=EIGHT)

    assert [remind_everybody(now=at(DUE - timedelta(days=left))) for left in (9, 8)] == [0, 0]
    week_before = at(DUE - timedelta(days=6))
    assert [remind_everybody(now=week_before) for _ in range(3)] == [2, 0, 0]
    assert [(mail.to, mail.language, named(mail), mail.edition_id) for mail in mails()] == [
        ("atlas@x.example", "ar", ["Insurance", "Drawings"], sistep.id),
        ("rif@x.example", "fr", ["Drawings"], sistep.id),
    ]
    subject, text, _html = render_mail(mails()[1])
    assert subject == "1 document est à fournir bientôt\u00a0: Rif"
    assert [words in " ".join(text.split()) for words in ("Drawings", "jusqu’au 3 avril 2018", "celui que vous avez envoyé a été refusé")] == [True] * 3
    assert [remind_everybody(now=at(DUE - timedelta(days=left))) for left in (1, 0, -1)] == [1, 2, 0]  # Drawings are due a day later
    assert [(mail.to, named(mail)) for mail in mails()[2:]] == [("atlas@x.example", ["Insurance"]), ("atlas@x.example", ["Drawings"]), ("rif@x.example", ["Drawings"])]

    change_document(sistep.id, insurance.id, DocumentPlan(same("Insurance"), DUE + timedelta(days=9), {}), actor_id=None, now=EIGHT)
    assert remind_everybody(now=at(DUE + timedelta(days=4))) == 1  # another date is reminded of anew
    assert named(mails()[-1]) == ["Insurance"]
    assert remind_everybody(now=at(sistep.last_day + timedelta(days=1))) == 0


def test_of_several_workers_one_reminds(app: Flask, sistep: Edition, stranger: User) -> None:
    make_exhibitor(sistep, "Atlas", stranger)
    ask(sistep, "Insurance", due_on=DUE)
    assert sorted(at_once(app, [partial(remind_everybody, now=at(DUE))] * 4)) == [0, 0, 0, 1]
    assert len(mails()) == 1


def test_without_the_claim_each_time_would_remind(app: Flask, sistep: Edition, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_exhibitor(sistep, "Atlas", stranger)
    ask(sistep, "Insurance", due_on=DUE)
    claim_without_looking(monkeypatch, reminders, "document_reminders")
    without_keys("document_reminders")
    assert [remind_everybody(now=at(DUE)) for _ in range(2)] == [1, 1]


def test_the_worker_goes_by_the_shows_clock(sistep: Edition, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make_exhibitor(sistep, "Atlas", stranger)
    ask(sistep, "Insurance", due_on=DUE)
    monkeypatch.setattr(clock, "show_now", lambda: at(DUE))
    tasks.remind()
    assert len(mails()) == 1
