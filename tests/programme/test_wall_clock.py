"""Days on which Casablanca's clocks change: an hour that comes twice, and one that never comes."""

from datetime import UTC, date

import pytest
from flask import Flask

from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.programme import queries
from eventapp.programme.errors import NoSuchTime, PersonDoubleBooked, RoomTaken
from eventapp.programme.models import Room
from eventapp.programme.rules import Placement, slot_moment, wall_end, wall_start
from tests.support.cast import make_edition
from tests.support.programme import breaches, claimed, draft, make_room, on_stage, place, scheduled

BACK = date(2023, 3, 19)  # at 03:00 the clocks go back to 02:00
FORWARD = date(2023, 4, 23)  # at 02:00 the clocks go forward to 03:00
TZ = "Africa/Casablanca"


@pytest.fixture
def ramadan(app: Flask) -> Edition:
    """An edition that is open on both days."""
    return make_edition("ramadan-2023", 12, date(2023, 3, 1), date(2023, 4, 30))


@pytest.fixture
def hall(ramadan: Edition) -> Room:
    """A room without clearing time."""
    return make_room(ramadan, "hall")


def moments(edition: Edition, session_id: int) -> list[tuple[int, int]]:
    """List what a session claims of its room: minutes after midnight and fold."""
    return [slot_moment(slot)[1:] for kind, _id, slot in sorted(queries.claims_of(session_id)) if kind == "room"]


def test_the_hour_that_comes_twice_is_two_hours(ramadan: Edition, hall: Room) -> None:
    first, second = draft(ramadan, "First"), draft(ramadan, "Second")
    place(first, "02:00", 60, hall, day=BACK)
    place(second, "02:00", 60, hall, day=BACK, fold=1)
    assert (first.fold, second.fold) == (0, 1)
    assert moments(ramadan, first.id) == [(120 + 5 * step, 0) for step in range(12)]
    assert moments(ramadan, second.id) == [(120 + 5 * step, 1) for step in range(12)]
    assert breaches() == []


def test_a_session_through_the_doubled_hour_takes_both(ramadan: Edition, hall: Room) -> None:
    night = scheduled(ramadan, "Night", "01:30", 120, hall, day=BACK)
    assert moments(ramadan, night.id) == [(90 + 5 * step, 0) for step in range(6)] + [(120 + 5 * step, fold) for step in range(6) for fold in (0, 1)] + [
        (150 + 5 * step, 0) for step in range(6)
    ]
    assert wall_end(BACK, 90, 120, TZ).strftime("%H:%M") == "02:30"
    with pytest.raises(RoomTaken):
        place(draft(ramadan, "Other"), "02:25", 30, hall, day=BACK, fold=1)
    place(draft(ramadan, "Next"), "02:30", 30, hall, day=BACK, fold=1)
    assert breaches() == []


def test_nobody_is_twice_in_the_same_time_round_of_an_hour(ramadan: Edition, hall: Room, souiri: Person) -> None:
    other = make_room(ramadan, "other")
    first, second = draft(ramadan, "First"), draft(ramadan, "Second")
    place(first, "02:00", 30, hall, day=BACK)
    place(second, "02:00", 30, other, day=BACK, fold=1)
    on_stage(first, souiri)
    on_stage(second, souiri)
    with pytest.raises(PersonDoubleBooked):
        place(second, "02:15", 30, other, day=BACK, fold=0)
    assert breaches() == []


def test_a_time_that_the_clocks_jump_over_is_refused_and_the_hour_after_follows_at_once(ramadan: Edition, hall: Room) -> None:
    talk = draft(ramadan, "Talk")
    for clock in ("02:00", "02:30", "02:55"):
        with pytest.raises(NoSuchTime):
            place(talk, clock, 30, hall, day=FORWARD)
    place(talk, "01:30", 60, hall, day=FORWARD)
    assert moments(ramadan, talk.id) == [(90 + 5 * step, 0) for step in range(6)] + [(180 + 5 * step, 0) for step in range(6)]
    with pytest.raises(RoomTaken):
        place(draft(ramadan, "Other"), "03:25", 30, hall, day=FORWARD)
    assert scheduled(ramadan, "Next", "03:30", 30, hall, day=FORWARD).fold == 0
    assert breaches() == []


def test_a_fold_means_nothing_on_other_days(ramadan: Edition, hall: Room) -> None:
    talk = place(draft(ramadan, "Talk"), "02:00", 30, hall, day=date(2023, 3, 20), fold=1)
    assert talk.fold == 0
    with pytest.raises(RoomTaken):
        place(draft(ramadan, "Other"), "02:00", 30, hall, day=date(2023, 3, 20))


def test_a_part_stays_as_long_after_the_start_when_its_whole_moves_into_the_doubled_hour(ramadan: Edition, hall: Room) -> None:
    whole = scheduled(ramadan, "Whole", "00:00", 180, hall, day=date(2023, 3, 20))
    part = place(draft(ramadan, "Part"), "02:00", 30, within=whole, day=date(2023, 3, 20))
    place(whole, "01:00", 180, hall, day=BACK)
    assert (part.day, part.start_minute, part.fold) == (BACK, 120, 1)
    gone = wall_start(BACK, 120, TZ, 1).astimezone(UTC) - wall_start(BACK, 60, TZ).astimezone(UTC)
    assert gone.total_seconds() == 2 * 3600
    place(whole, "00:00", 180, hall, day=FORWARD)
    assert (part.start_minute, part.fold) == (180, 0)
    assert breaches() == []


def test_a_wall_time_stays_what_it_was_whatever_the_offset_is(sistep: Edition, ramadan: Edition, hall: Room) -> None:
    before, after = (scheduled(ramadan, "Talk", "10:00", 30, hall, day=day) for day in (date(2023, 3, 18), date(2023, 3, 20)))
    assert [wall(wall_start(one.day, one.start_minute or 0, TZ), TZ).strftime("%H:%M %z") for one in (before, after) if one.day] == ["10:00 +0100", "10:00 +0000"]
    assert claimed(before) == claimed(after) == {("room", hall.id): list(range(600, 630, 5))}


def test_the_last_minutes_of_a_day_are_cleared_after_midnight(ramadan: Edition) -> None:
    late = make_room(ramadan, "late", turnover=15)
    talk = scheduled(ramadan, "Talk", "23:30", 30, late, day=BACK)
    days = [slot_moment(claim.slot)[0] for claim in queries.claims_of(talk.id)]
    assert (days.count(BACK), days.count(date(2023, 3, 20)), Placement(BACK, 0, 5).fold) == (6, 3, 0)
