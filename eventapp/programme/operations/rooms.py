"""Rooms."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.editions.models import Edition
from eventapp.programme import queries, rules
from eventapp.programme.errors import RoomCodeTaken, RoomInUse
from eventapp.programme.models import Room
from eventapp.programme.operations.occupying import occupy
from eventapp.programme.rules import Texts

_TABLE = cast("Table", Room.__table__)


def add_room(edition_id: int, *, code: str, name: Texts, capacity: int, turnover: int = 0, hall_id: int | None = None, actor_id: int | None, now: datetime) -> Room:
    """Add a room, after the others; `turnover` is the time for clearing it after a session, in minutes."""
    code, name = rules.checked_room(code, name, capacity, turnover)
    with transaction():
        edition = queries.edition_to_number(edition_id)
        _check_hall(edition, hall_id)
        position = max((room.position for room in queries.rooms_of(edition_id)), default=0) + 1
        values = {"edition_id": edition_id, "hall_id": hall_id, "code": code, "name": name, "capacity": capacity, "turnover_minutes": turnover, "position": position, "version": 1}
        if not insert_new(_TABLE, [values], ["edition_id", "code"]):
            raise RoomCodeTaken(code=code)
        room = next(room for room in queries.rooms_of(edition_id) if room.code == code)
        record("room.added", "room", room.id, actor_id=actor_id, at=now, edition_id=edition_id)
    return room


def change_room(  # noqa: PLR0913 - all that a room is
    room_id: int,
    *,
    code: str,
    name: Texts,
    capacity: int,
    turnover: int = 0,
    hall_id: int | None = None,
    version: int | None = None,
    actor_id: int | None,
    now: datetime,
) -> Room:
    """Change a room; with another time for clearing, every session in it claims anew, or a refusal names two that would be too close."""
    code, name = rules.checked_room(code, name, capacity, turnover)
    with transaction():
        edition = queries.edition_to_number(queries.edition_of_room(room_id))
        room = queries.room_to_change(room_id)
        if version is not None and room.version != version:
            raise ChangedMeanwhile
        _check_hall(edition, hall_id)
        if any(other.code == code for other in queries.rooms_of(edition.id) if other.id != room_id):
            raise RoomCodeTaken(code=code)
        values = {"code": code, "name": name, "capacity": capacity, "turnover_minutes": turnover, "hall_id": hall_id}
        changed = sorted(field for field, value in values.items() if getattr(room, field) != value)
        for field in changed:
            setattr(room, field, values[field])
        if "turnover_minutes" in changed:
            occupy(edition, [session for session in queries.sessions_in_room(room_id) if session.parent_id is None])
        if changed:
            record("room.changed", "room", room_id, actor_id=actor_id, at=now, edition_id=edition.id, fields=changed)
    return room


def _check_hall(edition: Edition, hall_id: int | None) -> None:
    if hall_id is not None and hall_id not in {hall.id for hall in edition.halls}:
        raise NotThere


def remove_room(room_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Remove a room that no session of the programme uses; cancelled sessions forget where they would have been."""
    with transaction():
        room = queries.room_to_change(room_id)
        used = queries.sessions_in_room(room_id)
        if used:
            raise RoomInUse(room=room.name, count=len(used))
        for session in queries.cancelled_in_room(room_id):
            session.room_id = None
        record("room.removed", "room", room_id, actor_id=actor_id, at=now, edition_id=room.edition_id)
        db.session.flush()
        db.session.delete(room)
        db.session.flush()


def copy_rooms(old_edition_id: int, new: Edition, *, actor_id: int | None, now: datetime) -> None:
    """Give a new edition the rooms of an old one, in the halls of the same code."""
    old = db.session.get_one(Edition, old_edition_id)
    codes, halls = {hall.id: hall.code for hall in old.halls}, {hall.code: hall.id for hall in new.halls}
    with transaction():
        for room in queries.rooms_of(old_edition_id):
            hall_id = halls.get(codes[room.hall_id]) if room.hall_id is not None else None
            add_room(new.id, code=room.code, name=room.name, capacity=room.capacity, turnover=room.turnover_minutes, hall_id=hall_id, actor_id=actor_id, now=now)
