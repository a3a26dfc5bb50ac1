"""Random histories of a programme, against a plain model: sets of five minutes, and nothing else."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.editions.models import Edition
from eventapp.programme import operations, queries
from eventapp.programme.models import StageRole
from eventapp.programme.operations import occupying
from eventapp.programme.rules import OnStage, Placement
from tests.support.cast import EIGHT, make_edition
from tests.support.programme import DAY, breaches, draft, make_person, make_room

SESSIONS, ROOMS, PEOPLE, CLEARING = 5, 2, 2, 5
STARTS = range(600, 640, 5)
Step = tuple[object, ...]

index = st.integers(0, SESSIONS - 1)
steps = st.one_of(
    st.tuples(st.just("place"), index, st.sampled_from(STARTS), st.sampled_from((5, 10, 15, 20)), st.integers(0, ROOMS - 1)),
    st.tuples(st.just("place within"), index, st.sampled_from(STARTS), st.sampled_from((5, 10)), index),
    st.tuples(st.just("join"), index, st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("leave"), index, st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("take off"), index),
    st.tuples(st.just("cancel"), index),
)


@dataclass(frozen=True)
class Spot:
    """Where a session is in the model."""

    start: int
    length: int
    room: int
    within: int | None = None

    @property
    def minutes(self) -> set[int]:
        """List its steps of five minutes."""
        return set(range(self.start, self.start + self.length, 5))


@dataclass
class Model:
    """The programme as plain values; a change that breaks a rule is not made."""

    spots: dict[int, Spot] = field(default_factory=dict)
    people: dict[int, set[int]] = field(default_factory=lambda: {number: set() for number in range(SESSIONS)})
    cancelled: set[int] = field(default_factory=set)

    def parts(self, whole: int) -> list[int]:
        return [number for number, spot in self.spots.items() if spot.within == whole]

    def outermost(self, number: int) -> int:
        within = self.spots[number].within
        return number if within is None else within

    def holds(self) -> bool:
        """Say whether every rule is kept."""
        return all(self._fits(one) for one in self.spots) and all(self._apart(one, two) for one in self.spots for two in self.spots if one < two)

    def _fits(self, number: int) -> bool:
        spot = self.spots[number]
        if spot.within is None:
            return True
        whole = self.spots.get(spot.within)
        return spot.within != number and whole is not None and whole.within is None and not self.parts(number) and spot.minutes <= whole.minutes and spot.room == whole.room

    def _apart(self, one: int, two: int) -> bool:
        first, second = self.spots[one], self.spots[two]
        if self.outermost(one) == self.outermost(two):
            return first.within is None or second.within is None or not first.minutes & second.minutes
        cleared = [
            spot.minutes | (set() if spot.within is not None else set(range(spot.start + spot.length, spot.start + spot.length + CLEARING * spot.room, 5)))
            for spot in (first, second)
        ]
        same_room = first.room == second.room and cleared[0] & cleared[1]
        return not same_room and not (self.people[one] & self.people[two] and first.minutes & second.minutes)

    def after(self, step: Step) -> "Model":
        """Make a copy in which a step was done, whether it may be or not."""
        new = Model(dict(self.spots), {number: set(people) for number, people in self.people.items()}, set(self.cancelled))
        match step:
            case ("place", int(one), int(start), int(length), int(room)):
                new._move(one, Spot(start, length, room))
            case ("place within", int(one), int(start), int(length), int(whole)):
                new._move(one, Spot(start, length, self.spots[whole].room if whole in self.spots else -1, whole))
            case ("join", int(one), int(person)):
                new.people[one].add(person)
            case ("leave", int(one), int(person)):
                new.people[one].discard(person)
            case (("take off" | "cancel") as verb, int(one)):
                gone = [one, *self.parts(one)]
                new.spots = {number: spot for number, spot in self.spots.items() if number not in gone}
                new.cancelled |= set(gone) if verb == "cancel" else set()
        return new

    def _move(self, one: int, spot: Spot) -> None:
        old = self.spots.get(one)
        for part in self.parts(one) if old and spot.within is None else ():
            self.spots[part] = replace(self.spots[part], start=self.spots[part].start + spot.start - old.start, room=spot.room)  # type: ignore[union-attr]
        self.spots[one] = spot

    def may(self, step: Step) -> bool:
        """Say whether a step keeps every rule."""
        one = step[1]
        if one in self.cancelled or (step[0] == "join" and step[2] in self.people[one]) or (step[0] == "leave" and step[2] not in self.people[one]):  # type: ignore[index]
            return False
        return self.after(step).holds()


class Programme:
    """The real one, with the same verbs."""

    def __init__(self, edition: Edition) -> None:
        self.edition_id = edition.id
        self.rooms = [make_room(edition, f"room-{number}", turnover=CLEARING * number).id for number in range(ROOMS)]
        self.people = [make_person("Person", str(number)).id for number in range(PEOPLE)]
        self.sessions = [draft(edition, f"Talk {number}").id for number in range(SESSIONS)]

    def do(self, step: Step) -> bool:
        """Do a step; False when it was refused."""
        try:
            self._act(step)
        except Refusal:
            return False
        return True

    def _act(self, step: Step) -> None:
        by = {"actor_id": None, "now": EIGHT}
        match step:
            case ("place", int(one), int(start), int(length), int(room)):
                operations.place_session(self.sessions[one], Placement(DAY, start, length, self.rooms[room]), **by)  # type: ignore[arg-type]
            case ("place within", int(one), int(start), int(length), int(whole)):
                operations.place_session(self.sessions[one], Placement(DAY, start, length, None, self.sessions[whole]), **by)  # type: ignore[arg-type]
            case ("join", int(one), int(person)):
                operations.put_on_stage(self.sessions[one], OnStage(self.people[person], StageRole.SPEAKER), **by)  # type: ignore[arg-type]
            case ("leave", int(one), int(person)):
                rows = queries.people_of([self.sessions[one]]).get(self.sessions[one], [])
                found = next((row.id for row in rows if row.person_id == self.people[person]), 0)
                operations.take_off_stage(self.sessions[one], found, **by)  # type: ignore[arg-type]
            case ("take off", int(one)):
                operations.take_off_programme(self.sessions[one], **by)  # type: ignore[arg-type]
            case ("cancel", int(one)):
                operations.cancel_session(self.sessions[one], **by)  # type: ignore[arg-type]

    def as_model(self) -> Model:
        """Read what is stored as the model writes it."""
        db.session.rollback()
        numbers = {session_id: number for number, session_id in enumerate(self.sessions)}
        model = Model()
        for session_id, number in numbers.items():
            session = queries.session_of_edition(self.edition_id, session_id)
            model.people[number] = {self.people.index(row.person_id) for row in queries.people_of([session_id]).get(session_id, [])}
            if session.state == "cancelled":
                model.cancelled.add(number)
            if session.state == "scheduled":
                assert session.start_minute is not None
                assert session.length_minutes is not None
                within = None if session.parent_id is None else numbers[session.parent_id]
                model.spots[number] = Spot(session.start_minute, session.length_minutes, self.rooms.index(session.room_id or 0), within)
        return model


_made = iter(range(1, 1_000_000))
histories = given(history=st.lists(steps, min_size=4, max_size=14))
calm = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def live(history: list[Step]) -> None:
    """Do a history in an edition of its own, and hold it against the model after every step."""
    number = next(_made)
    programme, model = Programme(make_edition(f"show-{number}", number, DAY, date(2018, 4, 15))), Model()
    for step in history:
        allowed = model.may(step)
        assert (step, programme.do(step)) == (step, allowed)
        model = model.after(step) if allowed else model
    assert programme.as_model() == model
    assert breaches() == []


@histories
@calm
def test_whatever_happens_a_step_is_done_exactly_when_the_model_allows_it(app: Flask, history: list[Step]) -> None:
    live(history)


def test_without_claims_the_model_notices(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(occupying, "insert_new", lambda _table, rows, keys: {tuple(row[key] for key in keys) for row in rows})

    @histories
    @settings(calm, phases=[Phase.generate], report_multiple_bugs=False)
    def lived(history: list[Step]) -> None:
        live(history)

    with pytest.raises(AssertionError):
        lived()
