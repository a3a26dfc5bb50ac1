"""What becomes of an application."""

from datetime import datetime
from typing import Any

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.exhibitors import queries, rules
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.operations.registration import refuse_second_application
from eventapp.exhibitors.signals import exhibitor_decided, exhibitor_withdrawn, said, withdrawal_asked
from eventapp.mail.outbox import queue_mail
from eventapp.organisations.operations import complete_organisation


def accept(exhibitor_id: int, *, note: str = "", version: int | None = None, actor_id: int | None, now: datetime) -> Exhibitor:
    """Accept an application; what it declared fills the gaps of the organisation's record."""
    with transaction():
        exhibitor = _decide("accept", exhibitor_id, note, version, actor_id, now)
        complete_organisation(
            exhibitor.organisation.id, ice=exhibitor.ice, name_ar=exhibitor.public_name_ar, website=exhibitor.website, city=exhibitor.city, actor_id=actor_id, now=now
        )
        _tell("accept", exhibitor, said(exhibitor_decided.send(exhibitor=exhibitor, actor_id=actor_id, now=now)))
    return exhibitor


def waitlist(exhibitor_id: int, *, note: str = "", version: int | None = None, actor_id: int | None, now: datetime) -> Exhibitor:
    """Put an application on the waiting list."""
    with transaction():
        exhibitor = _decide("waitlist", exhibitor_id, note, version, actor_id, now)
        _tell("waitlist", exhibitor, said(exhibitor_decided.send(exhibitor=exhibitor, actor_id=actor_id, now=now)))
    return exhibitor


def refuse(exhibitor_id: int, *, note: str = "", version: int | None = None, actor_id: int | None, now: datetime) -> Exhibitor:
    """Refuse an application."""
    with transaction():
        exhibitor = _decide("refuse", exhibitor_id, note, version, actor_id, now)
        _tell("refuse", exhibitor, said(exhibitor_decided.send(exhibitor=exhibitor, actor_id=actor_id, now=now)))
    return exhibitor


def withdraw(exhibitor_id: int, *, note: str = "", version: int | None = None, actor_id: int | None, now: datetime) -> Exhibitor:
    """Withdraw an application, for the exhibitor or by the organiser; stand and badges follow by the signal."""
    with transaction():
        exhibitor = _decide("withdraw", exhibitor_id, note, version, actor_id, now)
        _tell("withdraw", exhibitor, said(withdrawal_asked.send(exhibitor=exhibitor, now=now)))
        exhibitor_withdrawn.send(exhibitor=exhibitor, actor_id=actor_id, now=now)
    return exhibitor


def _decide(verb: str, exhibitor_id: int, note: str, version: int | None, actor_id: int | None, now: datetime) -> Exhibitor:
    """Lead an application to its next state, and note who did it."""
    with transaction():
        exhibitor = queries.exhibitor_to_change(exhibitor_id)
        if version is not None and exhibitor.version != version:
            raise ChangedMeanwhile
        edition = db.session.get_one(Edition, exhibitor.edition_id)
        after = rules.next_state(verb, exhibitor.state)
        if exhibitor.state == ApplicationState.REFUSED:
            refuse_second_application(edition, exhibitor.organisation.id, exhibitor.public_name)
        exhibitor.state, exhibitor.decision_note, exhibitor.decided_at = after, note, now
        record(f"exhibitor.{after}", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=edition.id)
    return exhibitor


def _tell(verb: str, exhibitor: Exhibitor, beside: dict[str, Any]) -> None:
    """Write to the contact what was decided, and what came of it."""
    if not exhibitor.is_example:
        template, facts = letter(verb, exhibitor, db.session.get_one(Edition, exhibitor.edition_id), exhibitor.decision_note or "")
        queue_mail(exhibitor.contact_email, template, exhibitor.language, edition_id=exhibitor.edition_id, **facts, **beside)


def letter(verb: str, exhibitor: Exhibitor, edition: Edition, note: str) -> tuple[str, dict[str, Any]]:
    """Name the mail that goes with a decision, and what it says."""
    path = f"/exhibitor/{edition.slug}/{exhibitor.id}/"
    facts = {"name": exhibitor.public_name, "reference": exhibitor.reference, "note": note, "path": path, "contact": edition.contact_email}
    return f"exhibitors/{rules.WAYS[verb][1]}", facts
