"""A day drawn as a grid of rooms by time: which rows and columns a session takes. A row is five minutes; a room where sessions have parts has two columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from eventapp.programme.rules.slots import GRID_MINUTES, wall_end, wall_start

ROWS_AN_HOUR = 60 // GRID_MINUTES
_FIRST_ROOM_COLUMN = 2
_FIRST_ROW = 2  # below the names of the rooms


@dataclass(frozen=True)
class Cell:
    """A session to draw: its room, how long the room is cleared after it, and whether it is a part or has parts."""

    id: int
    room_id: int
    start: int
    length: int
    fold: int
    clearing: int = 0
    parent_id: int | None = None
    has_parts: bool = False


@dataclass(frozen=True)
class Block:
    """Where something is drawn: columns and rows as the style sheet numbers them; `shape` is plain, whole, part or clearing."""

    id: int
    shape: str
    since_column: int
    until_column: int
    since_row: int
    until_row: int

    @property
    def rows(self) -> int:
        """Count its rows."""
        return self.until_row - self.since_row


@dataclass(frozen=True)
class Lane:
    """A room's columns."""

    room_id: int
    since: int
    until: int


@dataclass(frozen=True)
class Grid:
    """A day: its rooms side by side, the hours down its side (minutes after midnight, row) and what is drawn."""

    lanes: tuple[Lane, ...]
    hours: tuple[tuple[int, int], ...]
    blocks: tuple[Block, ...]
    last_row: int


def grid_of(day: date, cells: Sequence[Cell], room_ids: Sequence[int], tz: str) -> Grid | None:
    """Lay a day's sessions out, from the full hour before the first to the full hour after the last; None when there are none."""
    if not cells:
        return None
    times = {cell.id: (_elapsed(day, cell.start, cell.fold, tz), cell.length) for cell in cells}
    first = min(start for start, _length in times.values()) // 60 * 60
    last = -(-max(start + length for start, length in times.values()) // 60) * 60
    row = lambda minutes: (minutes - first) // GRID_MINUTES + _FIRST_ROW  # noqa: E731
    lanes = {lane.room_id: lane for lane in _lanes(cells, room_ids)}
    blocks = []
    for cell in cells:
        (start, length), lane = times[cell.id], lanes[cell.room_id]
        shape = "part" if cell.parent_id is not None else "whole" if cell.has_parts else "plain"
        blocks.append(Block(cell.id, shape, lane.since + (shape == "part"), lane.until, row(start), row(start + length)))
        until = min(start + length + cell.clearing, last)
        if shape != "part" and until > start + length:
            blocks.append(Block(cell.id, "clearing", lane.since, lane.until, row(start + length), row(until)))
    hours = tuple((_wall_minute(day, minutes, tz), row(minutes)) for minutes in range(first, last, 60))
    return Grid(tuple(lanes.values()), hours, tuple(blocks), row(last))


def _lanes(cells: Sequence[Cell], room_ids: Sequence[int]) -> list[Lane]:
    split, found, column = {cell.room_id for cell in cells if cell.parent_id is not None}, [], _FIRST_ROOM_COLUMN
    for room_id in room_ids:
        found.append(Lane(room_id, column, column + 1 + (room_id in split)))
        column = found[-1].until
    return found


def _elapsed(day: date, start: int, fold: int, tz: str) -> int:
    """Count the minutes from midnight, as they pass: on a day with a doubled hour more than the wall clock shows."""
    return int((wall_start(day, start, tz, fold).astimezone(UTC) - wall_start(day, 0, tz).astimezone(UTC)) / timedelta(minutes=1))


def _wall_minute(day: date, minutes: int, tz: str) -> int:
    """Read the wall clock so many minutes after midnight."""
    local = wall_end(day, 0, minutes, tz)
    return local.hour * 60 + local.minute


def repeats_an_hour(day: date, tz: str) -> bool:
    """Say whether the clocks go back on that day, so that an hour comes twice."""
    offsets = [wall_start(one, 12 * 60, tz).utcoffset() or timedelta() for one in (day - timedelta(days=1), day)]
    return offsets[1] < offsets[0]
