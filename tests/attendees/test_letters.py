"""Letters of invitation for visas: asked for, issued under a number or refused; the passport's data can be erased."""

from datetime import date
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role, User
from eventapp.attendees import queries
from eventapp.attendees.errors import LetterAsked, LetterDecided, PassportErased, PassportExpires, PassportOdd, StayOdd
from eventapp.attendees.models import VisaLetter, VisaPassport, VisaRequest
from eventapp.attendees.operations import add_staff, ask_for_letter, erase_passports, issue_letter, refuse_letter, visas, withdraw_letter_request, withdraw_staff_member
from eventapp.attendees.rules import Passport
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import render_mail
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.exhibiting import make_exhibitor
from tests.support.racing import at_once, claim_without_looking, tally, without_keys

FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}
PASSPORT = Passport("OMAR ALAMI", "SN", "ab-123 456", date(2020, 1, 1))
STAY = (date(2018, 4, 11), date(2018, 4, 16))
FORM = {"name": "OMAR ALAMI", "nationality": "SN", "number": "AB123456", "expires_on": "2020-01-01", "arrives_on": "2018-04-11", "leaves_on": "2018-04-16", "language": "fr"}
RACERS = 8


@pytest.fixture(autouse=True)
def the_show_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is eight o'clock on the first day."""
    monkeypatch.setattr("eventapp.core.clock.show_now", lambda: EIGHT)


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An accepted exhibitor."""
    return make_exhibitor(sistep, "Atlas", stranger)


def staff(exhibitor: Exhibitor, given: str = "Omar") -> int:
    return add_staff(exhibitor.id, given=given, family="Alami", email=f"{given.lower()}@atlas.example", **FACTS).id


def asks(exhibitor: Exhibitor, attendee_id: int, passport: Passport = PASSPORT, stay: tuple[date, date] = STAY) -> VisaRequest:
    return ask_for_letter(exhibitor.id, attendee_id, passport, stay, language="fr", **FACTS)


def passports() -> list[str]:
    db.session.rollback()
    return sorted(db.session.scalars(select(VisaPassport.number)))


def test_a_letter_is_asked_for_once_issued_under_a_number_and_told(atlas: Exhibitor, sistep: Edition) -> None:
    omar = staff(atlas)
    asked = asks(atlas, omar)
    assert (asked.state, passports()) == ("open", ["AB123456"])
    for refused, act in (
        (LetterAsked, partial(asks, atlas, omar)),
        (PassportOdd, partial(asks, atlas, omar, Passport("O", "SN", "12/4", date(2020, 1, 1)))),
        (PassportExpires, partial(asks, atlas, omar, Passport("O", "SN", "AB123456", date(2018, 4, 15)))),
        (StayOdd, partial(asks, atlas, omar, PASSPORT, (date(2018, 4, 16), date(2018, 4, 20)))),
        (StayOdd, partial(asks, atlas, omar, PASSPORT, (date(2018, 3, 1), date(2018, 5, 20)))),
        (NotThere, partial(asks, atlas, omar + 100)),
    ):
        with pytest.raises(refused):
            act()
    letter = issue_letter(sistep.id, asked.id, **FACTS)
    with pytest.raises(LetterDecided):
        refuse_letter(sistep.id, asked.id, "Too late", **FACTS)
    content, label = queries.letter_pdf(queries.asked_in_edition(sistep.id, asked.id))
    assert (letter.number, label, content[:5]) == (1, "SISTEP-2018-V-0001", b"%PDF-")
    found = queries.asked_in_edition(sistep.id, asked.id)
    assert found.passport is not None
    sheet = queries.letter_sheet(found, letter, found.passport, sistep)
    assert ("Atlas" in sheet["body"]["text"], "11 avril 2018" in sheet["body"]["text"], ["Nationalité", {"text": "Sénégal", "dir": "ltr"}] in sheet["person"]) == (True, True, True)
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "attendees/visa_issued")).one()
    assert (mail.attachments, "Omar Alami" in render_mail(mail)[0]) == ([], True)
    said = repr([entry.details for entry in db.session.scalars(select(AuditEntry))])
    assert ("AB123456" in said, "OMAR" in said) == (False, False)


def test_the_passports_data_go_when_nobody_needs_them(atlas: Exhibitor, sistep: Edition) -> None:
    omar, nora, ali, sana = (staff(atlas, given) for given in ("Omar", "Nora", "Ali", "Sana"))
    issued, refused, withdrawn, _open = (asks(atlas, one, Passport("N", "SN", f"AB12345{number}", date(2020, 1, 1))) for number, one in enumerate((omar, nora, ali, sana)))
    issue_letter(sistep.id, issued.id, **FACTS)
    refuse_letter(sistep.id, refused.id, "Not needed", **FACTS)
    withdraw_letter_request(atlas.id, withdrawn.id, **FACTS)
    assert passports() == ["AB123450", "AB123453"]
    assert (erase_passports(sistep.id, **FACTS), passports()) == (1, ["AB123453"])
    with pytest.raises(PassportErased):
        queries.letter_pdf(queries.asked_in_edition(sistep.id, issued.id))
    withdraw_staff_member(atlas.id, sana, **FACTS)
    assert (passports(), [one.state for one in db.session.scalars(select(VisaRequest).order_by(VisaRequest.id))]) == ([], ["issued", "refused", "withdrawn", "withdrawn"])


def test_exhibitor_and_organiser_meet_on_their_pages(client: FlaskClient, atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    own, omar = f"/exhibitor/sistep-2018/{atlas.id}/letters", staff(atlas)
    browser = sign_in_as(client, stranger)
    wrong = send(browser, f"{own}/new", **{**FORM, "attendee": str(omar), "number": "1"})
    assert (wrong.status_code, 'id="number-error"' in wrong.text, 'value="OMAR ALAMI"' in wrong.text) == (422, True, True)
    assert send(browser, f"{own}/new", **FORM, attendee=str(omar)).location == own
    number = db.session.scalars(select(VisaRequest.id)).one()
    assert ("Waits for the organiser" in browser.get(own).text, browser.get(f"{own}/{number}/letter.pdf").status_code) == (True, 404)
    desk = sign_in_as(client, grant(make_user("mona@show.example", "Mona"), sistep, Role.ATTENDEE_MANAGER))
    page = f"/organiser/sistep-2018/letters/{number}"
    assert ["AB123456" in desk.get(one).text for one in (page, "/organiser/sistep-2018/letters")] == [True, False]
    assert send(desk, page, to=f"{page}/refuse", reason="").status_code == 422
    assert desk.post(f"{page}/issue", data={"csrf_token": csrf_of(desk.get(page))}).location == page
    given = [desk.get(f"{page}/letter.pdf"), sign_in_as(client, stranger).get(f"{own}/{number}/letter.pdf")]
    for answer in given:
        assert (answer.data[:5], answer.headers["Content-Disposition"], answer.headers["Cache-Control"]) == (
            b"%PDF-",
            'attachment; filename="SISTEP-2018-V-0001.pdf"',
            "private, no-store",
        )


@pytest.fixture
def eight(atlas: Exhibitor, sistep: Edition) -> list[Any]:
    """Eight letters that are about to be issued."""
    asked = [asks(atlas, staff(atlas, f"Omar{'abcdefgh'[number]}")).id for number in range(RACERS)]
    return [partial(issue_letter, sistep.id, one, **FACTS) for one in asked]


def test_letters_issued_at_once_are_numbered_without_a_gap(app: Flask, eight: list[Any]) -> None:
    assert tally(at_once(app, eight)) == {"won": RACERS}
    assert sorted(db.session.scalars(select(VisaLetter.number))) == [*range(1, RACERS + 1)]


def test_without_the_key_two_letters_would_have_one_number(app: Flask, eight: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    claim_without_looking(monkeypatch, visas, "visa_letters")
    monkeypatch.setattr(queries, "last_letter", lambda _edition_id: 0)
    without_keys("visa_letters")
    at_once(app, eight)
    assert len(set(db.session.scalars(select(VisaLetter.number)))) < RACERS
