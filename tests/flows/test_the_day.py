"""One day of the show, over HTTP: an exhibitor, a visitor, a signing, a door, and the organiser's home."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from eventapp import wiring
from eventapp.accounts.models import Role
from eventapp.accounts.passwords import hash_password
from eventapp.core import clock
from eventapp.core.clock import ClockAnchor
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.jobs.runner import run_due
from tests.support.cast import PASSWORD, grant, make_user
from tests.support.exhibiting import make_stand
from tests.support.forms import press

TEN_O_CLOCK = datetime(2018, 4, 12, 9, tzinfo=UTC)  # in Casablanca
SHOW, DESK = "/sistep-2018", "/organiser/sistep-2018"
AMINA = "amina@atlas.example"

Person = Callable[[str], FlaskClient]
Mail = Callable[[str, str], EmailMessage]
Organiser = Callable[[Role], FlaskClient]


@pytest.fixture
def show(sistep: Edition) -> Edition:
    """The edition on its first day at ten, with stand B12 free."""
    with transaction():
        db.session.add(ClockAnchor(real_at=clock.real_now(), show_at=TEN_O_CLOCK))
    clock.forget_anchor()
    make_stand(sistep, "B12")
    return sistep


@pytest.fixture
def reader(app: Flask) -> Person:
    """A browser of somebody who reads a language."""

    def open_browser(language: str) -> FlaskClient:
        browser = app.test_client()
        browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = language
        return browser

    return open_browser


@pytest.fixture
def organiser(show: Edition, reader: Person) -> Organiser:
    """A browser in which somebody with a role has signed in by the sign-in page."""

    def sign_in(role: Role) -> FlaskClient:
        user = grant(make_user(f"{role}@show.example", f"{role} of the show", password_hash=hash_password(PASSWORD)), show, role)
        browser = reader("en")
        assert press(browser, "/sign-in", "Sign in", email=user.email, password=PASSWORD).status_code == 302
        return browser

    return sign_in


@pytest.fixture
def mail_to(outbox_folder: Path) -> Mail:
    """The last mail that reached an address and has these words."""

    def last(address: str, has: str) -> EmailMessage:
        for _ in range(3):  # a job may ask for another one
            run_due(wiring.TASKS)
        files = sorted(outbox_folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        mails = (message_from_bytes(file.read_bytes(), policy=policy.default) for file in files)
        return next(mail for mail in mails if mail["To"] == address and has in words(mail))

    return last


def words(mail: EmailMessage) -> str:
    """Read a mail's text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(mail: EmailMessage, part: str) -> str:
    """Find the path of the mail's link that has this part."""
    found = re.search(rf"https?://[^/\s]+(\S*{part}\S*)", words(mail))
    assert found, words(mail)
    return found.group(1)


def pages_of(pdf: bytes) -> list[str]:
    """Read the text of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def apply_to_exhibit(amina: FlaskClient) -> str:
    """Go through the steps of the registration in French; return the reference."""
    assert "Commencer l’inscription" in amina.get(f"{SHOW}/exhibit").text
    steps = {
        "organisation": {"name": "Fonderie de l’Atlas", "name_ar": "مسبك الأطلس", "city": "Casablanca", "sector": "Tôlerie", "ice": "001561191000066"},
        "contact": {"contact_name": "Amina Benali", "contact_email": AMINA, "contact_phone": "0522 00 00 00", "language": "fr"},
        "space": {"stand_kind": "equipped", "area": "18", "wish_1": "B12"},
    }
    for step, answers in steps.items():
        assert press(amina, f"{SHOW}/exhibit/{step}", "Enregistrer et continuer", **answers).status_code == 302
    assert press(amina, f"{SHOW}/exhibit/check", "Envoyer", confirmed="y").location == f"{SHOW}/exhibit/done"
    reference = re.search(r"E-[0-9A-Z]{6}", amina.get(f"{SHOW}/exhibit/done").text)
    assert reference
    return reference.group()


def test_an_exhibitor_registers_and_gets_a_stand_and_badges(show: Edition, reader: Person, organiser: Organiser, mail_to: Mail) -> None:
    amina = reader("fr")
    reference = apply_to_exhibit(amina)
    home = press(amina, link_in(mail_to(AMINA, "/accounts/confirm/"), "/accounts/confirm/"), "Confirmer", password=PASSWORD).location
    waiting = amina.get(home).text
    assert (reference in waiting, "Adresse confirmée" in waiting, "Fonderie de l’Atlas" in waiting) == (True, True, True)

    ghita = organiser(Role.EXHIBITOR_MANAGER)
    listed = re.search(rf'href="({DESK}/exhibitors/\d+)"', ghita.get(f"{DESK}/exhibitors?q=fonderie").text)
    assert listed
    assert press(ghita, listed.group(1), "Accept").status_code == 302
    assert press(ghita, listed.group(1), "Allocate", stand="B12").status_code == 302
    assert "B12" in words(mail_to(AMINA, "B12"))
    assert "B12" in amina.get(home).text
    assert "B12" in reader("ar").get(f"{SHOW}/exhibitors").text

    for given, family in (("Youssef", "Alami"), ("Salma", "Idrissi")):
        assert press(amina, f"{home}staff/new", "Ajouter", given=given, family=family).status_code == 302
    names = pages_of(amina.get(f"{home}staff/badges.pdf").data)
    assert sorted((name, "Exposant" in page) for page in names for name in ("Salma", "Youssef") if name in page) == [("Salma", True), ("Youssef", True)]


def test_a_visitor_registers_and_gets_the_badge_on_screen_and_by_mail(show: Edition, reader: Person, mail_to: Mail) -> None:
    answer = press(reader("fr"), f"{SHOW}/visit", "badge", given="Omar", family="Tazi", email="omar@visitor.example", country="MA")
    assert "Omar" in reader("fr").get(answer.location).text
    [badge] = mail_to("omar@visitor.example", "/my/").iter_attachments()
    assert badge.get_content_type() == "application/pdf"
    assert ["Omar" in page for page in pages_of(badge.get_content())] == [True]
