"""The address on a badge: what a stranger's telephone shows, and what it does not."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp import wiring
from eventapp.accounts.models import Role, User
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee
from eventapp.badges import operations
from eventapp.badges.queries import active_badge
from eventapp.core.db import db, transaction
from eventapp.editions.models import Category, Edition
from eventapp.jobs.runner import run_due
from eventapp.mail.models import OutgoingMail
from tests.badges import corpus
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user

CANARIES = ("Canarygiven", "Canaryfamily", "كناري", "canary@secret.example", "+212 5 99 99 99 99", "Canary Works", "Canary officer", "Speaker")


@pytest.fixture
def holder(sistep: Edition) -> Attendee:
    """The holder of a badge, full of canaries."""
    return add_attendee(
        sistep.id,
        Category.SPEAKER,
        given="Canarygiven",
        family="Canaryfamily",
        given_ar="كناري",
        email="canary@secret.example",
        phone="+212 5 99 99 99 99",
        organisation="Canary Works",
        job_title="Canary officer",
        country="MA",
        actor_id=None,
        now=EIGHT,
    )


def path_of(attendee: Attendee) -> str:
    badge = active_badge(attendee.id)
    assert badge is not None
    return f"/B/{badge.token}"


def told(page: str, attendee: Attendee) -> list[str]:
    badge = active_badge(attendee.id)
    secrets = [*CANARIES, attendee.reference, attendee.personal_key, str(badge.serial) if badge else "no badge"]
    return [secret for secret in secrets if secret in page]


def mails() -> list[tuple[str, str]]:
    return [(mail.to, mail.template) for mail in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)) if mail.template != "badges/your_badge"]


def test_a_stranger_sees_the_show_and_nothing_about_the_holder(client: FlaskClient, holder: Attendee) -> None:
    page = client.get(path_of(holder))
    assert (page.status_code, "SISTEP-2018" in page.text, told(page.text, holder)) == (200, True, [])


@pytest.mark.parametrize("who", ["stranger", "nadia"])
def test_an_account_without_a_role_here_is_a_stranger(client: FlaskClient, holder: Attendee, request: pytest.FixtureRequest, who: str) -> None:
    page = sign_in_as(client, request.getfixturevalue(who)).get(path_of(holder))
    assert (page.status_code, told(page.text, holder), f"/attendees/{holder.id}" in page.text, "/door/" in page.text) == (200, [], False, False)


@pytest.mark.parametrize(
    ("role", "desk", "door"), [(Role.ADMINISTRATOR, True, True), (Role.HELP_DESK, True, False), (Role.DOOR_SUPERVISOR, False, True), (Role.PRESS, False, False)]
)
def test_staff_see_the_way_to_their_own_work(client: FlaskClient, holder: Attendee, sistep: Edition, role: Role, desk: bool, door: bool) -> None:
    page = sign_in_as(client, grant(make_user("staff@show.example", "Staff"), sistep, role)).get(path_of(holder))
    assert (f"/organiser/sistep-2018/attendees/{holder.id}" in page.text, "/door/" in page.text, told(page.text, holder)) == (desk, door, [])


@pytest.mark.parametrize("text", ["x", "A" * 132, corpus.TOKEN, corpus.TOKEN.lower(), "%00", "%F0%9F%8E%9F", "ا" * 132, "A" * 4000, "..%2f..%2fetc"])
def test_anything_else_gets_one_calm_page(client: FlaskClient, holder: Attendee, text: str) -> None:
    for path in (f"/B/{text}", f"/b/{text}"):
        page = client.get(path)
        assert (page.status_code, "Traceback" in page.text, told(page.text, holder)) == (404, False, [])
    assert [client.get(f"/B/{text}").status_code for text in ("", "a/b")] == [404, 404]


def test_a_forged_code_gets_the_same_page_as_garbage(client: FlaskClient, holder: Attendee) -> None:
    good = path_of(holder)
    forged = good[:-10] + ("A" if good[-10] != "A" else "B") + good[-9:]
    pages = [client.get(path).text for path in (forged, "/B/x")]
    assert ["This code is not valid" in page for page in pages] == [True, True]


def test_the_address_may_come_in_lower_case_but_not_the_token(client: FlaskClient, holder: Attendee) -> None:
    good = path_of(holder)
    assert [client.get(path).status_code for path in (good, f"/b/{good[3:]}", good.lower())] == [200, 200, 404]


def lasting(page: TestResponse) -> str:
    """Leave out of a page what is drawn anew each time: the guard against foreign forms, and the page's number."""
    return re.sub(r'name="press" value="[^"]*"', "", page.text.replace(csrf_of(page), ""))


def test_a_revoked_badge_tells_a_stranger_no_more(client: FlaskClient, holder: Attendee) -> None:
    path = path_of(holder)
    before = lasting(client.get(path))
    operations.revoke_badge(holder.id, actor_id=None, now=EIGHT)
    assert lasting(client.get(path)) == before


def test_the_badge_of_a_draft_edition_names_nothing(client: FlaskClient, holder: Attendee, sistep: Edition) -> None:
    path = path_of(holder)
    with transaction():
        sistep.state = "draft"
    page = client.get(path)
    assert (page.status_code, "SISTEP" in page.text) == (404, False)


def test_the_holder_gets_the_way_to_the_page_by_mail_once_an_hour(client: FlaskClient, holder: Attendee) -> None:
    path = path_of(holder)
    for _ in range(2):
        answer = send(client, path, email="Canary@Secret.example")
        assert (answer.status_code, answer.location) == (302, path)
    assert mails() == [("canary@secret.example", "badges/my_page")]
    assert run_due(wiring.TASKS) >= 1


def test_another_address_gets_the_same_answer_and_no_mail(client: FlaskClient, holder: Attendee, sistep: Edition) -> None:
    add_attendee(sistep.id, Category.PRESS, given="Nora", family="Alaoui", email="nora@press.example", actor_id=None, now=EIGHT)
    path = path_of(holder)
    answers = []
    for email in ("canary@secret.example", "nora@press.example", "nobody@nowhere.example"):
        answer = send(client, path, email=email)
        page = client.get(answer.location)
        answers.append((answer.status_code, answer.location, lasting(page)))
    assert (answers[0] == answers[1] == answers[2], len(mails())) == (True, 1)


@pytest.mark.parametrize(("email", "says"), [("", "Enter your e-mail address."), ("x", "Enter an e-mail address as in"), ("a" * 300, "254 characters at most")])
def test_a_bad_address_is_named(client: FlaskClient, holder: Attendee, email: str, says: str) -> None:
    answer = send(client, path_of(holder), email=email)
    assert (answer.status_code, says in answer.text, mails()) == (422, True, [])


def test_a_badge_of_another_edition_names_its_own_show(app: Flask, client: FlaskClient, sistep: Edition, other_edition: Edition, stranger: User) -> None:
    there = add_attendee(other_edition.id, Category.VISITOR, given="Ali", family="Alaoui", actor_id=None, now=EIGHT)
    page = client.get(path_of(there))
    assert ("SISTEP-2025" in page.text, "SISTEP-2018" in page.text) == (True, False)
