"""The registration page: in a minute, in three languages, with nothing lost and nothing told."""

from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from eventapp import wiring
from eventapp.attendees.models import Attendee, Consent
from eventapp.attendees.rules import MARKETING_TEXTS
from eventapp.badges.queries import active_badge
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.jobs.runner import run_due
from eventapp.mail.models import MailAttachment, OutgoingMail
from tests.support.browsing import csrf_of, send
from tests.support.cast import EIGHT

SALMA = {"given": "Salma", "family": "El Idrissi", "email": "salma@visitor.example", "country": "MA", "marketing_version": "m1"}
PAGE = "/sistep-2018/visit"


def attendees() -> list[Attendee]:
    return list(db.session.scalars(select(Attendee).order_by(Attendee.id)))


def test_a_visitor_registers_and_sees_the_badge(client: FlaskClient, sistep: Edition) -> None:
    answer = send(client, PAGE, **SALMA, organisation="Atlas Usinage", given_ar="سلمى", family_ar="الإدريسي", phone="0522 00 00 00")
    salma = attendees()[0]
    assert (answer.status_code, answer.location) == (302, f"/sistep-2018/my/{salma.personal_key}")
    page = client.get(answer.location)
    badge = active_badge(salma.id)
    assert badge is not None
    assert [word in page.text for word in ("Salma", "El Idrissi", "سلمى الإدريسي", "Atlas Usinage", "Visitor", "salma@visitor.example", salma.reference, "SISTEP-2018")] == [
        True
    ] * 8
    assert (salma.phone, salma.language, salma.country) == ("+212 5 22 00 00 00", "en", "MA")
    assert (page.headers["Cache-Control"], 'name="robots" content="noindex"' in page.text) == ("no-store", True)


def test_the_mail_brings_the_badge_as_pdf_once(client: FlaskClient, sistep: Edition) -> None:
    send(client, PAGE, **SALMA)
    assert run_due(wiring.TASKS) >= 1
    mails = db.session.execute(select(OutgoingMail.to, OutgoingMail.template, OutgoingMail.language)).all()
    assert mails == [("salma@visitor.example", "badges/your_badge", "en")]
    name, kind, content = db.session.execute(select(MailAttachment.filename, MailAttachment.content_type, MailAttachment.content)).one()
    assert (name, kind, content[:5]) == (f"badge-sistep-2018-{attendees()[0].reference}.pdf", "application/pdf", b"%PDF-")
    run_due(wiring.TASKS)
    assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 1


