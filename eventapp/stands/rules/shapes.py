"""Shapes of stands: rectilinear outlines on the half-metre grid, the cells inside them, the sides that are open.

A coordinate is a whole number of half metres from the hall's back left corner, x to the right, y towards the front; so N is the back of the hall.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from eventapp.stands.errors import NotOneShape, OffTheGrid, TooManyCorners

Point = tuple[int, int]
Outline = tuple[Point, ...]
Cell = tuple[int, int]  # its back left corner
Edge = tuple[str, Point, Point]

FACES = "NESW"
MOST_CORNERS = 40
MOST_HALF_METRES = 2000  # a kilometre of hall
CELLS_PER_M2 = 4
_HALF = Decimal("0.5")


def half_metres(metres: Decimal | float | str) -> int:
    """Read metres as half metres; refuse what lies between two of them."""
    doubled = Decimal(str(metres)) * 2
    if doubled != doubled.to_integral_value() or abs(doubled) > MOST_HALF_METRES:
        raise OffTheGrid(metres=str(metres))
    return int(doubled)


def metres(half: int) -> Decimal:
    """Write half metres as metres."""
    return half * _HALF


def rectangle(x_m: Decimal | float, y_m: Decimal | float, width_m: Decimal | float, depth_m: Decimal | float) -> Outline:
    """Draw a rectangle given in metres."""
    x, y, width, depth = (half_metres(value) for value in (x_m, y_m, width_m, depth_m))
    return outline_of([(x, y), (x + width, y), (x + width, y + depth), (x, y + depth)])


def outline_of(corners: Iterable[Sequence[int]]) -> Outline:
    """Bring corners into one form: clockwise from the one furthest back, then left; none in the middle of a side. Refuse what is not one rectilinear shape."""
    points = _without_repetitions([(int(x), int(y)) for x, y in corners])
    if len(points) > MOST_CORNERS:
        raise TooManyCorners(most=MOST_CORNERS)
    if len(points) < len(FACES) or any(one[0] != other[0] and one[1] != other[1] for one, other in _sides(points)):
        raise NotOneShape
    if any(abs(value) > MOST_HALF_METRES for point in points for value in point):
        raise OffTheGrid(metres=str(metres(max(abs(value) for point in points for value in point))))
    normal = outline_around(cells_of(points))
    if set(normal) != set(points):  # it crosses itself
        raise NotOneShape
    return normal


def _without_repetitions(points: list[Point]) -> list[Point]:
    """Drop corners given twice in a row and corners in the middle of a side."""
    apart = [point for at, point in enumerate(points) if point != points[at - 1]] if len(points) > 1 else points
    return [point for at, point in enumerate(apart) if not _on_a_line(apart[at - 1], point, apart[(at + 1) % len(apart)])]


def _on_a_line(before: Point, point: Point, after: Point) -> bool:
    return before[0] == point[0] == after[0] or before[1] == point[1] == after[1]


def _sides(points: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    return ((point, points[(at + 1) % len(points)]) for at, point in enumerate(points))


def cells_of(outline: Sequence[Sequence[int]]) -> frozenset[Cell]:
    """List the half-metre cells inside an outline, a quarter of a square metre each."""
    points = [(x, y) for x, y in outline]
    upright = [(one[0], min(one[1], other[1]), max(one[1], other[1])) for one, other in _sides(points) if one[0] == other[0]]
    found: set[Cell] = set()
    for y in range(min(y for _x, y in points), max(y for _x, y in points)):
        crossed = sorted(x for x, top, bottom in upright if top <= y < bottom)
        for left, right in zip(crossed[::2], crossed[1::2], strict=True):
            found.update((x, y) for x in range(left, right))
    return frozenset(found)


def outline_around(cells: Collection[Cell]) -> Outline:
    """Draw the outline around cells; refuse cells in several pieces, around a hole, or touching at a corner only."""
    follow: dict[Point, Point] = {}
    for edge_from, edge_to in _borders(set(cells)):
        if edge_from in follow:
            raise NotOneShape
        follow[edge_from] = edge_to
    if not follow:
        raise NotOneShape
    start = min(follow, key=lambda point: (point[1], point[0]))
    loop = [start]
    while (after := follow[loop[-1]]) != start:
        loop.append(after)
    if len(loop) != len(follow):
        raise NotOneShape
    return tuple(point for at, point in enumerate(loop) if not _on_a_line(loop[at - 1], point, loop[(at + 1) % len(loop)]))


def _borders(cells: set[Cell]) -> Iterator[tuple[Point, Point]]:
    """Yield the half-metre borders between cells and what is not, clockwise."""
    for x, y in cells:
        if (x, y - 1) not in cells:
            yield (x, y), (x + 1, y)
        if (x + 1, y) not in cells:
            yield (x + 1, y), (x + 1, y + 1)
        if (x, y + 1) not in cells:
            yield (x + 1, y + 1), (x, y + 1)
        if (x - 1, y) not in cells:
            yield (x, y + 1), (x, y)


def area_m2(outline: Sequence[Sequence[int]]) -> Decimal:
    """Compute the net area in square metres."""
    points = [(x, y) for x, y in outline]
    doubled = sum(one[0] * other[1] - other[0] * one[1] for one, other in _sides(points))
    return Decimal(abs(doubled)) / 2 / CELLS_PER_M2


def box(outline: Sequence[Sequence[int]]) -> tuple[int, int, int, int]:
    """Give left, back, right and front of an outline, in half metres."""
    across, along = [x for x, _y in outline], [y for _x, y in outline]
    return min(across), min(along), max(across), max(along)


def heart(outline: Sequence[Sequence[int]]) -> tuple[int, int, int, int]:
    """Give x, y, width and depth of the largest rectangle inside an outline: where there is room to write."""
    return _heart(tuple((x, y) for x, y in outline))


@lru_cache(maxsize=4096)
def _heart(outline: Outline) -> tuple[int, int, int, int]:
    """Try the rectangles between the outline's own lines, the largest first; of two the wider one."""
    if len(outline) == len(FACES):
        left, back, right, front = box(outline)
        return left, back, right - left, front - back
    cells = cells_of(outline)
    across, along = sorted({x for x, _y in outline}), sorted({y for _x, y in outline})
    boxes = [(x, y, right - x, front - y) for x in across for right in across if right > x for y in along for front in along if front > y]
    boxes.sort(key=lambda one: (-one[2] * one[3], -one[2], one[1], one[0]))
    return next(one for one in boxes if _is_inside(one, cells))


