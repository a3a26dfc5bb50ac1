"""Real races: works in threads of their own that start together, how they ended, and guards switched off to see the races lost."""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Select, Table, insert
from sqlalchemy.exc import DBAPIError

from eventapp.core.db import db, insert_new, is_transient
from eventapp.core.errors import Refusal

Work = Callable[[], Any]
TRIES = 4


def at_once(app: Flask, works: Sequence[Work]) -> list[Any]:
    """Run works that start together, each in a thread and with a session of its own; return what each returned or raised."""
    db.session.rollback()
    together, ended = threading.Barrier(len(works)), list[Any]([None] * len(works))

    def run(number: int, work: Work) -> None:
        with app.app_context():
            together.wait()
            try:
                ended[number] = work()
            except BaseException as error:  # noqa: BLE001 - what was raised is what is asserted
                ended[number] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number, work)) for number, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return ended


def race(app: Flask, act: Callable[[Any], str], over: Iterable[Any]) -> dict[str, int]:
    """Let each of `over` act at once; count how it ended for them, as they say it. A fault counts under its name."""
    ended = at_once(app, [partial(_tried, act, who) for who in over])
    return dict(Counter(type(one).__name__ if isinstance(one, BaseException) else one for one in ended))


def _tried(act: Callable[[Any], str], who: Any) -> str:
    """Act, as the web does: what a deadlock undid is tried again."""
    for _ in range(TRIES - 1):
        try:
            return act(who)
        except DBAPIError as error:
            if not is_transient(error):
                raise
            db.session.rollback()
    return act(who)


def tally(ended: Sequence[Any]) -> dict[str, int]:
    """Count who won, which refusals were given, and what else went wrong."""
    return dict(Counter("won" if not isinstance(one, BaseException) else type(one).__name__ if isinstance(one, Refusal) else f"error: {one!r}" for one in ended))


def without_keys(table: str) -> None:
    """Make a table anew with its rows and without any key."""
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE keyless AS SELECT * FROM {table}")
        connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql(f"ALTER TABLE keyless RENAME TO {table}")


def without_key(table: str, key: str) -> None:
    """Take one unique key off a table, which keeps its rows and everything else."""
    db.session.rollback()
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            constrained = connection.exec_driver_sql(f"SELECT 1 FROM pg_constraint WHERE conname = '{key}'").first()
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {key}" if constrained else f"DROP INDEX {key}")
            connection.commit()
        elif connection.exec_driver_sql(f"SELECT 1 FROM sqlite_master WHERE name = '{key}'").first():
            connection.exec_driver_sql(f"DROP INDEX {key}")
            connection.commit()
        else:
            _anew_without(connection, table, key)


def _anew_without(connection: Connection, table: str, key: str) -> None:
    """Make a table of SQLite anew, since a key that is written in the table cannot be dropped there."""
    (whole,) = connection.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{table}'").one()
    beside = connection.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name = '{table}'").scalars().all()
    connection.rollback()
    less = re.sub(rf",\s*CONSTRAINT {key} UNIQUE \([^)]*\)", "", whole, count=1)
    assert less != whole, f"{table} has no key {key}"
    statements = [
        re.sub(rf'^CREATE TABLE "?{table}"?', "CREATE TABLE keyless", less, count=1),
        f"INSERT INTO keyless SELECT * FROM {table}",
        f"DROP TABLE {table}",
        f"ALTER TABLE keyless RENAME TO {table}",
        *beside,
    ]
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("PRAGMA legacy_alter_table=ON")  # so that who points at the table goes on doing so
    with connection.begin():
        for statement in statements:
            connection.exec_driver_sql(statement)
    raw.execute("PRAGMA legacy_alter_table=OFF")
    raw.execute("PRAGMA foreign_keys=ON")


def looked_before(monkeypatch: pytest.MonkeyPatch, module: Any, look: str, found: Callable[..., Any]) -> None:
    """Let everybody go by what there was before anybody wrote."""
    monkeypatch.setattr(module, look, found)


def claim_without_looking(monkeypatch: pytest.MonkeyPatch, module: Any, table_name: str) -> None:
    """Let claims on a table be plain inserts, which no key stops."""

    def plain_insert(table: Table, rows: Sequence[Any], keys: Sequence[str], **more: Any) -> set[Any]:
        if table.name != table_name:
            return insert_new(table, rows, keys, **more)
        for row in rows:
            db.session.execute(insert(table).values(row))
        return {tuple(row[key] for key in keys) for row in rows}

    monkeypatch.setattr(module, "insert_new", plain_insert)


def without_locks(monkeypatch: pytest.MonkeyPatch, module: Any, look: str, racers: int) -> None:
    """Let nobody hold a row, and everybody look before anybody writes."""
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has one writer: there is nothing to hold")
    together, inner = threading.Barrier(racers), getattr(module, look)
    looked = threading.local()

    def look_together(*given: Any, **more: Any) -> Any:
        found = inner(*given, **more)
        if not getattr(looked, "once", False):
            looked.once = True
            together.wait(10)
        return found

    monkeypatch.setattr(Select, "with_for_update", lambda self, **_how: self)
    monkeypatch.setattr(module, look, look_together)
