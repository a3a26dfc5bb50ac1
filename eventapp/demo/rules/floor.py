"""The example floor: three halls with rows, corners, heads and islands on the half-metre grid, with aisles between them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

AISLE = 3.0
SMALLEST_BARE = 36.0  # square metres: from here on the floor alone can be rented


@dataclass(frozen=True)
class Place:
    """One stand: a rectangle in metres from the hall's corner."""

    hall: str
    number: str
    x: float
    y: float
    width: float
    depth: float
    open_on: str = ""

    @property
    def area(self) -> float:
        """Compute the net area in square metres."""
        return self.width * self.depth

    @property
    def kind(self) -> str:
        """Say what is rented here: the floor alone where it is big enough, else a stand with walls."""
        return "bare" if self.area >= SMALLEST_BARE else "equipped"


@dataclass(frozen=True)
class HallPlan:
    """One hall: its size, and its strips from the back wall forward: depth of a row, and the widths of the stands of each block."""

    code: str
    width: float
    depth: float
    wall: tuple[tuple[float, ...], ...]
    wall_depth: float
    strips: tuple[tuple[float, tuple[tuple[str, tuple[float, ...]], ...]], ...]


# A block is a "pair" of rows back to back, the same with a "head" across its left end, or one "island".
HALLS = (
    HallPlan(
        "A",
        66,
        45,
        ((9, 10, 10), (10, 10, 9)),
        4,
        (
            (5, (("head", (4, 6, 6, 5)), ("pair", (6, 6, 6)), ("island", (15,)))),
            (5, (("island", (14,)), ("head", (5, 6, 6)), ("pair", (6, 5, 6)))),
            (5, (("pair", (6, 6, 6)), ("island", (16,)), ("pair", (7, 6, 6)))),
        ),
    ),
    HallPlan(
        "B",
        66,
        41,
        ((5, 4, 6, 4, 5, 5), (5, 6, 6, 6, 5)),
        4,
        (
            (4, (("head", (3, 6, 5, 5)), ("pair", (6, 5, 5)), ("pair", (6, 5, 6)))),
            (4, (("island", (12,)), ("head", (4, 6, 6)), ("pair", (6, 5, 5, 6)))),
            (4.5, (("pair", (5, 4, 4, 5)), ("head", (4, 6, 6)), ("island", (16,)))),
        ),
    ),
    HallPlan(
        "C",
        66,
        44,
        ((9, 9, 10), (10, 9, 9)),
        4,
        (
            (5, (("pair", (6, 6, 6)), ("head", (4, 7, 6)), ("pair", (7, 6, 6)))),
            (5, (("head", (4, 8, 6)), ("island", (14,)), ("pair", (7, 5, 6)))),
            (4.5, (("island", (14,)), ("pair", (6, 6, 6)), ("head", (4, 7, 6)))),
        ),
    ),
)


def _rectangles(plan: HallPlan) -> Iterator[tuple[float, float, float, float]]:
    """Yield the rectangles (x, y, width, depth) of one hall, strip by strip."""
    x = AISLE
    for block in plan.wall:
        for width in block:
            yield x, 0.0, width, plan.wall_depth
            x += width
        x += AISLE
    y = plan.wall_depth + AISLE
    for depth, blocks in plan.strips:
        x = AISLE
        for kind, widths in blocks:
            yield from _block(kind, widths, x, y, depth)
            x += sum(widths) + AISLE
        y += 2 * depth + AISLE


def _block(kind: str, widths: tuple[float, ...], x: float, y: float, depth: float) -> Iterator[tuple[float, float, float, float]]:
    """Yield the rectangles of one block."""
    if kind in {"island", "head"}:
        yield x, y, widths[0], 2 * depth
        x, widths = x + widths[0], widths[1:]
    for width in widths:
        yield x, y, width, depth
        yield x, y + depth, width, depth
        x += width


def _touch(one: Place, other: Place) -> str | None:
    """Say on which side one stand has the other as its neighbour."""
    beside = one.y < other.y + other.depth and other.y < one.y + one.depth
    across = one.x < other.x + other.width and other.x < one.x + one.width
    if beside and one.x == other.x + other.width:
        return "W"
    if beside and other.x == one.x + one.width:
        return "E"
    if across and one.y == other.y + other.depth:
        return "N"
    return "S" if across and other.y == one.y + one.depth else None


def open_on(place: Place, others: list[Place], hall: HallPlan) -> str:
    """Say which faces lie on an aisle: those that touch neither a stand nor a wall of the hall."""
    closed = {side for other in others if other is not place and (side := _touch(place, other))}
    walls = {"W": place.x == 0, "E": place.x + place.width == hall.width, "N": place.y == 0, "S": place.y + place.depth == hall.depth}
    closed |= {side for side, touches in walls.items() if touches}
    return "".join(side for side in "NESW" if side not in closed)


@dataclass(frozen=True)
class Drawn:
    """What is drawn beside the stands: its kind and a rectangle in metres; a door and an aisle have a number."""

    hall: str
    kind: str
    x: float
    y: float
    width: float
    depth: float
    number: int = 0


_DOOR, _PILLAR = 4.0, 0.5


def features() -> list[Drawn]:
    """Draw each hall's aisles between the strips, its doors in the front wall, and its pillars along the aisles."""
    found: list[Drawn] = []
    for hall in HALLS:
        y = hall.wall_depth
        for number in range(len(hall.strips) + 1):
            found.append(Drawn(hall.code, "aisle", 0, y, hall.width, AISLE, number + 1))
            found += [
                Drawn(hall.code, "pillar", x, y + AISLE / 2 - _PILLAR / 2, _PILLAR, _PILLAR) for x in (hall.width / 5, hall.width * 2 / 5, hall.width * 3 / 5, hall.width * 4 / 5)
            ]
            y += AISLE + (2 * hall.strips[number][0] if number < len(hall.strips) else 0)
        found += [Drawn(hall.code, "door", x, hall.depth - 1, _DOOR, 1, number) for number, x in ((1, hall.width / 4 - 2), (2, hall.width * 3 / 4 - 2))]
    return [replace(one, x=round(one.x * 2) / 2, y=round(one.y * 2) / 2) for one in found]


def places() -> list[Place]:
    """Lay out every stand of the three halls, numbered from the back wall forward."""
    found: list[Place] = []
    for hall in HALLS:
        own = [Place(hall.code, f"{hall.code}{n}", x, y, width, depth) for n, (x, y, width, depth) in enumerate(_rectangles(hall), start=1)]
        found += [replace(place, open_on=open_on(place, own, hall)) for place in own]
    return found
