"""However many organisers place sessions at once, no room and nobody is in two places."""

from collections import Counter
from functools import partial
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.programme import operations, queries
from eventapp.programme.models import ProgrammeSession, Room
from eventapp.programme.operations import occupying
from eventapp.programme.rules import Placement
from tests.support.cast import EIGHT
from tests.support.programme import DAY, breaches, draft, make_room, on_stage
from tests.support.racing import at_once, claim_without_looking, without_keys

WRITERS = 8
STARTS = range(9 * 60, 12 * 60, 20)  # of sessions of 30 minutes: each collides with its neighbours


def rush(app: Flask, plans: dict[int, list[Placement]]) -> dict[str, int]:
    """Let each session be placed at each of its times, all sessions at once; count how it ended."""

    def place_all(session_id: int, placements: list[Placement]) -> list[str]:
        return [attempt(session_id, placement) for placement in placements]

    ended = at_once(app, [partial(place_all, *plan) for plan in plans.items()])
    return dict(Counter(how for one in ended for how in one))


def attempt(session_id: int, placement: Placement) -> str:
    try:
        operations.place_session(session_id, placement, actor_id=None, now=EIGHT)
    except Refusal as refusal:
        return type(refusal).__name__
    return "placed"


def one_room(edition: Edition, room: Room) -> dict[int, list[Placement]]:
    """Plan eight sessions for one room, each at one time of its own that its neighbours overlap."""
    return {draft(edition, f"Talk {number}").id: [Placement(DAY, STARTS[number], 30, room.id)] for number in range(WRITERS)}


def one_person(edition: Edition, person: Person) -> dict[int, list[Placement]]:
    """Plan eight sessions of one person at one time, each in a room of its own."""
    plans = {}
    for number in range(WRITERS):
        session = draft(edition, f"Talk {number}")
        on_stage(session, person)
        plans[session.id] = [Placement(DAY, 600, 30, make_room(edition, f"room-{number}").id)]
    return plans


def scheduled_starts() -> list[int | None]:
    return sorted(db.session.scalars(select(ProgrammeSession.start_minute).where(ProgrammeSession.state == "scheduled")), key=lambda start: start or 0)


def test_eight_sessions_for_one_room_never_overlap(app: Flask, sistep: Edition, atlas: Room) -> None:
    ended = rush(app, one_room(sistep, atlas))
    starts = scheduled_starts()
    assert ended == {"placed": len(starts), "RoomTaken": WRITERS - len(starts)}
    assert [second for first, second in pairwise(starts) if second - first < 30] == []  # type: ignore[operator]
    assert breaches() == []


def test_eight_sessions_at_one_time_in_one_room_leave_one_there(app: Flask, sistep: Edition, atlas: Room) -> None:
    plans = {session_id: [Placement(DAY, 600, 30, atlas.id)] for session_id in one_room(sistep, atlas)}
    assert rush(app, plans) == {"placed": 1, "RoomTaken": WRITERS - 1}
    assert breaches() == []


def test_eight_sessions_of_one_person_at_one_time_leave_one_there(app: Flask, sistep: Edition, souiri: Person) -> None:
    assert rush(app, one_person(sistep, souiri)) == {"placed": 1, "PersonDoubleBooked": WRITERS - 1}
    assert breaches() == []


def test_eight_parts_placed_in_one_whole_at_once_follow_one_another(app: Flask, sistep: Edition, inauguration: ProgrammeSession) -> None:
    plans = {draft(sistep, f"Part {number}").id: [Placement(DAY, 660 + number * 10, 20, None, inauguration.id)] for number in range(WRITERS)}
    ended = rush(app, plans)
    assert (set(ended), sum(ended.values())) == ({"placed", "PartsOverlap"}, WRITERS)
    assert len(queries.scheduled_parts(inauguration.id)) == ended["placed"]
    assert breaches() == []


def test_people_who_join_and_a_whole_that_moves_at_once_agree_in_the_end(app: Flask, sistep: Edition, atlas: Room, souiri: Person, inauguration: ProgrammeSession) -> None:
    other = draft(sistep, "Other")
    on_stage(other, souiri)
    parts = [draft(sistep, f"Part {number}").id for number in range(3)]
    plans = {inauguration.id: [Placement(DAY, 660 + number % 2 * 60, 90, atlas.id) for number in range(6)], other.id: [Placement(DAY, 540, 30, atlas.id)]}
    plans |= {part: [Placement(DAY, 660 + index * 60, 10, None, inauguration.id) for index in range(3)] for part in parts}
    rush(app, plans)
    assert breaches() == []


@pytest.mark.parametrize("what", ["room", "person"])
def test_without_the_key_the_same_rush_puts_somebody_in_two_places(app: Flask, sistep: Edition, atlas: Room, souiri: Person, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    plans = {session_id: [Placement(DAY, 600, 30, atlas.id)] for session_id in one_room(sistep, atlas)} if what == "room" else one_person(sistep, souiri)
    without_keys("occupancy")
    claim_without_looking(monkeypatch, occupying, "occupancy")
    assert rush(app, plans)["placed"] > 1
    assert [line.split()[0] for line in queries.occupancy_breaches()][:1] == [what]
