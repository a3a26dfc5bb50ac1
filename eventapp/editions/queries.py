"""Loaders of editions."""

from typing import Any

from sqlalchemy import func, select, text

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition, Hall, OpeningHours, Zone, ZoneRule
from eventapp.mail.editions import Show


def edition_named(slug: str) -> Edition:
    """Load the edition that an address names."""
    edition = db.session.scalar(select(Edition).where(Edition.slug == slug))
    if edition is None:
        raise NotThere
    return edition


def show_of(edition_id: int | None) -> Show | None:
    """Tell what mail and invitations say about an edition; without one, about the current edition."""
    edition = db.session.get(Edition, edition_id) if edition_id is not None else current_edition()
    return Show(edition.slug, edition.name, edition.organiser, edition.contact_email) if edition else None


def current_edition() -> Edition | None:
    """Load the edition that the home page shows: the one marked current, else the latest public one."""
    ranked = select(Edition).where(Edition.state == "public").order_by(Edition.is_current.desc(), Edition.first_day.desc())
    return db.session.scalar(ranked.limit(1))


def public_editions() -> list[Edition]:
    """List the editions that anybody may see, latest first."""
    return list(db.session.scalars(select(Edition).where(Edition.state != "draft").order_by(Edition.first_day.desc())))


def editions_by_id(ids: set[int]) -> list[Edition]:
    """List some editions, latest first."""
    return list(db.session.scalars(select(Edition).where(Edition.id.in_(ids)).order_by(Edition.first_day.desc())))


def all_editions() -> list[Edition]:
    """List every edition, latest first."""
    return list(db.session.scalars(select(Edition).order_by(Edition.first_day.desc())))


def edition_by_id(edition_id: int) -> Edition:
    """Load an edition by its number."""
    found = db.session.get(Edition, edition_id)
    if found is None:
        raise NotThere
    return found


def edition_to_change(edition_id: int) -> Edition:
    """Load an edition as it is now, locked until the operation ends; who only refers to it need not wait."""
    found = db.session.scalar(select(Edition).where(Edition.id == edition_id).with_for_update(key_share=True).execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def hold_editions() -> None:
    """Let nobody else add or change an edition until the operation ends (on SQLite the operation itself does)."""
    if db.session().get_bind().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE editions IN SHARE ROW EXCLUSIVE MODE"))


def largest_token_number() -> int:
    """Find the largest number that an edition has on badges; 0 before the first."""
    return db.session.scalar(select(func.max(Edition.token_number))) or 0


def current_editions() -> list[Edition]:
    """Load the edition that is marked current, if any, locked until the operation ends."""
    return list(db.session.scalars(select(Edition).where(Edition.is_current).with_for_update()))


def hall_of_edition(edition_id: int, hall_id: int) -> Hall:
    """Load a hall of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(Hall).where(Hall.id == hall_id, Hall.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def zone_of_edition(edition_id: int, zone_id: int) -> Zone:
    """Load a zone of an edition with its rules; another edition's and a missing one look the same."""
    found = db.session.scalar(select(Zone).where(Zone.id == zone_id, Zone.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


_OWN: dict[str, Any] = {"address": Edition.slug, "number": Edition.token_number}  # no two editions have the same


def wrong_editions() -> list[str]:
    """List what contradicts itself in editions: two at one address or with one number, a current one that is not public, hours or rules outside the days."""
    shared = [(name, db.session.execute(select(column).group_by(column).having(func.count() > 1).order_by(column)).scalars()) for name, column in _OWN.items()]
    current = db.session.scalars(select(Edition.slug).where(Edition.is_current, Edition.state != "public"))
    hours = select(Edition.slug, OpeningHours.day).join(OpeningHours, OpeningHours.edition_id == Edition.id)
    outside = db.session.execute(hours.where((OpeningHours.day < Edition.first_day) | (OpeningHours.day > Edition.last_day)))
    rules = select(Edition.slug, Zone.code, ZoneRule.day).join(Zone, Zone.edition_id == Edition.id).join(ZoneRule, ZoneRule.zone_id == Zone.id)
    astray = db.session.execute(rules.where((ZoneRule.day < Edition.first_day) | (ZoneRule.day > Edition.last_day)).distinct())
    return [
        *(f"several editions have the {name} {value}" for name, values in shared for value in values),
        *(f"edition {slug} is current and not public" for slug in current),
        *(f"edition {slug} has hours on {day}, outside its days" for slug, day in outside),
        *(f"edition {slug} lets people into zone {code} on {day}, outside its days" for slug, code, day in astray),
    ]
