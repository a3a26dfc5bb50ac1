"""The solver of wish lists, on small shows whose best placing is known, and against every placing there is."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventapp.stands.assignment import Conflict, Missed, Place, Problem, Seeker, Weights, Why, propose
from eventapp.stands.assignment.search import by_windows
from eventapp.stands.assignment.starting import Climber, in_turn, without_neighbours
from eventapp.stands.assignment.timing import Deadline
from eventapp.stands.rules.nearness import neighbours_of_all
from eventapp.stands.rules.shapes import rectangle

ATLAS, RIF, SOUSS, OASIS = 1, 2, 3, 4
HOW_MUCH = st.sampled_from([0, 1, 2, 4])
ONLY_WISHES = Weights(wishes=2, area=0, seniority=2, neighbours=0)


def place(number: int, area: int = 18, *, beside: tuple[int, ...] = (), **more: object) -> Place:
    return Place(number, Decimal(area), beside=frozenset(beside), **more)  # type: ignore[arg-type]


def row(*numbers: int, **more: object) -> tuple[Place, ...]:
    """Stands side by side, in this order."""
    return tuple(place(number, beside=tuple(other for other in numbers if abs(numbers.index(other) - at) == 1), **more) for at, number in enumerate(numbers))  # type: ignore[arg-type]


def reasons(problem: Problem, seeker: int) -> tuple[Missed, ...]:
    return next(line.missed for line in propose(problem).lines if line.seeker == seeker)


def test_everybody_gets_a_wish_although_all_named_the_same_first() -> None:
    seekers = (Seeker(ATLAS, wishes=(11, 12), turn=2), Seeker(RIF, wishes=(11, 13), turn=1), Seeker(SOUSS, wishes=(11,), turn=0))
    proposal = propose(Problem(seekers, (place(11), place(12), place(13)), weights=ONLY_WISHES))
    assert proposal.placed == {ATLAS: 12, RIF: 13, SOUSS: 11}
    assert (proposal.points, proposal.bound, proposal.gap, proposal.cut_off, proposal.conflict) == (
        (100 + 120) * 60 + (100 + 120) * 61 + (100 + 200) * 62,
        proposal.points,
        0,
        False,
        None,
    )
    assert [(line.wish, line.missed) for line in proposal.lines] == [(2, (Missed(1, 11, Why.EARLIER, SOUSS),)), (2, (Missed(1, 11, Why.EARLIER, SOUSS),)), (1, ())]


def test_who_exhibited_more_often_gets_the_wish_of_two_and_then_who_applied_earlier() -> None:
    stands = (place(11), place(12))
    alike = (Seeker(ATLAS, wishes=(11, 12), turn=1), Seeker(RIF, wishes=(11, 12), turn=0))
    assert propose(Problem(alike, stands, weights=ONLY_WISHES)).placed == {ATLAS: 12, RIF: 11}
    loyal = Problem((Seeker(ATLAS, wishes=(11, 12), turn=1, editions=3), alike[1]), stands, weights=ONLY_WISHES)
    assert propose(loyal).placed == {ATLAS: 11, RIF: 12}
    assert reasons(loyal, RIF) == (Missed(1, 11, Why.MORE_EDITIONS, ATLAS),)
    swapped = Problem((alike[0], Seeker(RIF, wishes=(11, 12), turn=0, editions=3)), stands, weights=ONLY_WISHES)
    assert propose(swapped).placed == {ATLAS: 12, RIF: 11}


def test_area_kind_and_open_sides_find_the_stand_where_nobody_wished() -> None:
    stands = (place(11, 18), place(12, 36, kind="bare"), place(13, 20, open_sides=2), place(14, 9))
    seekers = (Seeker(ATLAS, area=Decimal(18)), Seeker(RIF, kind="bare", area=Decimal(40)), Seeker(SOUSS, area=Decimal(19), open_sides=2), Seeker(OASIS, area=Decimal(9)))
    proposal = propose(Problem(seekers, stands))
    assert proposal.placed == {ATLAS: 11, RIF: 12, SOUSS: 13, OASIS: 14}
    assert [line.fitting for line in proposal.lines] == [2, 1, 2, 1]


def test_a_stand_that_they_named_fits_whatever_was_asked_for() -> None:
    seeker = Seeker(ATLAS, area=Decimal(9), wishes=(12,))
    assert propose(Problem((seeker,), (place(11, 9), place(12, 36, kind="bare")))).placed == {ATLAS: 12}


def test_competitors_are_no_neighbours_and_the_reason_names_them() -> None:
    seekers = (Seeker(ATLAS, wishes=(11,), turn=0), Seeker(RIF, wishes=(12,), turn=1))
    problem = Problem(seekers, row(11, 12, 13), ((ATLAS, RIF),), ONLY_WISHES)
    assert propose(problem).placed == {ATLAS: 11, RIF: 13}
    assert reasons(problem, RIF) == (Missed(1, 12, Why.APART, ATLAS),)
    beside_taken = Problem(seekers[:1], (place(11, beside=(12,)), place(12, beside=(11,), taken_by=RIF), place(13)), ((ATLAS, RIF),), ONLY_WISHES)
    assert propose(beside_taken).placed == {ATLAS: 13}
    assert reasons(beside_taken, ATLAS) == (Missed(1, 11, Why.APART, RIF),)


def test_a_sector_stands_together_where_it_counts_and_who_is_there_already_counts_too() -> None:
    stands = (*row(11, 12), place(13), place(14, beside=(15,)), place(15, beside=(14,), taken_by=OASIS, sector="plastics"))
    seekers = (Seeker(ATLAS, sector="sheet_metal"), Seeker(RIF, sector="plastics"), Seeker(SOUSS, sector="sheet_metal"))
    proposal = propose(Problem(seekers, stands, weights=Weights(area=0, neighbours=1)))
    assert proposal.placed[RIF] == 14
    assert {proposal.placed[ATLAS], proposal.placed[SOUSS]} == {11, 12}
    assert [line.neighbours for line in proposal.lines] == [(SOUSS,), (OASIS,), (ATLAS,)]
    assert proposal.points == 100 * (60 + 61 + 62) + 2 * 10 * 20 * 3


def test_a_locked_line_stays_and_a_wish_that_cannot_be_had_says_why() -> None:
    stands = (place(11), place(12, blocked=True), place(13, taken_by=SOUSS), place(14))
    problem = Problem((Seeker(ATLAS, wishes=(11,), locked=14), Seeker(RIF, wishes=(12, 13, 99)), Seeker(OASIS, wishes=(14,), turn=1)), stands)
    proposal = propose(problem)
    assert proposal.placed[ATLAS] == 14
    assert [(line.locked, line.missed) for line in proposal.lines if line.seeker == ATLAS] == [(True, ())]
    assert reasons(problem, RIF) == (Missed(1, 12, Why.BLOCKED), Missed(2, 13, Why.TAKEN, SOUSS), Missed(3, 99, Why.GONE))
    assert reasons(problem, OASIS) == (Missed(1, 14, Why.BY_HAND, ATLAS),)


def test_the_same_problem_has_the_same_answer() -> None:
    seekers = tuple(Seeker(number, wishes=(20 + number % 7, 20 + number % 5), sector="ab"[number % 2], turn=number) for number in range(1, 8))
    problem = Problem(seekers, row(*range(20, 29)), ((1, 2), (3, 4)))
    assert propose(problem) == propose(Problem(tuple(reversed(seekers)), problem.places, problem.apart))


def test_no_time_is_said_and_leaves_what_is_found_in_turn() -> None:
    problem = Problem((Seeker(ATLAS, wishes=(11,)), Seeker(RIF, wishes=(11,), editions=1)), row(11, 12, 13), ((ATLAS, RIF),))
    proposal = propose(problem, seconds=0)
    assert (proposal.cut_off, proposal.bound, proposal.gap, proposal.placed) == (True, None, None, {RIF: 11, ATLAS: 13})
    contradiction = Problem((Seeker(ATLAS, wishes=(11,)), Seeker(RIF, wishes=(12,))), row(11, 12), ((ATLAS, RIF),))
    assert (propose(contradiction, seconds=0).cut_off, propose(contradiction, seconds=0).conflict) == (True, None)


def test_the_server_starts_without_the_solver_and_without_the_reader_of_workbooks() -> None:
    loaded = "import sys, eventapp.wiring, eventapp.blueprints; print([name for name in sys.modules if name.split('.')[0] in {'ortools', 'openpyxl', 'numpy'}])"
    assert subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True).stdout.strip() == "[]"


def can_be_met(problem: Problem, seekers: tuple[int, ...], apart: tuple[tuple[int, int], ...]) -> bool:
    """Try every placing of some exhibitors, with some pairs kept apart."""
    return any(True for _placed in placings(Problem(tuple(problem.seeker[one] for one in seekers), problem.places, apart, problem.weights), whole=True))


def placings(problem: Problem, *, whole: bool) -> Iterator[dict[int, int]]:
    """Yield every placing that is allowed."""
    numbers = [seeker.id for seeker in problem.seekers]
    choices = [[one.id for one in problem.places if one.is_free and problem.fits(seeker, one)] + ([] if whole else [None]) for seeker in problem.seekers]
    for chosen in product(*choices):
        placed = {seeker: stand for seeker, stand in zip(numbers, chosen, strict=True) if stand is not None}
        there = [(one.taken_by, one.id) for one in problem.places if one.taken_by is not None] + list(placed.items())
        met = {tuple(sorted((one, other))) for (one, here), (other, near) in product(there, there) if near in problem.place[here].beside and {one, other} & set(placed)}
        near = bool(met & set(problem.apart))
        if len(set(placed.values())) == len(placed) and not near:
            yield placed


def assert_irreducible(problem: Problem, conflict: Conflict) -> None:
    assert not can_be_met(problem, conflict.seekers, conflict.apart)
    demands = [*conflict.seekers, *conflict.apart]
    for left_out in demands:
        rest = [one for one in demands if one != left_out]
        assert can_be_met(problem, tuple(one for one in rest if isinstance(one, int)), tuple(one for one in rest if isinstance(one, tuple)))


def test_when_stands_lack_those_who_share_too_few_are_named_and_nobody_else() -> None:
    stands = (place(11), place(12), place(13, 36, kind="bare"), place(14, 36, kind="bare"))
    alike = [Seeker(number, area=Decimal(18), editions=number, turn=number) for number in (ATLAS, RIF, SOUSS)]
    seekers = (*alike, Seeker(OASIS, kind="bare", area=Decimal(36)))
    problem = Problem(seekers, stands)
    proposal = propose(problem)
    assert proposal.conflict == Conflict((ATLAS, RIF, SOUSS), (), (11, 12))
    assert_irreducible(problem, proposal.conflict)
    assert (proposal.placed, proposal.cut_off) == ({RIF: 11, SOUSS: 12, OASIS: 13} if proposal.placed[RIF] == 11 else {RIF: 12, SOUSS: 11, OASIS: proposal.placed[OASIS]}, False)


def test_when_nothing_fits_one_exhibitor_it_is_named_alone() -> None:
    problem = Problem((Seeker(ATLAS, area=Decimal(100)), Seeker(RIF, area=Decimal(18))), (place(11), place(12)))
    assert propose(problem).conflict == Conflict((ATLAS,), (), ())


def test_pairs_kept_apart_that_contradict_the_room_there_is_are_named() -> None:
    seekers = (Seeker(ATLAS), Seeker(RIF), Seeker(SOUSS), Seeker(OASIS, kind="bare"))
    problem = Problem(seekers, (*row(11, 12, 13), place(14, kind="bare")), ((ATLAS, RIF), (ATLAS, SOUSS), (RIF, OASIS)))
    proposal = propose(problem)
    assert proposal.conflict == Conflict((ATLAS, RIF, SOUSS), ((ATLAS, RIF), (ATLAS, SOUSS)), (11, 12, 13))
    assert_irreducible(problem, proposal.conflict)
    assert (len(proposal.placed), proposal.cut_off) == (3, False)


def test_stands_that_touch_or_face_each_other_across_an_aisle_are_neighbours() -> None:
    drawn = {1: rectangle(0, 0, 4, 3), 2: rectangle(4, 0, 4, 3), 3: rectangle(0, 7, 4, 3), 4: rectangle(4, 7.5, 4, 3), 5: rectangle(0, 10, 4, 3)}
    assert neighbours_of_all(drawn) == {1: frozenset({2, 3}), 2: frozenset({1}), 3: frozenset({1, 4, 5}), 4: frozenset({3, 5}), 5: frozenset({3, 4})}


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    stands, firms = range(11, 11 + draw(st.integers(1, 4))), range(1, 1 + draw(st.integers(1, 4)))
    touching = [pair for pair in combinations(stands, 2) if draw(st.booleans())]
    beside = {one: tuple(b if a == one else a for a, b in touching if one in {a, b}) for one in stands}
    taken = {one: draw(st.sampled_from([None, None, None, 9])) for one in stands}
    places = tuple(
        place(
            one,
            draw(st.sampled_from([9, 12, 18])),
            beside=beside[one],
            taken_by=taken[one],
            sector="a" if taken[one] else "",
            blocked=taken[one] is None and draw(st.integers(0, 5)) == 0,
        )
        for one in stands
    )
    seekers = tuple(
        Seeker(
            one,
            area=draw(st.sampled_from([None, Decimal(9), Decimal(12)])),
            open_sides=draw(st.sampled_from([None, 2])),
            sector=draw(st.sampled_from(["a", "b", ""])),
            wishes=tuple(draw(st.lists(st.sampled_from(stands), unique=True, max_size=3))),
            editions=draw(st.integers(0, 7)),
            turn=one,
        )
        for one in firms
    )
    apart = tuple(pair for pair in combinations([*firms, 9], 2) if draw(st.integers(0, 2)) == 0)
    return Problem(seekers, places, apart, Weights(draw(HOW_MUCH), draw(HOW_MUCH), draw(HOW_MUCH), draw(HOW_MUCH), draw(st.sampled_from([25, 50, None]))))


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_placing_of_a_small_show_is_better_and_every_conflict_is_irreducible(problem: Problem) -> None:
    proposal = propose(problem)
    every = list(placings(problem, whole=False))
    most = max(len(one) for one in every)
    assert proposal.placed in every
    assert (len(proposal.placed), proposal.points, proposal.bound, proposal.cut_off) == (
        most,
        max(problem.points(one) for one in every if len(one) == most),
        proposal.points,
        False,
    )
    assert (proposal.conflict is None) == (most == len(problem.seekers))
    if proposal.conflict is not None:
        assert_irreducible(problem, proposal.conflict)


@settings(max_examples=80, deadline=None)
@given(problems())
def test_every_step_keeps_the_rules_and_gains_and_nothing_exceeds_the_bound(problem: Problem) -> None:
    every, time = list(placings(problem, whole=False)), Deadline(60)
    climbed = Climber(problem, in_turn(problem)).climb(time)
    steps = [in_turn(problem), climbed, by_windows(problem, climbed, time)]
    assert [one in every for one in steps] == [True] * 3
    assert [problem.points(one) for one in steps] == sorted(problem.points(one) for one in steps)
    alone, bound = without_neighbours(problem)
    most = max(len(one) for one in placings(replace(problem, apart=()), whole=False))
    assert alone in every
    assert [one for one in every if len(one) == most and problem.points(one) > bound] == []


@pytest.mark.parametrize("weights", [Weights(0, 0, 0, 0), Weights(0, 4, 4, 0)])
def test_wishes_that_count_for_nothing_are_no_reason(weights: Weights) -> None:
    problem = Problem((Seeker(ATLAS, wishes=(11,)), Seeker(RIF, wishes=(11,), turn=1)), (place(11), place(12)), weights=weights)
    assert {missed.why for line in propose(problem).lines for missed in line.missed} <= {Why.ALTOGETHER}
