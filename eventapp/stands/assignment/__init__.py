"""Wish-list assignment: who gets which stand, so that all together get the most of what they asked for, and why.

Plain values in and out; no database. Who knows the rows makes a `Problem` of them, and keeps the `Proposal`.
"""

from dataclasses import dataclass

from eventapp.stands.assignment.inputs import Changes, changes, marks, with_decisions
from eventapp.stands.assignment.matching import Conflict, who_shares_too_few
from eventapp.stands.assignment.problem import Place, Problem, Seeker, Weights
from eventapp.stands.assignment.reasons import Line, Missed, Why, explain
from eventapp.stands.assignment.search import Found, Model, by_windows, irreducible
from eventapp.stands.assignment.starting import Climber, in_turn, without_neighbours
from eventapp.stands.assignment.timing import Deadline

__all__ = [
    "SECONDS",
    "Changes",
    "Conflict",
    "Line",
    "Missed",
    "Place",
    "Problem",
    "Proposal",
    "Seeker",
    "Weights",
    "Why",
    "changes",
    "in_turn",
    "marks",
    "propose",
    "with_decisions",
]

SECONDS = 20.0
LARGE = 5_000  # ways to give somebody a stand: with more than these, nothing is proved about the whole within seconds


@dataclass(frozen=True)
class Proposal:
    """Who gets which stand and why; its points, what no placing can exceed, and why not everybody can have one where that is known."""

    lines: tuple[Line, ...]
    points: int
    bound: int | None  # None when the search ended before it knew
    conflict: Conflict | None
    cut_off: bool  # the time ran out: a better placing may exist, or the conflict is not known

    @property
    def placed(self) -> dict[int, int]:
        """List who gets a stand, and which."""
        return {line.seeker: line.place for line in self.lines if line.place is not None}

    @property
    def gap(self) -> float | None:
        """Say by which part of what is possible at most the proposal falls short: 0 is the best there is."""
        return None if self.bound is None else (self.bound - self.points) / self.bound if self.bound else 0.0


def propose(problem: Problem, seconds: float = SECONDS) -> Proposal:
    """Search for the placing with the most stands given, then the most points; name demands that contradict each other where not everybody can have one."""
    deadline, conflict = Deadline(seconds), who_shares_too_few(problem.options)
    if deadline.is_over:
        return _proposal(problem, in_turn(problem), None, conflict, cut_off=True)
    bound: int | None
    start, bound = _start(problem, deadline)
    unknown = False
    if conflict is None and len(start) < len(problem.seekers):  # pairs kept apart are in the way
        whole = Model(problem).solve(deadline.left / 2)[0]
        start = Climber(problem, whole.placed).climb(deadline) if whole.placed else start
        conflict = irreducible(problem, Deadline(deadline.left / 2)) if whole.how == "impossible" else None
        unknown = conflict is None and not whole.placed
    if problem.apart and (conflict or unknown):
        start, counted = _as_many_as_can_be(problem, start, deadline)
        bound, unknown = None, unknown or not counted
    found = _most_points(problem, start, deadline)
    bounds = [one for one in (bound, found.bound if found.how in {"best", "some"} else None) if one is not None]
    placed = found.placed or start
    return _proposal(problem, placed, min(bounds, default=None), conflict, cut_off=unknown or problem.points(placed) < min(bounds, default=1 + problem.points(placed)))


def _start(problem: Problem, deadline: Deadline) -> tuple[dict[int, int], int]:
    """Find a good placing quickly, and what no placing of as many can exceed."""
    alone, bound = without_neighbours(problem)
    best = max((in_turn(problem), alone), key=lambda placed: (len(placed), problem.points(placed)))
    return Climber(problem, best).climb(deadline), bound


def _as_many_as_can_be(problem: Problem, start: dict[int, int], deadline: Deadline) -> tuple[dict[int, int], bool]:
    """Give as many stands as can be given where some are left out; say whether it is known that there are no more."""
    counting = Model(problem, everybody=False)
    counting.keep_locked(start)
    counting.model.maximize(counting.count())
    counted = counting.solve(deadline.left / 2)[0]
    more = counted.placed if len(counted.placed) > len(start) else start
    return Climber(problem, more).climb(deadline), counted.how == "best"


def _most_points(problem: Problem, start: dict[int, int], deadline: Deadline) -> Found:
    """Look for more points from a placing: a small show as a whole, which can prove that nothing is better; a large one part by part."""
    if sum(map(len, problem.options.values())) > LARGE:
        return Found("large", by_windows(problem, start, deadline), 0)
    everybody = len(start) == len(problem.seekers)
    model = Model(problem, everybody=everybody)
    if not everybody:
        model.keep_locked(start)
        model.model.add(model.count() >= len(start))
    model.maximise_points(start)
    found = model.solve(deadline.left)[0]
    return found if problem.points(found.placed) >= problem.points(start) else Found(found.how, start, found.bound)


def _proposal(problem: Problem, placed: dict[int, int], bound: int | None, conflict: Conflict | None, *, cut_off: bool) -> Proposal:
    points = problem.points(placed)
    return Proposal(explain(problem, placed), points, None if bound is None else max(bound, points), conflict, cut_off)
