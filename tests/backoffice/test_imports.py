"""An exhibitor manager brings along a list: looked at first, then imported as a whole, taken back as a whole."""

import io
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from eventapp.accounts.models import Role, User
from eventapp.core.db import db
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations
from eventapp.exhibitors.errors import ListClosed, ListTouched
from eventapp.exhibitors.models import Exhibitor, ExhibitorImport, ExhibitorMember
from eventapp.exhibitors.operations import imports
from eventapp.exhibitors.queries import imports as import_queries
from eventapp.exhibitors.rules.cells import Words
from eventapp.mail.models import OutgoingMail
from eventapp.organisations.models import Organisation
from eventapp.stands.models import StandWish
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.racing import race, without_locks

PAGE = "/organiser/sistep-2018/exhibitors/imports"
GOOD = """Raison sociale;Ville;N° ICE;E-mail;Interlocuteur;Type de stand;Surface en m2;N° de stand
Tôlerie du Souss SARL;Agadir;1561191000066;salma@souss.example;Salma Tazi;nu;36;B12
Moules du Tensift;Marrakech;;brahim@tensift.example;Brahim Alami;équipé;18;
"""


@pytest.fixture
def manager(sistep: Edition) -> User:
    """Somebody who manages exhibitors."""
    return grant(make_user("mouna@show.example", "Mouna Manager"), sistep, Role.EXHIBITOR_MANAGER)


@pytest.fixture
def desk(client: FlaskClient, manager: User) -> FlaskClient:
    """The manager's browser."""
    return sign_in_as(client, manager)


def bring(desk: FlaskClient, content: bytes | str, name: str = "list.csv") -> TestResponse:
    """Send a file."""
    data = {"csrf_token": csrf_of(desk.get(PAGE)), "file": (io.BytesIO(content.encode() if isinstance(content, str) else content), name)}
    return desk.post(PAGE, data=data, content_type="multipart/form-data")


def address() -> str:
    """Write the address of the newest list."""
    return f"{PAGE}/{db.session.scalar(select(func.max(ExhibitorImport.id)))}"


def checked(desk: FlaskClient, content: str, **said: str) -> str:
    """Send a file, leave its columns as they were guessed, and open the page that says what it would do."""
    columns = bring(desk, content).location
    kept = db.session.scalars(select(ExhibitorImport).order_by(ExhibitorImport.id.desc())).first()
    assert kept is not None
    given = {name: str(at) for name, at in kept.columns.items()}
    return str(send(desk, columns, **{**given, "becomes": "submitted", **said}).location)


def counts() -> tuple[int, ...]:
    """Count what a list may bring."""
    return tuple(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (Exhibitor, ExhibitorMember, Organisation, User, StandWish))


def test_a_list_is_looked_at_imported_and_taken_back(desk: FlaskClient, sistep: Edition) -> None:
    make_stand(sistep, "B12")
    before = counts()
    page = checked(desk, GOOD, becomes="accepted")
    shown = desk.get(page).text
    assert ("Zeros were put back before this ICE" in shown, "Import 2 exhibitors" in shown, counts()) == (True, True, before)
    assert send(desk, page, act="import").status_code == 302
    rows = db.session.execute(select(Exhibitor.public_name, Exhibitor.state, Exhibitor.ice, Exhibitor.stand_kind).order_by(Exhibitor.id)).all()
    assert [tuple(row) for row in rows] == [("Tôlerie du Souss SARL", "accepted", "001561191000066", "bare"), ("Moules du Tensift", "accepted", None, "equipped")]
    assert counts() == tuple(one + more for one, more in zip(before, (2, 2, 2, 2, 1), strict=True))
    assert [db.session.scalar(select(func.count(OutgoingMail.id))), *(breach for found in examine().values() for breach in found)] == [0]
    assert send(desk, f"{page}/undo").status_code == 302
    assert (counts(), "This import was undone" in desk.get(page).text) == (before, True)
    again = checked(desk, GOOD, becomes="accepted", invites="y")
    assert send(desk, again, act="import").status_code == 302
    assert db.session.scalars(select(OutgoingMail.template).order_by(OutgoingMail.id)).all() == ["exhibitors/entered", "accounts/confirm"] * 2
    assert send(desk, again, to=f"{again}/undo").location == again
    assert (counts()[0], "were invited by mail already" in desk.get(again).text) == (before[0] + 2, True)


def test_what_is_wrong_is_told_by_row_and_column_and_nothing_is_stored(desk: FlaskClient, sistep: Edition) -> None:
    page = checked(desk, GOOD.replace("1561191000066", "123").replace("salma@souss.example", "salma").replace("18", "huge"))
    shown = desk.get(page).text
    assert [words in shown for words in ("2 rows wait for you", "digits are missing", "name@company.example", "no stand B12 on the plan", "“huge” is not known")] == [True] * 5
    assert (send(desk, page, act="import").status_code, counts()[0]) == (422, 0)
    book = load_workbook(io.BytesIO(desk.get(f"{page}/to-mend.xlsx").data))
    [head, first, second] = list(book.worksheets[0].iter_rows(values_only=True))
    assert (head[0], head[1], head[-1], first[0], second[0]) == ("Row", "Raison sociale", "What to mend", "2", "3")
    assert ("ICE: An ICE has 15 digits" in str(first[-1]), second[-1]) == (True, "Area wished (m²): “huge” is not known. Write for instance 18.")
    assert send(desk, page, act="answer", **{"row-2": "skip", "row-3": "skip"}).status_code == 302
    assert "Import" not in [line.strip() for line in desk.get(page).text.splitlines()]
    assert send(desk, f"{page}/drop").location == PAGE
    assert (db.session.scalar(select(ExhibitorImport.lines)), counts()[0]) == ([], 0)


