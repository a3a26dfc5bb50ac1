"""However many register or accept at once, an ICE is one organisation's."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.organisations import operations, queries
from eventapp.organisations.models import Organisation
from eventapp.organisations.operations import complete_organisation, find_or_add_organisation
from tests.support.cast import EIGHT
from tests.support.doctor import breaches
from tests.support.racing import at_once, claim_without_looking, looked_before, race, without_key

ICE, WRITERS = "001561191000066", 8


def register(number: int) -> Callable[[], int]:
    """Register an organisation under a name of its own, all with one ICE."""
    return lambda: find_or_add_organisation(name=f"Atlas {number}", country="MA", ice=ICE, actor_id=None, now=EIGHT).id


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Organisation)) or 0


def test_eight_registrations_at_once_with_one_ice_get_one_organisation(app: Flask) -> None:
    got = at_once(app, [register(number) for number in range(WRITERS)])
    assert got == [db.session.scalars(select(Organisation.id)).one()] * WRITERS
    assert (list(db.session.scalars(select(AuditEntry.action))), breaches()) == (["organisation.added"], [])


def test_the_claim_alone_gives_them_one_organisation(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_before(monkeypatch, queries, "organisation_with_ice", lambda _ice: None)
    got = at_once(app, [register(number) for number in range(WRITERS)])
    assert got == [db.session.scalars(select(Organisation.id)).one()] * WRITERS


def test_without_the_key_the_same_race_makes_eight(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    without_key("organisations", "uq_organisations_ice")
    claim_without_looking(monkeypatch, operations, "organisations")
    looked_before(monkeypatch, queries, "organisation_with_ice", lambda _ice: None)
    monkeypatch.setattr(queries, "owner_of_ice", lambda ice: db.session.scalars(select(Organisation).where(Organisation.ice == ice).order_by(Organisation.id.desc())).first())
    at_once(app, [register(number) for number in range(WRITERS)])
    assert (count(), breaches()) == (WRITERS, [f"{WRITERS} organisations have the ICE {ICE}"])


@pytest.fixture
def nameless(app: Flask) -> list[int]:
    """Eight organisations whose ICE is not known yet."""
    return [find_or_add_organisation(name=f"Rif {number}", country="MA", actor_id=None, now=EIGHT).id for number in range(WRITERS)]


def complete(organisation_id: int) -> str:
    done = complete_organisation(organisation_id, ice=ICE, city="Fes", actor_id=None, now=EIGHT)
    return f"{done.city}, {'with' if done.ice else 'without'} ICE"


@pytest.mark.parametrize("looked", ["in turn", "before"])
def test_of_eight_organisations_completed_at_once_with_one_ice_one_gets_it_and_all_get_the_rest(
    app: Flask, nameless: list[int], monkeypatch: pytest.MonkeyPatch, looked: str
) -> None:
    if looked == "before":
        looked_before(monkeypatch, queries, "organisation_with_ice", lambda _ice: None)
    assert race(app, complete, nameless) == {"Fes, with ICE": 1, "Fes, without ICE": WRITERS - 1}
    assert breaches() == []


def test_without_the_key_each_of_them_gets_it(app: Flask, nameless: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    without_key("organisations", "uq_organisations_ice")
    looked_before(monkeypatch, queries, "organisation_with_ice", lambda _ice: None)
    assert race(app, complete, nameless) == {"Fes, with ICE": WRITERS}
    assert breaches() == [f"{WRITERS} organisations have the ICE {ICE}"]
