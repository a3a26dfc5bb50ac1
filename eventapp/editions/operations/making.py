"""Make an edition: from an older one, or the first of an installation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.texts import LANGUAGES
from eventapp.editions import queries, rules
from eventapp.editions.errors import SlugTaken
from eventapp.editions.models import Category, Edition, Hall, OpeningHours, Zone, ZoneRule
from eventapp.editions.signals import edition_made_from

_TEXTS = ("theme", "about", "organiser", "venue", "city", "address", "access", "privacy_controller")
_PLAIN = ("timezone", "languages", "currency", "vat_percent", "contact_email", "contact_phone", "privacy_number")
_SHOW_FLOOR = {"fr": "Salon", "ar": "فضاء المعرض", "en": "Show floor"}


@dataclass(frozen=True)
class NewEdition:
    """What a new edition is called, where its pages are, and when it is held."""

    slug: str
    name: Mapping[str, str]
    full_name: Mapping[str, str]
    first_day: date
    last_day: date
    contact_email: str


def make_edition(new: NewEdition, *, copied_from: int | None, reserved: Collection[str], actor_id: int | None, now: datetime) -> Edition:
    """Make a draft; from an older edition come halls, stands, zones, prices, rooms, gates, hours and settings, never people or sessions.

    `reserved` lists the addresses that the program itself uses.
    """
    rules.check_slug(new.slug, reserved)
    rules.check_days(new.first_day, new.last_day)
    rules.check_texts({"name": new.name, "full_name": new.full_name}, ("name", "full_name"))
    with transaction():
        queries.hold_editions()  # so that two new ones do not get the same number on their badges
        old = queries.edition_by_id(copied_from) if copied_from is not None else None
        edition = _claim(new, old, now)
        edition.hours = _hours(old, edition)
        edition.halls = [_same_hall(hall) for hall in old.halls] if old else []
        edition.zones = [_same_zone(zone, edition.first_day - old.first_day, edition) for zone in old.zones] if old else [_first_zone()]
        db.session.flush()
        record("edition.made", "edition", edition.id, actor_id=actor_id, at=now, edition_id=edition.id, copied_from=copied_from)
        if old is not None:
            edition_made_from.send(old=old, new=edition, actor_id=actor_id, now=now)
            db.session.flush()
    return edition


def _claim(new: NewEdition, old: Edition | None, now: datetime) -> Edition:
    """Claim the address: the key lets one edition have it."""
    row: dict[str, Any] = {"slug": new.slug, "name": dict(new.name), "full_name": dict(new.full_name), "first_day": new.first_day, "last_day": new.last_day}
    row |= {name: dict(getattr(old, name)) if old else {} for name in _TEXTS}
    row |= {name: getattr(old, name) for name in _PLAIN} if old else {"timezone": "Africa/Casablanca", "languages": list(LANGUAGES), "currency": "MAD", "vat_percent": 20}
    row |= {"token_number": queries.largest_token_number() + 1, "state": "draft", "is_current": False, "is_example": False, "exhibit_open": False, "visit_open": False}
    row |= {"contact_phone": row.get("contact_phone", ""), "privacy_number": row.get("privacy_number", ""), "contact_email": new.contact_email, "figures": [], "created_at": now}
    if not insert_new(cast("Table", Edition.__table__), [{**row, "version": 1}], ["slug"]):
        raise SlugTaken(slug=new.slug)
    return queries.edition_named(new.slug)


def _hours(old: Edition | None, edition: Edition) -> list[OpeningHours]:
    known = rules.shifted({row.day: (row.opens, row.closes) for row in old.hours}, old.first_day, edition.first_day) if old else {}
    days = rules.days_between(edition.first_day, edition.last_day)
    return [OpeningHours(day=day, opens=opens, closes=closes) for day, (opens, closes) in rules.hours_for(days, known).items()]


def _same_hall(hall: Hall) -> Hall:
    return Hall(code=hall.code, name=dict(hall.name), width_m=hall.width_m, depth_m=hall.depth_m, position=hall.position)


def _same_zone(zone: Zone, later: timedelta, edition: Edition) -> Zone:
    """Copy a zone with its rules; a rule of one day moves to the same day of the new edition, if there is one."""
    days = [(rule.category, rule.day + later if rule.day else None) for rule in zone.rules]
    kept = [ZoneRule(category=category, day=day) for category, day in days if day is None or edition.first_day <= day <= edition.last_day]
    return Zone(code=zone.code, name=dict(zone.name), bit=zone.bit, rules=kept)


def _first_zone() -> Zone:
    return Zone(code="show", name=dict(_SHOW_FLOOR), bit=0, rules=[ZoneRule(category=category) for category in Category if category is not Category.BUILD_UP])
