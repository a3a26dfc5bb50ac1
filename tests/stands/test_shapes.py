"""Outlines on the half-metre grid: cells, areas, open sides."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.stands.errors import NotOneShape, OffTheGrid, TooManyCorners
from eventapp.stands.rules import shapes
from eventapp.stands.rules.likeness import Candidate, nearest_like

ELL = ((0, 0), (8, 0), (8, 4), (4, 4), (4, 8), (0, 8))


def test_a_rectangle_in_metres_is_an_outline_in_half_metres() -> None:
    assert shapes.rectangle(Decimal(3), Decimal("1.5"), 6, Decimal("2.5")) == ((6, 3), (18, 3), (18, 8), (6, 8))


def test_an_ell_has_its_cells_and_its_area() -> None:
    assert shapes.outline_of(ELL) == ELL
    assert len(shapes.cells_of(ELL)) == 48
    assert shapes.area_m2(ELL) == Decimal(12)
    assert shapes.box(ELL) == (0, 0, 8, 8)


def test_there_is_room_to_write_in_the_largest_rectangle_inside() -> None:
    assert shapes.heart(shapes.rectangle(3, 1, 6, 2)) == (6, 2, 12, 4)
    assert shapes.heart(ELL) == (0, 0, 8, 4)
    tee = shapes.outline_of([(4, 0), (8, 0), (8, 10), (12, 10), (12, 12), (0, 12), (0, 10), (4, 10)])
    assert shapes.heart(tee) == (4, 0, 4, 12)


def test_corners_in_any_order_of_turning_and_with_corners_too_many_are_one_outline() -> None:
    backwards = [(0, 8), (4, 8), (4, 4), (8, 4), (8, 2), (8, 0), (0, 0), (0, 0)]
    assert shapes.outline_of(backwards) == ELL


@pytest.mark.parametrize(
    "corners",
    [
        [],
        [(0, 0)],
        [(0, 0), (4, 0), (0, 0), (4, 0)],
        [(0, 0), (4, 0), (4, 4)],
        [(0, 0), (4, 1), (4, 4), (0, 4)],
        [(0, 0), (4, 0), (4, 4), (2, 4), (2, -2), (0, -2)],
        [(0, 0), (2, 0), (2, 2), (4, 2), (4, 4), (2, 4), (2, 2), (0, 2)],
    ],
    ids=["nothing", "a point", "a line", "a triangle", "a slope", "it crosses itself", "two squares at a corner"],
)
def test_what_is_not_one_rectilinear_shape_is_refused(corners: list[tuple[int, int]]) -> None:
    with pytest.raises(NotOneShape):
        shapes.outline_of(corners)


def test_a_shape_with_a_hole_or_in_two_pieces_is_refused() -> None:
    ring = {(x, y) for x in range(3) for y in range(3)} - {(1, 1)}
    for cells in (ring, {(0, 0), (2, 0)}, {(0, 0), (1, 1)}, set()):
        with pytest.raises(NotOneShape):
            shapes.outline_around(cells)


def test_metres_off_the_grid_and_outlines_without_end_are_refused() -> None:
    for metres in ("0.25", "1001", "-2000"):
        with pytest.raises(OffTheGrid):
            shapes.half_metres(metres)
    with pytest.raises(OffTheGrid):
        shapes.outline_of([(0, 0), (9999, 0), (9999, 4), (0, 4)])
    stairs = [(step + side, step) for step in range(30) for side in (0, 1)]
    with pytest.raises(TooManyCorners):
        shapes.outline_of([*stairs, (30, 40), (0, 40)])


def test_open_faces_are_those_without_a_neighbour_and_without_a_wall() -> None:
    stand = shapes.rectangle(0, 0, 4, 3)
    beside = shapes.cells_of(shapes.rectangle(4, 0, 4, 3))
    assert shapes.open_faces(stand, beside, 40, 40) == "S"
    assert shapes.open_faces(shapes.moved(stand, 10, 10), beside, 40, 40) == "NESW"
    assert shapes.open_faces(shapes.moved(stand, 0, 10), (), 40, 40) == "NES"


def test_neighbours_share_a_side_not_a_corner() -> None:
    owners = {**dict.fromkeys(shapes.cells_of(shapes.rectangle(4, 0, 4, 3)), 1), **dict.fromkeys(shapes.cells_of(shapes.rectangle(4, 3, 4, 3)), 2)}
    assert shapes.neighbours(shapes.rectangle(0, 0, 4, 3), owners) == {1}


def test_the_sides_of_an_outline_know_where_they_face() -> None:
    assert [(face, one) for face, one, _other in shapes.edges(ELL)] == [("N", (0, 0)), ("E", (8, 0)), ("S", (8, 4)), ("E", (4, 4)), ("S", (4, 8)), ("W", (0, 8))]
    assert shapes.path(((0, 0), (3, 0), (3, 2), (0, 2))) == "M0 0L1.5 0L1.5 1L0 1Z"


@st.composite
def grown(draw: st.DrawFn) -> set[tuple[int, int]]:
    """Grow a shape cell by cell from a corner of the hall."""
    cells = {(5, 5)}
    for _ in range(draw(st.integers(0, 40))):
        x, y = draw(st.sampled_from(sorted(cells)))
        step_x, step_y = draw(st.sampled_from([(0, 1), (1, 0), (0, -1), (-1, 0)]))
        cells.add((x + step_x, y + step_y))
    return cells


@given(grown())
def test_an_outline_and_its_cells_say_the_same(cells: set[tuple[int, int]]) -> None:
    try:
        outline = shapes.outline_around(cells)
    except NotOneShape:
        return  # it grew around a hole, or touches itself at a corner
    assert shapes.cells_of(outline) == cells
    assert shapes.area_m2(outline) * 4 == len(cells)
    assert shapes.outline_around(shapes.cells_of(outline)) == outline
    if len(outline) <= shapes.MOST_CORNERS:
        assert shapes.outline_of(outline[2:] + outline[:2]) == outline
        assert shapes.outline_of(tuple(reversed(outline))) == outline


def test_the_stand_most_like_another_is_near_of_its_size_and_of_its_kind() -> None:
    wanted = Candidate(1, 1, (10, 10), Decimal(18), 2, "equipped")
    near, far = Candidate(2, 1, (16, 10), Decimal(18), 2, "equipped"), Candidate(3, 1, (40, 10), Decimal(18), 2, "equipped")
    bare, bigger, elsewhere = (
        Candidate(4, 1, (16, 10), Decimal(18), 2, "bare"),
        Candidate(5, 1, (16, 10), Decimal(36), 2, "equipped"),
        Candidate(6, 2, (10, 10), Decimal(18), 2, "equipped"),
    )
    assert [one.id for one in nearest_like(wanted, [bare, elsewhere, bigger, far, near, wanted], most=5)] == [2, 3, 6, 5, 4]
