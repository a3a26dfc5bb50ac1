"""An organiser writes to many, an exhibitor answers, the organiser sees it and answers back; nobody else does."""

import re
from html import unescape

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Circular
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import render_mail
from tests.support.browsing import sign_in_as
from tests.support.cast import make_user
from tests.support.exhibiting import make_exhibitor
from tests.support.forms import press_on

LIST = "/organiser/sistep-2018/exhibitors"


def words(page: TestResponse) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", page.text)).split())


def browser_of(client: FlaskClient, user: User) -> FlaskClient:
    browser = sign_in_as(client.application.test_client(), user)
    browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def test_a_message_to_many_its_answer_and_the_answer_to_that(client: FlaskClient, sistep: Edition, adil: User, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger, language="fr")
    number = atlas.id
    neighbour = make_user("nora@rif.example", "Nora")
    rif = make_exhibitor(sistep, "Rif", neighbour, language="en", state="refused").id
    organiser, exhibitor, other = sign_in_as(client, adil), browser_of(client, stranger), browser_of(client, neighbour)

    page = organiser.get(f"{LIST}/write?scope=all&state=accepted")
    assert "Write to 1 exhibitor" in words(page)
    wrong = press_on(organiser, page, "Show the mails", subject_fr="Montage", text_fr="Bonjour {nom}")
    assert (wrong.status_code, "{nom} is no placeholder." in words(wrong)) == (422, True)
    seen = press_on(organiser, wrong, "Show the mails", text_fr="Bonjour {name}, <b>stand</b> {stand}")
    assert [said in words(seen) for said in ("Bonjour Atlas, <b>stand</b> –", "1 reader has no stand")] == [True, True]
    assert db.session.scalars(select(Circular)).all() == []
    sent = organiser.get(press_on(organiser, seen, "Send to 1 exhibitor").location)
    assert ("The message is on its way to 1 exhibitor." in words(sent), "Bonjour {name}" in words(sent)) == (True, True)

    home = words(exhibitor.get(f"/exhibitor/sistep-2018/{number}/"))
    assert "Messages The organiser · 12 Apr 2018" in home or "Montage" in home
    thread = exhibitor.get(f"/exhibitor/sistep-2018/{number}/messages")
    assert ("Bonjour Atlas, <b>stand</b> –" in words(thread), adil.name in thread.text) == (True, False)
    assert press_on(exhibitor, thread, "Send to the organiser", text=" ").status_code == 422
    assert press_on(exhibitor, thread, "Send to the organiser", text="We come at 7").status_code == 302
    (mail,) = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "exhibitors/answer"))
    assert (mail.to, "We come at 7" in render_mail(mail)[1]) == (adil.email, True)

    assert "1 exhibitor wrote to you" in words(organiser.get("/organiser/sistep-2018/"))
    assert ("Atlas" in words(organiser.get(f"{LIST}?messages=unread")), "Rif" in words(organiser.get(f"{LIST}?messages=unread"))) == (True, False)
    assert "We come at 7" in words(organiser.get(f"{LIST}/messages"))
    there = organiser.get(f"{LIST}/{number}/messages")
    assert press_on(organiser, there, "Send to Atlas", text="Seven is fine").status_code == 302
    assert "Every answer is read." in words(organiser.get(f"{LIST}/messages"))
    assert "Seven is fine" in words(exhibitor.get(f"/exhibitor/sistep-2018/{number}/messages"))
    press_on(exhibitor, exhibitor.get(f"/exhibitor/sistep-2018/{number}/messages"), "Send to the organiser", text="Thank you")
    press_on(organiser, organiser.get(f"{LIST}/{number}/messages"), "Mark as read, without an answer")
    assert "Every answer is read." in words(organiser.get(f"{LIST}/messages"))

    assert (other.get(f"/exhibitor/sistep-2018/{number}/messages").status_code, "Nothing was written yet." in words(other.get(f"/exhibitor/sistep-2018/{rif}/messages"))) == (
        404,
        True,
    )
