"""What doctor asks: everything is worked out anew from the sessions themselves, never from the key."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import func, select

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.editions.models import Edition
from eventapp.programme.models import Occupancy, ProgrammeSession, PublishedVersion, Room, SessionPerson
from eventapp.programme.queries.occupancy import held, place_of
from eventapp.programme.rules import Claim, Held, check_parts, slot_moment, wanted_claims

Family = tuple[ProgrammeSession, str, Room, Held, list[Held]]


def _families() -> Iterator[Family]:
    """Go through every scheduled outermost session: with its time zone, room and parts."""
    attached: dict[int, list[SessionPerson]] = defaultdict(list)
    for one in db.session.scalars(select(SessionPerson)):
        attached[one.session_id].append(one)
    parts: dict[int, list[Held]] = defaultdict(list)
    scheduled = select(ProgrammeSession).where(ProgrammeSession.state == "scheduled").order_by(ProgrammeSession.id)
    for part in db.session.scalars(scheduled.where(ProgrammeSession.parent_id.is_not(None))):
        parts[part.parent_id or 0].append(held(part, attached.get(part.id, ())))
    wholes = scheduled.add_columns(Edition.timezone, Room).join(Edition, Edition.id == ProgrammeSession.edition_id).join(Room, Room.id == ProgrammeSession.room_id)
    for whole, tz, room in db.session.execute(wholes.where(ProgrammeSession.parent_id.is_(None))):
        yield whole, tz, room, held(whole, attached.get(whole.id, ())), parts.get(whole.id, [])


def _wanted() -> Iterator[tuple[ProgrammeSession, dict[Claim, int]]]:
    for session, tz, room, whole, parts in _families():
        yield session, wanted_claims(whole, parts, place_of(session, room), tz)


def occupancy_breaches() -> list[str]:
    """List rooms and people that are in two places at once: a breach."""
    owners: dict[tuple[int, Claim], int] = {}
    clashes: dict[tuple[str, int, int, int], int] = {}
    for session, wanted in _wanted():
        for claim in wanted:
            other = owners.setdefault((session.edition_id, claim), session.id)
            if other != session.id:
                pair = (claim.kind, claim.resource_id, other, session.id)
                clashes[pair] = min(claim.slot, clashes.get(pair, claim.slot))
    return [f"{kind} {resource} is in sessions {first} and {second} at once, {_when(slot)}" for (kind, resource, first, second), slot in sorted(clashes.items())]


def _when(slot: int) -> str:
    day, minute, _fold = slot_moment(slot)
    return f"{day} {minute // 60:02}:{minute % 60:02}"


def wrong_claims() -> list[str]:
    """List sessions whose claims are not exactly those that they want, and claims of sessions that want none: a breach."""
    rows = select(Occupancy.owner_id, Occupancy.edition_id, Occupancy.resource_kind, Occupancy.resource_id, Occupancy.slot, Occupancy.session_id)
    there: dict[int, set[tuple[int, Claim, int]]] = defaultdict(set)
    for owner_id, edition_id, kind, resource_id, slot, for_id in db.session.execute(rows):
        there[owner_id].add((edition_id, Claim(kind, resource_id, slot), for_id))
    found = []
    for session, wanted in _wanted():
        mine, right = there.pop(session.id, set()), {(session.edition_id, claim, for_id) for claim, for_id in wanted.items()}
        if mine != right:
            found.append(f"session {session.id} lacks {len(right - mine)} claims and has {len(mine - right)} too many")
    return found + [f"session {owner_id} has {len(claims)} claims and wants none" for owner_id, claims in sorted(there.items())]


def claims_astray() -> list[str]:
    """List what is claimed in an edition and is not of it: its rooms, its sessions, and the people on its stages; breaches."""
    on_stage = select(SessionPerson.id).join(ProgrammeSession).where(SessionPerson.person_id == Occupancy.resource_id, ProgrammeSession.edition_id == Occupancy.edition_id)
    of_it = {
        "room": select(Room.id).where(Room.id == Occupancy.resource_id, Room.edition_id == Occupancy.edition_id),
        "session": select(ProgrammeSession.id).where(ProgrammeSession.id == Occupancy.resource_id, ProgrammeSession.edition_id == Occupancy.edition_id),
        "person": on_stage,
    }
    found = []
    for kind, there in of_it.items():
        claimed = select(Occupancy.edition_id, Occupancy.resource_id).where(Occupancy.resource_kind == kind, ~there.correlate(Occupancy).exists()).distinct()
        rows = db.session.execute(claimed.order_by(Occupancy.edition_id, Occupancy.resource_id))
        found += [f"edition {edition_id} claims {kind} {number}, which is not of it" for edition_id, number in rows]
    return found


def parts_outside() -> list[str]:
    """List parts that do not lie within their whole, in its room, one after the other: a breach."""
    found, wholes = [], {}
    for session, tz, _room, whole, parts in _families():
        wholes[session.id] = session.room_id
        try:
            check_parts(whole, parts, tz)
        except Refusal as refusal:
            found.append(f"session {session.id}: {type(refusal).__name__}")
    query = select(ProgrammeSession.id, ProgrammeSession.parent_id, ProgrammeSession.room_id).where(ProgrammeSession.state == "scheduled", ProgrammeSession.parent_id.is_not(None))
    for part_id, parent_id, room_id in db.session.execute(query.order_by(ProgrammeSession.id)):
        if parent_id not in wholes:
            found.append(f"session {part_id} is a part of session {parent_id}, which is no scheduled whole")
        elif wholes[parent_id] != room_id:
            found.append(f"session {part_id} is in another room than its whole, session {parent_id}")
    return found


def gaps_in_versions() -> list[str]:
    """List editions whose published versions are not numbered 1, 2, 3 and so on: a breach."""
    count, last, different = func.count(), func.max(PublishedVersion.number), func.count(PublishedVersion.number.distinct())
    query = select(PublishedVersion.edition_id, count, last).group_by(PublishedVersion.edition_id).having((count != last) | (different != last))
    return [f"edition {edition_id} has {many} published versions, the last one is number {number}" for edition_id, many, number in db.session.execute(query)]


def sessions_outside(edition: Edition, open_days: Collection[date]) -> list[tuple[dict[str, str], date]]:
    """List the scheduled sessions, as title and day, that lie on no day of an edition, or on one when it is closed (an edition without hours has no closed day)."""
    query = select(ProgrammeSession.title, ProgrammeSession.day).where(ProgrammeSession.edition_id == edition.id, ProgrammeSession.state == "scheduled")
    rows = db.session.execute(query.order_by(ProgrammeSession.day, ProgrammeSession.start_minute, ProgrammeSession.id))
    return [(title, day) for title, day in rows if day is not None and not (edition.first_day <= day <= edition.last_day and (not open_days or day in open_days))]


def outside_the_show() -> list[str]:
    """List scheduled sessions that lie on no open day of their edition: a breach."""
    editions = db.session.scalars(select(Edition)).all()
    return [
        f"edition {edition.slug}: a session lies on {day}, when there is no show"
        for edition in editions
        for _title, day in sessions_outside(edition, {row.day for row in edition.hours})
    ]
