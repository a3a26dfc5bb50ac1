"""Badges as cards and as PDF."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from config import ROOT
from eventapp.attendees.models import Attendee
from eventapp.attendees.rules import CATEGORY_NAMES
from eventapp.badges import qr, rules, token
from eventapp.badges.errors import NoBadge
from eventapp.badges.models import Badge
from eventapp.core.db import db
from eventapp.core.texts import days_in_words, pick
from eventapp.documents.pdf import typeset
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person

SOURCE = ROOT / "templates" / "badges" / "print" / "badge.typ"


def cards_of(attendee_ids: Sequence[int]) -> dict[str, Any]:
    """Collect what the badges of some attendees of one edition say, in the order asked for; who has no active badge has no card."""
    found = {attendee.id: (badge, attendee) for badge, attendee in _active(attendee_ids)}
    pairs = [found[attendee_id] for attendee_id in attendee_ids if attendee_id in found]
    if not pairs:
        raise NoBadge
    edition = db.session.get_one(Edition, pairs[0][0].edition_id)
    name = pick(edition.name, edition.languages[0])
    return {
        "title": f"{name} – {pairs[0][1].person.name()}" if len(pairs) == 1 else name,
        "organiser": pick(edition.organiser, edition.languages[0]),
        "language": edition.languages[0],
        "symbol": "QR",
        "cards": [_card(badge, attendee, edition) for badge, attendee in pairs],
    }


def _active(attendee_ids: Sequence[int]) -> list[tuple[Badge, Attendee]]:
    query = select(Badge, Attendee).join(Attendee, Attendee.id == Badge.attendee_id).where(Badge.state == "active")
    rows: list[tuple[Badge, Attendee]] = []
    for start in range(0, len(attendee_ids), 500):
        rows += [(row[0], row[1]) for row in db.session.execute(query.where(Attendee.id.in_(attendee_ids[start : start + 500])))]
    return rows


def _card(badge: Badge, attendee: Attendee, edition: Edition) -> dict[str, Any]:
    """Write one card: texts with their direction, the band's words and colour, the symbol's dark modules."""
    given, family, second = _names(attendee.person)
    first_language = edition.languages[0]
    days = days_in_words(edition.first_day, edition.last_day, first_language)
    words = CATEGORY_NAMES[badge.category]
    return {
        "given": rules.piece(given),
        "family": rules.piece(family),
        "second": rules.piece(second),
        "company": rules.piece(attendee.organisation_name),
        "words": [rules.piece(word) for word in dict.fromkeys(words[language] for language in edition.languages if language in words)],
        "colour": rules.COLOURS[badge.category],
        "show": rules.piece(pick(edition.name, first_language)),
        "dates": rules.piece(f"{days} · {pick(edition.city, first_language)}"),
        "modules": qr.path(qr.modules(token.address(badge.token))),
    }


def _names(person: Person) -> tuple[str, str, str]:
    """Split a person's first spelling, and write the other script's whole; one spelling is not written twice."""
    first, *others = person.names
    return first.given, first.family, next((name.full for name in others if name.script != first.script and name.folded != first.folded), "")


def badge_pdf(attendee_ids: Sequence[int]) -> bytes:
    """Set the badges of some attendees of one edition as one PDF, an A6 page each; refuse when none of them has one."""
    return typeset(SOURCE, cards_of(attendee_ids))