def test_the_mail_that_arrives_leads_to_the_badge(client: FlaskClient, sistep: Edition, outbox_folder: Path) -> None:
    send(client, f"{PAGE}?lang=fr", **SALMA)
    for _ in range(3):
        run_due(wiring.TASKS)
    assert db.session.scalars(select(OutgoingMail.state)).all() == ["sent"]
    newest = max(outbox_folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    mail = message_from_bytes(newest.read_bytes(), policy=policy.default)
    words = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert [word in words for word in (f"/sistep-2018/my/{attendees()[0].personal_key}", "12–15 avril 2018", "Salma El Idrissi")] == [True] * 3
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["application/pdf"]


@pytest.mark.parametrize("again", [{}, {"given": "SALMA "}, {"email": "SALMA@visitor.example"}])
def test_a_known_person_is_asked_to_look_into_the_mail(client: FlaskClient, sistep: Edition, again: dict[str, str]) -> None:
    send(client, PAGE, **SALMA)
    stranger = client.application.test_client()
    with time_machine.travel(EIGHT + timedelta(days=4000)):
        answer = send(stranger, PAGE, **{**SALMA, **again})
    salma = attendees()[0]
    assert (len(attendees()), answer.location) == (1, "/sistep-2018/visit/mail")
    page = stranger.get(answer.location)
    assert [secret in page.text for secret in (salma.personal_key, salma.reference, "Salma", "salma@")] == [False] * 4


def test_another_name_at_the_same_address_is_another_attendee(client: FlaskClient, sistep: Edition) -> None:
    send(client, PAGE, **SALMA)
    send(client, PAGE, **{**SALMA, "given": "Youssef"})
    assert [attendee.person.name() for attendee in attendees()] == ["Salma El Idrissi", "Youssef El Idrissi"]


def test_consent_is_kept_only_when_it_was_given(client: FlaskClient, sistep: Edition) -> None:
    send(client, PAGE, **SALMA)
    send(client, f"{PAGE}?lang=ar", **{**SALMA, "given": "Nora"}, marketing="y")
    nora = attendees()[1]
    assert db.session.execute(select(Consent.attendee_id, Consent.text_version, Consent.language)).all() == [(nora.id, "m1", "ar")]


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_page_names_what_the_law_asks_for(client: FlaskClient, sistep: Edition, language: str) -> None:
    with transaction():
        sistep.privacy_number = "D-W-123/2018"
        sistep.privacy_controller = {"fr": "FIMME controleur", "ar": "الفيدرالية", "en": "FIMME controller"}
    page = client.get(f"{PAGE}?lang={language}")
    assert [word in page.text for word in ("D-W-123/2018", sistep.privacy_controller[language], "contact@show.example", MARKETING_TEXTS["m1"][language])] == [True] * 4
    assert page.text.count("<h1") == 1


BAD: dict[str, tuple[dict[str, str], str]] = {
    "no given name": ({"given": ""}, "Enter the given name."),
    "only spaces": ({"family": "   "}, "Enter the family name."),
    "only invisible characters": ({"given": "\u200d\u2060\u200b"}, "Enter the name with letters."),
    "only an emoji": ({"given": "\U0001f600"}, "Enter the name with letters."),
    "a null": ({"given": "\x00"}, "Enter the given name."),
    "overlong name": ({"given": "a" * 81}, "A name can have 80 characters at most."),
    "overlong company": ({"organisation": "a" * 161}, "The company&#39;s name can have 160 characters at most."),
    "overlong job": ({"job_title": "a" * 121}, "The job title can have 120 characters at most."),
    "no address": ({"email": ""}, "Enter your e-mail address."),
    "an address without a host": ({"email": "salma@"}, "Enter an e-mail address as in"),
    "two addresses": ({"email": "a@b.example, c@d.example"}, "Enter an e-mail address as in"),
    "an address with a line break": ({"email": "a@b.example\nBcc: x@y.example"}, "Enter an e-mail address as in"),
    "an overlong address": ({"email": "a" * 250 + "@b.example"}, "The e-mail address can have 254 characters at most."),
    "no country": ({"country": ""}, "Choose the country where you work."),
    "a country that is none": ({"country": "XX"}, "Choose the country where you work."),
    "a telephone of letters": ({"phone": "call me"}, "Enter a telephone number"),
    "an overlong telephone": ({"phone": "0522000000 ext 123456789012"}, "telephone number"),
    "a consent that never was": ({"marketing_version": "m99"}, "This page was open for too long."),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_named_at_its_field_and_nothing_is_lost(client: FlaskClient, sistep: Edition, case: str) -> None:
    changes, says = BAD[case]
    answer = send(client, PAGE, **{**SALMA, "organisation": "Kept as typed", **changes})
    assert (answer.status_code, says in answer.text, attendees()) == (422, True, [])
    kept = [value for name, value in {**SALMA, "organisation": "Kept as typed"}.items() if name not in {*changes, "country"}]
    assert [value in answer.text for value in kept] == [True] * len(kept)
    assert 'id="error-summary"' in answer.text
    assert "<title>Error: Register as a visitor · " in answer.text


def test_long_names_that_grow_when_folded_are_stored(client: FlaskClient, sistep: Edition) -> None:
    answer = send(client, PAGE, **{**SALMA, "given": "\ufdfa" * 80, "family": "\ufdfa" * 80})
    assert (answer.status_code, client.get(answer.location).status_code) == (302, 200)


def test_a_form_without_its_token_is_not_taken(client: FlaskClient, sistep: Edition) -> None:
    assert (client.post(PAGE, data=SALMA).status_code, attendees()) == (400, [])


@pytest.mark.parametrize("change", [{"visit_open": False}, {"visit_until": date(2018, 4, 11)}, {"visit_from": date(2999, 1, 1)}])
def test_closed_registration_says_so_and_takes_nothing(client: FlaskClient, sistep: Edition, change: dict[str, object]) -> None:
    token = csrf_of(client.get(PAGE))
    with transaction():
        for name, value in change.items():
            setattr(sistep, name, value)
    assert (client.get(PAGE).status_code, "Visitor registration is closed" in client.get(PAGE).text) == (200, True)
    answer = client.post(PAGE, data={**SALMA, "organisation": "Kept as typed", "csrf_token": token})
    assert (answer.status_code, "Visitor registration is closed at the moment. Write to contact@show.example" in answer.text, attendees()) == (409, True, [])
    assert [word in answer.text for word in ("Salma", "El Idrissi", "salma@visitor.example", "Kept as typed", 'selected value="MA"')] == [True] * 5


def test_an_unknown_edition_is_a_plain_404(client: FlaskClient, sistep: Edition) -> None:
    assert [client.get(path).status_code for path in ("/nothing-2018/visit", "/sistep-2018/my/guess", "/sistep-2018/my/guess/badge.pdf")] == [404] * 3


def test_a_personal_key_opens_nothing_in_another_edition(client: FlaskClient, sistep: Edition, other_edition: Edition) -> None:
    send(client, PAGE, **SALMA)
    assert client.get(f"/sistep-2025/my/{attendees()[0].personal_key}").status_code == 404


def test_the_badge_can_be_downloaded(client: FlaskClient, sistep: Edition) -> None:
    send(client, PAGE, **SALMA)
    salma = attendees()[0]
    answer = client.get(f"/sistep-2018/my/{salma.personal_key}/badge.pdf")
    assert (answer.mimetype, answer.data[:5], f"badge-sistep-2018-{salma.reference}.pdf" in answer.headers["Content-Disposition"]) == ("application/pdf", b"%PDF-", True)


anything = st.text(max_size=120)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=anything, family=anything, organisation=anything, email=anything, phone=anything, country=st.text(max_size=3), version=st.text(max_size=4))
def test_no_input_breaks_the_page(client: FlaskClient, sistep: Edition, version: str, **fields: str) -> None:
    page = client.get(PAGE)
    answer = client.post(PAGE, data={**SALMA, **fields, "marketing_version": version, "csrf_token": csrf_of(page)})
    assert answer.status_code in {302, 422}


def test_odd_names_are_kept_as_they_are(app: Flask, client: FlaskClient, sistep: Edition) -> None:
    answer = send(client, PAGE, **{**SALMA, "given": "<script>alert(1)</script>", "family": "O'Neill & Sons #let x = [*]"})
    page = client.get(answer.location)
    assert ("<script>alert(1)" in page.text, "&lt;script&gt;alert(1)" in page.text) == (False, True)
    assert client.get(f"{answer.location}/badge.pdf").status_code == 200
