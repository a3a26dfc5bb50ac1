"""An exhibitor sends its staff as a list: shown first, then everybody is added, or nobody."""

import io
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook
from werkzeug.test import TestResponse

from eventapp.accounts.models import User
from eventapp.attendees.queries import staff_of
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from tests.attendees.test_quota import quota
from tests.support.browsing import csrf_of, sign_in_as
from tests.support.exhibiting import make_exhibitor
from tests.support.forms import press_on

GOOD = "Prénom;Nom;Prénom en arabe;Nom en arabe;Poste;Adresse e-mail\r\nZoé;Bénnis;زوي;بنيس;Soudeuse;zoe@atlas.example\r\nÉlie;Alami;;;;\r\n"


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An accepted exhibitor."""
    return make_exhibitor(sistep, "Atlas", stranger)


@pytest.fixture
def mine(client: FlaskClient, stranger: User) -> FlaskClient:
    """The browser of its owner."""
    return sign_in_as(client, stranger)


def address(exhibitor: Exhibitor) -> str:
    return f"/exhibitor/sistep-2018/{exhibitor.id}/staff/list"


def send_file(client: FlaskClient, exhibitor: Exhibitor, content: bytes, name: str = "staff.csv", **more: Any) -> TestResponse:
    token = csrf_of(client.get(address(exhibitor)))
    return client.post(address(exhibitor), data={"csrf_token": token, "file": (io.BytesIO(content), name), **more}, content_type="multipart/form-data")


def names(exhibitor: Exhibitor) -> list[str]:
    return sorted(holder.person.name() for holder in staff_of(exhibitor.id))


def test_a_list_is_shown_then_added(mine: FlaskClient, atlas: Exhibitor) -> None:
    shown = send_file(mine, atlas, GOOD.encode())
    assert (shown.status_code, "2 people in the list" in shown.text, names(atlas)) == (200, True, [])
    assert press_on(mine, shown, "Add 2 people").status_code == 302
    assert names(atlas) == ["Zoé Bénnis", "Élie Alami"]
    assert [holder.person.name("ar") for holder in staff_of(atlas.id) if holder.email] == ["زوي بنيس"]


def test_a_workbook_will_do_too(mine: FlaskClient, atlas: Exhibitor) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Last name", "First name"], ["Bennis", "Amina"]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    assert press_on(mine, send_file(mine, atlas, out.getvalue(), "staff.xlsx"), "Add 1 person").status_code == 302
    assert names(atlas) == ["Amina Bennis"]


def test_what_is_wrong_is_shown_by_row_and_nobody_is_added(mine: FlaskClient, atlas: Exhibitor) -> None:
    content = f"First name;Family name;E-mail\nAmina;Bennis;amina@atlas.example\n;Alami;\nBrahim;Alami;not an address\n{'x' * 81};Tazi;\n"
    shown = send_file(mine, atlas, content.encode())
    assert (shown.status_code, "3 rows have something to mend. Nobody was added." in shown.text) == (422, True)
    assert [words in shown.text for words in ("Enter the first name.", "Enter an address as in name@company.example.", "Shorten the name to 80 characters.")] == [True] * 3
    assert ["Add 4 people" in shown.text, "Choose another file" in shown.text, names(atlas)] == [False, True, []]


def test_somebody_twice_in_the_list_is_told_by_row(mine: FlaskClient, atlas: Exhibitor) -> None:
    shown = send_file(mine, atlas, b"First name;Family name;E-mail\nAmina;Bennis;a@atlas.example\nAMINA;bennis;a@atlas.example\n")
    assert ["is on your list already" in shown.text, names(atlas)] == [True, []]


def test_those_beyond_the_quota_need_a_tick(mine: FlaskClient, sistep: Edition, atlas: Exhibitor) -> None:
    quota(sistep, Decimal(150))
    shown = send_file(mine, atlas, b"First name;Family name\nAmina;Bennis\n")
    assert (shown.status_code, "Tick the box below" in shown.text) == (422, True)
    assert press_on(mine, shown, "Add 1 person", extra="y").status_code == 302
    assert names(atlas) == ["Amina Bennis"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The table has no rows"),
        (b"MZ\x90\x00", "This file is not a spreadsheet that we can read"),
        (b"Name;Mail\nAmina;x\n", "The table has no column"),
        (b"First name;First name\nAmina;x\n", "Two columns are called"),
        (b"First name;Family name\n" + b"A;B\n" * 301, "more than 300 rows"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_what_to_do(mine: FlaskClient, atlas: Exhibitor, content: bytes, says: str) -> None:
    shown = send_file(mine, atlas, content)
    assert (shown.status_code, says in shown.text) == (422, True)


@pytest.mark.parametrize(
    "kept", ["", "[]", "nothing", "[[1]]", '[["a", {}]]', "[" * 5000, "[[1e400, {}]]", '{"a": 1}', '[[2, {"given": "Amina", "family": "Bennis", "exhibitor_id": "7"}]]']
)
def test_what_comes_back_from_the_page_is_not_trusted(mine: FlaskClient, atlas: Exhibitor, kept: str) -> None:
    token = csrf_of(mine.get(address(atlas)))
    answer = mine.post(address(atlas), data={"csrf_token": token, "people": kept, "confirmed": "y"})
    assert answer.status_code in {302, 422}
    assert names(atlas) in ([], ["Amina Bennis"])


def test_the_example_has_the_columns(mine: FlaskClient, atlas: Exhibitor) -> None:
    example = mine.get(address(atlas) + ".csv?lang=en")
    assert (example.status_code, example.text.splitlines()[0].count(",")) == (200, 5)
