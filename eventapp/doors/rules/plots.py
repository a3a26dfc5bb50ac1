"""Small plots of what the gates read, by five minutes of the last hour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = timedelta(minutes=5)
STEPS = 12
WIDTH, HEIGHT = 240, 64
_GAP = 3


@dataclass(frozen=True)
class Bar:
    """One bar of a plot, in units of its picture."""

    x: float
    y: float
    width: float
    height: float


def hour_until(now: datetime) -> list[datetime]:
    """List the beginnings of the last twelve five minutes, the present ones last."""
    latest = now - timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)
    return [latest - STEP * (STEPS - 1 - step) for step in range(STEPS)]


def in_steps(times: Iterable[tuple[int, datetime]], steps: list[datetime]) -> dict[int, list[int]]:
    """Count times for each gate and step; a gate without any is left out."""
    counts: dict[int, list[int]] = {}
    for gate, at in times:
        place = int((at - steps[0]) / STEP)
        if 0 <= place < len(steps):
            counts.setdefault(gate, [0] * len(steps))[place] += 1
    return counts


def bars(counts: list[int], most: int, *, mirrored: bool) -> list[Bar]:
    """Draw the counts of one gate, on the scale of the busiest; mirrored where one reads from the right."""
    wide = WIDTH / len(counts)
    drawn = []
    for place, count in enumerate(counts):
        high = round(HEIGHT * count / most, 1) if most else 0.0
        left = (len(counts) - 1 - place if mirrored else place) * wide + _GAP / 2
        drawn.append(Bar(round(left, 1), round(HEIGHT - high, 1), round(wide - _GAP, 1), high))
    return drawn


def most_of(counts: Mapping[int, list[int]]) -> int:
    """Say how many the busiest gate read in its busiest five minutes."""
    return max((max(one) for one in counts.values()), default=0)
