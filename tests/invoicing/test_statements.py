"""Bank statements: read, matched, recorded all at once and once only, taken back."""

import io
import re
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role, User
from eventapp.core.db import db
from eventapp.doctor import examine
from eventapp.documents.sheets import read_sheet
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.invoicing import queries
from eventapp.invoicing.errors import (
    ColumnsMissing,
    LineDayOdd,
    LineRecorded,
    LineTooMuch,
    NoLineChosen,
    NothingCameIn,
    NothingToUndo,
    PayerUnknown,
    StatementUndone,
    StatementUnread,
)
from eventapp.invoicing.models import Payment, RecordedLine, Statement, StatementLine
from eventapp.invoicing.operations import Choice, cancel_payment, name_columns, read_statement, record_lines, statements, undo_statement
from eventapp.invoicing.rules.matching import Likeness, OpenInvoice, Proposal, propose, spread
from eventapp.invoicing.rules.statements import day_of, read, sum_of
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.invoicing import issue, on_stand, sells
from tests.support.racing import at_once, claim_without_looking, tally, without_keys

FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}
RULE = "a line of a bank statement is recorded once, by payments of no more than its sum"
RACERS = 8
CERTAIN, LIKELY, NONE = Likeness


def test_days_and_sums_are_read_as_banks_write_them() -> None:
    days = ("12/04/2018", "12-04-18", "12.4.2018", "2018-04-12", "2018-04-12 09:30", "١٢/٠٤/٢٠١٨", "31/02/2018", "04/13/2018", "soon", "")
    assert [day_of(text) for text in days] == [date(2018, 4, 12)] * 6 + [None] * 4
    sums = {
        "60 600,00": "60600.00",
        "60\u202f600,00 MAD": "60600.00",
        "60,600.00": "60600.00",
        "60.600,00 DH": "60600.00",
        "+60600": "60600.00",
        "1.350": "1350.00",
        "1350,5": "1350.50",
        "-12,00": "-12.00",
        "": "0.00",
    }
    assert {text: f"{sum_of(text):.2f}" for text in sums} == sums
    assert [sum_of(text) for text in ("12a", "1e5", "9" * 30, "--1")] == [None] * 4


def test_rows_become_lines_whose_keys_count_the_equal_ones_of_a_day() -> None:
    columns = {"date": 0, "label": 1, "amount": 2, "reference": 3}
    rows = [(2, ("12/04/2018", "VIR ATLAS", "100,00", "R1")), (3, ("12/04/2018", "vir  Atlas", "100", "r1")), (4, ("13/04/2018", "FRAIS", "-5,00", "")), (5, ("x", "", "7", ""))]
    reading = read(rows, columns)
    assert [(line.row, str(line.amount), line.label) for line in reading.lines] == [(2, "100.00", "VIR ATLAS · R1"), (3, "100.00", "vir  Atlas · r1")]
    assert ([(one.row, one.field, one.text) for one in reading.problems], reading.left_out) == ([(5, "date", "x")], 1)
    again = read([(9, rows[0][1])], columns)
    assert [line.key == again.lines[0].key for line in reading.lines] == [True, False]


def test_rows_of_sums_without_a_day_are_left_out_and_counted_but_no_payment_is() -> None:
    columns = {"date": 0, "label": 1, "amount": 2}
    sums = [
        ("", "", "9"),
        ("Solde", "", "9"),
        ("", "TOTAL", "x"),
        ("", "Solde créditeur au 30/04/2018", "9"),
        ("Totaux des mouvements", "", "9"),
        ("", "الرصيد", "9"),
        ("Closing balance", "", "9"),
    ]
    reading = read(list(enumerate(sums, start=2)), columns)
    assert (reading.totals, reading.problems, reading.lines) == (len(sums), (), ())
    others = [("", "SOLDE FACTURE SISTEP-2018-F-0001", "9"), ("31/02/2018", "VIR", "9"), ("", "VIR TOTAL ENERGIES", "9"), ("31/02/2018", "", "9"), ("12/04/2018", "Total", "9")]
    reading = read(list(enumerate(others, start=2)), columns)
    assert (reading.totals, sorted(reading.rows), [line.row for line in reading.lines]) == (0, [2, 3, 4, 5], [6])


