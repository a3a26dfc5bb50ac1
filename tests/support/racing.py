"""Real races: works in threads of their own that start together, how they ended, and guards switched off to see the races lost."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, Table, insert
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
