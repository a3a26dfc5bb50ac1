"""Badges that wait for the exhibitor's payment are mailed when it comes, once."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.attendees.operations import add_staff, withdraw_staff_member
from eventapp.badges import operations
from eventapp.badges.models import HeldMail
from eventapp.badges.operations import mail_badge, reissue_badge, release_held, send_again
from eventapp.badges.queries import active_badge
from eventapp.core.db import db, transaction
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import BadgeRelease, ExhibitingRules, Exhibitor, StandWay
from eventapp.exhibitors.operations import RulesPlan, set_exhibiting_rules
from eventapp.invoicing.models import Invoice
from eventapp.invoicing.operations import Received, issue_credit_note, record_payment
from eventapp.jobs.models import Job
from eventapp.mail.models import OutgoingMail
from tests.support.cast import EIGHT
from tests.support.invoicing import TODAY, issue, on_stand, pay, sells
from tests.support.racing import at_once, race, without_locks

FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}
RULE = "no badge's mail waits for a payment that has come"


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An exhibitor of an edition that gives badges once everything is paid."""
    sells(sistep)
    with transaction():
        db.session.add(ExhibitingRules(edition_id=sistep.id, badges_from="full_payment"))
    return on_stand(sistep, "Atlas", stranger, "B12")


def staff(exhibitor: Exhibitor, given: str) -> int:
    return add_staff(exhibitor.id, given=given, family="Alami", email=f"{given.lower()}@atlas.example", extra=True, **FACTS).id


def asked() -> list[int]:
    """List whose badge the worker was asked to mail."""
    db.session.rollback()
    return [job.arguments[0] for job in db.session.scalars(select(Job).where(Job.task == "badges.send_badge").order_by(Job.id))]


def test_mails_that_wait_go_out_once_with_the_last_payment(app: Flask, atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    omar, nora, ali, sana = (staff(atlas, given) for given in ("Omar", "Nora", "Ali", "Sana"))
    reissue_badge(nora, **FACTS)
    withdraw_staff_member(atlas.id, ali, **FACTS)
    send_again(sana, **FACTS)
    assert (asked(), db.session.scalars(select(HeldMail.attendee_id).order_by(HeldMail.attendee_id)).all()) == ([sana], [omar, nora])
    pay(invoice, "600")
    assert asked() == [sana]
    pay(invoice, "60000")
    assert asked() == [sana, omar, nora]
    late = staff(atlas, "Late")
    assert (asked(), db.session.scalars(select(HeldMail.attendee_id)).all(), examine()[RULE]) == ([sana, omar, nora, late], [], [])
    for job in db.session.scalars(select(Job).where(Job.task == "badges.send_badge")).all():
        mail_badge(*job.arguments)
        mail_badge(*job.arguments)
    mails = db.session.scalars(select(OutgoingMail.to).where(OutgoingMail.template == "badges/your_badge").order_by(OutgoingMail.id)).all()
    assert mails == [f"{given}@atlas.example" for given in ("sana", "omar", "nora", "late")]
    badge = active_badge(nora)
    assert badge is not None
    assert badge.counter == 2


def test_a_credit_note_and_a_change_of_the_rule_end_the_wait_too(app: Flask, atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    invoice = issue(atlas)
    omar = staff(atlas, "Omar")
    pay(invoice, "60000")
    issue_credit_note(invoice.id, Decimal(600), "Smaller", edition_id=sistep.id, **FACTS)
    assert asked() == [omar]
    rif = on_stand(sistep, "Rif", stranger, "B13")
    nora = staff(rif, "Nora")
    assert asked() == [omar]
    set_exhibiting_rules(sistep.id, RulesPlan(StandWay.WISH_LIST, badges_from=BadgeRelease.ACCEPTANCE), **FACTS)
    assert asked() == [omar, nora]


@pytest.fixture
def owing(atlas: Exhibitor) -> tuple[Exhibitor, Invoice]:
    """An exhibitor whose two badges wait, and its invoice."""
    invoice = issue(atlas)
    for given in ("Omar", "Nora"):
        staff(atlas, given)
    return atlas, invoice


def works(owing: tuple[Exhibitor, Invoice]) -> list[Callable[[], object]]:
    """Let the payment come while five more are added to the staff."""
    atlas, invoice = owing
    add = [partial(add_staff, atlas.id, given=given, family="Tazi", email=f"{given}@atlas.example", extra=True, **FACTS) for given in ("a", "b", "c", "d", "e")]
    return [*add[:3], partial(record_payment, invoice.id, Received(Decimal(60600), TODAY), edition_id=invoice.edition_id, **FACTS), *add[3:]]


def test_whoever_is_added_while_the_payment_comes_gets_one_mail(app: Flask, owing: tuple[Exhibitor, Invoice]) -> None:
    assert [one for one in at_once(app, works(owing)) if isinstance(one, BaseException)] == []
    assert (len(asked()), len(set(asked())), examine()[RULE]) == (7, 7, [])


def test_without_the_lock_somebody_would_wait_for_ever(app: Flask, owing: tuple[Exhibitor, Invoice], monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch, operations, "badges_wait_for", 6)
    at_once(app, works(owing))
    assert examine()[RULE] != []


def released(exhibitor_id: int) -> str:
    return "mailed" if release_held(exhibitor_id) else "nothing"


def test_of_many_releases_at_once_one_mails(app: Flask, owing: tuple[Exhibitor, Invoice]) -> None:
    with transaction():
        db.session.get_one(ExhibitingRules, owing[0].edition_id).badges_from = "acceptance"
    assert race(app, released, [owing[0].id] * 8) == {"mailed": 1, "nothing": 7}
    assert len(asked()) == 2