def _is_inside(rectangle: tuple[int, int, int, int], cells: frozenset[Cell]) -> bool:
    x, y, width, depth = rectangle
    return all((i, j) in cells for i in range(x, x + width) for j in range(y, y + depth))


def edges(outline: Sequence[Sequence[int]]) -> list[Edge]:
    """List the sides of an outline with the face that each one has: N, E, S or W."""
    points = [(x, y) for x, y in outline]
    return [(_face(one, other), one, other) for one, other in _sides(points)]


def _face(one: Point, other: Point) -> str:
    if one[1] == other[1]:
        return "N" if other[0] > one[0] else "S"
    return "E" if other[1] > one[1] else "W"


_BEYOND = {"N": (0, -1), "E": (1, 0), "S": (0, 1), "W": (-1, 0)}


def _beyond(cells: Collection[Cell], face: str) -> Iterator[Cell]:
    """Yield the cells just outside on one face."""
    step = _BEYOND[face]
    inside = set(cells)
    return (cell for x, y in inside if (cell := (x + step[0], y + step[1])) not in inside)


def open_faces(outline: Sequence[Sequence[int]], others: Collection[Cell], width: int, depth: int) -> str:
    """Say which faces lie on an aisle: those that touch neither another stand's cell nor a wall of the hall (sizes in half metres)."""
    cells, taken = cells_of(outline), set(others)
    return "".join(face for face in FACES if not any((x, y) in taken or not (0 <= x < width and 0 <= y < depth) for x, y in _beyond(cells, face)))


def neighbours(outline: Sequence[Sequence[int]], owners: Mapping[Cell, int]) -> set[int]:
    """List who owns the cells that touch an outline along a side."""
    cells = cells_of(outline)
    return {owners[cell] for face in FACES for cell in _beyond(cells, face) if cell in owners}


def moved(outline: Sequence[Sequence[int]], right: int, forward: int) -> Outline:
    """Move an outline by half metres."""
    return tuple((x + right, y + forward) for x, y in outline)


def same_shape(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> bool:
    """Say whether two outlines are one shape, wherever they lie."""
    here, there = (sorted(moved(outline, -box(outline)[0], -box(outline)[1])) for outline in (one, other))
    return here == there


def path(outline: Sequence[Sequence[int]]) -> str:
    """Write an outline as an SVG path in metres."""
    return "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in outline) + "Z"


def _short(half: int) -> str:
    return f"{half / 2:g}"
