"""What happens to the programme when something happens to its edition, in the same transaction."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from eventapp.editions.models import Edition, Hall
from eventapp.programme import operations, queries, rules
from eventapp.programme.errors import HallHasRooms, SessionsOutside


def on_edition_made_from(_sender: Any, *, old: Edition, new: Edition, actor_id: int | None, now: datetime) -> None:
    """Give the new edition the old one's rooms."""
    operations.copy_rooms(old.id, new, actor_id=actor_id, now=now)


def on_days_changing(_sender: Any, *, edition: Edition, open_days: Collection[date]) -> None:
    """Refuse days that leave out a session with a time."""
    outside = queries.sessions_outside(edition, open_days)
    if outside:
        raise SessionsOutside(sessions=rules.listed(outside))


def on_hall_leaving(_sender: Any, *, hall: Hall) -> None:
    """Refuse to remove a hall in which rooms are."""
    codes = [room.code for room in queries.rooms_of(hall.edition_id) if room.hall_id == hall.id]
    if codes:
        raise HallHasRooms(hall=hall.code, rooms=", ".join(codes))
