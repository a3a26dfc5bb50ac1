"""What a screen in a hall needs so that it can tell by itself, without a network, what is on: instants in minutes, and the show's offset."""

from datetime import date, datetime, timedelta

from eventapp.programme.rules import wall_start
from eventapp.schedule.rules.programme import Programme, Room, Session, days_shown


def minute(at: datetime) -> int:
    """Write an instant as minutes since 1970."""
    return int(at.timestamp() // 60)


def by_room(programme: Programme, only: Room | None) -> list[tuple[Room, list[Session]]]:
    """Group whole sessions by room, in order; one room stays even when nothing is in it."""
    rows = [(room, [one for one in programme.wholes if one.room == room]) for room in programme.rooms if only in {None, room}]
    return [(room, sessions) for room, sessions in rows if sessions or room == only]


def midnights(day: date, *, tz: str) -> tuple[int, int]:
    """Give the minutes between which it is that day at the show."""
    return minute(wall_start(day, 0, tz)), minute(wall_start(day + timedelta(days=1), 0, tz))


def offsets(programme: Programme, first: date, last: date, tz: str) -> list[tuple[int, int]]:
    """List since when (in minutes) the show's clock is how many minutes ahead of UTC, told at each hour of each day shown."""
    found: list[tuple[int, int]] = []
    for day in days_shown(programme, first, last):
        start = wall_start(day, 0, tz)
        for hour in range(25):
            at = start.timestamp() + 3600 * hour
            ahead = _ahead(at, start)
            if not found or found[-1][1] != ahead:
                found.append((int(at // 60), ahead))
    return found


def _ahead(at: float, like: datetime) -> int:
    offset = datetime.fromtimestamp(at, like.tzinfo).utcoffset()
    return int(offset.total_seconds() // 60) if offset is not None else 0
