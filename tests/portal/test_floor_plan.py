"""The floor plan: who is where, what is free, holding a stand, and sending the application that asks for it."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ExhibitingRules, Exhibitor
from eventapp.exhibitors.operations import accept, begin_registration
from eventapp.exhibitors.queries import wanted_by
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import render_mail
from eventapp.stands.models import Stand, StandClaim
from eventapp.stands.operations import allocate_stand, block_stand, hold_stand, release_hold
from eventapp.stands.queries import floor_plan
from eventapp.web import i18n
from tests.portal.test_exhibit_wizard import answer_all, send_application
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.forms import form_with, press
from tests.support.pricing import put_all
from tests.support.statements import statements

PLAN, CHECK = "/sistep-2018/floor-plan", "/sistep-2018/exhibit/check"


@pytest.fixture(autouse=True)
def first_come(sistep: Edition) -> ExhibitingRules:
    """The edition's stands can be held."""
    with transaction():
        rules = ExhibitingRules(edition_id=sistep.id, stand_way="first_come", hold_minutes=20)
        db.session.add(rules)
    return rules


@pytest.fixture
def stands(sistep: Edition) -> list[Stand]:
    """Three stands in a row, and a fourth of another kind."""
    return [make_stand(sistep, "B1"), make_stand(sistep, "B2"), make_stand(sistep, "B3"), make_stand(sistep, "B4", kind="bare", x_m=30, width_m=9, depth_m=5)]


def hold(client: FlaskClient, number: str) -> Any:
    page = client.get(f"{PLAN}/{number}")
    return client.post(f"{PLAN}/{number}/hold", data={"csrf_token": csrf_of(page)})


def held_of(client: FlaskClient) -> str:
    """Read from the last page of the registration which stand it says is held."""
    return form_with(client, CHECK, "Send the application").fields["held"][0]


def somebody_else_holds(edition: Edition, stand: Stand) -> None:
    other = begin_registration(edition.id, "somebody else", now=clock.show_now())
    hold_stand(stand.id, other.exhibitor_id or 0, actor_id=None, now=clock.show_now())


def states(client: FlaskClient) -> dict[str, str]:
    found: dict[str, str] = client.get(f"{PLAN}/states.json").get_json()["states"]
    return found


