"""However many organisers allocate at once, no stand is sold twice."""

import random
import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, func, insert, select

from eventapp.accounts.models import User
from eventapp.core.db import db, insert_new
from eventapp.editions.models import Edition
from eventapp.stands import operations, queries
from eventapp.stands.errors import StandTaken
from eventapp.stands.models import StandClaim
from eventapp.stands.operations import claiming
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor, make_stand

WRITERS, STANDS = 8, 60


def rush(app: Flask, edition: Edition, owner: User) -> dict[str, int]:
    """Let eight writers, each for an exhibitor of its own, try to get every stand; count how it ended."""
    exhibitors = [make_exhibitor(edition, f"Exhibitor {number}", owner).id for number in range(WRITERS)]
    stands = [make_stand(edition, f"B{number}").id for number in range(STANDS)]
    together, lock = threading.Barrier(WRITERS), threading.Lock()
    ended = {"sold": 0, "refused": 0, "errors": 0}

    def take_all(exhibitor_id: int) -> None:
        wanted = random.Random(exhibitor_id).sample(stands, STANDS)
        together.wait()
        for stand_id in wanted:
            with app.app_context():
                how = attempt(stand_id, exhibitor_id)
            with lock:
                ended[how] += 1

    threads = [threading.Thread(target=take_all, args=(exhibitor_id,)) for exhibitor_id in exhibitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    return ended


def attempt(stand_id: int, exhibitor_id: int) -> str:
    try:
        operations.allocate_stand(stand_id, exhibitor_id, actor_id=None, now=EIGHT)
    except StandTaken:
        return "refused"
    except Exception:  # noqa: BLE001 - the count of errors is what is asserted
        return "errors"
    return "sold"


def test_eight_writers_sell_sixty_stands_once_each(app: Flask, sistep: Edition, stranger: User) -> None:
    assert rush(app, sistep, stranger) == {"sold": STANDS, "refused": STANDS * (WRITERS - 1), "errors": 0}
    assert db.session.scalar(select(func.count()).select_from(StandClaim)) == STANDS
    assert queries.sold_twice() == []


def test_without_the_key_the_same_rush_sells_stands_twice(app: Flask, sistep: Edition, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    drop_the_key()

    def plain_insert(table: Table, rows: Any, keys: Any) -> set[Any]:
        if table.name != "stand_claims":
            return insert_new(table, rows, keys)
        for row in rows:
            db.session.execute(insert(table).values(row))
        return {(row["stand_id"],) for row in rows}

    monkeypatch.setattr(claiming, "insert_new", plain_insert)
    ended = rush(app, sistep, stranger)
    assert ended["sold"] > STANDS
    assert len(queries.sold_twice()) > 0


def drop_the_key() -> None:
    """Make the table of claims anew without its primary key."""
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE keyless AS SELECT * FROM stand_claims")
        connection.exec_driver_sql("DROP TABLE stand_claims")
        connection.exec_driver_sql("ALTER TABLE keyless RENAME TO stand_claims")
