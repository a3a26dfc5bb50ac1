"""Letters of invitation for visas: asked for by exhibitors, issued or refused by organisers; the passport's data can be erased."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, delete

from eventapp.attendees import queries, rules
from eventapp.attendees.errors import LetterAsked, LetterDecided, NotAccepted
from eventapp.attendees.models import VisaLetter, VisaPassport, VisaRequest
from eventapp.attendees.rules import Passport
from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.texts import clean
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.mail.outbox import queue_mail


def ask_for_letter(exhibitor_id: int, attendee_id: int, passport: Passport, stay: tuple[date, date], *, language: str, actor_id: int | None, now: datetime) -> VisaRequest:
    """Ask for a letter for one of an exhibitor's staff."""
    checked = rules.checked_passport(passport, stay[1])
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)  # so that of two at once the second finds the first
        if exhibitor.state != ApplicationState.ACCEPTED:
            raise NotAccepted
        edition = db.session.get_one(Edition, exhibitor.edition_id)
        rules.check_stay(*stay, edition.first_day, edition.last_day)
        holder = queries.staff_member(exhibitor_id, attendee_id)
        if queries.open_letter_of(attendee_id) is not None:
            raise LetterAsked(name=holder.person.name())
        of = {"edition_id": edition.id, "exhibitor_id": exhibitor_id, "attendee_id": attendee_id}
        asked = VisaRequest(**of, language=language, arrives_on=stay[0], leaves_on=stay[1], asked_at=now)
        db.session.add(asked)
        db.session.flush()
        db.session.add(VisaPassport(request_id=asked.id, edition_id=edition.id, **asdict(checked)))
        db.session.flush()
        _note("asked", asked, actor_id, now)
    return asked


def _note(act: str, asked: VisaRequest, actor_id: int | None, now: datetime, **details: Any) -> None:
    record(f"visa_letter.{act}", "attendee", asked.attendee_id, actor_id=actor_id, at=now, edition_id=asked.edition_id, **details)


def withdraw_letter_request(exhibitor_id: int, request_id: int, *, actor_id: int | None, now: datetime) -> VisaRequest:
    """Take a request back that is open; the passport's data go with it."""
    with transaction():
        exhibitor_to_change(exhibitor_id)
        asked = _open(queries.letter_request_of_exhibitor(exhibitor_id, request_id))
        asked.state, asked.decided_at = "withdrawn", now
        _erase(asked)
        _note("withdrawn", asked, actor_id, now)
    return asked


def issue_letter(edition_id: int, request_id: int, *, actor_id: int | None, now: datetime) -> VisaLetter:
    """Issue the letter under the next number, and tell the exhibitor."""
    with transaction():
        asked = _open(queries.letter_request_to_change(edition_id, request_id))
        edition = db.session.get_one(Edition, edition_id)
        row = {"edition_id": edition_id, "request_id": asked.id, "issued_on": wall(now, edition.timezone).date(), "by_user_id": actor_id}
        while not insert_new(cast("Table", VisaLetter.__table__), [{**row, "number": queries.last_letter(edition_id) + 1}], ["edition_id", "number"]):
            pass  # somebody took the number meanwhile
        asked.state, asked.decided_at = "issued", now
        letter = queries.letter_of(asked.id)
        _note("issued", asked, actor_id, now, letter=rules.letter_label(edition.slug, letter.number))
        _tell(asked, edition, "attendees/visa_issued")
    return letter


def refuse_letter(edition_id: int, request_id: int, reason: str, *, actor_id: int | None, now: datetime) -> VisaRequest:
    """Refuse a letter with a reason, and tell the exhibitor; the passport's data go."""
    with transaction():
        asked = _open(queries.letter_request_to_change(edition_id, request_id))
        asked.state, asked.decided_at, asked.reason = "refused", now, clean(reason)
        _erase(asked)
        _note("refused", asked, actor_id, now)
        _tell(asked, db.session.get_one(Edition, edition_id), "attendees/visa_refused", reason=asked.reason)
    return asked


def erase_passports(edition_id: int, *, actor_id: int | None, now: datetime) -> int:
    """Erase the passports' data of every request that is decided; say how many there were."""
    with transaction():
        decided = queries.decided_letter_requests(edition_id)
        gone = db.session.execute(delete(VisaPassport).where(VisaPassport.request_id.in_(decided)).returning(VisaPassport.request_id)).all()
        record("visa_letter.passports_erased", "edition", edition_id, actor_id=actor_id, at=now, edition_id=edition_id, count=len(gone))
    return len(gone)


def forget_passports_of(attendee_id: int) -> None:
    """Erase the passport's data of somebody who is not there any more, inside an operation; an open request ends."""
    for asked in queries.letter_requests_of(attendee_id):
        _erase(asked)
        if asked.state == "open":
            asked.state = "withdrawn"
    db.session.flush()


def _open(asked: VisaRequest) -> VisaRequest:
    if asked.state != "open":
        raise LetterDecided
    return asked


def _erase(asked: VisaRequest) -> None:
    db.session.execute(delete(VisaPassport).where(VisaPassport.request_id == asked.id))


def _tell(asked: VisaRequest, edition: Edition, template: str, **facts: Any) -> None:
    exhibitor = db.session.get_one(Exhibitor, asked.exhibitor_id)
    if exhibitor.is_example:
        return
    who = queries.attendee_of_edition(edition.id, asked.attendee_id).person.name(exhibitor.language)
    path = f"/exhibitor/{edition.slug}/{exhibitor.id}/letters"
    queue_mail(exhibitor.contact_email, template, exhibitor.language, edition_id=edition.id, who=who, path=path, **facts)
