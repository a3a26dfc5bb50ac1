"""One day of the show, over HTTP: an exhibitor, a visitor, a signing, a door, and the organiser's home."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar
from pypdf import PdfReader

from eventapp import doctor, wiring
from eventapp.accounts.models import Role
from eventapp.accounts.passwords import hash_password
from eventapp.core import clock
from eventapp.core.clock import ClockAnchor
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.jobs.runner import run_due
from tests.support.cast import PASSWORD, TEN_O_CLOCK, grant, make_user
from tests.support.codes import token_on
from tests.support.exhibiting import make_stand
from tests.support.forms import press, press_on

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


def exhibitor(reader: Person, organiser: Organiser, mail_to: Mail) -> None:
    """An exhibitor registers, confirms the address, is accepted, gets stand B12 and two badges."""
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


def visitor(reader: Person, mail_to: Mail) -> str:
    """A visitor registers and has the badge on the screen and by mail; return what its code says."""
    omar = reader("fr")
    answer = press(omar, f"{SHOW}/visit", "badge", given="Omar", family="Tazi", email="omar@visitor.example", country="MA")
    page = omar.get(answer.location).text
    assert "Omar" in page
    [badge] = mail_to("omar@visitor.example", "/my/").iter_attachments()
    assert badge.get_content_type() == "application/pdf"
    assert ["Omar" in page for page in pages_of(badge.get_content())] == [True]
    return token_on(page)


def inauguration(organiser: Organiser) -> FlaskClient:
    """The programme manager adds two rooms and the inauguration."""
    hajar = organiser(Role.PROGRAMME_MANAGER)
    for code, name in (("auditorium", "Auditorium"), ("salon", "Signing room")):
        added = press(hajar, f"{DESK}/programme/rooms/new", "Add the room", code=code, name_en=name, capacity="300", turnover="0")
        assert added.status_code == 302, added.text
    when = {"day": "2018-04-12", "start": "11:00", "length": "90", "room": "Auditorium"}
    title = {"title_fr": "Inauguration de SISTEP", "title_ar": "افتتاح سيستيب", "title_en": "Inauguration of SISTEP"}
    assert press(hajar, f"{DESK}/programme/new", "Add the session", kind="inauguration", **title, **when).status_code == 302
    return hajar


def record(karim: FlaskClient, title: str, *parties: tuple[str, str, str]) -> str:
    """The protocol officer records an agreement, page by page; return its address."""
    page = press(karim, f"{DESK}/agreements/new", "Continue", kind="memorandum", title_fr=title, subject_fr="Former ensemble.")
    bound = {f"parties-{number}-{field}": value for number, (name, _given, _family) in enumerate(parties) for field, value in (("name", name), ("country", "MA"))}
    page = press_on(karim, page, "Continue", **bound)
    signing = {f"parties-{n}-signatories-0-{field}": value for n, (_name, given, family) in enumerate(parties) for field, value in (("given", given), ("family", family))}
    page = press_on(karim, page, "Continue", **signing, **{f"parties-{n}-signatories-0-capacity_fr": "Président" for n in range(len(parties))})
    done = press_on(karim, page, "Record the agreement")
    assert done.status_code == 302, done.text
    return str(done.location)


def signings(organiser: Organiser, hajar: FlaskClient) -> None:
    """The memorandum is signed during the inauguration; the same person, or the same room, at that time is refused by name."""
    karim = organiser(Role.PROTOCOL_OFFICER)
    fimme, arts = ("FIMME", "Abdelhamid", "Souiri"), ("Arts et Métiers ParisTech", "Laurent", "Champaney")
    memorandum = record(karim, "Mémorandum d’entente", fimme, arts)
    page = press(karim, f"{memorandum}/signing", "Show that day", day="2018-04-12")
    part = re.search(r'value="(part-\d+)"', page.text)
    assert part
    assert press_on(karim, page, "Schedule the signing", start="11:45", length="30", where=part.group(1)).status_code == 302
    shown = karim.get(memorandum).text
    assert ("11:45" in shown, "Auditorium" in shown) == (True, True)

    other = record(karim, "Accord-cadre", fimme, ("Fonderie du Rif", "Nadia", "Bennis"))
    with_souiri = press(karim, f"{other}/signing", "Schedule the signing", day="2018-04-12", start="12:00", length="20", where="room", room="Signing room")
    assert with_souiri.status_code in {409, 422}
    assert [word in with_souiri.text for word in ("Abdelhamid Souiri", "Mémorandum d’entente", "12:00")] == [True] * 3

    third = record(karim, "Convention", ("Atlas Usinage", "Rachid", "Alaoui"), ("Fonderie du Rif", "Nadia", "Bennis"))
    same_room = press(karim, f"{third}/signing", "Schedule the signing", day="2018-04-12", start="12:00", length="20", where="room", room="Auditorium")
    assert [word in same_room.text for word in ("Auditorium is already taken", "Inauguration of SISTEP", "12:00")] == [True] * 3
    assert press(karim, f"{other}/signing", "Schedule the signing", day="2018-04-12", start="15:00", length="20", where="room", room="Signing room").status_code == 302
    assert press(hajar, f"{DESK}/programme/publish", "Publish").status_code == 302


def schedule(reader: Person) -> None:
    """Anybody reads the schedule in three languages, and a calendar opens it."""
    titles = {"fr": "Inauguration de SISTEP", "ar": "افتتاح سيستيب", "en": "Inauguration of SISTEP"}
    for language, title in titles.items():
        page = reader(language).get(f"{SHOW}/schedule/2018-04-12", follow_redirects=True).text
        assert (title in page, "Auditorium" in page, "Champaney" in page) == (True, True, True)
    calendar = Calendar.from_ical(reader("fr").get(f"{SHOW}/schedule.ics?lang=fr").data)
    events: dict[str, Any] = {str(event["SUMMARY"]): (str(event.decoded("DTSTART")), str(event["LOCATION"]).partition(",")[0]) for event in calendar.walk("VEVENT")}
    assert events["Inauguration de SISTEP"] == ("2018-04-12 11:00:00+01:00", "Auditorium")
    assert len(events) == 3


def door(app: Flask, organiser: Organiser, code: str) -> None:
    """A steward's phone is enrolled at the main gate: enter, look, stop, and the next good one enters."""
    omar = organiser(Role.DOOR_SUPERVISOR)
    names = {"name_fr": "Porte principale", "name_ar": "البوابة الرئيسية", "name_en": "Main gate"}
    assert press(omar, f"{DESK}/doors/gates/new", "gate", code="main", zone="Show floor", **names).status_code == 302
    prepared = press(omar, f"{DESK}/doors/devices/new", "Make the code", gate="Main gate", label="Gate phone").location
    shown = re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", omar.get(prepared).text)
    assert shown
    phone = app.test_client()
    enrolled = phone.post("/api/v1/door/enrolments", json={"code": shown.group(), "label": "Gate phone"})
    device: dict[str, Any] = enrolled.get_json()
    assert (enrolled.status_code, device["gate"]["code"]) == (201, "main")

    def scan(badge: str, seconds: int) -> dict[str, Any]:
        at = (datetime.fromisoformat(device["now"]) + timedelta(seconds=seconds)).isoformat()
        given = {"id": str(uuid4()), "token": badge, "gate": device["gate"]["id"], "direction": "in", "scanned_at": at, "clock_offset_ms": 0, "verdict": ""}
        sent = phone.post("/api/v1/door/scans", json={"scans": [given]}, headers={"Authorization": f"Bearer {device['token']}"})
        return dict(sent.get_json()["scans"][0])

    other = press(app.test_client(), f"{SHOW}/visit", "badge", given="Lina", family="Chraibi", email="lina@visitor.example", country="MA").location
    good = token_on(app.test_client().get(other).text)
    forged = f"{code[:40]}{'A' if code[40] != 'A' else 'B'}{code[41:]}"
    answers = [scan(badge, second) for second, badge in enumerate((code, code, forged, good))]
    assert [answer["outcome"] for answer in answers] == ["admitted", "already_inside", "refused", "admitted"]
    assert (answers[0]["holder"]["name"], answers[2]["holder"], answers[3]["holder"]["name"]) == ("Omar Tazi", None, "Lina Chraibi")
    assert (set(answers[1]["since"]), answers[1]["reason"]) == ({"at", "time", "gate"}, "already_inside")


def home(organiser: Organiser) -> None:
    """The organiser's home shows how the show goes, and doctor finds nothing wrong."""
    page = " ".join(re.sub(r"<[^>]+>", " ", organiser(Role.ADMINISTRATOR).get(f"{DESK}/").text).split())
    for said in (r"Accepted exhibitors\D{0,40}1\b", r"[Pp]eople inside( now)?\D{0,40}2\b", "Inauguration of SISTEP"):
        assert re.search(said, page), (said, page)
    assert {name: found for name, found in doctor.examine().items() if found} == {}


def test_one_day_of_the_show(app: Flask, show: Edition, reader: Person, organiser: Organiser, mail_to: Mail) -> None:
    exhibitor(reader, organiser, mail_to)
    code = visitor(reader, mail_to)
    signings(organiser, inauguration(organiser))
    schedule(reader)
    door(app, organiser, code)
    home(organiser)
