"""The organiser's badge desk."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select

from eventapp import wiring
from eventapp.accounts.models import Role, User
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee, register_visitor, withdraw_attendee
from eventapp.badges.models import Badge
from eventapp.badges.operations import revoke_badge
from eventapp.badges.queries import active_badge
from eventapp.core.db import db
from eventapp.editions.models import Category, Edition
from eventapp.jobs.runner import run_due
from eventapp.mail.models import OutgoingMail
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user

LIST = "/organiser/sistep-2018/attendees"


@pytest.fixture
def salma(sistep: Edition) -> Attendee:
    """A visitor."""
    attendee = register_visitor(
        sistep.id, given="Salma", family="El Idrissi", given_ar="سلمى", family_ar="الإدريسي", email="salma@visitor.example", organisation="Atlas Usinage", country="MA", now=EIGHT
    )
    assert attendee is not None
    return attendee


@pytest.fixture
def nora(sistep: Edition) -> Attendee:
    """A journalist without an address."""
    return add_attendee(sistep.id, Category.PRESS, given="Nora", family="Älaoui", organisation="=Le Matin", actor_id=None, now=EIGHT)


@pytest.fixture
def desk(client: FlaskClient, sistep: Edition) -> FlaskClient:
    """The help desk's browser."""
    return sign_in_as(client, grant(make_user("desk@show.example", "Desk"), sistep, Role.HELP_DESK))


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def rows(page: str) -> list[str]:
    return [name for name in ("Salma El Idrissi", "Nora Älaoui") if name in page]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Salma El Idrissi", "Nora Älaoui"]),
        ("SALMA", ["Salma El Idrissi"]),
        ("idrissi sal", ["Salma El Idrissi"]),
        ("الادريسي", ["Salma El Idrissi"]),
        ("alaoui", ["Nora Älaoui"]),
        ("usinage", ["Salma El Idrissi"]),
        ("salma@visitor", ["Salma El Idrissi"]),
        ("%", []),
        ("_", []),
        ("nobody", []),
        ("\u0301", ["Salma El Idrissi", "Nora Älaoui"]),
        ("99999999999999999999", []),
        ("x" * 5000, []),
    ],
)
def test_search_finds_by_any_part(desk: FlaskClient, salma: Attendee, nora: Attendee, query: str, found: list[str]) -> None:
    page = desk.get(LIST, query_string={"q": query})
    assert (page.status_code, rows(page.text)) == (200, found)


def test_search_finds_by_reference_and_serial(desk: FlaskClient, salma: Attendee, nora: Attendee) -> None:
    badge = active_badge(nora.id)
    assert badge is not None
    assert [rows(desk.get(LIST, query_string={"q": q}).text) for q in (salma.reference.lower(), str(badge.serial))] == [["Salma El Idrissi"], ["Nora Älaoui"]]


def test_the_category_filter_shows_counts(desk: FlaskClient, salma: Attendee, nora: Attendee) -> None:
    assert [rows(desk.get(f"{LIST}?category={category}").text) for category in ("press", "visitor", "vip", "<odd>")] == [
        ["Nora Älaoui"],
        ["Salma El Idrissi"],
        [],
        ["Salma El Idrissi", "Nora Älaoui"],
    ]


def test_a_long_list_has_pages(desk: FlaskClient, sistep: Edition) -> None:
    for number in range(53):
        add_attendee(sistep.id, Category.VISITOR, given=f"Person{number:02}", family="X", actor_id=None, now=EIGHT)
    assert [desk.get(f"{LIST}?page={page}").text.count("Person") for page in ("1", "2", "9", "x")] == [50, 3, 3, 50]


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(desk: FlaskClient, sistep: Edition) -> None:
    counts, edition_id = [], sistep.id
    for number in range(3):
        add_attendee(edition_id, Category.VISITOR, given=f"Person{number}", family="X", actor_id=None, now=EIGHT)
        db.session.remove()
        with statements() as seen:
            assert desk.get(LIST).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[2]


def test_an_attendees_page_shows_details_and_every_badge(desk: FlaskClient, salma: Attendee) -> None:
    page = desk.get(f"{LIST}/{salma.id}")
    badge = active_badge(salma.id)
    assert badge is not None
    assert [word in page.text for word in ("Salma El Idrissi", "سلمى الإدريسي", "Atlas Usinage", "Morocco", salma.reference, str(badge.serial), "Valid")] == [True] * 7
    assert salma.personal_key not in page.text


def press(desk: FlaskClient, attendee: Attendee, act: str, **fields: object) -> str:
    """Press a button of an attendee's page; say how the page tells the end."""
    page = f"{LIST}/{attendee.id}"
    answer = desk.post(f"{page}/{act}", data={**fields, "csrf_token": csrf_of(desk.get(page))})
    assert (answer.status_code, answer.location) == (302, page)
    told = re.search(r'notice--(ok|warn)" role="status"', desk.get(page).text)
    assert told
    return {"ok": "done", "warn": "refused"}[told.group(1)]


