"""Facts are stored once, whatever is sent, however often, in whatever company and by whatever clock."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from eventapp.attendees.models import Attendee
from eventapp.core.db import db, transaction
from eventapp.doors import operations
from eventapp.doors.errors import DeviceRevoked, NoDevice
from eventapp.doors.models import Gate, Presence, Scan, Visit
from eventapp.doors.operations import Answer
from eventapp.doors.queries.counting import scans_across_editions, wrong_figures
from eventapp.editions.models import Edition
from tests.doors.conftest import NINE, TEN, Post, make_holder, make_post, minutes, record, scan, token_of
from tests.support.cast import EIGHT
from tests.support.statements import statements


def scans() -> list[Scan]:
    return list(db.session.scalars(select(Scan).order_by(Scan.happened_at, Scan.id)))


def inside() -> list[int]:
    return list(db.session.scalars(select(Presence.attendee_id).where(Presence.inside).order_by(Presence.attendee_id)))


def test_the_same_scan_again_gets_the_same_answer_and_is_one_fact(main: Post, salma: Attendee) -> None:
    first, again = scan(main, token_of(salma), minutes(1)), scan(main, token_of(salma), minutes(5))
    answers = record(main, first) + record(main, again)
    assert [answer.outcome for answer in answers] == ["admitted", "already_inside"]
    assert record(main, first) + record(main, again) == answers
    assert record(main, again, first) == answers[::-1]
    assert len(scans()) == 2


def test_the_same_id_with_another_body_still_gets_the_first_answer(sistep: Edition, main: Post, vip: Post, salma: Attendee) -> None:
    first = scan(main, token_of(salma))
    answer = record(main, first)
    other = token_of(make_holder(sistep, "Karim Somebody"))
    for change in ({"token": other}, {"token": "no badge"}, {"direction": "out"}, {"gate": vip.gate}, {"gate": 999}, {"scanned_at": minutes(9).isoformat()}):
        assert record(main, first | change) == answer
    assert [(row.attendee_id, row.direction, row.gate_id) for row in scans()] == [(salma.id, "in", main.gate)]


def test_of_two_scans_with_one_id_in_a_batch_the_first_stands(main: Post, salma: Attendee) -> None:
    first = scan(main, token_of(salma))
    answers = record(main, first, first | {"direction": "out"}, first)
    assert [answer.outcome for answer in answers] == ["admitted"] * 3
    assert len(scans()) == 1


def test_an_id_that_another_edition_used_is_refused_and_says_nothing(main: Post, salma: Attendee, other_edition: Edition) -> None:
    theirs = make_post(other_edition, "theirs")
    first = scan(main, token_of(salma))
    record(main, first)
    assert record(theirs, first | {"gate": theirs.gate}) == [Answer(first["id"], "refused", "malformed")]


POISON: Sequence[Any] = [
    None,
    7,
    "scan",
    [],
    {},
    {"id": None},
    {"id": "not an id"},
    {"id": "x" * 5000},
    {"id": ["a"]},
    {"id": "{5157e900-0000-4000-8000-000000000000}"},
]
WRONG: dict[str, Sequence[Any]] = {
    "token": [None, 7, ["a"]],
    "gate": [None, "1", 1.5, True, 0, -1, 2**31, 2**70],
    "direction": [None, "", "IN", "sideways", ["in"], {}],
    "scanned_at": [None, "", "now", 1523520000, "2018-04-12", "2018-04-12T09:00:00", "2018-04-12T25:00:00+01:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"],
    "clock_offset_ms": [None, "0", True, float("nan"), float("inf"), 10**15, -(10**15)],
    "verdict": [None, "green", 1, ["enter"]],
}


def test_one_bad_scan_never_spoils_its_batch(sistep: Edition, main: Post) -> None:
    badges = [token_of(make_holder(sistep, f"Visitor {number}")) for number in range(3)]
    wrong = [scan(main, badges[0]) | {name: value} for name, values in WRONG.items() for value in values]
    batch = [scan(main, badges[0], minutes(1)), *POISON, scan(main, badges[1], minutes(2)), *wrong, scan(main, badges[2], minutes(3))]
    answers = record(main, *batch)
    assert [number for number, answer in enumerate(answers) if answer.outcome == "admitted"] == [0, 1 + len(POISON), len(batch) - 1]
    assert {answer.reason for answer in answers} == {"ok", "malformed"}
    assert len(scans()) == 3


def test_whole_numbers_written_with_a_point_are_taken(main: Post, salma: Attendee) -> None:
    assert record(main, scan(main, token_of(salma), clock_offset_ms=0.25))[0].outcome == "admitted"


def test_five_hundred_scans_are_one_batch(sistep: Edition, main: Post) -> None:
    tokens = [token_of(make_holder(sistep, f"Visitor {number}")) for number in range(25)]
    batch = [scan(main, tokens[number % 25], minutes(number / 10), ("in", "out")[number // 25 % 2]) for number in range(500)]
    answers = record(main, *batch)
    assert {(answer.outcome, answer.reason) for answer in answers} == {("admitted", "ok")}
    assert (len(scans()), len(inside()), db.session.scalar(select(func.count()).select_from(Visit))) == (500, 0, 25)
    assert list(wrong_figures()) == []


def test_what_comes_late_is_put_in_its_place(main: Post, salma: Attendee) -> None:
    token = token_of(salma)
    record(main, scan(main, token, minutes(10)))
    record(main, scan(main, token, minutes(20), "out"))
    assert inside() == []
    (late,) = record(main, scan(main, token, minutes(5)))
    assert (late.outcome, inside()) == ("admitted", [])
    (between,) = record(main, scan(main, token, minutes(15)))
    assert between.since is not None
    assert (between.outcome, between.since.at, inside()) == ("already_inside", minutes(5), [])
    record(main, scan(main, token, minutes(25)))
    assert inside() == [salma.id]
    assert db.session.scalars(select(Visit.first_at)).all() == [minutes(5)]
    assert list(wrong_figures()) == []


def test_who_was_read_twice_is_inside_since_the_first_time(main: Post, salma: Attendee) -> None:
    for number in (1, 2, 3):
        record(main, scan(main, token_of(salma), minutes(number)))
    state = db.session.scalars(select(Presence)).one()
    assert (state.changed_at, state.last_at) == (minutes(1), minutes(3))


@pytest.mark.parametrize("skew", [timedelta(hours=-26), timedelta(hours=26), timedelta(days=-3000), timedelta(seconds=40)])
def test_a_wrong_clock_whose_error_is_known_gives_the_right_time_and_day(main: Post, salma: Attendee, skew: timedelta) -> None:
    record(main, scan(main, token_of(salma), NINE + skew, clock_offset_ms=-round(skew.total_seconds() * 1000)))
    (row,) = scans()
    assert (row.happened_at, row.scanned_at, row.clock_doubtful, row.day.isoformat()) == (NINE, NINE + skew, False, "2018-04-12")


@pytest.mark.parametrize(
    "at", [TEN + timedelta(minutes=3), TEN + timedelta(days=400), TEN - timedelta(hours=13), datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)]
)
def test_a_clock_that_cannot_be_right_is_replaced_by_the_servers_and_flagged(main: Post, salma: Attendee, at: datetime) -> None:
    assert record(main, scan(main, token_of(salma), at))[0].outcome == "admitted"
    (row,) = scans()
    assert (row.happened_at, row.scanned_at, row.clock_doubtful, row.day.isoformat()) == (TEN, at, True, "2018-04-12")


def test_an_absurd_offset_on_a_far_date_is_flagged_and_not_an_error(main: Post, salma: Attendee) -> None:
    assert record(main, scan(main, token_of(salma), datetime(9998, 1, 1, tzinfo=UTC), clock_offset_ms=3_000_000_000_000))[0].outcome == "admitted"
    assert [row.clock_doubtful for row in scans()] == [True]


def test_a_batch_of_a_wrong_clock_keeps_its_order(main: Post, salma: Attendee) -> None:
    wild = TEN + timedelta(days=2)
    record(main, scan(main, token_of(salma), wild, "in"), scan(main, token_of(salma), wild + timedelta(seconds=9), "out"))
    assert ([row.direction for row in scans()], inside()) == (["in", "out"], [])


def test_what_a_device_decided_alone_may_arrive_days_later(main: Post, salma: Attendee) -> None:
    record(main, scan(main, token_of(salma), NINE, verdict="enter"), now=TEN + timedelta(days=9))
    assert [(row.happened_at, row.clock_doubtful) for row in scans()] == [(NINE, False)]


def test_a_scan_stays_in_the_zone_of_then_when_its_gate_leads_elsewhere(sistep: Edition, main: Post, salma: Attendee) -> None:
    record(main, scan(main, token_of(salma)))
    gate = db.session.get_one(Gate, main.gate)
    lounge = next(zone.id for zone in sistep.zones if zone.code == "vip")
    operations.change_gate(gate.id, name=gate.name, zone_id=lounge, actor_id=None, now=TEN)
    assert list(wrong_figures()) == list(scans_across_editions()) == []


def test_a_stranger_and_a_revoked_device_store_nothing(main: Post, salma: Attendee) -> None:
    sent = scan(main, token_of(salma))
    with pytest.raises(NoDevice):
        record(Post(main.gate, 0, "nobody's token"), sent)
    operations.revoke_device(main.device, actor_id=None, now=EIGHT)
    with pytest.raises(DeviceRevoked):
        record(main, sent)
    assert scans() == []


def test_a_batch_of_nothing_but_rubbish_needs_a_device_too(main: Post) -> None:
    assert [answer.reason for answer in record(main, *POISON)] == ["malformed"] * len(POISON)
    with pytest.raises(NoDevice):
        record(Post(main.gate, 0, "nobody's token"), *POISON)


@pytest.mark.parametrize("change", ["UPDATE scans SET outcome = 'admitted'", "DELETE FROM scans"])
def test_facts_cannot_be_changed(main: Post, salma: Attendee, change: str) -> None:
    record(main, scan(main, token_of(salma)))
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(text(change))
    assert len(scans()) == 1


@pytest.mark.parametrize("amount", [1, 3, 60])
def test_a_batch_needs_four_statements_at_most_whatever_its_size(sistep: Edition, main: Post, amount: int) -> None:
    tokens = [token_of(make_holder(sistep, f"Visitor {number}")) for number in range(amount)]
    with statements() as sent:
        answers = record(main, *(scan(main, token) for token in tokens))
    assert {answer.outcome for answer in answers} == {"admitted"}
    assert len([statement for statement in sent if not statement.startswith("BEGIN")]) <= 4


def test_ids_are_answered_in_the_devices_own_spelling(main: Post, salma: Attendee) -> None:
    number = str(uuid.uuid4()).upper()
    assert record(main, scan(main, token_of(salma), id=number))[0].id == number
