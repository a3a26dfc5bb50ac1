"""Who is inside, computed from passages alone: whatever order they arrive in, the same state comes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from eventapp.doors.rules.verdicts import Reason


@dataclass(frozen=True, slots=True)
class Passage:
    """Somebody went through a gate, in or out, on a day of the edition's wall clock."""

    at: datetime
    scan_id: UUID
    direction: str
    day: date
    gate_id: int

    @property
    def place(self) -> tuple[datetime, UUID]:
        """Say where it stands among the others."""
        return self.at, self.scan_id


@dataclass(frozen=True, slots=True)
class State:
    """Whether somebody is inside a zone on a day, which scan made it so, and which was the last."""

    inside: bool
    day: date
    changed_at: datetime
    gate_id: int
    scan_id: UUID
    last_at: datetime
    last_scan_id: UUID


def is_inside(state: State | None, day: date) -> bool:
    """Say whether somebody is inside on a day: who was there the day before has gone home."""
    return state is not None and state.inside and state.day == day


def is_late(state: State | None, passage: Passage) -> bool:
    """Say whether a passage happened before the last one known."""
    return state is not None and passage.place < (state.last_at, state.last_scan_id)


def reason_for(state: State | None, passage: Passage) -> Reason:
    """Say how a passage meets the state before it."""
    inside = is_inside(state, passage.day)
    if passage.direction == "in":
        return Reason.ALREADY_INSIDE if inside else Reason.OK
    return Reason.OK if inside else Reason.NOT_INSIDE


def after(state: State | None, passage: Passage) -> State:
    """Take one passage into account; passages come in the order of their places."""
    coming = passage.direction == "in"
    if state is not None and state.day == passage.day and state.inside == coming:
        return State(coming, state.day, state.changed_at, state.gate_id, state.scan_id, passage.at, passage.scan_id)
    return State(coming, passage.day, passage.at, passage.gate_id, passage.scan_id, passage.at, passage.scan_id)


def state_of(passages: Iterable[Passage]) -> State | None:
    """Compute the state after passages given in any order."""
    state = None
    for passage in sorted(passages, key=lambda one: one.place):
        state = after(state, passage)
    return state
