"""A connection that the database ends: the answer stands, or the work is done again with all that was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from eventapp.attendees.models import Attendee
from eventapp.core.db import db
from tests.doors.conftest import Post, scan, token_of
from tests.support.databases import PostgresStore, Store


def end_all_connections(store: PostgresStore) -> None:
    with psycopg.connect(store.server, autocommit=True) as control:
        control.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", (store.name,))


@contextmanager
def ended_once(store: PostgresStore) -> Iterator[list[str]]:
    """End every connection just before the next statement."""
    ended: list[str] = []

    def end(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not ended:
            ended.append(statement)
            end_all_connections(store)

    event.listen(db.engine, "before_cursor_execute", end)
    try:
        yield ended
    finally:
        event.remove(db.engine, "before_cursor_execute", end)


@pytest.fixture
def postgres(store: Store) -> PostgresStore:
    """The store, where a connection is a process that can be ended."""
    if not isinstance(store, PostgresStore):
        pytest.skip("SQLite has no connection to lose")
    return store


def test_a_connection_lost_after_the_work_takes_nothing_from_it(app: Flask, postgres: PostgresStore) -> None:
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        end_all_connections(postgres)
    with app.app_context():
        assert db.session.execute(text("SELECT 1")).scalar_one() == 1


def test_a_scan_is_done_again_whole(client: FlaskClient, main: Post, salma: Attendee, ten_o_clock: datetime, postgres: PostgresStore) -> None:
    body = {"scans": [scan(main, token_of(salma))]}
    db.session.rollback()
    with ended_once(postgres) as ended:
        answer = client.post("/api/v1/door/scans", json=body, headers={"Authorization": f"Bearer {main.token}"})
    assert (len(ended), answer.status_code, answer.json["scans"][0]["outcome"]) == (1, 200, "admitted")  # type: ignore[index]
