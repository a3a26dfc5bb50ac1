"""Rooms, sessions and people, stored as a programme manager would leave them."""

from datetime import date

from sqlalchemy import func, select

from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.organisations.operations import add_person
from eventapp.programme import operations, queries
from eventapp.programme.models import Occupancy, ProgrammeSession, Room, SessionKind, SessionPerson, StageRole
from eventapp.programme.rules import Details, OnStage, Placement
from tests.support.cast import EIGHT, same

DAY = date(2018, 4, 12)


def minute(clock: str) -> int:
    """Turn 11:45 into minutes after midnight."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def make_room(edition: Edition, code: str, *, turnover: int = 0, capacity: int = 100, hall_id: int | None = None) -> Room:
    """Store a room."""
    return operations.add_room(edition.id, code=code, name=same(f"Room {code}"), capacity=capacity, turnover=turnover, hall_id=hall_id, actor_id=None, now=EIGHT)


def make_person(given: str, family: str, given_ar: str = "", family_ar: str = "") -> Person:
    """Store a person."""
    return add_person(given=given, family=family, given_ar=given_ar, family_ar=family_ar, now=EIGHT)


def draft(edition: Edition, title: str, kind: SessionKind = SessionKind.CONFERENCE) -> ProgrammeSession:
    """Store a session without time and room."""
    return operations.add_session(edition.id, Details(kind, same(title)), actor_id=None, now=EIGHT)


def place(
    session: ProgrammeSession, clock: str, length: int, room: Room | None = None, *, within: ProgrammeSession | None = None, day: date = DAY, fold: int = 0
) -> ProgrammeSession:
    """Give a session its time and room."""
    placement = Placement(day, minute(clock), length, room.id if room else None, within.id if within else None, fold)
    return operations.place_session(session.id, placement, actor_id=None, now=EIGHT)


def scheduled(edition: Edition, title: str, clock: str, length: int, room: Room | None = None, *, within: ProgrammeSession | None = None, day: date = DAY) -> ProgrammeSession:
    """Store a session with time and room."""
    return place(draft(edition, title), clock, length, room, within=within, day=day)


def on_stage(session: ProgrammeSession, person: Person, role: StageRole = StageRole.SPEAKER) -> SessionPerson:
    """Put a person on the stage of a session."""
    return operations.put_on_stage(session.id, OnStage(person.id, role), actor_id=None, now=EIGHT)


def claimed(owner: ProgrammeSession) -> dict[tuple[str, int], list[int]]:
    """List what a session claims: minutes after midnight, by kind and id."""
    db.session.rollback()
    found: dict[tuple[str, int], list[int]] = {}
    for kind, resource_id, slot in sorted(queries.claims_of(owner.id)):
        found.setdefault((kind, resource_id), []).append((slot // 2) % 288 * 5)
    return found


def every_claim() -> int:
    """Count all claims."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Occupancy)) or 0


def breaches() -> list[str]:
    """List what doctor says of the programme."""
    db.session.rollback()
    return [*queries.occupancy_breaches(), *queries.wrong_claims(), *queries.claims_astray(), *queries.parts_outside(), *queries.gaps_in_versions()]
