"""What a session claims: its room, its people, and for every part a stretch of the whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from eventapp.programme.errors import PartOutside, PartsOverlap
from eventapp.programme.rules.slots import slots, wall_end, wall_start

Texts = dict[str, str]


class Claim(NamedTuple):
    """One resource in one slot: what the key of the occupancy says beside the edition."""

    kind: str  # room, person, session
    resource_id: int
    slot: int


@dataclass(frozen=True)
class Place:
    """A room, and how many minutes it needs after a session."""

    id: int
    turnover: int


@dataclass(frozen=True)
class Held:
    """A session as it lies in time, with who is attached to it."""

    id: int
    title: Texts
    day: date
    start: int
    length: int
    fold: int
    people: frozenset[int]

    def starts(self, tz: str) -> datetime:
        """Say when it starts, in wall time."""
        return wall_start(self.day, self.start, tz, self.fold)

    def ends(self, tz: str) -> datetime:
        """Say when it ends, in wall time."""
        return wall_end(self.day, self.start, self.length, tz, self.fold)

    def slots(self, tz: str, more: int = 0) -> list[int]:
        """List its slots, and those of some minutes more."""
        return slots(self.day, self.start, self.length + more, tz, self.fold)


def check_parts(whole: Held, parts: Sequence[Held], tz: str) -> None:
    """Refuse a part that leaves the whole, or parts that overlap."""
    inside = set(whole.slots(tz))
    for part in parts:
        if not inside.issuperset(part.slots(tz)):
            raise PartOutside(title=part.title, whole=whole.title, day=whole.day, since=whole.starts(tz), until=whole.ends(tz))
    in_order = sorted(parts, key=lambda part: (part.slots(tz)[0], part.id))
    for first, second in pairwise(in_order):
        if not set(first.slots(tz)).isdisjoint(second.slots(tz)):
            raise PartsOverlap(title=second.title, other=first.title, since=first.starts(tz), until=first.ends(tz))


def wanted_claims(whole: Held, parts: Sequence[Held], place: Place, tz: str) -> dict[Claim, int]:
    """List what an outermost session claims with its parts: each claim with the session (whole or part) that it is for."""
    found = {Claim("room", place.id, slot): whole.id for slot in whole.slots(tz, place.turnover)}
    for part in parts:
        found.update((Claim("session", whole.id, slot), part.id) for slot in part.slots(tz))
        found.update(_people(part, tz))
    found.update(_people(whole, tz))
    return found


def _people(held: Held, tz: str) -> Iterator[tuple[Claim, int]]:
    taken = held.slots(tz)
    return ((Claim("person", person, slot), held.id) for person in held.people for slot in taken)