def test_a_line_is_matched_by_number_then_reference_then_name_and_sum() -> None:
    atlas = [OpenInvoice(f"SISTEP-2018-F-000{number}", "E-7K2M9Q", ("Fonderie de l'Atlas",), Decimal(due)) for number, due in ((1, 100), (2, 250))]
    rif = OpenInvoice("SISTEP-2018-F-0010", "E-RRRRRR", ("Rif Laser SARL",), Decimal(700))
    twin = OpenInvoice("SISTEP-2018-F-0011", "E-TTTTTT", ("Tissage du Souss",), Decimal(700))
    every = [*atlas, rif, twin]
    asked: list[tuple[Any, str, Proposal]] = [
        (100, "VIR SISTEP2018F0001", Proposal(CERTAIN, atlas[0].label)),
        (90, "virement sistep-2018-f-0001 1er acompte", Proposal(LIKELY, atlas[0].label)),
        (350, "SISTEP-2018-F-0001 ET SISTEP-2018-F-0002", Proposal(CERTAIN, "E-7K2M9Q")),
        (800, "SISTEP-2018-F-0001 SISTEP-2018-F-0010", Proposal(NONE)),
        (700, "SISTEP-2018-F-00100", Proposal(NONE)),
        (250, "REF E7K2M9Q", Proposal(CERTAIN, atlas[1].label)),
        (350, "E-7K2M9Q", Proposal(CERTAIN, "E-7K2M9Q")),
        (20, "E-7K2M9Q", Proposal(LIKELY, "E-7K2M9Q")),
        (700, "VIR RECU DE RIF LASER", Proposal(LIKELY, rif.label)),
        (5, "rif laser", Proposal(LIKELY, rif.label)),
        (250, "somebody", Proposal(LIKELY, atlas[1].label)),
        (700, "somebody", Proposal(NONE)),
        (1, "", Proposal(NONE)),
    ]
    assert [propose(Decimal(amount), label, every) for amount, label, _expected in asked] == [expected for _amount, _label, expected in asked]
    assert [spread(Decimal(amount), [Decimal(100), Decimal(250)]) for amount in (60, 300, 400)] == [[60, 0], [100, 200], [100, 300]]


@pytest.fixture
def firms(sistep: Edition, stranger: User) -> list[Exhibitor]:
    """Three exhibitors, each with an open balance of 60,600.00; the first has its deposit open too."""
    sells(sistep)
    found = [on_stand(sistep, name, stranger, f"B{number}") for number, name in enumerate(("Atlas", "Rif Laser", "Souss"), start=12)]
    issue(found[0], "deposit")
    for one in found:
        issue(one)
    return found


CSV = """Date;Libellé;Débit;Crédit
12/04/2018;VIR RECU SISTEP-2018-F-0002;;60 600,00
12/04/2018;FRAIS;12,00;
11/04/2018;ATLAS acompte et solde;;60 600,00
11/04/2018;From nobody;;77,00
"""


def read_in(edition: Edition, text: str = CSV, name: str = "april.csv") -> Statement:
    return read_statement(edition.id, read_sheet(text.encode(), most_rows=500), name, **FACTS)


def lines(statement: Statement) -> list[StatementLine]:
    return queries.lines_of_statement(statement.id)


def records(statement: Statement, *chosen: tuple[int, str], **more: Any) -> int:
    return record_lines(statement.edition_id, statement.id, [Choice(lines(statement)[at].id, to) for at, to in chosen], **{**FACTS, **more})


def paid(exhibitor: Exhibitor) -> list[str]:
    return [f"{account.paid:.2f}" for account in queries.accounts_of(exhibitor.id).values()]


def breaches() -> list[str]:
    db.session.rollback()
    return [line for found in examine().values() for line in found]


