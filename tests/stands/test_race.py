"""However many organisers allocate at once, no stand is sold twice."""

import random
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.stands import operations, queries
from eventapp.stands.errors import StandTaken
from eventapp.stands.models import StandClaim
from eventapp.stands.operations import claiming
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.racing import at_once, claim_without_looking, without_keys

WRITERS, STANDS = 8, 60


def rush(app: Flask, edition: Edition, owner: User) -> dict[str, int]:
    """Let eight writers, each for an exhibitor of its own, try to get every stand; count how it ended."""
    exhibitors = [make_exhibitor(edition, f"Exhibitor {number}", owner).id for number in range(WRITERS)]
    stands = [make_stand(edition, f"B{number}").id for number in range(STANDS)]

    def take_all(exhibitor_id: int) -> list[str]:
        return [attempt(stand_id, exhibitor_id) for stand_id in random.Random(exhibitor_id).sample(stands, STANDS)]

    ended = at_once(app, [partial(take_all, exhibitor_id) for exhibitor_id in exhibitors])
    return {how: sum(one.count(how) for one in ended) for how in ("sold", "refused", "errors")}


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
    without_keys("stand_claims")
    claim_without_looking(monkeypatch, claiming, "stand_claims")
    ended = rush(app, sistep, stranger)
    assert ended["sold"] > STANDS
    assert len(queries.sold_twice()) > 0
