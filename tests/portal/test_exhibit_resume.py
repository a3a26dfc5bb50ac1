"""A registration is left in one browser and resumed in another by the link that was mailed."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.ids import hash_secret
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor, RegistrationDraft, ResumeLink
from eventapp.exhibitors.operations import save_step
from eventapp.jobs.runner import run_due
from eventapp.mail.models import OutgoingMail
from eventapp.wiring import TASKS
from tests.portal.test_exhibit_wizard import CONTACT, HOME, ORGANISATION, answer_all, send_application
from tests.support.browsing import send
from tests.support.cast import EIGHT
from tests.support.exhibiting import answers


def mailed() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "exhibitors/resume").order_by(OutgoingMail.id)))


def another_browser(app: Flask) -> FlaskClient:
    browser = app.test_client()
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def test_the_contact_gets_a_link_that_opens_the_registration_elsewhere(app: Flask, client: FlaskClient, sistep: Edition) -> None:
    send(client, f"{HOME}/organisation", **ORGANISATION)
    assert mailed() == []
    send(client, f"{HOME}/contact", **CONTACT)
    letter = mailed()[0]
    assert (letter.to, letter.language, letter.values["name"]) == ("amina@atlas.example", "ar", "Fonderie de l'Atlas")
    path = str(letter.values["secret_path"])
    assert re.fullmatch(r"/sistep-2018/exhibit/resume/[\w-]{43}", path)
    elsewhere = another_browser(app)
    assert elsewhere.get(path).location.startswith(f"{HOME}/")
    assert "Fonderie de l&#39;Atlas" in elsewhere.get(f"{HOME}/organisation").text
    send(elsewhere, f"{HOME}/organisation", **{**ORGANISATION, "city": "Tanger"})
    assert 'value="Tanger"' in client.get(f"{HOME}/organisation").text
    assert len(db.session.scalars(select(RegistrationDraft)).all()) == 1


def test_the_secret_of_a_link_is_its_own_and_only_its_hash_is_kept(sistep: Edition) -> None:
    for step in ("organisation", "contact"):
        draft = save_step(sistep.id, "the browser's key", step, answers()[step], now=EIGHT)
    secret = str(mailed()[0].values["secret_path"]).rpartition("/")[2]
    link = db.session.scalars(select(ResumeLink)).one()
    assert (link.key_hash, link.draft_id, link.edition_id) == (hash_secret(secret), draft.id, sistep.id)
    assert draft.key_hash == hash_secret("the browser's key") != link.key_hash


def test_saving_the_contact_again_mails_nothing_and_another_address_gets_its_own_link(client: FlaskClient, sistep: Edition) -> None:
    for email in ("amina@atlas.example", "AMINA@atlas.example", "brahim@atlas.example", "amina@atlas.example"):
        send(client, f"{HOME}/contact", **{**CONTACT, "contact_email": email})
    assert [letter.to for letter in mailed()] == ["amina@atlas.example", "brahim@atlas.example"]
    assert len(db.session.scalars(select(ResumeLink)).all()) == 2


def test_the_link_is_sent_again_when_it_is_asked_for_and_both_work(app: Flask, client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    page = client.get(f"{HOME}/check").text
    assert f'href="{HOME}/link"' in page
    assert 'value="amina@atlas.example"' in client.get(f"{HOME}/link").text
    answer = send(client, f"{HOME}/link", email="partner@atlas.example")
    assert answer.location == f"{HOME}/check"
    assert "The link is on its way to partner@atlas.example." in client.get(answer.location).text
    assert [(letter.to, letter.language) for letter in mailed()] == [("amina@atlas.example", "ar"), ("partner@atlas.example", "en")]
    for letter in mailed():
        assert another_browser(app).get(letter.values["secret_path"]).location == f"{HOME}/check"


@pytest.mark.parametrize("typed", ["", "nobody", "a@b.example\nBcc: x@y.example", "x" * 250 + "@a.example"])
def test_a_link_is_sent_to_an_address_only(client: FlaskClient, sistep: Edition, typed: str) -> None:
    send(client, f"{HOME}/organisation", **ORGANISATION)
    answer = send(client, f"{HOME}/link", email=typed)
    assert (answer.status_code, mailed()) == (422, [])


def test_without_a_registration_there_is_no_link_to_send(client: FlaskClient, sistep: Edition) -> None:
    assert client.get(f"{HOME}/link").location == HOME


def test_a_wrong_link_says_what_to_do_and_another_editions_link_is_a_wrong_one(app: Flask, client: FlaskClient, sistep: Edition, other_edition: Edition) -> None:
    answer_all(client)
    secret = str(mailed()[0].values["secret_path"]).rpartition("/")[2]
    browser_key = "of-a-browser"
    save_step(sistep.id, browser_key, "organisation", answers()["organisation"], now=EIGHT)
    for path in (f"{HOME}/resume/{secret[:-1]}", f"{HOME}/resume/nothing", f"{HOME}/resume/{browser_key}", f"/{other_edition.slug}/exhibit/resume/{secret}"):
        answer = another_browser(app).get(path)
        assert answer.status_code == 410, path
        assert "Copy the whole link from our mail" in answer.text
        assert "contact@show.example" in answer.text
        assert "Atlas" not in answer.text


def test_after_sending_the_link_leads_to_the_application(app: Flask, client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    path = mailed()[0].values["secret_path"]
    elsewhere = another_browser(app)
    elsewhere.get(path)
    assert send_application(elsewhere).location == f"{HOME}/done"
    exhibitor = db.session.scalars(select(Exhibitor).where(Exhibitor.state == "submitted")).one()
    assert another_browser(app).get(path).location == f"/exhibitor/sistep-2018/{exhibitor.id}/"
    assert client.get(f"{HOME}/organisation").location == f"{HOME}/done"


def test_the_mail_goes_with_the_link_and_forgets_it(app: Flask, client: FlaskClient, sistep: Edition) -> None:
    send(client, f"{HOME}/contact", **CONTACT)
    path = mailed()[0].values["secret_path"]
    run_due(TASKS)
    db.session.expire_all()
    assert mailed()[0].state == "sent"
    assert path not in str(mailed()[0].values)
