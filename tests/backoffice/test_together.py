"""The exhibitor manager decides about many applications from the work list."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.operations import refuse
from eventapp.mail.models import OutgoingMail
from tests.support.browsing import sign_in_as
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor
from tests.support.forms import form_with, press_on
from tests.support.statements import statements

LIST = "/organiser/sistep-2018/exhibitors"


@pytest.fixture
def desk(client: FlaskClient, sistep: Edition, adil: User, stranger: User) -> FlaskClient:
    """A manager before three applications, one of them refused already."""
    for name, language, state in (("Atlas", "fr", "submitted"), ("Rif", "ar", "submitted"), ("Souss", "en", "refused")):
        make_exhibitor(sistep, name, stranger, state=state, language=language, sector="plastics" if name == "Rif" else "other")
    return sign_in_as(client, adil)


def numbers() -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(select(Exhibitor.public_name, Exhibitor.id))}


def words(page: TestResponse) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", page.text)).split())


def test_the_ticked_ones_are_refused_with_reasons_in_their_languages_after_their_mails_were_seen(desk: FlaskClient) -> None:
    found = numbers()
    page = desk.get(f"{LIST}/together/refuse", query_string={"chosen": [found["Atlas"], found["Rif"], found["Souss"], "x", "9999999"]})
    assert ("Refuse 2 applications" in words(page), "1 of those chosen is in a state that this step does not go with" in words(page)) == (True, True)
    again = press_on(desk, page, "Refuse 2 applications")
    assert (again.status_code, "Choose a reason, or write one below." in words(again)) == (422, True)
    seen = press_on(desk, again, "Show the mails with the note", reason="full", note_fr="Revenez en 2020.")
    assert [text in words(seen) for text in ("Tous les stands de cette édition sont attribués. Revenez en 2020.", "جميع أجنحة هذه الدورة محجوزة. Revenez en 2020.")] == [True, True]
    assert db.session.scalars(select(OutgoingMail)).all() == []
    done = press_on(desk, seen, "Refuse 2 applications")
    assert "2 applications are refused" in words(desk.get(done.location))
    notes = {mail.values["name"]: mail.values["note"] for mail in db.session.scalars(select(OutgoingMail))}
    assert notes == {"Atlas": "Tous les stands de cette édition sont attribués.\n\nRevenez en 2020.", "Rif": "جميع أجنحة هذه الدورة محجوزة.\n\nRevenez en 2020."}


def test_all_of_the_list_as_it_is_narrowed_is_chosen_and_what_changed_meanwhile_is_named(desk: FlaskClient) -> None:
    page = desk.get(f"{LIST}/together/accept?scope=all&state=submitted&sector=other")
    assert "Accept 1 application" in words(page)
    page = desk.get(f"{LIST}/together/accept?scope=all&state=submitted")
    refuse(numbers()["Rif"], actor_id=None, now=EIGHT)
    done = press_on(desk, page, "Accept 2 applications")
    said = words(desk.get(done.location))
    assert ("1 application is accepted" in said, "1 was left alone as it was" in said, "Rif Refused Somebody changed this while you had the page open." in said) == (
        True,
        True,
        True,
    )


def test_who_ticks_nobody_is_led_back_to_the_list_as_it_was(desk: FlaskClient) -> None:
    answer = desk.get(f"{LIST}/together/accept?scope=ticked&state=submitted")
    assert (answer.status_code, answer.location) == (302, f"{LIST}?state=submitted")
    assert "No application is chosen." in words(desk.get(answer.location))
    ticked = [box.count(" checked") for box in desk.get(f"{LIST}?tick=1").text.split('class="pick"')[1:]]
    assert ticked == [1, 1, 2]  # the last also counts the choice between the ticked ones and all


def test_one_decision_shows_its_mails_with_the_note_first(desk: FlaskClient) -> None:
    path = f"{LIST}/{numbers()['Atlas']}"
    seen = press_on(desk, desk.get(path), "Show the mails with the note", note="Bienvenue & merci", reason="theme")
    letters = [unescape(letter) for letter in re.findall(r'<div class="letter".*?</div>', seen.text, re.DOTALL)]
    assert (seen.status_code, ["Bienvenue & merci" in letter for letter in letters]) == (200, [True, True, True])
    assert ["thème de cette édition" in letter for letter in letters] == [False, False, True]
    assert press_on(desk, seen, "Refuse").status_code == 302
    assert [mail.values["note"] for mail in db.session.scalars(select(OutgoingMail))] == [
        "Ce que vous souhaitez présenter ne correspond pas au thème de cette édition.\n\nBienvenue & merci"
    ]
    page = press_on(desk, desk.get(f"{LIST}/{numbers()['Rif']}/withdraw"), "Show the mail with the note", note="Adieu")
    assert (page.status_code, page.text.count("Adieu")) == (200, 2)


def test_the_list_asks_as_often_for_one_as_for_three(desk: FlaskClient) -> None:
    counted: list[int] = []
    desk.get(f"{LIST}?state=all")
    for state in ("refused", "all"):
        with statements() as sent:
            assert desk.get(f"{LIST}?state={state}").status_code == 200
        counted.append(len(sent))
    assert counted[0] == counted[1]


def test_the_button_that_decides_is_the_one_that_enter_presses(desk: FlaskClient) -> None:
    form = form_with(desk, f"{LIST}/together/accept?scope=all&state=submitted", "Accept 2 applications")
    assert list(form.buttons) == ["Accept 2 applications", "Show the mails with the note"]
