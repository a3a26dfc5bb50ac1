"""Registration opens: more exhibitors than stands hold and send at the same moment; every stand is sold once, and nobody meets a fault."""

from collections.abc import Sequence
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ExhibitingRules, Exhibitor
from eventapp.stands import queries
from eventapp.stands.models import Stand
from eventapp.stands.operations import claiming
from tests.load.rushing import begin_registrations, take_and_send
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_stand
from tests.support.racing import claim_without_looking, race, without_keys

EXHIBITORS, STANDS = 24, 10


def rush(app: Flask, edition: Edition) -> dict[str, int]:
    """Let everybody hold a stand that is free, and send."""
    with transaction():
        db.session.add(ExhibitingRules(edition_id=edition.id, stand_way="first_come", accepts_at_once=True))
    for number in range(STANDS):
        make_stand(edition, f"B{number}")
    edition_id = edition.id
    keys: Sequence[str] = begin_registrations(edition_id, EXHIBITORS, EIGHT)
    return race(app, lambda key: take_and_send(edition_id, key, Random(key), EIGHT), keys)


def test_ten_stands_go_to_ten_of_twenty_four_exhibitors(app: Flask, sistep: Edition) -> None:
    assert rush(app, sistep) == {"sold": STANDS, "refused": EXHIBITORS - STANDS}
    assert db.session.scalar(select(func.count()).select_from(Exhibitor).where(Exhibitor.state == "accepted")) == STANDS
    assert (queries.sold_twice(), queries.allocated_to_others_than_accepted(), queries.held_by_the_gone()) == ([], [], [])


def test_without_the_key_the_same_rush_sells_stands_twice(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    without_keys("stand_claims")
    claim_without_looking(monkeypatch, claiming, "stand_claims")
    monkeypatch.setattr(queries, "free_stands", lambda edition_id, _now: queries.lines_of(edition_id, list(db.session.scalars(select(Stand.id)))))
    assert rush(app, sistep) != {"sold": STANDS, "refused": EXHIBITORS - STANDS}
    assert len(queries.sold_twice()) > 0
