"""The organiser's list of attendees with their badges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.attendees.models import Attendee
from eventapp.badges.models import Badge
from eventapp.core.db import db
from eventapp.core.texts import fold

_LARGEST_SERIAL = 2**32 - 1
_MOST_WORDS = 8


@dataclass(frozen=True)
class SearchedFor:
    """What the list is narrowed to: a text in name, organisation, address, reference or serial, and a category."""

    text: str = ""
    category: str = ""


def attendees(edition_id: int, searched: SearchedFor) -> Select[Any]:
    """Select an edition's attendees, the latest registration first."""
    conditions = [Attendee.edition_id == edition_id, *_matching(edition_id, searched.text)]
    if searched.category:
        conditions.append(Attendee.category == searched.category)
    return select(Attendee).where(*conditions).order_by(Attendee.registered_at.desc(), Attendee.id.desc())


def _matching(edition_id: int, text: str) -> list[ColumnElement[bool]]:
    """Ask for every word somewhere in what is known of the attendee, or for the serial of a badge."""
    words = fold(text).split()[:_MOST_WORDS]
    if not words:
        return []
    column: InstrumentedAttribute[str] = Attendee.search_text
    by_words = and_(*(column.contains(word, autoescape=True) for word in words))
    number = words[0]
    if len(words) > 1 or not (number.isascii() and number.isdigit()) or int(number) > _LARGEST_SERIAL:
        return [by_words]
    by_serial = Attendee.id.in_(select(Badge.attendee_id).where(Badge.edition_id == edition_id, Badge.serial == int(number)))
    return [or_(by_words, by_serial)]


def category_counts(edition_id: int, text: str) -> dict[str, int]:
    """Count the attendees that a text finds, by category."""
    query = select(Attendee.category, func.count()).where(Attendee.edition_id == edition_id, *_matching(edition_id, text)).group_by(Attendee.category)
    return dict(db.session.execute(query).all())


def latest_badges(attendee_ids: Sequence[int]) -> dict[int, Badge]:
    """Load the latest badge of each of some attendees."""
    latest = select(func.max(Badge.id)).where(Badge.attendee_id.in_(attendee_ids)).group_by(Badge.attendee_id)
    return {badge.attendee_id: badge for badge in db.session.scalars(select(Badge).where(Badge.id.in_(latest)))}


def with_badges(edition_id: int, searched: SearchedFor) -> Iterator[tuple[Attendee, Badge | None]]:
    """Walk through the whole list with each attendee's latest badge, 500 at a time."""
    query, start = attendees(edition_id, searched), 0
    while rows := db.session.scalars(query.limit(500).offset(start)).unique().all():
        badges = latest_badges([attendee.id for attendee in rows])
        yield from ((attendee, badges.get(attendee.id)) for attendee in rows)
        start += 500