def test_who_exhibits_already_is_asked_about_and_changed_or_left_out(desk: FlaskClient, sistep: Edition, stranger: User) -> None:
    known = make_exhibitor(sistep, "Moules du Tensift", stranger, area_wished=9)
    page = checked(desk, GOOD.replace(";B12", ""))
    assert ["Has an application already:" in desk.get(page).text, "Import" in desk.get(page).text.split("<h1>")[1].split("Keep the answers")[1]] == [True, False]
    assert send(desk, page, act="import", **{"row-3": "update"}).status_code == 302
    db.session.refresh(known)
    assert (known.city, known.area_wished, known.contact_name, counts()[0]) == ("Marrakech", Decimal(18), "Brahim Alami", 2)
    assert send(desk, f"{page}/undo").status_code == 302
    db.session.refresh(known)
    assert (known.city, known.area_wished, known.contact_name, counts()[0]) == ("Casablanca", Decimal(9), stranger.name, 1)


def test_columns_are_said_once_and_remembered(desk: FlaskClient, sistep: Edition) -> None:
    content = "Client;Qui;Adresse\nSouss Moules;Salma;salma@souss.example\n"
    refused = send(desk, bring(desk, content).location, name="0", contact_name="0", contact_email="2", becomes="submitted")
    assert (refused.status_code, "This column was chosen already" in refused.text) == (422, True)
    missing = send(desk, f"{address()}/columns", name="0", becomes="submitted")
    assert (missing.status_code, "Say which column of your file has this." in missing.text) == (422, True)
    assert send(desk, f"{address()}/columns", name="0", contact_name="1", contact_email="2", becomes="submitted").status_code == 302
    bring(desk, content)
    assert db.session.scalars(select(ExhibitorImport.columns).order_by(ExhibitorImport.id.desc())).first() == {"name": 0, "contact_name": 1, "contact_email": 2}


def workbook(*rows: tuple[Any, ...]) -> bytes:
    """Write an XLSX."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return out.getvalue()


def test_a_file_that_is_no_list_is_refused_with_what_to_do(desk: FlaskClient, sistep: Edition) -> None:
    files = {
        b"": "The table has no rows",
        b"MZ\x90\x00\x00": "This file is not a spreadsheet that we can read",
        workbook(("Name", "E-mail"), ("=1+1", "a@b.example")): "has a formula in column",
        b"Name;E-mail\n" + b"A;a@b.example\n" * 10_000: "more than 1000 rows",
        b"Name;Name\nA;B\n": "Two columns are called",
    }
    for content, says in files.items():
        answer = bring(desk, content)
        assert (answer.status_code, says in answer.text) == (422, True), says
    assert ["paste its rows" in send(desk, PAGE).text, db.session.scalar(select(func.count(ExhibitorImport.id)))] == [True, 0]
    assert bring(desk, "Société;E-mail\nMétal;m@m.example\n".encode("cp1252")).status_code == 302
    assert db.session.scalar(select(ExhibitorImport.header)) == ["Société", "E-mail"]


def prepared(edition: Edition, by: User) -> ExhibitorImport:
    """Keep a list of two."""
    lines = [(2, ("Souss Moules", "salma@souss.example")), (3, ("Tensift Forge", "b@tensift.example"))]
    return imports.keep_list(edition.id, "list.csv", ("Name", "E-mail"), lines, actor_id=by.id, now=EIGHT)


def test_an_import_that_somebody_worked_on_is_not_undone_and_says_on_whom(app: Flask, sistep: Edition, manager: User) -> None:
    listed = prepared(sistep, manager)
    imports.import_list(listed.id, Words({}), actor_id=manager.id, now=EIGHT, real_now=EIGHT)
    souss = db.session.scalars(select(Exhibitor).where(Exhibitor.public_name == "Souss Moules")).one()
    operations.waitlist(souss.id, actor_id=manager.id, now=EIGHT)
    with pytest.raises(ListTouched) as refusal:
        imports.undo_import(listed.id, actor_id=manager.id, now=EIGHT)
    assert (refusal.value.facts, counts()[0]) == ({"names": "Souss Moules"}, 2)


def import_once(listed: int, manager: int) -> str:
    try:
        imports.import_list(listed, Words({}), actor_id=manager, now=EIGHT, real_now=EIGHT)
    except ListClosed:
        return "refused"
    return "imported"


def test_a_list_that_two_import_at_once_is_imported_once(app: Flask, sistep: Edition, manager: User) -> None:
    listed, by = prepared(sistep, manager).id, manager.id
    assert race(app, lambda _who: import_once(listed, by), range(4)) == {"imported": 1, "refused": 3}
    assert counts()[0] == 2


def test_without_its_lock_two_import_a_list_at_the_same_time(app: Flask, sistep: Edition, manager: User, monkeypatch: pytest.MonkeyPatch) -> None:
    listed, by = prepared(sistep, manager).id, manager.id
    without_locks(monkeypatch, import_queries, "list_to_change", 2)
    assert race(app, lambda _who: import_once(listed, by), range(2)) != {"imported": 1, "refused": 1}
