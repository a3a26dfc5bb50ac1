"""Sessions in time and room: placed, moved, taken off, cancelled."""

from datetime import datetime
from typing import Any

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.programme import queries, rules
from eventapp.programme.errors import HasParts, NoClearingOfItsOwn, PartOfPart, RoomMissing, WholeNotScheduled
from eventapp.programme.models import ProgrammeSession
from eventapp.programme.operations.occupying import occupy
from eventapp.programme.operations.sessions import changeable
from eventapp.programme.rules import Placement
from eventapp.programme.signals import session_left_programme

_WHERE = ("day", "start_minute", "fold", "length_minutes", "room_id", "parent_id")


def place_session(session_id: int, placement: Placement, *, even_closed: bool = True, version: int | None = None, actor_id: int | None, now: datetime) -> ProgrammeSession:
    """Give a session its time and room, or move it with its parts; a part takes its room from the whole. Refuses by name what is in the way.

    Without `even_closed` a time outside the day's opening hours is refused too: a dinner is meant to be there, 03:00 is mistyped.
    """
    with transaction():
        edition = queries.edition_to_place_in(session_id)  # so that its days stay as they are meanwhile
        _hold_room(placement)
        session = changeable(session_id, version, placement.parent_id)
        rules.check_day(placement.day, edition.first_day, edition.last_day, {hours.day for hours in edition.hours})
        placement = rules.check_placement(placement, edition.timezone)
        for hours in edition.hours if not even_closed else ():
            if hours.day == placement.day:
                rules.check_hours(placement, hours.opens, hours.closes)
        room_id = _room_for(session, placement)
        touched = {session.id, session.parent_id, placement.parent_id} - {None}
        was_scheduled, parts = session.state == "scheduled", queries.scheduled_parts(session.id)
        before = queries.held(session, ()).starts(edition.timezone) if parts else None
        _put(session, placement, room_id)
        for part in parts:
            _take_along(part, session, before, edition.timezone)
        occupy(edition, [db.session.get_one(ProgrammeSession, one) for one in touched])
        where = {name: str(value) if name == "day" else value for name in _WHERE if (value := getattr(session, name)) is not None}
        record("session.moved" if was_scheduled else "session.placed", "session", session_id, actor_id=actor_id, at=now, edition_id=edition.id, **where)
    return session


def _hold_room(placement: Placement) -> None:
    """Keep the room as it is; a room is always locked before the sessions in it."""
    if placement.parent_id is None:
        if placement.room_id is None:
            raise RoomMissing
        queries.room_to_use(placement.room_id)


def _room_for(session: ProgrammeSession, placement: Placement) -> int:
    """Find the room that a session goes to: the one asked for, or the one of the whole that it is to be a part of."""
    if placement.parent_id is None:
        return queries.room_of_edition(session.edition_id, placement.room_id or 0).id
    whole = queries.session_of_edition(session.edition_id, placement.parent_id)
    if whole.parent_id is not None or whole.id == session.id:
        raise PartOfPart(title=whole.title)
    if queries.scheduled_parts(session.id):
        raise HasParts(title=session.title)
    if whole.state != "scheduled" or whole.room_id is None:
        raise WholeNotScheduled(title=whole.title)
    return whole.room_id


def _put(session: ProgrammeSession, placement: Placement, room_id: int) -> None:
    was = _calendar(session)
    if session.room_id != room_id or placement.parent_id is not None:
        session.clearing_minutes, session.clearing_reason = None, ""  # its reason was about that room
    session.day, session.start_minute, session.fold = placement.day, placement.start, placement.fold
    session.length_minutes, session.room_id, session.parent_id = placement.length, room_id, placement.parent_id
    if session.state == "scheduled" and _calendar(session) != was:
        session.sequence += 1
    session.state = "scheduled"


def _take_along(part: ProgrammeSession, whole: ProgrammeSession, before: datetime | None, tz: str) -> None:
    """Move a part as its whole moved: it stays as long after the start as it was."""
    assert before is not None
    was = _calendar(part)
    part.day, part.start_minute, part.fold = rules.moved_along(queries.held(part, ()).starts(tz), before, queries.held(whole, ()).starts(tz))
    part.room_id = whole.room_id
    if _calendar(part) != was:
        part.sequence += 1


def _calendar(session: ProgrammeSession) -> tuple[Any, ...]:
    """List what a calendar entry shows of time and place."""
    return session.day, session.start_minute, session.fold, session.length_minutes, session.room_id


def take_off_programme(session_id: int, *, version: int | None = None, actor_id: int | None, now: datetime) -> ProgrammeSession:
    """Make a session a draft again, with its parts: time and room are free for others."""
    return _leave(session_id, "draft", version, actor_id, now)


def cancel_session(session_id: int, *, version: int | None = None, actor_id: int | None, now: datetime) -> ProgrammeSession:
    """Cancel a session, with its parts, for good: time and room are free for others, and it stays in the list as what it was."""
    return _leave(session_id, "cancelled", version, actor_id, now)


def _leave(session_id: int, state: str, version: int | None, actor_id: int | None, now: datetime) -> ProgrammeSession:
    with transaction():
        session = changeable(session_id, version)
        whole = queries.whole_of(session)
        family = [*queries.scheduled_parts(session_id), session]
        leaving = [one for one in family if one.state == "scheduled"]
        for one in family if state == "cancelled" else leaving:
            _free(one, state)
            record("session.cancelled" if state == "cancelled" else "session.taken_off", "session", one.id, actor_id=actor_id, at=now, edition_id=session.edition_id)
        occupy(db.session.get_one(Edition, session.edition_id), {session, whole})
        for one in leaving:
            session_left_programme.send(None, session=one, actor_id=actor_id, now=now)
    return session


def _free(session: ProgrammeSession, state: str) -> None:
    session.sequence += 1
    session.state = state
    if state == "draft":
        session.day = session.start_minute = session.room_id = session.parent_id = session.clearing_minutes = None
        session.fold, session.clearing_reason = 0, ""


def set_clearing(session_id: int, minutes: int | None, reason: str = "", *, version: int | None = None, actor_id: int | None, now: datetime) -> ProgrammeSession:
    """Shorten or waive the clearing time after one session, for a reason; without minutes it is the room's again."""
    with transaction():
        session = changeable(session_id, version)
        if session.state != "scheduled" or session.parent_id is not None or session.room_id is None:
            raise NoClearingOfItsOwn(title=session.title)
        room = queries.room_of_edition(session.edition_id, session.room_id)
        session.clearing_reason = "" if minutes is None else rules.checked_clearing(minutes, room.turnover_minutes, reason)
        session.clearing_minutes = minutes
        occupy(db.session.get_one(Edition, session.edition_id), [session])
        record("session.clearing_set", "session", session_id, actor_id=actor_id, at=now, edition_id=session.edition_id, minutes=minutes)
    return session