def states(attendee: Attendee) -> list[tuple[int, str]]:
    return [(badge.counter, badge.state) for badge in db.session.scalars(select(Badge).where(Badge.attendee_id == attendee.id).order_by(Badge.id))]


def test_a_badge_is_replaced_once_however_often_the_button_is_pressed(desk: FlaskClient, salma: Attendee) -> None:
    shown = active_badge(salma.id)
    assert shown is not None
    assert [press(desk, salma, "reissue", badge=shown.id) for _ in range(2)] == ["done", "refused"]
    assert states(salma) == [(1, "replaced"), (2, "active")]


def test_a_badge_is_revoked_and_issued_anew(desk: FlaskClient, salma: Attendee) -> None:
    shown = active_badge(salma.id)
    assert shown is not None
    assert [press(desk, salma, "revoke", badge=shown.id), press(desk, salma, "revoke", badge=0), press(desk, salma, "reissue", badge=0)] == ["done", "refused", "done"]
    assert states(salma) == [(1, "revoked"), (2, "active")]


@pytest.mark.parametrize("badge", ["", "x", "-1", "9" * 40, "١"])
def test_an_odd_badge_number_changes_nothing(desk: FlaskClient, salma: Attendee, badge: str) -> None:
    assert (press(desk, salma, "reissue", badge=badge), press(desk, salma, "revoke", badge=badge), states(salma)) == ("refused", "refused", [(1, "active")])


def test_the_badge_is_mailed_again(desk: FlaskClient, salma: Attendee, nora: Attendee) -> None:
    run_due(wiring.TASKS)
    assert (press(desk, salma, "send"), press(desk, nora, "send")) == ("done", "refused")
    run_due(wiring.TASKS)
    assert [mail.template for mail in db.session.scalars(select(OutgoingMail))] == ["badges/your_badge"] * 2


def test_the_badge_opens_as_pdf(desk: FlaskClient, salma: Attendee) -> None:
    answer = desk.get(f"{LIST}/{salma.id}/badge.pdf")
    assert (answer.status_code, answer.mimetype, answer.data[:5]) == (200, "application/pdf", b"%PDF-")
    withdraw_attendee(salma.id, actor_id=None, now=EIGHT)
    assert (desk.get(f"{LIST}/{salma.id}/badge.pdf").status_code, desk.get(f"{LIST}/{salma.id}").status_code) == (409, 200)


GUEST = {"category": "vip", "given": "Fatima", "family": "Zahra", "email": "fatima@guest.example", "country": "", "language": "ar"}


def test_a_guest_of_honour_is_added_by_hand(desk: FlaskClient, sistep: Edition) -> None:
    answer = send(desk, f"{LIST}/new", **GUEST)
    fatima = db.session.scalars(select(Attendee)).one()
    assert (answer.location, fatima.category, fatima.language) == (f"{LIST}/{fatima.id}", "vip", "ar")
    again = send(desk, f"{LIST}/new", **GUEST)
    assert (again.status_code, "is registered in this category already" in again.text) == (422, True)
    assert send(desk, f"{LIST}/new", **{**GUEST, "category": "speaker"}).location == f"{LIST}/{fatima.id}"
    assert states(fatima) == [(1, "replaced"), (2, "active")]


@pytest.mark.parametrize(("first", "second"), [("", ""), ("", "fatima@guest.example"), ("fatima@guest.example", "")])
def test_a_namesake_without_an_address_is_asked_about(desk: FlaskClient, sistep: Edition, first: str, second: str) -> None:
    assert send(desk, f"{LIST}/new", **{**GUEST, "email": first}).status_code == 302
    reference = db.session.scalars(select(Attendee.reference)).one()
    again = send(desk, f"{LIST}/new", **{**GUEST, "email": second})
    assert (again.status_code, reference in again.text, "It is somebody else of the same name" in again.text, 'value="Zahra"' in again.text) == (422, True, True, True)
    assert len(db.session.scalars(select(Attendee.id)).all()) == 1
    assert send(desk, f"{LIST}/new", **{**GUEST, "email": second, "certain": "y"}).status_code == 302
    assert len(db.session.scalars(select(Attendee.id)).all()) == 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"category": ""}, "Choose a category."),
        ({"category": "king"}, "Choose a category."),
        ({"given": ""}, "Enter the given name."),
        ({"email": "x"}, "Enter an e-mail address as in"),
        ({"country": "XX"}, "Choose a country of the list, or none."),
        ({"language": "xx"}, "Choose a language of the list."),
        ({"given": "\u200f\u200e"}, "Enter the name with letters."),
    ],
)
def test_bad_input_is_named(desk: FlaskClient, sistep: Edition, change: dict[str, str], says: str) -> None:
    answer = send(desk, f"{LIST}/new", **{**GUEST, **change})
    assert (answer.status_code, says in answer.text, "Zahra" in answer.text, db.session.scalars(select(Attendee)).all()) == (422, True, True, [])


