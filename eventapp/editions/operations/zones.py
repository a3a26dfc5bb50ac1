"""Verbs on an edition's zones: which category may enter where, on which day."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new
from eventapp.editions import queries, rules
from eventapp.editions.errors import NotADayOfTheEdition, ZoneCodeTaken
from eventapp.editions.models import Category, Edition, Zone, ZoneRule
from eventapp.editions.operations.changing import changing
from eventapp.editions.signals import zone_leaving


@dataclass(frozen=True)
class ZonePlan:
    """A zone: code, name, and who may enter it as (category, day); no day means on every day."""

    code: str
    name: Mapping[str, str]
    who: Collection[tuple[Category, date | None]]

    def checked(self) -> "ZonePlan":
        """Return it; refuse an odd code or no name at all."""
        rules.check_code(self.code)
        rules.check_texts({"name": self.name}, ("name",))
        return self


def add_zone(edition_id: int, plan: ZonePlan, *, version: int | None = None, actor_id: int | None, now: datetime) -> Zone:
    """Add a zone; it gets a bit of its own on the badge."""
    plan.checked()
    with changing(edition_id, version, actor_id=actor_id, now=now, fields=["zones"], zone=plan.code) as edition:
        row = {"edition_id": edition_id, "code": plan.code, "name": dict(plan.name), "bit": rules.free_bit([zone.bit for zone in edition.zones])}
        if not insert_new(cast("Table", Zone.__table__), [row], ["edition_id", "code"]):
            raise ZoneCodeTaken(code=plan.code)
        db.session.expire(edition, ["zones"])
        zone = next(zone for zone in edition.zones if zone.code == plan.code)
        _let_in(edition, zone, plan.who)
    return zone


def change_zone(edition_id: int, zone_id: int, plan: ZonePlan, *, version: int | None = None, actor_id: int | None, now: datetime) -> Zone:
    """Change a zone's name and who may enter it; the doors go by it at the next scan."""
    plan.checked()
    with changing(edition_id, version, actor_id=actor_id, now=now, fields=["zones"], zone=plan.code) as edition:
        zone = queries.zone_of_edition(edition_id, zone_id)
        if any(other.code == plan.code for other in edition.zones if other.id != zone_id):
            raise ZoneCodeTaken(code=plan.code)
        zone.code, zone.name = plan.code, dict(plan.name)
        _let_in(edition, zone, plan.who)
    return zone


def _let_in(edition: Edition, zone: Zone, who: Collection[tuple[Category, date | None]]) -> None:
    """Let in exactly these; a rule for every day makes those for single days needless."""
    always = {category for category, day in who if day is None}
    wanted = {(category.value, None) for category in always} | {(category.value, day) for category, day in who if day is not None and category not in always}
    for _category, day in wanted:
        if day is not None and not edition.first_day <= day <= edition.last_day:
            raise NotADayOfTheEdition(day=day)
    kept = {(rule.category, rule.day) for rule in zone.rules} & wanted
    zone.rules = [rule for rule in zone.rules if (rule.category, rule.day) in kept] + [ZoneRule(category=category, day=day) for category, day in wanted - kept]


def remove_zone(edition_id: int, zone_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Remove a zone that no gate leads into."""
    zone = queries.zone_of_edition(edition_id, zone_id)
    with changing(edition_id, None, actor_id=actor_id, now=now, fields=["zones"], zone=zone.code) as edition:
        zone = queries.zone_of_edition(edition_id, zone_id)
        zone_leaving.send(zone=zone)
        edition.zones.remove(zone)
        record("zone.removed", "zone", zone_id, actor_id=actor_id, at=now, edition_id=edition_id)
