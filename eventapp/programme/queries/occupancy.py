"""What sessions claim, and who has a claim."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, select, tuple_

from eventapp.core.db import db
from eventapp.programme.models import Occupancy, ProgrammeSession, Room, SessionPerson
from eventapp.programme.queries.loading import people_of, scheduled_parts
from eventapp.programme.rules import Claim, Held, Place, Texts, wanted_claims

BATCH = 500
_RANK = {"room": 0, "session": 1, "person": 2}


@dataclass(frozen=True)
class Holder:
    """Who has a claim: the session that it is for."""

    claim: Claim
    session: Held
    room: Texts


def held(session: ProgrammeSession, people: Iterable[SessionPerson]) -> Held:
    """Write a scheduled session as the rules know it."""
    assert session.day is not None
    assert session.start_minute is not None
    assert session.length_minutes is not None
    attached = frozenset(one.person_id for one in people)
    return Held(session.id, session.title, session.day, session.start_minute, session.length_minutes, session.fold, attached)


def family(whole: ProgrammeSession) -> tuple[Held, list[Held]]:
    """Write an outermost session and its scheduled parts as the rules know them."""
    parts = scheduled_parts(whole.id)
    people = people_of([whole.id, *(part.id for part in parts)])
    return held(whole, people.get(whole.id, ())), [held(part, people.get(part.id, ())) for part in parts]


def place_of(whole: ProgrammeSession, room: Room) -> Place:
    """Say how long the room is needed after this session: as always, unless the session has a shorter time of its own."""
    own = whole.clearing_minutes
    return Place(room.id, room.turnover_minutes if own is None else min(own, room.turnover_minutes))


def wanted_of(whole: ProgrammeSession, tz: str) -> dict[Claim, int]:
    """List what an outermost session wants to claim with its parts: nothing, unless it is scheduled as a whole."""
    if whole.state != "scheduled" or whole.parent_id is not None:
        return {}
    return wanted_claims(*family(whole), place_of(whole, db.session.get_one(Room, whole.room_id)), tz)


def claims_of(owner_id: int) -> dict[Claim, int]:
    """List what an outermost session claims: each claim with the session that it is for."""
    rows = select(Occupancy.resource_kind, Occupancy.resource_id, Occupancy.slot, Occupancy.session_id)
    return {
        Claim(kind, resource_id, slot): for_id
        for kind, resource_id, slot, for_id in db.session.execute(rows.where(Occupancy.owner_kind == "session", Occupancy.owner_id == owner_id))
    }


def claims_match(claims: Sequence[Claim]) -> list[ColumnElement[bool]]:
    """Write conditions that together match the rows of these claims."""
    key = tuple_(Occupancy.resource_kind, Occupancy.resource_id, Occupancy.slot)
    return [key.in_([tuple(claim) for claim in claims[start : start + BATCH]]) for start in range(0, len(claims), BATCH)]


def holder_of(edition_id: int, claims: Iterable[Claim]) -> Holder | None:
    """Find who has the first of these claims, rooms before parts before people; None when nobody has any of them any more."""
    rank = case(_RANK, value=Occupancy.resource_kind)
    rows = (
        select(Occupancy.resource_kind, Occupancy.resource_id, Occupancy.slot, ProgrammeSession, Room.name)
        .join(ProgrammeSession, ProgrammeSession.id == Occupancy.session_id)
        .join(Room, Room.id == ProgrammeSession.room_id)
        .where(Occupancy.edition_id == edition_id)
        .order_by(rank, Occupancy.slot)
        .limit(1)
    )
    for condition in claims_match(sorted(claims, key=lambda claim: (_RANK[claim.kind], claim.slot))):
        found = db.session.execute(rows.where(condition)).first()
        if found is not None:
            kind, resource_id, slot, session, room = found
            return Holder(Claim(kind, resource_id, slot), held(session, ()), room)
    return None
