"""Somebody finds an organisation in the registration: its name and place and no more; its own people register it again with what is known."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor, JoinRequest, RegistrationDraft
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import make_user
from tests.support.exhibiting import answers, make_exhibitor
from tests.support.forms import press_on

STEP = "/sistep-2018/exhibit/organisation"
SECRETS = ("001561191000066", "canary", "nora@atlas.example")


@pytest.fixture
def nora(other_edition: Edition) -> User:
    """The owner of an exhibitor of another edition."""
    return make_user("nora@atlas.example", "Nora Owner")


@pytest.fixture
def atlas(other_edition: Edition, nora: User) -> Exhibitor:
    """An exhibitor of another edition, with an ICE and a contact that nobody else may see."""
    private: dict[str, Any] = {"contact_name": "canary contact", "ice": "001561191000066", "area_wished": 27}
    made = make_exhibitor(other_edition, "Fonderie de l'Atlas", nora, **private)
    with transaction():
        made.organisation.ice = "001561191000066"
    return made


def typed(**more: object) -> dict[str, Any]:
    return {**answers()["organisation"], "ice": "", **more}


def kept() -> dict[str, object]:
    db.session.rollback()
    return dict(db.session.scalars(select(RegistrationDraft.answers)).one()["organisation"])


def test_anybody_finds_name_and_place_and_no_more(client: FlaskClient, sistep: Edition, atlas: Exhibitor) -> None:
    for asked in ("fonderie", "ATLAS fonderie", "001561191000066"):
        page = client.get(f"{STEP}?q={asked}")
        found = client.get(f"/sistep-2018/exhibit/organisations.json?q={asked}")
        assert found.json == [{"name": "Fonderie de l'Atlas", "where": "Casablanca, Morocco", "page": f"/sistep-2018/exhibit/join/{atlas.organisation_id}"}]
        assert ("Fonderie de l&#39;Atlas" in page.text, [secret for secret in SECRETS if secret in page.text.replace(asked, "") + found.text]) == (True, [])
    assert (client.get("/sistep-2018/exhibit/organisations.json?q=at").json, "No organisation of that name" in client.get(f"{STEP}?q=nothing").text) == ([], True)


def test_another_spelling_is_asked_about_and_nothing_typed_is_lost(client: FlaskClient, sistep: Edition, atlas: Exhibitor) -> None:
    asked = send(client, STEP, **typed(name="FONDERIES DE L'ATLAS sarl"))
    assert asked.location == "/sistep-2018/exhibit/alike"
    page = client.get(asked.location)
    assert ["Is it one of these?" in page.text, "Fonderie de l&#39;Atlas" in page.text, [secret for secret in SECRETS if secret in page.text]] == [True, True, []]
    assert (send(client, asked.location).location, kept()["another"]) == ("/sistep-2018/exhibit/contact", "y")
    assert send(client, STEP, **typed(name="FONDERIES DE L'ATLAS sarl", city="Fès")).location == "/sistep-2018/exhibit/contact"  # said once
    only = send(client, STEP, **typed(name="Fonderie Atlas", ice="001561191000066"))
    assert ("This organisation is known already" in client.get(only.location).text, kept()["name"]) == (True, "Fonderie Atlas")
    refused = client.post(only.location, data={"csrf_token": csrf_of(client.get(STEP))})
    assert (refused.status_code, "another" in kept()) == (200, False)


def test_a_stranger_asks_and_the_owner_answers_by_the_page(client: FlaskClient, sistep: Edition, atlas: Exhibitor, nora: User, stranger: User) -> None:
    page = f"/sistep-2018/exhibit/join/{atlas.organisation_id}"
    assert client.get(page).location.startswith("/sign-in?next=")
    sign_in_as(client, stranger)
    assert (send(client, page, message="I sell").location, "Its owner decides" in client.get(page).text) == (page, True)
    request = db.session.scalars(select(JoinRequest.id)).one()
    answer = f"/sistep-2018/exhibit/requests/{request}"
    assert client.get(answer).status_code == 404
    sign_in_as(client, nora)
    assert ("I sell" in client.get(answer).text, "Write the reason" in send(client, answer, answer="no").text) == (True, True)
    assert send(client, answer, answer="no", reason="Who are you?").status_code == 302
    sign_in_as(client, stranger)
    shown = client.get(page).text
    assert ["Who are you?" in shown, "Ask again" in shown, "canary contact" in shown] == [True, True, False]


def test_its_own_people_register_it_again_with_what_is_known(client: FlaskClient, sistep: Edition, atlas: Exhibitor, nora: User, stranger: User) -> None:
    again = f"/sistep-2018/exhibit/join/{atlas.organisation_id}/register"
    sign_in_as(client, stranger)
    token = csrf_of(client.get(f"/sistep-2018/exhibit/join/{atlas.organisation_id}"))
    assert (client.post(again, data={"csrf_token": token}).location, db.session.scalar(select(RegistrationDraft.id))) == (again.removesuffix("/register"), None)
    sign_in_as(client, nora)
    start = client.get("/sistep-2018/exhibit")
    assert "Register again" in start.text
    assert client.post(again, data={"csrf_token": csrf_of(start)}).location == "/sistep-2018/exhibit/check"
    check = client.get("/sistep-2018/exhibit/check")
    assert ["canary contact" in check.text, "27" in check.text, "Filled in with what your organisation gave for SISTEP-2025" in check.text] == [True, True, True]
    assert press_on(client, check, "Send the application", confirmed="y").location == "/sistep-2018/exhibit/done"
    assert db.session.scalars(select(Exhibitor.organisation_id).where(Exhibitor.edition_id == sistep.id)).all() == [atlas.organisation_id]
