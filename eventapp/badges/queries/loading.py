"""Loaders of badges and of the revocation list."""

from collections.abc import Collection

from sqlalchemy import func, select

from eventapp.attendees.models import Attendee
from eventapp.badges.models import Badge, Revocation
from eventapp.core.db import db
from eventapp.editions.models import Edition, Zone, ZoneRule


def active_badge(attendee_id: int) -> Badge | None:
    """Load the badge that an attendee may enter with now."""
    return db.session.scalar(select(Badge).where(Badge.attendee_id == attendee_id, Badge.state == "active"))


def badges_of(attendee_id: int) -> list[Badge]:
    """List every badge that an attendee ever had, latest first."""
    return list(db.session.scalars(select(Badge).where(Badge.attendee_id == attendee_id).order_by(Badge.id.desc())))


def last_badge(attendee_id: int) -> Badge | None:
    """Load the badge that was issued last to an attendee, whatever became of it."""
    return db.session.scalar(select(Badge).where(Badge.attendee_id == attendee_id).order_by(Badge.id.desc()).limit(1))


def badge_named(edition_id: int, serial: int, counter: int) -> tuple[Badge, Attendee] | None:
    """Load the badge that a token names, and its holder."""
    query = select(Badge, Attendee).join(Attendee, Attendee.id == Badge.attendee_id)
    row = db.session.execute(query.where(Badge.edition_id == edition_id, Badge.serial == serial, Badge.counter == counter)).first()
    return (row[0], row[1]) if row else None


def edition_of_payload(token_number: int) -> Edition | None:
    """Load the edition that a token names, unless nobody may see it yet."""
    return db.session.scalar(select(Edition).where(Edition.token_number == token_number, Edition.state != "draft"))


def zone_bits(edition_id: int, categories: Collection[str]) -> list[int]:
    """List the bits of the zones that somebody with these hats may enter, on whichever day."""
    query = select(Zone.bit).join(ZoneRule, ZoneRule.zone_id == Zone.id).where(Zone.edition_id == edition_id, ZoneRule.category.in_(sorted(categories)))
    return list(db.session.scalars(query.distinct().order_by(Zone.bit)))


def next_revocation(edition_id: int) -> int:
    """Lock an edition's revocation list until the operation ends, and return its next sequence number."""
    db.session.execute(select(Edition.id).where(Edition.id == edition_id).with_for_update(key_share=True))
    return (db.session.scalar(select(func.max(Revocation.sequence)).where(Revocation.edition_id == edition_id)) or 0) + 1


def revocation_list(edition_id: int, after: int = 0) -> list[Revocation]:
    """List an edition's revocations after a sequence number, in order."""
    query = select(Revocation).where(Revocation.edition_id == edition_id, Revocation.sequence > after)
    return list(db.session.scalars(query.order_by(Revocation.sequence)))
