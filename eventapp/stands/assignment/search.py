"""The search itself, by OR-Tools' CP-SAT with one worker and a fixed seed: the same problem gives the same answer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eventapp.stands.assignment.matching import Conflict
from eventapp.stands.assignment.problem import Problem
from eventapp.stands.assignment.timing import Deadline

SEED = 2018
WINDOW = 40  # stands
WINDOW_EFFORT = 0.5  # in the units of the solver, about seconds


@dataclass(frozen=True)
class Found:
    """What one run of the solver ended with: "best", "some", "impossible" or "cut off"; a placing, and what no placing can exceed."""

    how: str
    placed: dict[int, int]
    bound: int


class Model:
    """The problem as the solver takes it. With `asked`, each demand (an exhibitor, a pair kept apart) is one that can be left out; `options` narrows who can get what."""

    def __init__(self, problem: Problem, *, options: Mapping[int, Sequence[int]] | None = None, asked: bool = False, everybody: bool = True) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - it takes a second, and the server never needs it

        self.cp: Any = cp_model
        self.problem, self.options = problem, problem.options if options is None else options
        self.model: Any = cp_model.CpModel()
        self.gets = {(seeker, place): self.model.new_bool_var(f"{seeker} gets {place}") for seeker, places in self.options.items() for place in places}
        self.at: dict[int, dict[int, Any]] = defaultdict(dict)
        for (seeker, place), gets in self.gets.items():
            self.at[place][seeker] = gets
        for ones in self.at.values():
            self.model.add_at_most_one(ones.values())
        self.demands: dict[Any, Any] = {}
        for seeker, places in self.options.items():
            self._place(seeker, [self.gets[seeker, place] for place in places], asked=asked, everybody=everybody)
        for pair in problem.apart:
            self._keep_apart(pair, self._if(pair, asked=asked))

    def _if(self, demand: Any, *, asked: bool) -> list[Any]:
        """Make the switch of a demand, where there is one."""
        if asked:
            self.demands[demand] = self.model.new_bool_var(f"asked: {demand}")
        return [self.demands[demand]] if asked else []

    def _place(self, seeker: int, gets: Sequence[Any], *, asked: bool, everybody: bool) -> None:
        self.model.add_at_most_one(gets)
        if asked or everybody:
            self.model.add_bool_or(gets).only_enforce_if(self._if(seeker, asked=asked))

    def _keep_apart(self, pair: tuple[int, int], switch: list[Any]) -> None:
        """Let two exhibitors not be neighbours, whether they seek a stand or have one."""
        for one, other in (pair, pair[::-1]):
            has = {place.id for place in self.problem.places if place.taken_by == other}
            for place in self.options.get(one, ()):
                beside = self.problem.place[place].beside
                if beside & has:
                    self.model.add(self.gets[one, place] == 0).only_enforce_if(switch)
                near = [self.gets[other, there] for there in sorted(beside) if (other, there) in self.gets]
                if near and one == pair[0]:
                    self.model.add(self.gets[one, place] + sum(near) <= 1).only_enforce_if(switch)

    def count(self) -> Any:
        """Count who gets a stand."""
        return sum(self.gets.values())

    def keep_locked(self, start: Mapping[int, int]) -> None:
        """Let nobody take a stand from who has it locked, also where somebody has to be left out; it never costs another one a stand."""
        for seeker, place in start.items():
            if self.problem.seeker[seeker].locked is not None:
                self.model.add(self.gets[seeker, place] == 1)

    def maximise_points(self, start: Mapping[int, int]) -> None:
        """Look for the most points, from a placing that is known."""
        problem, sectors = self.problem, self.problem.sectors(start)
        total = [problem.worth(*who) * gets for who, gets in self.gets.items()]
        for who, gets in self.gets.items():
            self.model.add_hint(gets, start.get(who[0]) == who[1])
        if problem.neighbour_worth:
            of_sector = {place: self._by_sector(place) for place in problem.place}
            for one, other in problem.pairs_of_places():
                for sector in sorted(of_sector[one].keys() & of_sector[other].keys()):
                    both = self._both(of_sector[one][sector], of_sector[other][sector], hint=sectors.get(one) == sector == sectors.get(other))
                    total.append(problem.neighbour_worth * both)
        self.model.maximize(sum(total))

    def _by_sector(self, place_id: int) -> dict[str, list[Any]]:
        """List, for each sector, the switches by which somebody of it is on a stand; none are needed for who is there already."""
        place = self.problem.place[place_id]
        if place.taken_by is not None:
            return {place.sector: []} if place.sector else {}
        found: dict[str, list[Any]] = defaultdict(list)
        for seeker, gets in self.at[place_id].items():
            sector = self.problem.seeker[seeker].sector
            if sector:
                found[sector].append(gets)
        return found

    def _both(self, ones: list[Any], others: list[Any], *, hint: bool) -> Any:
        """Say whether somebody of a sector is on both of two stands."""
        if not ones or not others:  # somebody of it is there already; two who were there before count for nothing
            return sum(ones + others)
        both = self.model.new_bool_var("neighbours")
        self.model.add(both <= sum(ones))
        self.model.add(both <= sum(others))
        self.model.add_hint(both, hint)
        return both

    def solve(self, seconds: float, effort: float | None = None) -> tuple[Found, Any]:
        """Search for so long; `effort` ends it after so much work, however quick the machine is."""
        if seconds <= 0:
            return Found("cut off", {}, 0), None
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        solver.parameters.linearization_level = 2  # the linear relaxation of neighbours is what proves anything
        solver.parameters.max_time_in_seconds = seconds
        if effort is not None:
            solver.parameters.max_deterministic_time = effort
        how = {self.cp.OPTIMAL: "best", self.cp.FEASIBLE: "some", self.cp.INFEASIBLE: "impossible"}.get(solver.solve(self.model), "cut off")
        if how not in {"best", "some"}:
            return Found(how, {}, 0), solver
        placed = {seeker: place for (seeker, place), gets in self.gets.items() if solver.boolean_value(gets)}
        return Found(how, placed, round(solver.best_objective_bound)), solver


def by_windows(problem: Problem, placed: Mapping[int, int], deadline: Deadline) -> dict[int, int]:
    """Make a large placing better part by part: a window of stands beside each other is placed anew, while all others stay; until a whole round helps nothing."""
    best = dict(placed)
    windows = list(_windows(problem))
    better = True
    while better and not deadline.is_over:
        before = problem.points(best)
        for window in windows:
            best = best if deadline.is_over else _anew(problem, best, window, deadline)
        better = problem.points(best) > before
    return best


def _windows(problem: Problem) -> Iterator[set[int]]:
    """Cut the floor into windows of free stands that are near each other; each begins in the middle of another."""
    free = [place.id for place in problem.places if place.is_free]
    for start in range(0, len(free), WINDOW // 2):
        window, line = {free[start]}, [free[start]]
        for one in line:
            for other in sorted(problem.place[one].beside):
                if len(window) < WINDOW and other not in window and other in problem.place and problem.place[other].is_free:
                    window.add(other)
                    line.append(other)
        yield window


def _anew(problem: Problem, placed: dict[int, int], window: set[int], deadline: Deadline) -> dict[int, int]:
    held = set(placed.values())
    inside = {seeker for seeker, place in placed.items() if place in window and problem.seeker[seeker].locked is None}
    open_to = (window & {placed[seeker] for seeker in inside}) | (window - held)
    options = {seeker: [one for one in problem.options[seeker] if one in open_to] if seeker in inside else [place] for seeker, place in placed.items()}
    model = Model(problem, options=options)
    model.maximise_points(placed)
    found, _solver = model.solve(deadline.left, effort=WINDOW_EFFORT)
    return found.placed if found.placed and problem.points(found.placed) > problem.points(placed) else placed


def irreducible(problem: Problem, deadline: Deadline) -> Conflict | None:
    """Find demands that cannot all be met while any one of them left out lets the others be; None when the time runs out before."""
    model = Model(problem, asked=True)
    names = {switch.index: demand for demand, switch in model.demands.items()}

    def meet(demands: Sequence[Any]) -> tuple[str, list[Any]]:
        model.model.clear_assumptions()
        model.model.add_assumptions([model.demands[demand] for demand in demands])
        found, solver = model.solve(deadline.left)
        core = [names[index] for index in solver.sufficient_assumptions_for_infeasibility()] if found.how == "impossible" else []
        return found.how, core

    how, core = meet(list(model.demands))
    needed = core or list(model.demands)
    for demand in list(needed):
        if how == "cut off":
            return None
        if demand not in needed:
            continue
        rest = [one for one in needed if one != demand]
        how, core = meet(rest)
        if how == "impossible":
            needed = core or rest
    if how == "cut off":
        return None
    seekers = tuple(sorted(one for one in needed if isinstance(one, int)))
    stands = sorted({place for seeker in seekers for place in problem.options[seeker]})
    return Conflict(seekers, tuple(sorted(one for one in needed if isinstance(one, tuple))), tuple(stands))