def test_the_plan_names_who_is_there_and_not_who_asks(client: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand]) -> None:
    allocate_stand(stands[0].id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
    somebody_else_holds(sistep, stands[1])
    block_stand(stands[3].id, "Fire exit", actor_id=None, now=EIGHT)
    page = client.get(PLAN)
    assert (page.status_code, "Atlas" in page.text, "Fire exit" in page.text) == (200, True, False)
    assert states(client) == {"B1": "allocated", "B2": "held", "B4": "blocked"}


def test_an_edition_without_stands_says_that_the_plan_is_being_drawn(client: FlaskClient) -> None:
    assert "The plan is being drawn" in client.get(PLAN).text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=b2", ["B2"]),
        ("q=ATLAS", ["B1"]),
        ("kind=bare", ["B4"]),
        ("least=18,5", ["B4"]),
        ("most=20", ["B1", "B2", "B3"]),
        ("free=1", ["B2", "B3", "B4"]),
        ("hall=nowhere&kind=gold&least=wide&most=%00&free=no", ["B1", "B2", "B3", "B4"]),
        ("q=" + "x" * 5000, []),
    ],
)
def test_the_plan_is_narrowed(client: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand], asked: str, found: list[str]) -> None:
    allocate_stand(stands[0].id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
    page = client.get(f"{PLAN}?{asked}")
    assert page.status_code == 200
    rows = [part.split('"')[0] for part in page.text.split('<tr data-stand="')[1:]]
    assert rows == found


def test_the_plan_takes_the_same_number_of_statements_however_many_stands(app: Flask, sistep: Edition, stranger: User) -> None:
    counted = []
    for number in (1, 2, 3):
        stand = make_stand(sistep, f"B{number}")
        if number == 2:
            allocate_stand(stand.id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
        db.session.expire_all()
        with statements() as done:
            floor_plan(sistep.id, EIGHT)
        counted.append(len(done))
    assert counted[0] == counted[2]


def test_a_stand_shows_its_facts_and_its_neighbours(client: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand]) -> None:
    allocate_stand(stands[0].id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
    page = client.get(f"{PLAN}/B2").text
    assert [words in page for words in ("18 m²", "corner, 2 open sides", "Neighbours", "Atlas", "Hold it for 20 minutes")] == [True] * 5
    assert client.get(f"{PLAN}/b%202").location == f"{PLAN}/B2"
    assert client.get(f"{PLAN}/B9").status_code == 404
    taken = client.get(f"{PLAN}/B1").text
    assert ["Free stands most like it" in taken, "Hold it for" in taken] == [True, False]


def test_a_stand_is_held_then_asked_for_by_sending(client: FlaskClient, sistep: Edition, stands: list[Stand]) -> None:
    assert hold(client, "B2").location == f"{PLAN}/B2"
    assert states(client) == {"B2": "held"}
    assert "held by you" in client.get(f"{PLAN}/B2").text
    answer_all(client)
    assert "You hold stand B2" in client.get(CHECK).text
    assert send_application(client, held=held_of(client)).status_code == 302
    claim = db.session.scalars(select(StandClaim)).one()
    assert (claim.stand_id, claim.state) == (stands[1].id, "requested")
    assert db.session.scalars(select(Exhibitor.state)).all() == ["submitted"]


def test_the_stand_asked_for_is_named_to_both_sides_until_it_is_allocated(client: FlaskClient, sistep: Edition, stands: list[Stand], stranger: User, adil: User) -> None:
    sign_in_as(client, stranger)
    hold(client, "B2")
    answer_all(client, language="en")
    send_application(client, held=held_of(client))
    atlas, until = db.session.scalars(select(Exhibitor)).one(), db.session.scalars(select(StandClaim.until)).one()
    assert until is not None
    with client.application.test_request_context("/?lang=en"):
        when = i18n.moment(until, sistep.timezone)
    done = client.get("/sistep-2018/exhibit/done").text
    home = client.get(f"/exhibitor/sistep-2018/{atlas.id}/").text
    for page in (done, home):
        assert [words in page for words in ("The stand that you ask for", ">B2</a>", when, "No stand is allocated yet")] == [True, True, True, False]
    desk = sign_in_as(client, adil).get(f"/organiser/sistep-2018/exhibitors/{atlas.id}").text.split('id="stand-title"')[1].split("</section>")[0]
    assert [words in desk for words in ("Stand requested", ">B2</span>", when, "No stand yet", "No wish")] == [True, True, True, False, False]
    preview = client.get(f"/organiser/sistep-2018/exhibitors/{atlas.id}").text
    assert ["The stand that you asked for is yours" in preview, "when your stand is allocated" in preview] == [True, False]
    accept(atlas.id, actor_id=adil.id, now=EIGHT)
    mails = {mail.template: render_mail(mail)[1] for mail in db.session.scalars(select(OutgoingMail).where(OutgoingMail.to == atlas.contact_email))}
    assert ["B2" in mails["exhibitors/received"], "B2" in mails["exhibitors/accepted"], "stands/allocated" in mails] == [True, True, False]


def test_who_comes_second_is_told_and_offered_what_is_most_like_it(client: FlaskClient, sistep: Edition, stands: list[Stand]) -> None:
    page = client.get(f"{PLAN}/B2")
    somebody_else_holds(sistep, stands[1])
    answer = client.post(f"{PLAN}/B2/hold", data={"csrf_token": csrf_of(page)})
    assert (answer.status_code, "Somebody else took stand B2 a moment ago" in answer.text) == (422, True)
    like = answer.text.split("Free stands most like it")[1].split("Neighbours")[0]
    assert [number for number in ("B1", "B2", "B3", "B4") if f"{PLAN}/{number}" in like] == ["B1", "B3", "B4"]


def test_a_hold_that_was_taken_meanwhile_keeps_everything_typed(client: FlaskClient, sistep: Edition, stands: list[Stand]) -> None:
    hold(client, "B2")
    answer_all(client)
    held = held_of(client)
    mine = db.session.scalars(select(Exhibitor)).one()
    release_hold(mine.id, actor_id=None, now=EIGHT)
    somebody_else_holds(sistep, stands[1])
    answer = send_application(client, held=held)
    assert (answer.status_code, "ran out, and somebody else has it now" in answer.text) == (422, True)
    assert ["Fonderie de l&#39;Atlas" in answer.text, "amina@atlas.example" in answer.text] == [True, True]


def test_who_lost_the_stand_is_offered_others_and_asked_before_sending_without(client: FlaskClient, sistep: Edition, stands: list[Stand]) -> None:
    hold(client, "B2")
    answer_all(client)
    held = held_of(client)
    with transaction():
        db.session.scalars(select(StandClaim)).one().until = clock.show_now()
    somebody_else_holds(sistep, stands[1])
    for answer in (send_application(client, held=held), send_application(client), client.get(CHECK)):
        offered = answer.text.split('id="lost"')[1].split("</section>")[0]
        assert [number for number in ("B1", "B2", "B3", "B4") if f"{PLAN}/{number}" in offered] == ["B1", "B3", "B4"]
        assert f'href="{PLAN}?free=1"' in offered
    asked = send_application(client)
    assert (asked.status_code, "Choose another stand on the plan, or tick this box." in asked.text) == (422, True)
    assert send_application(client, without_stand="y").status_code == 302
    assert db.session.scalars(select(Exhibitor.state).order_by(Exhibitor.id)).all() == ["submitted", "draft"]


def test_the_stand_that_is_held_fills_in_the_space_and_decides_what_is_offered(client: FlaskClient, sistep: Edition, stands: list[Stand]) -> None:
    put_all(sistep)
    hold(client, "B4")
    space = form_with(client, "/sistep-2018/exhibit/space", "Save and continue").fields
    assert (space["stand_kind"], space["area"]) == (["bare"], ["45"])
    answer_all(client, stand_kind="equipped")
    assert "You hold stand B4 (bare, 45 m²)" in client.get("/sistep-2018/exhibit/space").text
    shown = client.get(CHECK).text.split('id="answers-space"')[1].split("</section>")[0]
    assert [words in shown for words in ("Hall B, B4", "Bare", "45 m² net", "Equipped", "18 m²")] == [True, True, True, False, False]
    extras = client.get("/sistep-2018/exhibit/extras").text
    assert ['name="extra-CARPET"' in extras, send(client, "/sistep-2018/exhibit/extras", **{"extra-CARPET": "45"}).location] == [True, CHECK]
    assert send_application(client, held=held_of(client)).status_code == 302
    atlas = db.session.scalars(select(Exhibitor)).one()
    assert (atlas.stand_kind, atlas.area_wished, [line.code for line in wanted_by(atlas.id).extras]) == ("bare", Decimal(45), ["CARPET"])


def test_a_hold_is_made_longer_once_and_let_go(client: FlaskClient, stands: list[Stand]) -> None:
    hold(client, "B2")
    assert press(client, f"{PLAN}/B2", "Hold it longer").status_code == 302
    assert "Hold it longer" not in client.get(f"{PLAN}/B2").text
    assert press(client, f"{PLAN}/B2", "Let it go").location == f"{PLAN}/B2"
    assert states(client) == {}


def test_nothing_is_held_while_registration_is_closed_or_by_wish_list(client: FlaskClient, sistep: Edition, stands: list[Stand], first_come: ExhibitingRules) -> None:
    token = csrf_of(client.get(f"{PLAN}/B2"))
    with transaction():
        first_come.stand_way = "wish_list"
    assert "Hold it for" not in client.get(f"{PLAN}/B2").text
    assert "In this edition stands are not held" in client.post(f"{PLAN}/B2/hold", data={"csrf_token": token}).text
    with transaction():
        first_come.stand_way = "first_come"
        sistep.exhibit_open = False
    assert "Hold it for" not in client.get(f"{PLAN}/B2").text
    assert "Exhibitor registration is closed" in client.post(f"{PLAN}/B2/hold", data={"csrf_token": token}).text
    assert states(client) == {}


def test_states_are_answered_short_when_nothing_changed(client: FlaskClient, stands: list[Stand]) -> None:
    first = client.get(f"{PLAN}/states.json")
    again = client.get(f"{PLAN}/states.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