def test_chosen_lines_are_recorded_all_or_none_and_the_same_line_once(firms: list[Exhibitor], sistep: Edition) -> None:
    atlas, rif, _souss = firms
    statement = read_in(sistep)
    shown = queries.shown_lines(statement, queries.open_invoices(sistep.id))
    assert [(one.line.row, one.proposal.likeness, one.proposal.to) for one in shown] == [
        (2, CERTAIN, "SISTEP-2018-F-0002"),
        (4, LIKELY, atlas.reference),
        (5, NONE, ""),
    ]
    for refused, chosen in (
        (NoLineChosen, []),
        (PayerUnknown, [(0, "SISTEP-2018-F-0002"), (2, "nobody")]),
        (LineTooMuch, [(2, "SISTEP-2018-F-0003"), (0, "SISTEP-2018-A-0001")]),
        (PayerUnknown, [(0, "SISTEP-2018-F-0002"), (1, "SISTEP-2018-F-0002")]),
    ):
        with pytest.raises(refused):
            records(statement, *chosen)
        assert [*db.session.scalars(select(Payment.id)), *db.session.scalars(select(RecordedLine.key))] == []
    assert records(statement, (0, "sistep-2018-f-0002"), (1, atlas.reference)) == 2
    assert (paid(atlas), paid(rif)) == (["30300.00", "30300.00"], ["60600.00"])
    again = read_in(sistep, name="again.csv")
    assert [(one.recorded_elsewhere, len(one.payments)) for one in queries.shown_lines(again, [])] == [(True, 1), (True, 2), (False, 0)]
    with pytest.raises(LineRecorded):
        records(again, (2, "SISTEP-2018-F-0003"), (0, "SISTEP-2018-F-0003"))
    assert records(again, (2, "SISTEP-2018-F-0003")) == 1
    assert breaches() == []


def test_more_than_is_due_is_kept_under_a_name_and_odd_days_are_told_at_the_line(firms: list[Exhibitor], sistep: Edition) -> None:
    statement = read_in(sistep, "Date;Label;Amount\n12/04/2018;x;70000\n13/04/2018;tomorrow;5\n")
    with pytest.raises(LineDayOdd) as refusal:
        records(statement, (1, "SISTEP-2018-F-0003"))
    assert refusal.value.field == f"to_{lines(statement)[1].id}"
    records(statement, (0, "SISTEP-2018-F-0003"), credit_name="Overpaid")
    assert [(str(one.amount), one.credit_name) for one in queries.payments_of(firms[2].id)] == [("60600.00", ""), ("9400.00", "Overpaid")]
    assert breaches() == []


def test_a_statement_is_taken_back_as_a_whole_and_may_be_read_anew(firms: list[Exhibitor], sistep: Edition) -> None:
    statement = read_in(sistep)
    with pytest.raises(NothingToUndo):
        undo_statement(sistep.id, statement.id, "Wrong bank", **FACTS)
    records(statement, (0, "SISTEP-2018-F-0002"), (1, firms[0].reference))
    first = queries.payments_of(firms[0].id)[0]
    cancel_payment(first.id, "Another firm's", edition_id=sistep.id, **FACTS)
    assert (breaches(), undo_statement(sistep.id, statement.id, "Wrong bank", **FACTS)) == ([], 2)
    assert (paid(firms[0]), paid(firms[1]), db.session.scalars(select(RecordedLine.key)).all()) == (["0.00", "0.00"], ["0.00"], [])
    for act in (partial(records, statement, (0, "SISTEP-2018-F-0002")), partial(undo_statement, sistep.id, statement.id, "Again", **FACTS)):
        with pytest.raises(StatementUndone):
            act()
    assert records(read_in(sistep), (0, "SISTEP-2018-F-0002")) == 1
    assert breaches() == []


def test_columns_are_named_where_titles_do_not_say_it(firms: list[Exhibitor], sistep: Edition) -> None:
    statement = read_in(sistep, "When;What;How much;Less\n12/04/2018;VIR;100;\n13/04/2018;VIR;abc;1\n")
    assert (statement.columns, lines(statement)) == ({}, [])
    for refused, columns in (
        (ColumnsMissing, {"date": 0, "label": 1}),
        (ColumnsMissing, {"date": 0, "label": 1, "amount": 9}),
        (StatementUnread, {"date": 0, "label": 1, "amount": 2}),
    ):
        with pytest.raises(refused):
            name_columns(sistep.id, statement.id, columns, **FACTS)
    name_columns(sistep.id, statement.id, {"date": 0, "label": 1, "amount": 3}, **FACTS)
    assert [(line.row, str(line.amount)) for line in lines(statement)] == [(3, "1.00")]
    empty = read_in(sistep, "When;What;Less\n12/04/2018;VIR;\n")
    with pytest.raises(NothingCameIn):
        name_columns(sistep.id, empty.id, {"date": 0, "label": 1, "amount": 2}, **FACTS)


