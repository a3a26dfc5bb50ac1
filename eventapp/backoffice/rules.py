"""Figures and their plots, on plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

WIDTH, HEIGHT = 320, 120
_TOP, _FOOT, _SIDE = 18, 22, 4
_GAP = 0.28  # of a bar's place
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Lived:
    """How long something counted: from an instant (None: from the beginning) until another (None: it still does), and how much."""

    began: datetime | None
    ended: datetime | None = None
    size: Decimal = Decimal(1)


def level(lived: Iterable[Lived], at: datetime) -> Decimal:
    """Sum what counted just before an instant."""
    return sum((one.size for one in lived if (one.began is None or one.began < at) and (one.ended is None or one.ended >= at)), Decimal(0))


def closed(begun: dict[int, datetime], entries: Iterable[tuple[int, bool, datetime, Decimal]]) -> list[Lived]:
    """Read from the trail (what, whether it began or ended, when, how much; oldest first) what counted once and does no more.

    `begun` tells what still counts and since when, so that its own beginning is not read twice.
    """
    open_since: dict[int, datetime] = {}
    found = []
    for what, begins, at, size in entries:
        if begins:
            open_since[what] = at
        elif what not in begun or begun[what] >= at:
            found.append(Lived(open_since.pop(what, None), at, size))
    return found


@dataclass(frozen=True)
class Bar:
    """One bar of a plot: where it stands, how high it is, what it is for and how much; `value` None has no bar."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: Decimal | int | None


@dataclass(frozen=True)
class Plot:
    """A plot of bars over labels, in its own units of length."""

    bars: Sequence[Bar]
    top: int
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - _FOOT
    ceiling: int = _TOP


def round_top(highest: Decimal | int) -> int:
    """Choose where the scale ends: 1, 2 or 5 times a power of ten, at or above the highest value."""
    power = 1
    while power * 10 < highest:
        power *= 10
    return next(step * power for step in _STEPS if step * power >= highest)


def plot(points: Sequence[tuple[str, Decimal | int | None]], *, mirrored: bool = False) -> Plot:
    """Lay bars out from left to right, or from right to left where the reader's script runs so."""
    top = round_top(max([value for _label, value in points if value is not None], default=1) or 1)
    place = (WIDTH - 2 * _SIDE) / max(1, len(points))
    room = HEIGHT - _FOOT - _TOP
    bars = []
    for index, (label, value) in enumerate(points):
        at = len(points) - 1 - index if mirrored else index
        height = float(value or 0) / top * room
        bars.append(Bar(round(_SIDE + (at + _GAP / 2) * place, 2), round(HEIGHT - _FOOT - height, 2), round((1 - _GAP) * place, 2), round(height, 2), label, value))
    return Plot(bars, top)


def last_days(today: date, count: int) -> list[date]:
    """List the last days, today being the last."""
    return [today - timedelta(days=back) for back in range(count - 1, -1, -1)]


def days_of_show(first: date, last: date, most: int) -> list[date]:
    """List the days of a show, at most so many of them."""
    return [first + timedelta(days=day) for day in range(min((last - first).days + 1, most))]
