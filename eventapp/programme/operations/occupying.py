"""Claims follow sessions: what is no longer wanted goes, what is new comes, or a refusal names what is in the way."""

from collections.abc import Iterable
from typing import cast

from sqlalchemy import Table, delete

from eventapp.core.db import db, insert_new
from eventapp.core.errors import Busy, Refusal
from eventapp.editions.models import Edition
from eventapp.programme import queries, rules
from eventapp.programme.errors import PartsOverlap, PersonDoubleBooked, RoomStillCleared, RoomTaken
from eventapp.programme.models import Occupancy, ProgrammeSession, Room
from eventapp.programme.queries import Holder
from eventapp.programme.rules import Claim, Held

_TABLE = cast("Table", Occupancy.__table__)
_KEY = ("edition_id", "resource_kind", "resource_id", "slot")
_MOST_TRIES = 4


def occupy(edition: Edition, sessions: Iterable[ProgrammeSession]) -> None:
    """Let locked sessions claim exactly what they want now: first all give back, then all take."""
    db.session.flush()
    new = {}
    for session in sorted(sessions, key=lambda one: one.id):
        wanted, mine = _wanted(session, edition.timezone), queries.claims_of(session.id)
        _give_back(session, [claim for claim, for_id in mine.items() if wanted.get(claim) != for_id])
        new[session] = {claim: for_id for claim, for_id in wanted.items() if mine.get(claim) != for_id}
    for session, claims in new.items():
        _take(session, claims, edition.timezone)


def _wanted(session: ProgrammeSession, tz: str) -> dict[Claim, int]:
    """List what a session wants to claim; refuse parts that leave it or overlap."""
    if session.state == "scheduled" and session.parent_id is None:
        rules.check_parts(*queries.family(session), tz)
    return queries.wanted_of(session, tz)


def _give_back(session: ProgrammeSession, claims: list[Claim]) -> None:
    for condition in queries.claims_match(sorted(claims)):
        db.session.execute(delete(_TABLE).where(Occupancy.edition_id == session.edition_id, Occupancy.owner_kind == "session", Occupancy.owner_id == session.id, condition))


def _take(session: ProgrammeSession, claims: dict[Claim, int], tz: str) -> None:
    missing = set(claims)
    for _try in range(_MOST_TRIES):
        rows = [
            {
                "edition_id": session.edition_id,
                "resource_kind": kind,
                "resource_id": resource_id,
                "slot": slot,
                "owner_kind": "session",
                "owner_id": session.id,
                "session_id": for_id,
            }
            for (kind, resource_id, slot), for_id in claims.items()
            if (kind, resource_id, slot) in missing
        ]
        missing -= {Claim(*key[1:]) for key in insert_new(_TABLE, rows, _KEY)}
        if not missing:
            return
        holder = queries.holder_of(session.edition_id, missing)
        if holder is not None:
            raise _refusal(session, claims[holder.claim], holder, tz)
    raise Busy  # whoever had the rest gave it back each time we looked, and somebody else took it


def _refusal(whole: ProgrammeSession, for_id: int, holder: Holder, tz: str) -> Refusal:
    """Name what is in the way of a session or of its part."""
    other = holder.session
    facts = {"title": other.title, "day": other.day, "since": other.starts(tz), "until": other.ends(tz)}
    if holder.claim.kind == "person":
        return PersonDoubleBooked(name=queries.person_names(holder.claim.resource_id), room=holder.room, **facts)
    mine = queries.held(whole if for_id == whole.id else db.session.get_one(ProgrammeSession, for_id), ())
    if holder.claim.kind == "session":
        return PartsOverlap(title=mine.title, other=other.title, since=facts["since"], until=facts["until"])
    if _meet(mine, other, tz):
        return RoomTaken(room=holder.room, **facts)
    return RoomStillCleared(room=holder.room, minutes=db.session.get_one(Room, holder.claim.resource_id).turnover_minutes, **facts)


def _meet(one: Held, other: Held, tz: str) -> bool:
    return not set(one.slots(tz)).isdisjoint(other.slots(tz))
