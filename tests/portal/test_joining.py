"""A visitor whom an exhibitor asks to join its staff: the page that asks, the mails, and what the exhibitor's pages say."""

from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp import wiring
from eventapp.accounts.models import User
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import register_visitor
from eventapp.attendees.queries import asked_by, staff_of
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.jobs.runner import run_due
from eventapp.mail.models import OutgoingMail
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor
from tests.support.forms import press

OMAR: dict[str, Any] = {"given": "Omar", "family": "Tazi", "email": "omar@rif.example"}


@pytest.fixture
def omar(sistep: Edition) -> Attendee:
    """A registered visitor."""
    found = register_visitor(sistep.id, **OMAR, organisation="Atelier Tazi", language="en", now=EIGHT)
    assert found is not None
    return found


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An accepted exhibitor."""
    return make_exhibitor(sistep, "Atlas", stranger)


def home(atlas: Exhibitor) -> str:
    return f"/exhibitor/sistep-2018/{atlas.id}/"


def words(page: str) -> str:
    return " ".join(unescape(page).split())


def add(client: FlaskClient, atlas: Exhibitor, user: User) -> str:
    """Let the exhibitor add Omar, and read its page."""
    press(sign_in_as(client, user), f"{home(atlas)}staff/new", "Add and make the badge", **OMAR)
    return words(client.get(f"{home(atlas)}?lang=en").text)


def test_an_exhibitor_who_adds_a_visitor_gets_no_badge_before_their_yes(client: FlaskClient, stranger: User, atlas: Exhibitor, omar: Attendee) -> None:
    page = add(client, atlas, stranger)
    assert [said in page for said in ("so we asked them by e-mail", "Asked to join", "No answer yet", "badge.pdf")] == [True, True, True, False]
    assert client.get(f"{home(atlas)}staff/{omar.id}/badge.pdf").status_code == 404
    assert client.get(f"{home(atlas)}staff/badges.pdf").status_code == 409
    press(client, home(atlas), "Take the question back")
    assert "Asked to join" not in client.get(home(atlas)).text


def test_the_yes_replaces_the_badge_and_the_mail_says_which_one_opens_the_door(client: FlaskClient, stranger: User, atlas: Exhibitor, omar: Attendee) -> None:
    add(client, atlas, stranger)
    path = f"/sistep-2018/join/{asked_by(atlas.id)[0][0].key}"
    answer = press(client, path, "Yes, put me on the staff")
    assert answer.location == f"/sistep-2018/my/{omar.personal_key}"
    assert "the one before it opens no door any more" in words(client.get(answer.location).text)
    assert [attendee.id for attendee in staff_of(atlas.id)] == [omar.id]
    assert "You are on the staff of Atlas" in client.get(path).text
    run_due(wiring.TASKS)
    newest = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "badges/your_badge").order_by(OutgoingMail.id.desc())).first()
    assert newest is not None
    assert (newest.to, newest.values["replaces"]) == ("omar@rif.example", True)


def test_a_no_keeps_the_badge_and_the_exhibitor_reads_it(client: FlaskClient, stranger: User, atlas: Exhibitor, omar: Attendee) -> None:
    add(client, atlas, stranger)
    path = f"/sistep-2018/join/{asked_by(atlas.id)[0][0].key}"
    press(client, path, "No, thank you")
    assert "You said no before. You can still say yes." in client.get(path).text
    assert ("Said no" in client.get(home(atlas)).text, staff_of(atlas.id)) == (True, [])


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_an_answer_that_is_neither_yes_nor_no_is_asked_again(client: FlaskClient, stranger: User, atlas: Exhibitor, omar: Attendee, answer: str) -> None:
    add(client, atlas, stranger)
    path = f"/sistep-2018/join/{asked_by(atlas.id)[0][0].key}"
    page = send(client, path, answer=answer)
    assert (page.status_code, "Press yes or no." in page.text, staff_of(atlas.id)) == (422, True, [])


def test_the_page_says_when_nobody_waits_for_the_answer_any_more(client: FlaskClient, stranger: User, atlas: Exhibitor, omar: Attendee) -> None:
    add(client, atlas, stranger)
    path = f"/sistep-2018/join/{asked_by(atlas.id)[0][0].key}"
    press(client, home(atlas), "Take the question back")
    assert [said in client.get(path).text for said in ("This question is not open any more", "put me on the staff")] == [True, False]


def test_removing_who_is_a_visitor_too_says_that_they_keep_a_badge(client: FlaskClient, stranger: User, atlas: Exhibitor, omar: Attendee) -> None:
    add(client, atlas, stranger)
    press(client, f"/sistep-2018/join/{asked_by(atlas.id)[0][0].key}", "Yes, put me on the staff")
    path = f"{home(atlas)}staff/{omar.id}/remove"
    assert "Omar Tazi keeps a badge as “Visitor”, which we mail." in words(client.get(path).text)
    press(client, path, "Remove")
    assert "Omar Tazi was removed from your staff and keeps a badge as “Visitor”" in words(client.get(home(atlas)).text)
    db.session.refresh(omar)
    assert omar.organisation_name == "Atelier Tazi"
