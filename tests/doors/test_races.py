"""One badge read at several gates at the same time: one enters, the others look, one visit."""

import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Connection, func, select

from eventapp.attendees.models import Attendee
from eventapp.badges.token import keyring
from eventapp.core.db import db
from eventapp.doors import operations
from eventapp.doors.models import Presence, Scan, Visit
from eventapp.doors.operations import recording, storing
from eventapp.doors.queries.counting import visited_twice, wrong_figures
from eventapp.editions.models import Edition
from tests.doors.conftest import NINE, TEN, Post, make_holder, make_post, minutes, record, scan, token_of
from tests.support.racing import at_once

GATES, BADGES = 8, 12


@pytest.fixture
def gates(sistep: Edition) -> list[Post]:
    """Eight gates with a phone each."""
    return [make_post(sistep, f"gate-{number}") for number in range(GATES)]


def read_everywhere(app: Flask, gates: list[Post], tokens: list[str]) -> list[str]:
    """Let every gate read every badge in the same order at the same time; return the outcomes."""
    keys, found = keyring().public_keys, list[str]()
    clock = itertools.count()  # counts for all threads alike

    def reads(post: Post) -> Callable[[], None]:
        def work() -> None:
            for token in tokens:
                at = NINE + timedelta(milliseconds=next(clock))
                (answer,) = operations.record_scans(post.token, [scan(post, token, at)], keys=keys, language="en", now=TEN)[1]
                found.append(answer.outcome)

        return work

    assert at_once(app, [reads(post) for post in gates]) == [None] * len(gates)
    return found


def test_of_eight_gates_that_read_one_badge_at_once_one_visit_is_counted(app: Flask, sistep: Edition, gates: list[Post]) -> None:
    tokens = [token_of(make_holder(sistep, f"Visitor {number}")) for number in range(BADGES)]
    assert len(read_everywhere(app, gates, tokens)) == GATES * BADGES
    outcomes = db.session.execute(select(Scan.attendee_id, Scan.outcome).order_by(Scan.attendee_id, Scan.received_at)).all()
    assert {outcome for _who, outcome in outcomes} == {"admitted", "already_inside"}
    assert len({who for who, outcome in outcomes if outcome == "admitted"}) == BADGES
    assert db.session.scalar(select(func.count()).select_from(Visit)) == BADGES
    assert list(visited_twice()) == list(wrong_figures()) == []


def test_the_same_scan_sent_eight_times_at_once_is_one_fact_with_one_answer(app: Flask, main: Post, salma: Attendee) -> None:
    sent, keys, answers = [scan(main, token_of(salma)) for _ in range(20)], keyring().public_keys, list[tuple[object, str]]()

    def work() -> None:
        for one in sent:
            (answer,) = operations.record_scans(main.token, [one], keys=keys, language="en", now=TEN)[1]
            answers.append((one["id"], answer.outcome))

    assert at_once(app, [work] * 8) == [None] * 8
    assert len(set(answers)) == len(sent) == db.session.scalar(select(func.count()).select_from(Scan))
    assert list(wrong_figures()) == []


def test_batches_of_eight_devices_with_the_same_badges_all_end(app: Flask, sistep: Edition, gates: list[Post]) -> None:
    tokens = [token_of(make_holder(sistep, f"Visitor {number}")) for number in range(BADGES)]
    keys = keyring().public_keys

    def syncs(post: Post) -> Callable[[], None]:
        batch = [scan(post, token, verdict="enter") for token in tokens * 3]

        def work() -> None:
            for start in range(0, len(batch), 9):
                operations.record_scans(post.token, batch[start : start + 9], keys=keys, language="en", now=TEN)

        return work

    assert at_once(app, [syncs(post) for post in gates]) == [None] * GATES
    assert db.session.scalar(select(func.count()).select_from(Scan)) == GATES * BADGES * 3
    assert db.session.scalar(select(func.count()).select_from(Visit)) == BADGES
    assert list(visited_twice()) == list(wrong_figures()) == []


