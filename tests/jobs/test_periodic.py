"""Work that comes again and again is asked for once each time, however many workers look."""

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.jobs import periodic
from eventapp.jobs.models import Job
from eventapp.wiring import PERIODS, TASKS
from tests.support.racing import at_once, without_locks

HOURLY = {"documents.sweep": timedelta(hours=1)}


def asked() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Job.task)))


def test_what_comes_again_is_asked_for_when_its_time_has_come(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(PERIODS) <= set(TASKS)
    now = clock.real_now()
    found = []
    for minutes in (0, 1, 59, 61, 90, 125):
        monkeypatch.setattr(clock, "real_now", lambda minutes=minutes: now + timedelta(minutes=minutes))
        found.append(periodic.ask_for_due(HOURLY))
    assert found == [["documents.sweep"], [], [], ["documents.sweep"], [], ["documents.sweep"]]
    assert asked() == ["documents.sweep"] * 3


def test_of_several_workers_one_asks(app: Flask) -> None:
    assert sorted(map(len, at_once(app, [partial(periodic.ask_for_due, HOURLY)] * 4))) == [0, 0, 0, 1]
    assert asked() == ["documents.sweep"]


def test_without_the_lock_all_would_ask(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    periodic.ask_for_due(HOURLY)
    later = clock.real_now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    without_locks(monkeypatch, periodic, "due_to_change", 4)
    at_once(app, [partial(periodic.ask_for_due, HOURLY)] * 4)
    assert len(asked()) == 1 + 4
