"""Loaders of letters of invitation, and their paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date
from sqlalchemy import func, select

from config import ROOT
from eventapp.attendees.errors import PassportErased
from eventapp.attendees.models import Attendee, VisaLetter, VisaPassport, VisaRequest
from eventapp.attendees.rules import LETTER_WORDS, letter_label
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.core.texts import direction, pick
from eventapp.documents.pdf import typeset
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor

SOURCE = ROOT / "templates" / "attendees" / "print" / "letter.typ"
_LOCALES = {"fr": "fr", "en": "en_GB"}


@dataclass(frozen=True)
class Asked:
    """A request with whom it is for, its letter and its passport, as far as there are any."""

    request: VisaRequest
    attendee: Attendee
    exhibitor: str
    letter: VisaLetter | None
    passport: VisaPassport | None


def _asked(*where: Any) -> list[Asked]:
    query = select(VisaRequest, Attendee, Exhibitor.public_name, VisaLetter, VisaPassport).join(Attendee, Attendee.id == VisaRequest.attendee_id)
    query = query.join(Exhibitor, Exhibitor.id == VisaRequest.exhibitor_id).outerjoin(VisaLetter, VisaLetter.request_id == VisaRequest.id)
    query = query.outerjoin(VisaPassport, VisaPassport.request_id == VisaRequest.id).where(*where)
    return [Asked(*row) for row in db.session.execute(query.order_by(VisaRequest.state != "open", VisaRequest.id.desc()))]


def letters_of_exhibitor(exhibitor_id: int) -> list[Asked]:
    """List what an exhibitor asked for, what is open first."""
    return _asked(VisaRequest.exhibitor_id == exhibitor_id)


def letters_of_edition(edition_id: int) -> list[Asked]:
    """List what an edition's exhibitors asked for, what is open first."""
    return _asked(VisaRequest.edition_id == edition_id)


def asked_in_edition(edition_id: int, request_id: int) -> Asked:
    """Load a request of an edition; another edition's and a missing one look the same."""
    found = _asked(VisaRequest.edition_id == edition_id, VisaRequest.id == request_id)
    if not found:
        raise NotThere
    return found[0]


def asked_by_exhibitor(exhibitor_id: int, request_id: int) -> Asked:
    """Load a request of an exhibitor; another's and a missing one look the same."""
    found = _asked(VisaRequest.exhibitor_id == exhibitor_id, VisaRequest.id == request_id)
    if not found:
        raise NotThere
    return found[0]


def letter_request_of_exhibitor(exhibitor_id: int, request_id: int) -> VisaRequest:
    """Load a request of an exhibitor as it is now, locked until the operation ends."""
    return _locked(VisaRequest.exhibitor_id == exhibitor_id, VisaRequest.id == request_id)


def letter_request_to_change(edition_id: int, request_id: int) -> VisaRequest:
    """Load a request of an edition as it is now, locked until the operation ends."""
    return _locked(VisaRequest.edition_id == edition_id, VisaRequest.id == request_id)


def _locked(*where: Any) -> VisaRequest:
    found = db.session.scalar(select(VisaRequest).where(*where).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def open_letter_of(attendee_id: int) -> VisaRequest | None:
    """Find the open request for somebody."""
    return db.session.scalar(select(VisaRequest).where(VisaRequest.attendee_id == attendee_id, VisaRequest.state == "open"))


def letter_requests_of(attendee_id: int) -> Sequence[VisaRequest]:
    """List the requests for somebody, locked until the operation ends."""
    return db.session.scalars(select(VisaRequest).where(VisaRequest.attendee_id == attendee_id).order_by(VisaRequest.id).with_for_update()).all()


def last_letter(edition_id: int) -> int:
    """Find the number of an edition's last letter; 0 before the first."""
    return db.session.scalar(select(func.max(VisaLetter.number)).where(VisaLetter.edition_id == edition_id)) or 0


def letter_of(request_id: int) -> VisaLetter:
    """Load the letter of a request that was issued."""
    return db.session.scalars(select(VisaLetter).where(VisaLetter.request_id == request_id)).one()


def decided_letter_requests(edition_id: int) -> list[int]:
    """List the requests of an edition that are not open."""
    return list(db.session.scalars(select(VisaRequest.id).where(VisaRequest.edition_id == edition_id, VisaRequest.state != "open")))


def letter_pdf(asked: Asked) -> tuple[bytes, str]:
    """Set an issued letter as PDF, and name it."""
    if asked.letter is None:
        raise NotThere
    if asked.passport is None:
        raise PassportErased
    edition = db.session.get_one(Edition, asked.request.edition_id)
    label = letter_label(edition.slug, asked.letter.number)
    return typeset(SOURCE, letter_sheet(asked, asked.letter, asked.passport, edition)), label


def letter_sheet(asked: Asked, letter: VisaLetter, passport: VisaPassport, edition: Edition) -> dict[str, Any]:
    """Write a letter's texts, each with its direction, as the typesetter takes them."""
    language, request = asked.request.language, asked.request
    words = LETTER_WORDS[language]
    days = {name: _day(day, language) for name, day in (("first", edition.first_day), ("last", edition.last_day), ("arrives", request.arrives_on), ("leaves", request.leaves_on))}
    place = ", ".join(filter(None, (pick(edition.venue, language), pick(edition.city, language))))
    said = {"show": pick(edition.full_name, language) or pick(edition.name, language), "place": place, "exhibitor": asked.exhibitor, **days}
    country = str(Locale.parse(_LOCALES[language]).territories.get(passport.nationality, passport.nationality))
    facts = [("name", passport.name), ("nationality", country), ("passport", passport.number), ("expires", _day(passport.expires_on, language))]
    facts += [("job", asked.attendee.job_title), ("employer", asked.exhibitor)]
    label = letter_label(edition.slug, letter.number)
    sender = [pick(edition.organiser, language), *pick(edition.address, language).splitlines(), pick(edition.city, language), edition.contact_email, edition.contact_phone or ""]
    return {
        "language": language,
        "heading": f"{words['title']} {label}",
        "author": pick(edition.organiser, language),
        "sender": [_piece(line) for line in sender if line.strip()],
        "title": _piece(words["title"]),
        "facts": [[words["number"], _piece(label)], [words["date"], _piece(_day(letter.issued_on, language))]],
        "to": words["to"],
        "body": _piece(words["body"] % said),
        "person": [[words[name], _piece(text)] for name, text in facts if text],
        "rest": [words["costs"], words["thanks"]],
        "sign": [_piece(pick(edition.organiser, language)), words["sign"]],
    }


def _day(day: date, language: str) -> str:
    return str(format_date(day, "d MMMM y", locale=_LOCALES[language]))


def _piece(text: str) -> dict[str, str]:
    return {"text": text, "dir": direction(text)}
