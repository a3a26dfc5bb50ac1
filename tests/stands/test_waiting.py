"""The waiting list hears of every stand that becomes free, once."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ExhibitingRules
from eventapp.exhibitors.operations import refuse, waitlist
from eventapp.jobs.models import Job
from eventapp.mail.models import OutgoingMail
from eventapp.stands.operations import allocate_stand, free_stand, hold_stand, move_exhibitor, release_hold, settle_hold, tell_of_ended_request
from eventapp.stands.rules.fitting import fits
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor, make_stand

FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}


def told() -> list[str]:
    """List whom the waiting list's mails went to, and of which stand."""
    mails = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "stands/freed").order_by(OutgoingMail.id))
    return [f"{mail.values['name']} {mail.values['stand']}" for mail in mails]


def test_an_area_fits_from_three_quarters_of_the_wish_to_half_as_much_again() -> None:
    wished = Decimal(20)
    assert [fits(Decimal(area), wished) for area in ("14.9", "15", "20", "30", "30.1")] == [False, True, True, True, False]
    assert fits(Decimal(500), None)


def test_who_waits_is_told_of_a_stand_that_is_freed_or_left_and_of_no_other(app: Flask, sistep: Edition, stranger: User) -> None:
    b12, b13 = (make_stand(sistep, number) for number in ("B12", "B13"))
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    make_exhibitor(sistep, "Rif", stranger, state="waitlisted")
    make_exhibitor(sistep, "Bare", stranger, state="waitlisted", stand_kind="bare")
    make_exhibitor(sistep, "Large", stranger, state="waitlisted", area_wished=Decimal(60))
    make_exhibitor(sistep, "Example", stranger, state="waitlisted", is_example=True)
    make_exhibitor(sistep, "Refused", stranger, state="refused")
    allocate_stand(b12.id, atlas.id, **FACTS)
    assert told() == []
    move_exhibitor(atlas.id, b12.id, b13.id, **FACTS)
    free_stand(b13.id, **FACTS)
    assert told() == ["Rif B12", "Rif B13"]
    allocate_stand(b12.id, atlas.id, actor_id=None, now=EIGHT + timedelta(hours=1))
    free_stand(b12.id, **FACTS)
    assert told() == ["Rif B12", "Rif B13", "Rif B12"]
    allocate_stand(b12.id, atlas.id, **FACTS)
    free_stand(b12.id, actor_id=None, now=EIGHT + timedelta(days=30))
    assert len(told()) == 3


def test_a_request_that_runs_out_is_told_once_and_a_hold_never(app: Flask, sistep: Edition, stranger: User) -> None:
    with transaction():
        db.session.add(ExhibitingRules(edition_id=sistep.id, stand_way="first_come", request_days=2))
    stand = make_stand(sistep, "B12")
    atlas, rif = make_exhibitor(sistep, "Atlas", stranger, state="submitted"), make_exhibitor(sistep, "Rif", stranger, state="submitted")
    waitlist(rif.id, **FACTS)
    hold_stand(stand.id, atlas.id, **FACTS)
    release_hold(atlas.id, **FACTS)
    hold_stand(stand.id, atlas.id, **FACTS)
    settle_hold(atlas, stand.id, **FACTS)
    assert told() == []
    job = db.session.scalars(select(Job).where(Job.task == "stands.tell_of_ended_request")).one()
    assert (job.arguments, timedelta(days=1, hours=23) < job.run_at - clock.real_now() < timedelta(days=2, hours=1)) == ([stand.id, atlas.id], True)
    tell_of_ended_request(stand.id, atlas.id, now=EIGHT + timedelta(days=1))
    assert (told(), len(db.session.scalars(select(Job).where(Job.task == "stands.tell_of_ended_request")).all())) == ([], 2)
    for _ in range(2):
        tell_of_ended_request(stand.id, atlas.id, now=EIGHT + timedelta(days=2, minutes=1))
    refuse(atlas.id, **FACTS)
    tell_of_ended_request(stand.id, atlas.id, now=EIGHT + timedelta(days=3))
    assert told() == ["Rif B12"]
