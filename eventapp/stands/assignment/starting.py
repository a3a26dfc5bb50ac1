"""Good placings found quickly, and what none can exceed: one after the other, the best without neighbours, and steps that make one better."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eventapp.stands.assignment.problem import Problem
from eventapp.stands.assignment.timing import Deadline


def in_turn(problem: Problem) -> dict[int, int]:
    """Place one after the other, who has the most standing first, each on the best stand that is left."""
    placed: dict[int, int] = {}
    for seeker in _locked_first(problem):
        _give_the_best_left(problem, seeker, placed)
    return placed


def _locked_first(problem: Problem) -> list[int]:
    return sorted(problem.options, key=lambda seeker: problem.seeker[seeker].locked is None)


def _give_the_best_left(problem: Problem, seeker: int, placed: dict[int, int]) -> None:
    taken = set(placed.values())
    left = [place for place in problem.options[seeker] if place not in taken and problem.too_near(seeker, place, placed) is None]
    if left:
        placed[seeker] = max(left, key=lambda place: (problem.worth(seeker, place), -place))


def without_neighbours(problem: Problem) -> tuple[dict[int, int], int]:
    """Find the best placing if nobody minded the neighbours, as far as pairs kept apart allow it; and a bound that no placing of as many exceeds."""
    best = _most_worth(problem, problem.worth)
    placed: dict[int, int] = {}
    left = []
    for seeker in _locked_first(problem):
        place = best.get(seeker)
        if place is None or problem.too_near(seeker, place, placed) is not None:
            left.append(seeker)
        else:
            placed[seeker] = place
    for seeker in left:
        _give_the_best_left(problem, seeker, placed)
    hoped = _most_worth(problem, lambda seeker, place: 2 * problem.worth(seeker, place) + _neighbours_at_most(problem, seeker, place))
    return placed, sum(2 * problem.worth(*one) + _neighbours_at_most(problem, *one) for one in hoped.items()) // 2


def _neighbours_at_most(problem: Problem, seeker_id: int, place_id: int) -> int:
    """Weigh, twice, the most neighbours of its sector that somebody could have on a stand; of two who come new each counts half."""
    sector = problem.seeker[seeker_id].sector
    beside = [problem.place[one] for one in problem.place[place_id].beside if one in problem.place]
    there = sum(one.taken_by is not None and one.sector == sector for one in beside)
    new = min(sum(one.is_free for one in beside), sum(one.sector == sector for one in problem.seekers) - 1)
    return problem.neighbour_worth * (2 * there + new) if sector else 0


def _most_worth(problem: Problem, worth: Callable[[int, int], int]) -> dict[int, int]:
    """Give as many stands as can be given, so that the sum of a worth is the largest: an assignment problem, with a place "without a stand" for everybody. Who has one locked keeps it."""
    from ortools.graph.python import linear_sum_assignment  # noqa: PLC0415 - the server starts without it

    seekers, places = list(problem.options), sorted({place for places in problem.options.values() for place in places})
    number = {place: at for at, place in enumerate(places)}
    worths = {(seeker, place): worth(seeker, place) for seeker in seekers for place in problem.options[seeker]}
    locked = {seeker: problem.seeker[seeker].locked is not None for seeker in seekers}
    stand_itself = 1 + 2 * len(seekers) * max(worths.values(), default=0)  # more than all that one stand could change
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    for at, seeker in enumerate(seekers):
        solver.add_arc_with_cost(at, len(places) + at, 0)
        for place in problem.options[seeker]:
            solver.add_arc_with_cost(at, number[place], -worths[seeker, place] - stand_itself * (1 + locked[seeker]))
            solver.add_arc_with_cost(len(seekers) + number[place], len(places) + at, 0)
    for at in number.values():
        solver.add_arc_with_cost(len(seekers) + at, at, 0)
    if seekers and solver.solve() == solver.OPTIMAL:
        mates = {seeker: solver.right_mate(at) for at, seeker in enumerate(seekers)}
        return {seeker: places[mate] for seeker, mate in mates.items() if mate < len(places)}
    return {}


@dataclass(frozen=True)
class _Step:
    """Somebody goes to another stand; who has it goes to theirs."""

    seeker: int
    place: int
    other: int | None


class Climber:
    """Makes a placing better step by step: somebody moves to a free stand, or two swap, as long as it gives more points."""

    def __init__(self, problem: Problem, placed: Mapping[int, int]) -> None:
        self.problem, self.placed = problem, dict(placed)
        self.holders = {place: seeker for seeker, place in placed.items()}
        self.sectors = problem.sectors(placed)
        self.worth = {(seeker, place): problem.worth(seeker, place) for seeker, places in problem.options.items() for place in places}
        self.most_by_neighbours = 2 * problem.neighbour_worth * max((len(place.beside) for place in problem.places), default=0)
        self.in_pairs = {one for pair in problem.apart for one in pair}

    def climb(self, deadline: Deadline) -> dict[int, int]:
        """Take every step that helps, until none does or the time is over."""
        better = True
        while better:
            better = False
            for seeker in sorted(self.placed):
                for place in self.problem.options[seeker]:
                    step = _Step(seeker, place, self.holders.get(place))
                    if place != self.placed[seeker] and self._gains(step) > 0 and self._allowed(step):
                        self._take(step)
                        better = True
                if deadline.is_over:
                    return self.placed
        return self.placed

    def _gains(self, step: _Step) -> int:
        before, worth = self.placed[step.seeker], self.worth
        gain = worth[step.seeker, step.place] - worth[step.seeker, before]
        if step.other is not None:
            if (step.other, before) not in worth:
                return 0
            gain += worth[step.other, before] - worth[step.other, step.place]
        return gain if gain + self.most_by_neighbours <= 0 else gain + self._gains_by_neighbours(step, before)

    def _gains_by_neighbours(self, step: _Step, before: int) -> int:
        own = self.problem.seeker[step.seeker].sector
        theirs = self.problem.seeker[step.other].sector if step.other is not None else ""
        if own == theirs:
            return 0
        gain = self._of_sector(own, step.place, before) - self._of_sector(own, before, before)
        gain += self._of_sector(theirs, before, step.place) - self._of_sector(theirs, step.place, step.place)
        return self.problem.neighbour_worth * gain

    def _of_sector(self, sector: str, place: int, but: int) -> int:
        """Count the neighbours of a stand of one sector, without one stand."""
        return sum(self.sectors.get(one) == sector for one in self.problem.place[place].beside if one != but) if sector else 0

    def _allowed(self, step: _Step) -> bool:
        """Say whether nobody comes beside whom they are kept apart from."""
        if step.seeker not in self.in_pairs and step.other not in self.in_pairs:
            return True
        after = {**self.placed, step.seeker: step.place} | ({step.other: self.placed[step.seeker]} if step.other is not None else {})
        movers = [one for one in (step.seeker, step.other) if one is not None]
        return all(self.problem.too_near(one, after[one], after) is None for one in movers)

    def _take(self, step: _Step) -> None:
        before = self.placed[step.seeker]
        self.placed[step.seeker], self.holders[step.place] = step.place, step.seeker
        del self.holders[before]
        self.sectors.pop(before, None)
        self._sit(step.seeker, step.place)
        if step.other is not None:
            self.placed[step.other], self.holders[before] = before, step.other
            self._sit(step.other, before)

    def _sit(self, seeker: int, place: int) -> None:
        self.sectors[place] = self.problem.seeker[seeker].sector
