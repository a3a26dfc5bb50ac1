"""Doctor finds what must not be, when somebody wrote past the program."""

import pytest
from flask import Flask

from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.programme import operations
from eventapp.programme.models import ProgrammeSession, Room, SessionKind
from tests.support.cast import EIGHT
from tests.support.programme import breaches, draft, make_room, on_stage, place, scheduled


def write(*statements: str) -> None:
    """Write past the program."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_a_programme_written_by_the_program_is_whole(sistep: Edition, forum: Room, inauguration: ProgrammeSession, souiri: Person) -> None:
    on_stage(inauguration, souiri)
    place(draft(sistep, "Signing", SessionKind.SIGNING), "11:45", 30, within=inauguration)
    scheduled(sistep, "Other", "10:00", 30, forum)
    operations.publish(sistep.id, actor_id=None, now=EIGHT)
    assert breaches() == []


def test_a_room_in_two_sessions_is_found_without_looking_at_the_key(sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    other = scheduled(sistep, "Other", "14:00", 30, atlas)
    write(f"UPDATE sessions SET start_minute = 670 WHERE id = {other.id}")
    assert breaches() == [
        f"room {atlas.id} is in sessions {inauguration.id} and {other.id} at once, 2018-04-12 11:10",
        f"session {other.id} lacks 6 claims and has 6 too many",
    ]


def test_a_person_in_two_sessions_is_found(sistep: Edition, forum: Room, inauguration: ProgrammeSession, souiri: Person) -> None:
    on_stage(inauguration, souiri)
    other = scheduled(sistep, "Other", "11:00", 15, forum)
    write(f"INSERT INTO session_people (session_id, person_id, role, capacity, position) VALUES ({other.id}, {souiri.id}, 'speaker', '{{}}', 1)")
    assert breaches() == [
        f"person {souiri.id} is in sessions {inauguration.id} and {other.id} at once, 2018-04-12 11:00",
        f"session {other.id} lacks 3 claims and has 0 too many",
    ]


def test_claims_that_are_missing_or_nobodys_are_found(sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    gone = scheduled(sistep, "Gone", "14:00", 10, atlas)
    write(f"DELETE FROM occupancy WHERE owner_id = {inauguration.id} AND slot = (SELECT min(slot) FROM occupancy)", f"UPDATE sessions SET state = 'draft' WHERE id = {gone.id}")
    assert breaches() == [f"session {inauguration.id} lacks 1 claims and has 0 too many", f"session {gone.id} has 2 claims and wants none"]


@pytest.mark.parametrize("kind", ["room", "person", "session"])
def test_what_another_edition_has_or_nobody_is_not_claimed(sistep: Edition, other_edition: Edition, inauguration: ProgrammeSession, souiri: Person, kind: str) -> None:
    theirs = scheduled(other_edition, "Theirs", "10:00", 30, make_room(other_edition, "atlas"), day=other_edition.first_day)
    on_stage(theirs, souiri)
    place(draft(sistep, "Part"), "11:00", 15, within=inauguration)
    assert breaches() == []
    foreign = {"room": theirs.room_id, "person": souiri.id, "session": theirs.id}[kind]
    for number in (foreign, 999_999):
        write(
            "INSERT INTO occupancy (edition_id, resource_kind, resource_id, slot, owner_kind, owner_id, session_id) "
            f"SELECT edition_id, '{kind}', {number}, min(slot), 'session', owner_id, owner_id FROM occupancy WHERE edition_id = {sistep.id} GROUP BY edition_id, owner_id"
        )
    assert breaches()[1:] == [f"edition {sistep.id} claims {kind} {number}, which is not of it" for number in (foreign, 999_999)]


def test_parts_that_leave_their_whole_or_its_room_or_overlap_are_found(sistep: Edition, forum: Room, inauguration: ProgrammeSession) -> None:
    one, two = (place(draft(sistep, title), clock, 15, within=inauguration) for title, clock in (("One", "11:00"), ("Two", "11:15")))
    write(f"UPDATE sessions SET start_minute = 665, room_id = {forum.id} WHERE id = {two.id}")
    assert breaches()[-2:] == [f"session {inauguration.id}: PartsOverlap", f"session {two.id} is in another room than its whole, session {inauguration.id}"]
    write(f"UPDATE sessions SET start_minute = 900 WHERE id = {one.id}")
    assert f"session {inauguration.id}: PartOutside" in breaches()


def test_a_part_whose_whole_left_is_found(sistep: Edition, inauguration: ProgrammeSession) -> None:
    part = place(draft(sistep, "Part"), "11:00", 15, within=inauguration)
    write(f"UPDATE sessions SET state = 'draft' WHERE id = {inauguration.id}", f"DELETE FROM occupancy WHERE owner_id = {inauguration.id}")
    assert breaches() == [f"session {part.id} is a part of session {inauguration.id}, which is no scheduled whole"]


def test_a_gap_in_the_published_versions_is_found(app: Flask, sistep: Edition, inauguration: ProgrammeSession) -> None:
    operations.publish(sistep.id, actor_id=None, now=EIGHT)
    write(
        f"INSERT INTO published_versions (edition_id, number, published_at, snapshot) SELECT edition_id, 3, published_at, snapshot FROM published_versions WHERE edition_id = {sistep.id}"
    )
    assert breaches() == [f"edition {sistep.id} has 2 published versions, the last one is number 3"]