@pytest.fixture
def without_the_key(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make the table of visits anew without its keys, and write to it as one would without them."""
    kind = "INTEGER PRIMARY KEY" if db.engine.dialect.name == "sqlite" else "SERIAL PRIMARY KEY"
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE visits")
        connection.exec_driver_sql(
            f"CREATE TABLE visits (id {kind}, edition_id INT, attendee_id INT, day DATE, first_at TIMESTAMP WITH TIME ZONE)".replace(
                " WITH TIME ZONE", " WITH TIME ZONE" if "SERIAL" in kind else ""
            )
        )
    monkeypatch.setattr(storing, "_ONE_VISIT_A_DAY", "")
    monkeypatch.setattr(storing, "_ON_SQLITE", storing.statements(sqlite=True))
    monkeypatch.setattr(storing, "_ON_POSTGRES", storing.statements(sqlite=False))
    storing._at_once.cache_clear()
    yield
    storing._at_once.cache_clear()


@pytest.mark.usefixtures("without_the_key")
def test_without_the_key_visits_are_counted_twice(app: Flask, sistep: Edition, gates: list[Post]) -> None:
    read_everywhere(app, gates, [token_of(make_holder(sistep))])
    assert len(list(visited_twice())) == 1


ON_POSTGRES = pytest.mark.parametrize("store", ["postgresql"], indirect=True)  # on SQLite nobody can be quicker: the write lock is held


def overtake(app: Flask, main: Post, token: str, monkeypatch: pytest.MonkeyPatch, quicker: tuple[datetime, str] = (TEN, "out"), at: datetime = NINE) -> None:
    """Record an entrance, and let another passage (somebody leaves, if nothing else is said) be stored between its look and its write."""
    inner, overtaken = storing.store, list[str]()

    def leave() -> None:
        with app.app_context():
            record(main, scan(main, token, *quicker))

    def slow_store(connection: Connection, rows: dict[str, list[dict[str, object]]]) -> bool:
        if not overtaken:
            overtaken.append("once")
            thread = threading.Thread(target=leave)
            thread.start()
            thread.join()
        return inner(connection, rows)

    monkeypatch.setattr(recording, "store", slow_store)
    record(main, scan(main, token, at))
    assert overtaken == ["once"]


@ON_POSTGRES
def test_a_scan_that_was_overtaken_is_decided_anew(app: Flask, main: Post, salma: Attendee, monkeypatch: pytest.MonkeyPatch) -> None:
    overtake(app, main, token_of(salma), monkeypatch)
    assert db.session.scalars(select(Presence.inside)).all() == [False]
    assert list(wrong_figures()) == []


@ON_POSTGRES
def test_a_scan_that_a_late_one_overtook_is_decided_anew(app: Flask, main: Post, salma: Attendee, monkeypatch: pytest.MonkeyPatch) -> None:
    record(main, scan(main, token_of(salma), minutes(20)))
    overtake(app, main, token_of(salma), monkeypatch, quicker=(minutes(10), "in"), at=minutes(30))  # the late one leaves the last scan what it was
    assert db.session.scalars(select(Presence.changed_at)).all() == [minutes(10)]
    assert list(wrong_figures()) == []


@ON_POSTGRES
def test_without_looking_whether_it_was_overtaken_presence_would_be_wrong(app: Flask, main: Post, salma: Attendee, monkeypatch: pytest.MonkeyPatch) -> None:
    blind = storing._presence_conflict(sqlite=True)
    monkeypatch.setitem(storing._ON_POSTGRES, "presence", storing._insert("presence", storing._PRESENCE, blind, sqlite=False))
    storing._at_once.cache_clear()
    overtake(app, main, token_of(salma), monkeypatch)
    storing._at_once.cache_clear()
    assert len(list(wrong_figures())) == 1
