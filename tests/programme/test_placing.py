"""A session gets its time and room, moves, and leaves."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.programme import operations, queries
from eventapp.programme.errors import (
    ClearingReasonMissing,
    ClearingTooLong,
    ClosedThatDay,
    HasParts,
    LengthOffGrid,
    NoClearingOfItsOwn,
    NotADayOfTheShow,
    OffGrid,
    PartOfPart,
    PartOutside,
    PartsOverlap,
    PastMidnight,
    PersonDoubleBooked,
    RoomMissing,
    RoomStillCleared,
    RoomTaken,
    SessionCancelled,
    WholeNotScheduled,
)
from eventapp.programme.models import ProgrammeSession, Room
from eventapp.programme.rules import Placement
from eventapp.programme.signals import session_left_programme
from tests.support.cast import EIGHT, same
from tests.support.programme import DAY, breaches, claimed, draft, every_claim, make_room, on_stage, place, scheduled


def facts(refusal: pytest.ExceptionInfo[Any], *names: str) -> dict[str, Any]:
    """Pick some facts of a refusal; times as hours and minutes."""
    told = refusal.value.facts
    return {name: told[name].strftime("%H:%M") if name in {"since", "until"} else told[name] for name in names}


def test_a_placed_session_claims_its_room_and_its_people_in_every_slot(sistep: Edition, atlas: Room, souiri: Person) -> None:
    talk = draft(sistep, "Casting")
    on_stage(talk, souiri)
    assert every_claim() == 0
    place(talk, "10:00", 20, atlas)
    assert claimed(talk) == {("person", souiri.id): [600, 605, 610, 615], ("room", atlas.id): [600, 605, 610, 615]}
    assert (talk.state, talk.day, talk.start_minute, talk.length_minutes, talk.room_id, talk.sequence) == ("scheduled", DAY, 600, 20, atlas.id, 0)


def test_a_second_session_of_the_room_at_that_time_is_refused_and_named(sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    talk = draft(sistep, "Casting")
    with pytest.raises(RoomTaken) as refusal:
        place(talk, "12:25", 30, atlas)
    assert facts(refusal, "room", "title", "day", "since", "until") == {"room": same("Room atlas"), "title": same("Inauguration"), "day": DAY, "since": "11:00", "until": "12:30"}
    assert (talk.state, talk.room_id) == ("draft", None)
    assert breaches() == []


def test_sessions_may_follow_one_another_where_no_clearing_is_needed(sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    assert scheduled(sistep, "Before", "10:30", 30, atlas).state == scheduled(sistep, "After", "12:30", 30, atlas).state == "scheduled"
    assert breaches() == []


def test_the_time_for_clearing_is_claimed_after_a_session_and_never_before(sistep: Edition, forum: Room) -> None:
    first = scheduled(sistep, "First", "10:00", 30, forum)
    assert claimed(first) == {("room", forum.id): [600, 605, 610, 615, 620, 625, 630, 635, 640]}
    second = draft(sistep, "Second")
    with pytest.raises(RoomStillCleared) as refusal:
        place(second, "10:40", 30, forum)
    assert facts(refusal, "room", "title", "since", "until", "minutes") == {"room": same("Room forum"), "title": same("First"), "since": "10:00", "until": "10:30", "minutes": 15}
    place(second, "10:45", 30, forum)
    with pytest.raises(RoomStillCleared):
        scheduled(sistep, "Third", "09:15", 35, forum)
    scheduled(sistep, "Fourth", "09:15", 30, forum)
    assert breaches() == []


def test_nobody_is_in_two_rooms_at_once(sistep: Edition, atlas: Room, forum: Room, souiri: Person) -> None:
    one, two = scheduled(sistep, "One", "10:00", 60, atlas), scheduled(sistep, "Two", "10:30", 60, forum)
    on_stage(one, souiri)
    with pytest.raises(PersonDoubleBooked) as refusal:
        on_stage(two, souiri)
    told = facts(refusal, "name", "title", "room", "since", "until")
    assert told == {
        "name": {"fr": "Abdelhamid Souiri", "ar": "عبد الحميد الصويري", "en": "Abdelhamid Souiri"},
        "title": same("One"),
        "room": same("Room atlas"),
        "since": "10:00",
        "until": "11:00",
    }
    assert queries.people_of([two.id]) == {}
    place(two, "11:00", 60, forum)
    on_stage(two, souiri)
    with pytest.raises(PersonDoubleBooked):
        place(two, "10:55", 60, forum)
    assert breaches() == []


def test_a_move_frees_what_is_no_longer_needed(sistep: Edition, atlas: Room, forum: Room, souiri: Person, inauguration: ProgrammeSession) -> None:
    on_stage(inauguration, souiri)
    place(inauguration, "11:30", 30, forum)
    assert claimed(inauguration) == {("person", souiri.id): list(range(690, 720, 5)), ("room", forum.id): list(range(690, 735, 5))}
    assert scheduled(sistep, "Next", "11:00", 90, atlas).state == "scheduled"
    assert breaches() == []


def test_a_refused_move_leaves_everything_as_it_was(sistep: Edition, atlas: Room, forum: Room, inauguration: ProgrammeSession) -> None:
    other = scheduled(sistep, "Other", "11:00", 60, forum)
    before = claimed(other)
    with pytest.raises(RoomTaken):
        place(other, "12:00", 60, atlas)
    assert (claimed(other), other.start_minute, other.sequence) == (before, 660, 0)


def test_a_part_shares_the_room_and_the_people_of_its_whole(sistep: Edition, atlas: Room, souiri: Person, champaney: Person, inauguration: ProgrammeSession) -> None:
    on_stage(inauguration, souiri)
    signing = place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    on_stage(signing, souiri)
    on_stage(signing, champaney)
    part, whole = list(range(705, 735, 5)), list(range(660, 750, 5))
    assert claimed(signing) == {}
    assert claimed(inauguration) == {("person", souiri.id): whole, ("person", champaney.id): part, ("room", atlas.id): whole, ("session", inauguration.id): part}
    assert signing.room_id == atlas.id
    assert breaches() == []


def test_who_is_in_a_part_only_is_free_for_the_rest(sistep: Edition, forum: Room, champaney: Person, inauguration: ProgrammeSession) -> None:
    signing = place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    on_stage(signing, champaney)
    other = scheduled(sistep, "Other", "11:00", 45, forum)
    on_stage(other, champaney)
    with pytest.raises(PersonDoubleBooked):
        place(other, "11:00", 50, forum)


def test_a_part_leaves_neither_its_whole_nor_room_for_a_second_one_at_that_time(sistep: Edition, inauguration: ProgrammeSession) -> None:
    signing = draft(sistep, "Signing")
    for clock, length in (("10:55", 30), ("12:15", 20), ("13:00", 10)):
        with pytest.raises(PartOutside):
            place(signing, clock, length, within=inauguration)
    place(signing, "11:45", 30, within=inauguration)
    with pytest.raises(PartsOverlap) as refusal:
        place(draft(sistep, "Speech"), "12:10", 10, within=inauguration)
    assert facts(refusal, "title", "other", "since", "until") == {"title": same("Speech"), "other": same("Signing"), "since": "11:45", "until": "12:15"}
    place(draft(sistep, "Music"), "12:15", 15, within=inauguration)
    assert breaches() == []


def test_a_whole_takes_its_parts_along(sistep: Edition, forum: Room, champaney: Person, inauguration: ProgrammeSession) -> None:
    signing = place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    on_stage(signing, champaney)
    place(inauguration, "15:00", 90, forum, day=date(2018, 4, 13))
    assert (signing.day, signing.start_minute, signing.length_minutes, signing.room_id, signing.sequence) == (date(2018, 4, 13), 945, 30, forum.id, 1)
    assert claimed(inauguration)["person", champaney.id] == list(range(945, 975, 5))
    with pytest.raises(PartOutside):
        place(inauguration, "15:00", 60, forum, day=date(2018, 4, 13))
    assert breaches() == []


def test_a_session_becomes_a_part_and_a_whole_again(sistep: Edition, forum: Room, inauguration: ProgrammeSession) -> None:
    signing = scheduled(sistep, "Signing", "15:00", 30, forum)
    place(signing, "11:45", 30, within=inauguration)
    assert (claimed(signing), signing.parent_id) == ({}, inauguration.id)
    assert breaches() == []
    place(signing, "15:00", 30, forum)
    assert (signing.parent_id, ("session", inauguration.id) in claimed(inauguration)) == (None, False)
    assert breaches() == []


def test_a_part_moves_from_one_whole_to_another(sistep: Edition, forum: Room, champaney: Person, inauguration: ProgrammeSession) -> None:
    closing = scheduled(sistep, "Closing", "16:00", 60, forum)
    signing = place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    on_stage(signing, champaney)
    place(signing, "16:10", 30, within=closing)
    assert (signing.room_id, ("person", champaney.id) in claimed(inauguration), claimed(closing)["person", champaney.id][0]) == (forum.id, False, 970)
    assert breaches() == []


def test_parts_go_one_level_deep(sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    signing = place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    with pytest.raises(PartOfPart):
        place(draft(sistep, "Applause"), "11:50", 5, within=signing)
    with pytest.raises(PartOfPart):
        place(inauguration, "11:00", 90, within=inauguration)
    closing = scheduled(sistep, "Closing", "16:00", 120, atlas)
    with pytest.raises(HasParts):
        place(inauguration, "16:00", 90, within=closing)
    with pytest.raises(WholeNotScheduled):
        place(draft(sistep, "Speech"), "11:00", 5, within=draft(sistep, "Some time"))


@pytest.mark.parametrize(
    ("placement", "refusal"),
    [
        (Placement(DAY, 603, 30, 1), OffGrid),
        (Placement(DAY, -5, 30, 1), OffGrid),
        (Placement(DAY, 1440, 30, 1), OffGrid),
        (Placement(DAY, 600, 0, 1), LengthOffGrid),
        (Placement(DAY, 600, 7, 1), LengthOffGrid),
        (Placement(DAY, 1410, 35, 1), PastMidnight),
        (Placement(date(2018, 4, 11), 600, 30, 1), NotADayOfTheShow),
        (Placement(date(2018, 4, 16), 600, 30, 1), NotADayOfTheShow),
        (Placement(date(2018, 4, 14), 600, 30, 1), ClosedThatDay),
        (Placement(DAY, 600, 30), RoomMissing),
        (Placement(DAY, 600, 30, 999), NotThere),
        (Placement(DAY, 600, 30, None, 999), NotThere),
    ],
)
def test_a_time_or_place_that_cannot_be_is_refused(sistep: Edition, atlas: Room, placement: Placement, refusal: type[Exception]) -> None:
    sistep.hours = [hours for hours in sistep.hours if hours.day != date(2018, 4, 14)]
    db.session.commit()
    with pytest.raises(refusal):
        operations.place_session(draft(sistep, "Casting").id, placement, actor_id=None, now=EIGHT)
    assert every_claim() == 0


def test_a_room_or_whole_of_another_edition_is_not_there(sistep: Edition, other_edition: Edition) -> None:
    theirs = make_room(other_edition, "atlas")
    whole = scheduled(other_edition, "Theirs", "11:00", 60, theirs, day=date(2025, 12, 3))
    with pytest.raises(NotThere):
        place(draft(sistep, "Casting"), "10:00", 30, theirs)
    with pytest.raises(NotThere):
        place(draft(sistep, "Casting"), "11:00", 30, within=whole)


def test_a_page_that_shows_an_older_state_is_refused(sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    seen = inauguration.version
    place(inauguration, "11:30", 60, atlas)
    for verb in (operations.take_off_programme, operations.cancel_session):
        with pytest.raises(ChangedMeanwhile):
            verb(inauguration.id, version=seen, actor_id=None, now=EIGHT)
    with pytest.raises(ChangedMeanwhile):
        operations.place_session(inauguration.id, Placement(DAY, 600, 30, atlas.id), version=seen, actor_id=None, now=EIGHT)
    assert inauguration.start_minute == 690


def test_the_calendars_sequence_rises_with_time_room_and_cancelling_only(sistep: Edition, atlas: Room, forum: Room) -> None:
    talk = scheduled(sistep, "Casting", "10:00", 30, atlas)
    told = [talk.sequence]
    for clock, length, room in (("10:00", 30, atlas), ("10:05", 30, atlas), ("10:05", 35, atlas), ("10:05", 35, forum)):
        place(talk, clock, length, room)
        told.append(talk.sequence)
    operations.take_off_programme(talk.id, actor_id=None, now=EIGHT)
    told.append(talk.sequence)
    place(talk, "10:05", 35, forum)
    told.append(talk.sequence)
    operations.cancel_session(talk.id, actor_id=None, now=EIGHT)
    assert [*told, talk.sequence] == [0, 0, 1, 2, 3, 4, 4, 5]


def test_a_session_taken_off_is_a_draft_with_its_parts_and_frees_everything(sistep: Edition, inauguration: ProgrammeSession, souiri: Person) -> None:
    signing = place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    on_stage(signing, souiri)
    operations.take_off_programme(inauguration.id, actor_id=None, now=EIGHT)
    assert every_claim() == 0
    assert [(one.state, one.day, one.start_minute, one.room_id, one.parent_id) for one in (inauguration, signing)] == [("draft", None, None, None, None)] * 2
    assert breaches() == []


def test_a_part_taken_off_leaves_its_whole_where_it_is(sistep: Edition, atlas: Room, inauguration: ProgrammeSession, souiri: Person) -> None:
    signing = place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    on_stage(signing, souiri)
    operations.take_off_programme(signing.id, actor_id=None, now=EIGHT)
    assert list(claimed(inauguration)) == [("room", atlas.id)]
    assert (inauguration.state, inauguration.sequence) == ("scheduled", 0)


def test_a_cancelled_session_keeps_its_place_in_the_list_and_is_not_changed_any_more(sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    signing = place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    operations.cancel_session(inauguration.id, actor_id=None, now=EIGHT)
    assert every_claim() == 0
    assert [(one.state, one.start_minute) for one in (inauguration, signing)] == [("cancelled", 660), ("cancelled", 705)]
    for act in (operations.take_off_programme, operations.cancel_session):
        with pytest.raises(SessionCancelled):
            act(inauguration.id, actor_id=None, now=EIGHT)
    with pytest.raises(SessionCancelled):
        place(signing, "10:00", 30, atlas)


def test_rooms_above_are_told_which_sessions_left(sistep: Edition, inauguration: ProgrammeSession) -> None:
    signing = place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    told = []

    def note(_sender: object, *, session: ProgrammeSession, **_rest: object) -> None:
        told.append((session.id, session.state))

    with session_left_programme.connected_to(note):
        operations.take_off_programme(inauguration.id, actor_id=None, now=EIGHT)
        operations.take_off_programme(inauguration.id, actor_id=None, now=EIGHT)
    assert told == [(signing.id, "draft"), (inauguration.id, "draft")]


def test_the_clearing_after_one_session_is_waived_for_a_reason(sistep: Edition, forum: Room) -> None:
    first = scheduled(sistep, "First", "10:00", 30, forum)
    operations.set_clearing(first.id, 0, " Same people,\n same room ", actor_id=None, now=EIGHT)
    assert (first.clearing_minutes, first.clearing_reason, len(claimed(first)["room", forum.id])) == (0, "Same people, same room", 6)
    second = scheduled(sistep, "Second", "10:30", 30, forum)
    with pytest.raises(RoomStillCleared):
        operations.set_clearing(first.id, None, actor_id=None, now=EIGHT)
    place(second, "10:45", 30, forum)
    operations.set_clearing(first.id, None, actor_id=None, now=EIGHT)
    assert [first.clearing_minutes, first.clearing_reason, len(claimed(first)["room", forum.id])] == [None, "", 9]
    assert breaches() == []


def test_a_waived_clearing_ends_with_the_room_it_was_about(sistep: Edition, forum: Room) -> None:
    first = scheduled(sistep, "First", "10:00", 30, forum)
    operations.set_clearing(first.id, 5, "Same people", actor_id=None, now=EIGHT)
    place(first, "10:05", 30, forum)
    assert first.clearing_minutes == 5
    place(first, "10:05", 30, make_room(sistep, "rif", turnover=10))
    assert [first.clearing_minutes, first.clearing_reason] == [None, ""]
    assert breaches() == []


@pytest.mark.parametrize(
    ("minutes", "reason", "refusal"), [(15, "why", ClearingTooLong), (-5, "why", ClearingTooLong), (7, "why", ClearingTooLong), (5, "  ", ClearingReasonMissing)]
)
def test_a_clearing_time_is_shorter_and_has_a_reason(sistep: Edition, forum: Room, minutes: int, reason: str, refusal: type[Exception]) -> None:
    first = scheduled(sistep, "First", "10:00", 30, forum)
    with pytest.raises(refusal):
        operations.set_clearing(first.id, minutes, reason, actor_id=None, now=EIGHT)


def test_a_part_and_a_draft_have_no_clearing_of_their_own(sistep: Edition, inauguration: ProgrammeSession) -> None:
    for session in (draft(sistep, "Draft"), place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)):
        with pytest.raises(NoClearingOfItsOwn):
            operations.set_clearing(session.id, 0, "why", actor_id=None, now=EIGHT)


def test_every_act_leaves_a_line_in_the_trail(sistep: Edition, atlas: Room) -> None:
    talk = scheduled(sistep, "Casting", "10:00", 30, atlas)
    place(talk, "11:00", 30, atlas)
    operations.take_off_programme(talk.id, actor_id=7, now=EIGHT)
    operations.cancel_session(talk.id, actor_id=7, now=EIGHT)
    lines = db.session.execute(select(AuditEntry.action, AuditEntry.actor_id, AuditEntry.edition_id).where(AuditEntry.subject_kind == "session").order_by(AuditEntry.id)).all()
    assert [tuple(line) for line in lines] == [
        ("session.added", None, sistep.id),
        ("session.placed", None, sistep.id),
        ("session.moved", None, sistep.id),
        ("session.taken_off", 7, sistep.id),
        ("session.cancelled", 7, sistep.id),
    ]
    where = db.session.scalars(select(AuditEntry.details).where(AuditEntry.action == "session.moved")).one()
    assert where == {"day": "2018-04-12", "start_minute": 660, "fold": 0, "length_minutes": 30, "room_id": atlas.id}