def test_the_export_has_the_rows_of_the_list_and_no_formula(client: FlaskClient, salma: Attendee, nora: Attendee, adil: User) -> None:
    sign_in_as(client, adil)
    answer = client.get("/organiser/sistep-2018/attendees.csv")
    assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == ("text/csv; charset=utf-8", "attachment; filename=sistep-2018-attendees.csv")
    table = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [row[:6] for row in table[1:]] == [
        [nora.reference, "Nora", "Älaoui", "", "Press", "'=Le Matin"],
        [salma.reference, "Salma", "El Idrissi", "سلمى الإدريسي", "Visitor", "Atlas Usinage"],
    ]
    narrowed = client.get("/organiser/sistep-2018/attendees.csv?category=press").data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(narrowed, newline="")))) == 2


def correction(desk: FlaskClient, attendee: Attendee, **changes: str) -> dict[str, str]:
    """Fill in the form as the page shows it, with some changes."""
    shown = re.search(r'name="shown" type="hidden" value="([^"]*)"', desk.get(f"{LIST}/{attendee.id}/correct").text)
    assert shown is not None
    salma = {"given": "Salma", "family": "El Idrissi", "given_ar": "سلمى", "family_ar": "الإدريسي", "organisation": "Atlas Usinage"}
    return {**salma, "job_title": "", "email": "salma@visitor.example", "phone": "", "country": "MA", "language": "fr", "shown": shown[1], **changes}


def test_a_name_is_corrected_and_the_badge_replaced_where_asked(desk: FlaskClient, salma: Attendee) -> None:
    kept = send(desk, f"{LIST}/{salma.id}/correct", **correction(desk, salma, given="Selma"))
    assert (kept.status_code, db.session.scalars(select(Badge.state)).all()) == (302, ["active"])
    replaced = send(desk, f"{LIST}/{salma.id}/correct", **correction(desk, salma, given="Selma", family="Idrissi", new_badge="y"))
    assert (replaced.status_code, sorted(db.session.scalars(select(Badge.state)))) == (302, ["active", "replaced"])
    page = desk.get(f"{LIST}/{salma.id}").text
    assert ["Selma Idrissi" in page, "Salma" in page] == [True, False]


def test_a_revoked_badge_does_not_come_back_with_a_correction(desk: FlaskClient, salma: Attendee) -> None:
    badge = active_badge(salma.id)
    assert badge is not None
    revoke_badge(salma.id, actor_id=None, now=EIGHT)
    answer = send(desk, f"{LIST}/{salma.id}/correct", **correction(desk, salma, given="Selma", new_badge="y"))
    assert (answer.status_code, db.session.scalars(select(Badge.state)).all()) == (302, ["revoked"])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"given": ""}, "Enter the given name."),
        ({"email": "x"}, "Enter an e-mail address as in"),
        ({"country": "XX"}, "Choose a country of the list, or none."),
        ({"shown": "0"}, "Somebody changed this while you had the page open."),
        ({"given": "Nadia"}, "is registered with this name and address already"),
    ],
)
def test_a_bad_correction_is_named_and_loses_nothing(desk: FlaskClient, sistep: Edition, salma: Attendee, change: dict[str, str], says: str) -> None:
    register_visitor(sistep.id, given="Nadia", family="El Idrissi", email="salma@visitor.example", now=EIGHT)
    answer = send(desk, f"{LIST}/{salma.id}/correct", **correction(desk, salma, job_title="Engineer", **change))
    assert (answer.status_code, says in answer.text, "Engineer" in answer.text, salma.job_title) == (422, True, True, "")


PATHS = [LIST, f"{LIST}.csv", f"{LIST}/new", f"{LIST}/ID", f"{LIST}/ID/correct", f"{LIST}/ID/badge.pdf"]


@pytest.mark.parametrize("path", PATHS)
def test_others_do_not_get_in(client: FlaskClient, salma: Attendee, sistep: Edition, nadia: User, stranger: User, path: str) -> None:
    address = path.replace("ID", str(salma.id))
    assert client.get(address).status_code == 302
    assert sign_in_as(client, stranger).get(address).status_code == 404
    assert sign_in_as(client, nadia).get(address).status_code == 404
    press_officer = grant(make_user("press@show.example", "P"), sistep, Role.PRESS)
    assert sign_in_as(client, press_officer).get(address).status_code == 403


@pytest.mark.parametrize("act", ["", "/correct", "/badge.pdf"])
def test_another_editions_attendee_looks_missing(client: FlaskClient, salma: Attendee, nadia: User, act: str) -> None:
    sign_in_as(client, nadia)
    assert [client.get(f"/organiser/sistep-2025/attendees/{attendee_id}{act}").status_code for attendee_id in (salma.id, 999_999)] == [404, 404]


def test_the_help_desk_may_not_export(desk: FlaskClient, salma: Attendee) -> None:
    assert desk.get(f"{LIST}.csv").status_code == 403


def test_two_spellings_under_one_address_are_shown_to_each_other(desk: FlaskClient, sistep: Edition, salma: Attendee) -> None:
    other = register_visitor(sistep.id, given="سلمى", family="تازي", email=salma.email or "", language="ar", now=EIGHT)
    assert other is not None
    page = desk.get(f"/organiser/sistep-2018/attendees/{salma.id}").text
    assert [words in page for words in ("Somebody else has the same e-mail address.", other.reference)] == [True, True]
