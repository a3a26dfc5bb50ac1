"""Figures and plots, decided on plain values."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from eventapp.backoffice.rules import HEIGHT, Lived, closed, level, plot, round_top

MONDAY = datetime(2018, 4, 9, tzinfo=UTC)


def at(day: int) -> datetime:
    return MONDAY + timedelta(days=day)


def test_what_ended_counts_until_then() -> None:
    lived = [Lived(at(0)), Lived(at(1), at(2), Decimal(18)), Lived(None, at(1))]
    assert [level(lived, at(day)) for day in range(4)] == [1, 2, 19, 1]


def test_the_trail_tells_what_counted_once() -> None:
    entries = [(7, True, at(0), Decimal(9)), (7, False, at(1), Decimal(9)), (7, True, at(2), Decimal(9)), (8, False, at(3), Decimal(6))]
    assert closed({7: at(2)}, entries) == [Lived(at(0), at(1), Decimal(9)), Lived(None, at(3), Decimal(6))]


@pytest.mark.parametrize(("highest", "top"), [(0, 1), (1, 1), (2, 2), (3, 5), (10, 10), (11, 20), (99, 100), (501, 1000), (Decimal("3992.5"), 5000)])
def test_the_scale_ends_at_a_round_number(highest: int, top: int) -> None:
    assert round_top(highest or 1) == top


def test_bars_are_as_high_as_their_values_and_stay_in_the_plot() -> None:
    drawn = plot([("9", 0), ("10", 5), ("11", 10), ("12", None)])
    assert [bar.height for bar in drawn.bars] == [0, 40, 80, 0]
    assert [round(bar.y + bar.height, 2) for bar in drawn.bars] == [HEIGHT - 22] * 4
    assert all(bar.x >= 0 and bar.x + bar.width <= drawn.width for bar in drawn.bars)


def test_where_writing_runs_from_the_right_so_does_time() -> None:
    points = [("9", 1), ("10", 2), ("11", 3)]
    assert [bar.x for bar in plot(points, mirrored=True).bars] == [bar.x for bar in plot(points).bars][::-1]


def test_a_plot_of_nothing_is_drawn() -> None:
    assert (plot([]).bars, plot([("9", None)]).bars[0].height) == ([], 0)
