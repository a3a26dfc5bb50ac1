"""Attendees with signed badges, written in bulk: what the operations would write one by one."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any, cast

from sqlalchemy import Table, insert

from eventapp.attendees.models import Attendee, Hat, StaffSeat
from eventapp.attendees.queries import quota_of
from eventapp.attendees.rules import folded_name
from eventapp.audit.models import AuditEntry
from eventapp.badges.models import Badge
from eventapp.badges.queries import zone_bits
from eventapp.badges.rules import zone_mask
from eventapp.badges.token import keyring
from eventapp.core.db import Model, db
from eventapp.core.ids import new_secret
from eventapp.core.texts import fold
from eventapp.demo.rules.crowd import Guest
from eventapp.editions.models import Category, Edition
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.organisations.models import Person, PersonName
from eventapp.organisations.rules import folded_person

_REFERENCE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
Row = dict[str, Any]


def _store(model: type[Model], rows: Sequence[Row]) -> list[int]:
    """Insert rows in bulk; return their ids in the same order."""
    table = cast("Table", model.__table__)
    return list(db.session.scalars(insert(table).returning(table.c.id, sort_by_parameter_order=True), list(rows)))


def add_guests(rng: Random, edition: Edition, guests: Sequence[Guest], exhibitors: Sequence[int], people: Mapping[int, int], now: datetime) -> list[tuple[int, str]]:
    """Add attendees with badges; `exhibitors` has the ids for Guest.company, `people` those of guests who are persons already. Return ids and tokens."""
    person_ids = _persons(guests, people)
    references = _references(rng, len(guests))
    rows = [_attendee(edition.id, guest, person, reference, exhibitors) for guest, person, reference in zip(guests, person_ids, references, strict=True)]
    ids = _store(Attendee, rows)
    _store(Hat, [{"attendee_id": attendee_id, "category": guest.category} for attendee_id, guest in zip(ids, guests, strict=True)])
    db.session.execute(insert(StaffSeat), _seats(edition.id, guests, ids, exhibitors))
    badges = _badges(rng, edition, guests, ids)
    badge_ids = _store(Badge, badges)
    _trail(edition.id, guests, ids, badge_ids, now)
    return [(attendee_id, badge["token"]) for attendee_id, badge in zip(ids, badges, strict=True)]


def _seats(edition_id: int, guests: Sequence[Guest], ids: Sequence[int], exhibitors: Sequence[int]) -> list[Row]:
    """Give each stand's badges to its staff, as far as they go."""
    staff = [(exhibitors[guest.company], attendee_id) for guest, attendee_id in zip(guests, ids, strict=True) if guest.company is not None]
    left = {exhibitor_id: iter(range(1, (quota_of(exhibitor_to_change(exhibitor_id)).badges or 0) + 1)) for exhibitor_id, _attendee_id in staff}
    seated = ((exhibitor_id, attendee_id, next(left[exhibitor_id], None)) for exhibitor_id, attendee_id in staff)
    return [{"edition_id": edition_id, "exhibitor_id": exhibitor_id, "seat": seat, "attendee_id": attendee_id} for exhibitor_id, attendee_id, seat in seated if seat is not None]


def _persons(guests: Sequence[Guest], known: Mapping[int, int]) -> list[int]:
    new = [number for number in range(len(guests)) if number not in known]
    made = dict(zip(new, _store(Person, [{"created_at": guests[number].registered_at, "is_example": True} for number in new]), strict=True))
    names = []
    for number, person_id in made.items():
        who = guests[number].name
        spellings = [("latn", who.given, who.family)] + ([("arab", who.given_ar, who.family_ar)] if who.given_ar else [])
        names += [
            {"person_id": person_id, "position": position, "script": script, "given": given, "family": family, "folded": folded_person(given, family)}
            for position, (script, given, family) in enumerate(spellings)
        ]
    _store(PersonName, names)
    return [made[number] if number in made else known[number] for number in range(len(guests))]


def _references(rng: Random, count: int) -> list[str]:
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        drawn[f"V-{''.join(rng.choices(_REFERENCE, k=6))}"] = None
    return list(drawn)


def _attendee(edition_id: int, guest: Guest, person_id: int, reference: str, exhibitors: Sequence[int]) -> Row:
    names = f"{guest.name.full} {guest.name.given_ar} {guest.name.family_ar}"
    return {
        "edition_id": edition_id,
        "person_id": person_id,
        "exhibitor_id": None if guest.company is None else exhibitors[guest.company],
        "reference": reference,
        "personal_key": new_secret(),
        "category": guest.category,
        "email": guest.email,
        "folded_name": folded_name(guest.name.given, guest.name.family),
        "search_text": fold(f"{names} {guest.organisation} {guest.email} {reference}"),
        "organisation_name": guest.organisation,
        "job_title": guest.job_title,
        "country": guest.country,
        "language": guest.language,
        "registered_at": guest.registered_at,
        "is_example": True,
    }


def _badges(rng: Random, edition: Edition, guests: Sequence[Guest], ids: Sequence[int]) -> list[Row]:
    ring = keyring()
    masks = {category: zone_mask(zone_bits(edition.id, [category])) for category in Category}
    serials = rng.sample(range(1, 2**32), len(guests))
    rows = []
    for guest, attendee_id, serial in zip(guests, ids, serials, strict=True):
        said: Row = {"serial": serial, "counter": 1, "zones": masks[guest.category], "first_day": edition.first_day, "last_day": edition.last_day}
        token = ring.issue(edition=edition.token_number, category=guest.category.number, **said)
        rows.append({**said, "edition_id": edition.id, "attendee_id": attendee_id, "category": guest.category, "state": "active", "token": token, "issued_at": guest.registered_at})
    return rows


def _trail(edition_id: int, guests: Sequence[Guest], ids: Sequence[int], badge_ids: Sequence[int], now: datetime) -> None:
    """Write the lines of the trail that registering and issuing would have written."""
    rows = []
    for guest, attendee_id, badge_id in zip(guests, ids, badge_ids, strict=True):
        shared: Row = {"at": guest.registered_at, "recorded_at": now, "actor_id": None, "edition_id": edition_id}
        rows.append({**shared, "action": "attendee.registered", "subject_kind": "attendee", "subject_id": attendee_id, "details": {}})
        rows.append({**shared, "action": "badge.issued", "subject_kind": "badge", "subject_id": badge_id, "details": {"attendee_id": attendee_id, "counter": 1}})
    _store(AuditEntry, rows)


def scan_id(rng: Random) -> uuid.UUID:
    """Draw a scan's id as a device would."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)
