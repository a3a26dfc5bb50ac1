"""Why somebody got a stand: which wish it is, who got the wishes before it and by what, and which neighbours are of the same sector."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from eventapp.stands.assignment.problem import Problem, Seeker


class Why(StrEnum):
    """Why somebody did not get a stand that they wished."""

    GONE = "gone"  # it is not on the plan any more
    BLOCKED = "blocked"  # nobody can have it
    TAKEN = "taken"  # somebody had it before
    BY_HAND = "by_hand"  # the organiser chose it for somebody
    HIGHER_WISH = "higher_wish"  # who got it named it before others
    MORE_EDITIONS = "more_editions"  # who got it exhibited more often
    EARLIER = "earlier"  # who got it applied earlier
    APART = "apart"  # somebody kept apart is its neighbour
    ALTOGETHER = "altogether"  # all exhibitors together get more this way


@dataclass(frozen=True)
class Missed:
    """A wish that somebody did not get: which one, which stand, why, and whose it is or who is its neighbour."""

    rank: int
    place: int
    why: Why
    by: int | None = None


@dataclass(frozen=True)
class Line:
    """What somebody gets, and why."""

    seeker: int
    place: int | None
    wish: int | None = None  # which of their wishes it is
    missed: tuple[Missed, ...] = ()
    neighbours: tuple[int, ...] = ()  # of the same sector
    fitting: int = 0  # how many free stands would do
    locked: bool = False


def explain(problem: Problem, placed: Mapping[int, int]) -> tuple[Line, ...]:
    """Say of everybody what they get and why."""
    holders = {place: seeker for seeker, place in placed.items()}
    return tuple(_line(problem, seeker, placed, holders) for seeker in sorted(problem.seekers, key=lambda one: one.id))


def _line(problem: Problem, seeker: Seeker, placed: Mapping[int, int], holders: Mapping[int, int]) -> Line:
    place = placed.get(seeker.id)
    rank = seeker.rank(place)
    before = seeker.wishes if rank is None else seeker.wishes[: rank - 1]
    missed = () if seeker.locked is not None else tuple(_missed(problem, seeker, number, wish, placed, holders) for number, wish in enumerate(before, start=1))
    return Line(seeker.id, place, rank, missed, _of_its_sector(problem, seeker, place, holders), len(problem.options[seeker.id]), seeker.locked is not None)


def _of_its_sector(problem: Problem, seeker: Seeker, place: int | None, holders: Mapping[int, int]) -> tuple[int, ...]:
    if place is None or not seeker.sector:
        return ()
    beside = [problem.place[one] for one in problem.place[place].beside if one in problem.place]
    there = [one.taken_by for one in beside if one.taken_by is not None and one.sector == seeker.sector]
    new = [holders[one.id] for one in beside if one.id in holders and problem.seeker[holders[one.id]].sector == seeker.sector]
    return tuple(sorted({*there, *new}))


def _missed(problem: Problem, seeker: Seeker, rank: int, wish: int, placed: Mapping[int, int], holders: Mapping[int, int]) -> Missed:
    place = problem.place.get(wish)
    if place is None:
        return Missed(rank, wish, Why.GONE)
    if place.blocked:
        return Missed(rank, wish, Why.BLOCKED)
    if place.taken_by is not None:
        return Missed(rank, wish, Why.TAKEN, place.taken_by)
    holder = problem.seeker.get(holders.get(wish, 0))
    why = Why.ALTOGETHER if holder is None else _by_what(problem, seeker, rank, holder, wish)
    rival = problem.too_near(seeker.id, wish, placed) if why == Why.ALTOGETHER else None
    if rival is not None and (holder is None or rival != holder.id):
        return Missed(rank, wish, Why.APART, rival)
    return Missed(rank, wish, why, holder.id if holder else None)


def _by_what(problem: Problem, seeker: Seeker, rank: int, holder: Seeker, wish: int) -> Why:
    """Say what speaks for who got a wish; when nothing does by itself, it is that all together get more."""
    theirs = holder.rank(wish)
    if holder.locked == wish:
        return Why.BY_HAND
    if theirs is None or theirs > rank or not problem.weights.wishes:
        senior = theirs is not None and problem.weights.wishes and holder.editions > seeker.editions and problem.weights.seniority
        return Why.MORE_EDITIONS if senior else Why.ALTOGETHER
    if theirs < rank:
        return Why.HIGHER_WISH
    if holder.editions != seeker.editions and problem.weights.seniority:
        return Why.MORE_EDITIONS if holder.editions > seeker.editions else Why.ALTOGETHER
    return Why.EARLIER if (holder.turn, holder.id) < (seeker.turn, seeker.id) else Why.ALTOGETHER
