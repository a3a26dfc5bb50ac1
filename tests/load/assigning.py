"""`stands.assign`: 250 exhibitors with wishes and 300 stands; the points of the proposal against those of placing one after the other."""

import time
from decimal import Decimal
from random import Random

from eventapp.stands.assignment import Place, Problem, Seeker, in_turn, propose
from eventapp.stands.rules.nearness import neighbours_of_all
from eventapp.stands.rules.shapes import area_m2, rectangle
from tests.load.report import report

EXHIBITORS, STANDS, PAIRS = 250, 300, 20
SECTORS = ("machine_tools", "sheet_metal", "electronics", "industrial_services", "plastics", "subcontracting")
WIDTHS = (3, 4, 4, 5, 6)


def show() -> Problem:
    """Draw rows back to back with aisles between them, and let exhibitors want what such a show has."""
    rng = Random(2018)
    drawn = {}
    for number in range(STANDS):
        row, column = divmod(number, 20)
        drawn[number + 1] = rectangle(column * 6, (row // 2) * 9 + (row % 2) * 3, WIDTHS[number % len(WIDTHS)] + 1, 3)
    beside = neighbours_of_all(drawn)
    places = tuple(Place(number, area_m2(outline), beside=beside[number], open_sides=1 + number % 2) for number, outline in drawn.items())
    popular = rng.sample(range(1, STANDS + 1), 120)
    seekers = []
    for turn in range(EXHIBITORS):
        wishes = tuple(dict.fromkeys(rng.choice(popular) for _wish in range(rng.randint(0, 3))))
        area = places[wishes[0] - 1].area if wishes else Decimal(rng.choice((12, 15, 18, 21)))
        wanted = {"area": area, "open_sides": rng.choice((None, None, 2)), "sector": rng.choice(SECTORS)}
        seekers.append(Seeker(1000 + turn, wishes=wishes, editions=rng.choice((0, 0, 1, 2, 5)), turn=turn, **wanted))  # type: ignore[arg-type]
    apart = {tuple(sorted(rng.sample([seeker.id for seeker in seekers], 2))) for _pair in range(PAIRS)}
    return Problem(tuple(seekers), places, tuple(sorted(apart)))  # type: ignore[arg-type]


def bench() -> None:
    """Solve the show once, as the worker would."""
    problem = show()
    began = time.perf_counter()
    proposal = propose(problem)
    took = time.perf_counter() - began
    floor = problem.points(in_turn(problem))
    wishes = [line.wish for line in proposal.lines]
    ok = len(proposal.placed) == EXHIBITORS and proposal.points > floor and proposal.gap is not None
    report(
        "stands.assign",
        proposal.points,
        "points",
        floor=floor,
        goal="everybody placed within 20 s, more points than one after the other",
        ok=ok,
        seconds=round(took, 1),
        gap_percent=None if proposal.gap is None else round(100 * proposal.gap, 2),
        placed=len(proposal.placed),
        first_wishes=wishes.count(1),
        cut_off=proposal.cut_off,
    )
