"""Whether everybody can have a stand that fits, and when not, who competes for too few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Conflict:
    """Demands that cannot all be met while any of them left out lets the others be: exhibitors that want a stand, pairs kept apart; and the only stands that would do."""

    seekers: tuple[int, ...]
    apart: tuple[tuple[int, int], ...]
    places: tuple[int, ...]


def who_shares_too_few(options: Mapping[int, Sequence[int]]) -> Conflict | None:
    """Name the first exhibitors that compete for one stand too few; None when everybody can have one of their options at once.

    Whoever finds no stand reaches, by what others would give up, n exhibitors that share n - 1 stands. Each of them can be the one that goes
    without, so all n are needed to show that it cannot be (Hall's theorem).
    """
    by_place: dict[int, int] = {}
    by_seeker: dict[int, int] = {}
    for seeker in options:
        conflict = _find(seeker, options, by_place, by_seeker)
        if conflict is not None:
            return conflict
    return None


def _find(seeker: int, options: Mapping[int, Sequence[int]], by_place: dict[int, int], by_seeker: dict[int, int]) -> Conflict | None:
    """Give somebody a stand, if need be by moving others; else say who shares which stands."""
    reached_from: dict[int, int] = {}
    line = [seeker]
    for one in line:  # it grows while it is read
        for place in options[one]:
            if place in reached_from:
                continue
            reached_from[place] = one
            if place not in by_place:
                _move_along(place, reached_from, by_place, by_seeker)
                return None
            line.append(by_place[place])
    return Conflict(tuple(sorted(line)), (), tuple(sorted(reached_from)))


def _move_along(free: int, reached_from: Mapping[int, int], by_place: dict[int, int], by_seeker: dict[int, int]) -> None:
    place: int | None = free
    while place is not None:
        seeker = reached_from[place]
        given_up = by_seeker.get(seeker)
        by_place[place], by_seeker[seeker] = seeker, place
        place = given_up
