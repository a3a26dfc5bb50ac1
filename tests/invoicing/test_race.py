"""Many invoices, credit notes and payments at once: numbers without a gap, nothing beyond the sum; the same without the guard."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.invoicing import queries
from eventapp.invoicing.models import Invoice
from eventapp.invoicing.operations import Received, issue_credit_note, issue_invoice, record_payment
from tests.support.cast import EIGHT
from tests.support.invoicing import TODAY, issue, on_stand, sells
from tests.support.racing import at_once, race, tally, without_locks

RACERS = 8
FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}


@pytest.fixture
def eight(sistep: Edition, stranger: User) -> list[int]:
    """Eight exhibitors, each on a stand."""
    sells(sistep)
    return [on_stand(sistep, f"Firm {number}", stranger, f"B{number}").id for number in range(10, 10 + RACERS)]


def drop(table: str, *rules: str) -> None:
    """Take keys and checks off a table."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for rule in rules:
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {rule}")


def issued(exhibitor_id: int) -> str:
    issue_invoice(exhibitor_id, "balance", **FACTS)
    return "issued"


def numbers() -> list[int]:
    db.session.rollback()
    return sorted(db.session.scalars(select(Invoice.number)))


def found(name: str) -> list[str]:
    db.session.rollback()
    return list(examine()[name])


def test_invoices_issued_at_once_are_numbered_without_a_gap(app: Flask, eight: list[int]) -> None:
    assert race(app, issued, eight) == {"issued": RACERS}
    assert (numbers(), found("invoices are numbered without a gap or a double")) == ([*range(1, RACERS + 1)], [])


def test_without_the_counters_lock_two_would_have_one_number(app: Flask, eight: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    issue_invoice(eight[0], "balance", **FACTS)
    without_locks(monkeypatch, queries, "series_to_count", RACERS - 1)
    drop("invoices", "uq_invoices_edition_id_kind_number")
    at_once(app, [partial(issued, one) for one in eight[1:]])
    assert len(set(numbers())) < len(numbers())
    assert found("invoices are numbered without a gap or a double") != []


def test_one_exhibitor_is_billed_once_however_many_press(app: Flask, eight: list[int]) -> None:
    assert tally(at_once(app, [partial(issued, eight[0]) for _ in range(RACERS)])) == {"won": 1, "AlreadyInvoiced": RACERS - 1}
    assert (numbers(), found("nobody is billed twice for the same")) == ([1], [])


@pytest.fixture
def invoice(sistep: Edition, stranger: User) -> tuple[int, int]:
    """An invoice of 60,600.00 and its edition."""
    sells(sistep)
    found = issue(on_stand(sistep, "Atlas", stranger, "B12"))
    return found.id, sistep.id


def takes_back(invoice: tuple[int, int]) -> Callable[[], object]:
    return partial(issue_credit_note, invoice[0], Decimal(20200), "Smaller", edition_id=invoice[1], **FACTS)


def pays(invoice: tuple[int, int]) -> Callable[[], object]:
    return partial(record_payment, invoice[0], Received(Decimal(20200), TODAY), edition_id=invoice[1], **FACTS)


@pytest.mark.parametrize(("act", "refusal"), [(takes_back, "CreditTooHigh"), (pays, "PaidTooMuch")])
def test_never_more_than_the_invoice_is_credited_or_paid(app: Flask, invoice: tuple[int, int], act: Any, refusal: str) -> None:
    assert tally(at_once(app, [act(invoice) for _ in range(RACERS)])) == {"won": 3, refusal: RACERS - 3}
    assert found("no invoice is credited or paid beyond what it is for") == []


@pytest.mark.parametrize("act", [takes_back, pays])
def test_without_locks_and_checks_more_would_be(app: Flask, invoice: tuple[int, int], monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    without_locks(monkeypatch, queries, "account_to_change", RACERS)
    drop("invoices", "uq_invoices_edition_id_kind_number", "uq_invoices_exhibitor_id_kind_turn")
    drop("invoice_accounts", "ck_invoice_accounts_credited", "ck_invoice_accounts_paid")
    at_once(app, [act(invoice) for _ in range(RACERS)])
    assert found("no invoice is credited or paid beyond what it is for") != []
