"""Rooms come, change and go."""

import pytest

from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile, NotThere, Refusal
from eventapp.editions.models import Edition
from eventapp.programme import operations, queries
from eventapp.programme.errors import CapacityMissing, CodeMissing, NameMissing, RoomCodeTaken, RoomInUse, RoomStillCleared, TurnoverOffGrid
from eventapp.programme.models import ProgrammeSession, Room
from tests.support.cast import EIGHT, same
from tests.support.programme import breaches, claimed, make_room, scheduled


def change(room: Room, **more: object) -> Room:
    values: dict[str, object] = {"code": room.code, "name": room.name, "capacity": room.capacity, "turnover": room.turnover_minutes, "hall_id": room.hall_id}
    return operations.change_room(room.id, **(values | more), actor_id=None, now=EIGHT)  # type: ignore[arg-type]


def test_rooms_stand_in_the_order_in_which_they_were_added(sistep: Edition, other_edition: Edition) -> None:
    make_room(other_edition, "atlas")
    hall = sistep.halls[0].id
    made = [make_room(sistep, "rif", hall_id=hall), make_room(sistep, "atlas", turnover=10)]
    assert queries.rooms_of(sistep.id) == made
    assert [(room.code, room.name, room.capacity, room.turnover_minutes, room.hall_id, room.position) for room in made] == [
        ("rif", same("Room rif"), 100, 0, hall, 1),
        ("atlas", same("Room atlas"), 100, 10, None, 2),
    ]


def test_two_rooms_of_an_edition_have_two_codes(sistep: Edition, other_edition: Edition, atlas: Room, forum: Room) -> None:
    with pytest.raises(RoomCodeTaken):
        make_room(sistep, "atlas")
    with pytest.raises(RoomCodeTaken):
        change(forum, code=" atlas ")
    assert make_room(other_edition, "atlas").code == "atlas"
    assert change(forum, code="agora", name={"fr": "L'agora"}, capacity=7).name == {"fr": "L'agora"}
    assert (forum.code, forum.capacity) == ("agora", 7)


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"code": " "}, CodeMissing),
        ({"name": {"fr": " "}}, NameMissing),
        ({"capacity": 0}, CapacityMissing),
        ({"capacity": 10**9}, CapacityMissing),
        ({"turnover": 7}, TurnoverOffGrid),
        ({"turnover": -5}, TurnoverOffGrid),
        ({"turnover": 245}, TurnoverOffGrid),
        ({"hall_id": 999}, NotThere),
    ],
)
def test_what_a_room_cannot_be_is_refused(sistep: Edition, atlas: Room, values: dict[str, object], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        change(atlas, **values)
    fields: dict[str, object] = {"code": "rif", "name": same("Rif"), "capacity": 50, "turnover": 0, "hall_id": None} | values
    with pytest.raises(refusal):
        operations.add_room(sistep.id, **fields, actor_id=None, now=EIGHT)  # type: ignore[arg-type]


def test_a_hall_of_another_edition_is_not_there(sistep: Edition, other_edition: Edition) -> None:
    with pytest.raises(NotThere):
        make_room(sistep, "rif", hall_id=other_edition.halls[0].id)


def test_a_room_of_another_edition_and_a_missing_one_look_the_same(sistep: Edition, other_edition: Edition) -> None:
    for room_id in (make_room(other_edition, "atlas").id, 999):
        with pytest.raises(NotThere):
            queries.room_of_edition(sistep.id, room_id)


def test_a_page_that_shows_an_older_room_is_refused(atlas: Room) -> None:
    change(atlas, capacity=7)
    with pytest.raises(ChangedMeanwhile):
        change(atlas, capacity=8, version=1)
    assert atlas.capacity == 7


def test_another_time_for_clearing_is_claimed_by_every_session_there(sistep: Edition, atlas: Room) -> None:
    first, second = scheduled(sistep, "First", "10:00", 30, atlas), scheduled(sistep, "Second", "10:40", 30, atlas)
    with pytest.raises(RoomStillCleared):
        change(atlas, turnover=15)
    assert (atlas.turnover_minutes, len(claimed(first)["room", atlas.id])) == (0, 6)
    change(atlas, turnover=10)
    assert [len(claimed(session)["room", atlas.id]) for session in (first, second)] == [8, 8]
    assert breaches() == []


def test_a_room_of_the_programme_is_not_removed(sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    with pytest.raises(RoomInUse):
        operations.remove_room(atlas.id, actor_id=None, now=EIGHT)
    operations.cancel_session(inauguration.id, actor_id=None, now=EIGHT)
    operations.remove_room(atlas.id, actor_id=None, now=EIGHT)
    assert (queries.rooms_of(sistep.id), inauguration.room_id, inauguration.state) == ([], None, "cancelled")
    with pytest.raises(NotThere):
        operations.remove_room(atlas.id, actor_id=None, now=EIGHT)


def test_a_new_edition_takes_over_the_rooms_in_halls_of_the_same_code(sistep: Edition, other_edition: Edition, atlas: Room) -> None:
    make_room(sistep, "forum", turnover=15, hall_id=sistep.halls[0].id)
    operations.copy_rooms(sistep.id, other_edition, actor_id=None, now=EIGHT)
    db.session.rollback()
    copied = [(room.code, room.turnover_minutes, room.hall_id) for room in queries.rooms_of(other_edition.id)]
    assert copied == [("atlas", 0, None), ("forum", 15, other_edition.halls[0].id)]
