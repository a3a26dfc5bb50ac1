"""What a search went by, as marks that are kept: later they say what changed since."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from eventapp.stands.assignment.problem import Problem


@dataclass(frozen=True)
class Changes:
    """How many exhibitors came, went or want something else, how many stands changed, and whether other pairs are kept apart."""

    new: int = 0
    gone: int = 0
    changed: int = 0
    stands: int = 0
    pairs: bool = False

    def __bool__(self) -> bool:
        """Say whether anything changed."""
        return self != Changes()


def marks(problem: Problem) -> dict[str, Any]:
    """Mark everything that a search goes by, apart from what the organiser locked or left out."""
    seekers = {str(one.id): _mark(replace(one, turn=0, locked=None)) for one in problem.seekers}
    places = {str(one.id): _mark((one.area, one.kind, one.open_sides, sorted(one.beside), one.blocked, one.taken_by, one.sector)) for one in problem.places}
    return {"exhibitors": seekers, "stands": places, "apart": [list(pair) for pair in problem.apart]}


def _mark(thing: object) -> str:
    return sha256(repr(thing).encode()).hexdigest()[:12]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changes:
    """Compare two sets of marks."""
    then, now = before.get("exhibitors", {}), after["exhibitors"]
    stands, stands_now = before.get("stands", {}), after["stands"]
    return Changes(
        new=len(now.keys() - then.keys()),
        gone=len(then.keys() - now.keys()),
        changed=sum(then[one] != now[one] for one in then.keys() & now.keys()),
        stands=sum(stands.get(one) != stands_now.get(one) for one in stands.keys() | stands_now.keys()),
        pairs=before.get("apart", []) != after["apart"],
    )


def with_decisions(problem: Problem, locked: Mapping[int, int], left_out: set[int]) -> Problem:
    """Let the organiser's own decisions stand: who has a stand locked, who is left out."""
    seekers = tuple(replace(one, locked=locked.get(one.id)) for one in problem.seekers if one.id not in left_out)
    return replace(problem, seekers=seekers)