def test_rows_that_cannot_be_read_are_named_and_left_out_by_a_tick(client: FlaskClient, firms: list[Exhibitor], sistep: Edition, the_show_is_on: None) -> None:
    desk = sign_in_as(client, grant(make_user("farid@show.example", "Farid"), sistep, Role.FINANCE))
    listing = "/organiser/sistep-2018/invoices/statements"
    bad = CSV + "31/02/2018;VIR DE RIF;;5,00\n12/04/2018;VIR DE SOUSS;;=1+1\n;Solde;;60 677,00\n"
    page = send(desk, listing, pasted=bad).location
    shown = " ".join(desk.get(page).text.split())
    assert re.findall(r'<option selected value="(\d)">', shown) == ["0", "1", "3"]
    said = ("2 rows cannot be read", "1 row of sums or balances is left out.", "“31/02/2018” is no day.", "“=1+1” is no amount.", "VIR DE SOUSS")
    assert [part in shown for part in said] == [True] * 5
    chosen = {"date": "0", "label": "1", "amount": "3", "reference": ""}
    again = send(desk, page, **chosen, leave_out="6")
    assert (again.status_code, "Some rows cannot be read by these columns" in again.text) == (422, True)
    assert (re.findall(r'id="leave_out-(\d)"[^>]* checked', again.text), send(desk, page, **chosen, leave_out="x").status_code) == (["6"], 422)
    done = send(desk, page, **chosen, leave_out=["6", "7"])
    assert (done.location, [line.row for line in lines(db.session.scalars(select(Statement)).one())]) == (page.removesuffix("/columns"), [2, 4, 5])
    after = desk.get(done.location).text
    assert ["1 row of sums or balances is left out." in after, "are left out, as you said: 6, 7." in after] == [True, True]


@pytest.fixture
def the_show_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is eight o'clock on the first day."""
    monkeypatch.setattr("eventapp.core.clock.show_now", lambda: EIGHT)


def test_a_file_is_read_in_checked_recorded_and_taken_back_on_the_pages(client: FlaskClient, firms: list[Exhibitor], sistep: Edition, the_show_is_on: None) -> None:
    desk = sign_in_as(client, grant(make_user("farid@show.example", "Farid"), sistep, Role.FINANCE))
    listing = "/organiser/sistep-2018/invoices/statements"
    assert send(desk, listing).status_code == 422
    token = csrf_of(desk.get(listing))
    wrong = desk.post(listing, data={"csrf_token": token, "file": (io.BytesIO(b"PK\x03\x04no"), "x.xlsx")})
    assert (wrong.status_code, "error-summary" in wrong.text) == (422, True)
    page = desk.post(listing, data={"csrf_token": token, "file": (io.BytesIO(CSV.encode("cp1252")), "april.csv")}).location
    shown = desk.get(page)
    ticked = re.findall(r'<input(?=[^>]*type="checkbox")(?=[^>]*checked)[^>]*name="(take_\d+)"', shown.text)
    numbers = [line.id for line in lines(db.session.scalars(select(Statement)).one())]
    assert ticked == [f"take_{numbers[0]}"]
    refused = send(desk, page, **{f"take_{numbers[2]}": "y", f"to_{numbers[2]}": "nobody"})
    assert (refused.status_code, f'id="to_{numbers[2]}-error"' in refused.text, 'value="nobody"' in refused.text) == (422, True, True)
    fields = {f"take_{numbers[0]}": "y", f"to_{numbers[0]}": "SISTEP-2018-F-0002"}
    assert send(desk, page, **fields).location == page
    assert send(desk, page, **fields).status_code == 422
    assert paid(firms[1]) == ["60600.00"]
    assert send(desk, f"{page}/undo", reason="Wrong bank").location == page
    assert ("This statement was taken back" in desk.get(page).text, "april.csv" in desk.get(listing).text, paid(firms[1])) == (True, True, ["0.00"])


def racing(sistep: Edition) -> list[Any]:
    return [partial(record_lines, sistep.id, one.id, [Choice(lines(one)[2].id, "SISTEP-2018-F-0002")], **FACTS) for one in [read_in(sistep) for _ in range(RACERS)]]


def test_one_line_read_in_by_many_is_recorded_once(app: Flask, firms: list[Exhibitor], sistep: Edition) -> None:
    assert tally(at_once(app, racing(sistep))) == {"won": 1, "LineRecorded": RACERS - 1}
    assert breaches() == []


def test_without_its_key_it_would_be_recorded_again(app: Flask, firms: list[Exhibitor], sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    works = racing(sistep)
    claim_without_looking(monkeypatch, statements, "recorded_lines")
    without_keys("recorded_lines")
    at_once(app, works)
    assert len(db.session.scalars(select(RecordedLine.key)).all()) > 1
