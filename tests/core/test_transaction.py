"""The one transaction."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.audit.trail import record
from eventapp.core.db import after_commit, db, insert_new, transaction
from eventapp.core.errors import Refusal

NOON = datetime(2018, 4, 12, 12, tzinfo=UTC)


def add_user(email: str) -> None:
    db.session.add(User(email=email, name="N", created_at=NOON))


def emails() -> list[str]:
    return list(db.session.scalars(select(User.email).order_by(User.email)))


def test_an_operation_is_stored_whole(app: Flask) -> None:
    with transaction():
        add_user("a@show.example")
        with transaction():
            add_user("b@show.example")
    db.session.rollback()
    assert emails() == ["a@show.example", "b@show.example"]


def test_a_refusal_undoes_everything(app: Flask) -> None:
    with pytest.raises(Refusal), transaction():
        add_user("a@show.example")
        with transaction():
            add_user("b@show.example")
        raise Refusal
    assert emails() == []


def test_an_inner_refusal_caught_outside_undoes_exactly_its_own_work(app: Flask) -> None:
    with transaction():
        add_user("a@show.example")
        with pytest.raises(Refusal), transaction():
            add_user("b@show.example")
            db.session.flush()
            raise Refusal
        add_user("c@show.example")
    assert emails() == ["a@show.example", "c@show.example"]


def test_callbacks_run_after_the_commit_and_only_then(app: Flask) -> None:
    called: list[str] = []
    with pytest.raises(Refusal), transaction():
        after_commit(lambda: called.append("refused"))
        raise Refusal
    with transaction():
        after_commit(lambda: called.append("stored"))
        assert called == []
    assert called == ["stored"]


def test_an_inner_operation_that_is_undone_calls_nobody_back(app: Flask) -> None:
    called: list[str] = []
    with transaction():
        after_commit(lambda: called.append("before"))
        with pytest.raises(Refusal), transaction():
            after_commit(lambda: called.append("undone"))
            raise Refusal
        with transaction():
            after_commit(lambda: called.append("inner"))
    assert called == ["before", "inner"]


def test_insert_new_leaves_taken_keys_alone_and_names_what_it_got(app: Flask) -> None:
    row = {"name": "N", "language": "fr", "is_owner": False, "session_epoch": 1, "created_at": NOON}
    with transaction():
        assert insert_new(User.__table__, [{**row, "email": "a@x.example"}], ["email"]) == {("a@x.example",)}  # type: ignore[arg-type]
        got = insert_new(User.__table__, [{**row, "email": e} for e in ("b@x.example", "a@x.example")], ["email"])  # type: ignore[arg-type]
    assert got == {("b@x.example",)}


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"])
def test_the_trail_cannot_be_changed_by_anybody(app: Flask, statement: str) -> None:
    with transaction():
        record("test.done", "test", 1, actor_id=None, at=NOON)
    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert db.session.scalars(select(AuditEntry.action)).all() == ["test.done"]
