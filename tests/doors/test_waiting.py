"""Nobody waits at a gate because an organiser is at work on the same attendee, gate or device."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, text

from eventapp.attendees.models import Attendee
from eventapp.attendees.queries import attendee_to_change
from eventapp.core.db import db, transaction
from eventapp.doors import queries
from tests.doors.conftest import NINE, Post, record, scan, token_of

ON_POSTGRES = pytest.mark.parametrize("store", ["postgresql"], indirect=True)  # SQLite has one writer: there everybody takes turns
HELD = pytest.mark.parametrize("what", ["attendee", "gate", "device"])


def scanned_while_held(app: Flask, main: Post, salma: Attendee, what: str) -> str:
    """Read Salma's badge at the main gate while an operation holds a row; say whether the scan waited or ended first, and let it end."""
    row = {"attendee": salma.id, "gate": main.gate, "device": main.device}[what]
    hold: Callable[[int], Any] = {"attendee": attendee_to_change, "gate": queries.gate_to_change, "device": queries.device_to_change}[what]
    said, ended, token = list[str](), threading.Event(), token_of(salma)
    db.session.rollback()

    def read() -> None:
        with app.app_context():
            try:
                said.append(str(record(main, scan(main, token, NINE))[0].outcome))
            finally:
                ended.set()

    thread = threading.Thread(target=read)
    with transaction():
        hold(row)
        thread.start()
        how = first_of(ended)
    thread.join(30)
    assert said == ["admitted"]
    return how


def first_of(ended: threading.Event) -> str:
    """Wait until the scan has ended, or until the server says that it waits for a lock."""
    waits = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as looking:
        for _turn in range(600):
            if ended.wait(0.05):
                return "ended first"
            if looking.scalar(waits):
                return "waited"
    return "neither"


@ON_POSTGRES
@HELD
def test_a_scan_does_not_wait_for_an_operation_on_what_it_refers_to(app: Flask, main: Post, salma: Attendee, what: str) -> None:
    assert scanned_while_held(app, main, salma, what) == "ended first"


@ON_POSTGRES
@HELD
def test_held_as_if_its_key_would_change_the_same_row_lets_a_scan_wait(app: Flask, main: Post, salma: Attendee, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    whole = Select.with_for_update
    monkeypatch.setattr(Select, "with_for_update", lambda self, **how: whole(self, **{**how, "key_share": False}))
    assert scanned_while_held(app, main, salma, what) == "waited"
