"""A day drawn as rooms by time: which column and which rows a session takes. A row is five minutes that pass, so an hour that the clocks repeat is there twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from eventapp.programme.rules import GRID_MINUTES
from eventapp.schedule.rules.programme import Room, Session

MOST_ROOMS = 60  # columns that the style sheet knows
MOST_ROWS = 25 * 60 // GRID_MINUTES
ROWS_AN_HOUR = 60 // GRID_MINUTES


@dataclass(frozen=True)
class Grid:
    """One day's grid: its rooms, its first instant, and the hours on its edge (row, wall time)."""

    rooms: tuple[Room, ...]
    first: datetime
    rows: int
    hours: tuple[tuple[int, datetime], ...]

    def row(self, session: Session) -> int:
        """Find the row in which a session starts, from 0."""
        return int((session.starts.astimezone(UTC) - self.first).total_seconds()) // 60 // GRID_MINUTES

    def span(self, session: Session) -> int:
        """Count the rows that a session takes."""
        return session.length // GRID_MINUTES

    def column(self, session: Session) -> int:
        """Find the column of a session's room, from 1."""
        return self.rooms.index(session.room) + 1

    @property
    def is_wide(self) -> bool:
        """Say whether the rooms need more width than a page has."""
        return len(self.rooms) > 6  # noqa: PLR2004 - columns that can be read side by side


def draw(sessions: Sequence[Session]) -> Grid | None:
    """Lay out a day's whole sessions; nothing for an empty day, or for more rooms than can be drawn."""
    rooms = tuple(sorted({session.room for session in sessions}, key=lambda room: (room.position, room.id))) if sessions else ()
    if not rooms or len(rooms) > MOST_ROOMS:
        return None
    first, last = min(session.starts for session in sessions), max(session.ends.astimezone(UTC) for session in sessions)
    whole_hour = first.replace(minute=0).astimezone(UTC)
    rows = min(MOST_ROWS, -(-int((last - whole_hour).total_seconds()) // 3600) * ROWS_AN_HOUR)
    hours = tuple((row, (whole_hour + timedelta(minutes=row * GRID_MINUTES)).astimezone(first.tzinfo)) for row in range(0, rows, ROWS_AN_HOUR))
    return Grid(rooms, whole_hour, rows, hours)
