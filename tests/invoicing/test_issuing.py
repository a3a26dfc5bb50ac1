"""Invoices are issued, credited and paid; nobody changes one afterwards."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import CoExhibitor, Exhibitor, OrderedExtra
from eventapp.exhibitors.operations import withdraw
from eventapp.invoicing import queries
from eventapp.invoicing.errors import (
    AlreadyCancelled,
    AlreadyInvoiced,
    BalanceComesLast,
    CreditTooHigh,
    DayTwice,
    DepositTooHigh,
    DueOdd,
    NoDeposit,
    NoStandToInvoice,
    NotAccepted,
    NotCreditable,
    NothingLeft,
    OnlyDigits,
    PaidOnOdd,
    PaidTooMuch,
    PercentKeptOdd,
    ReasonMissing,
    ScaleFalls,
    SellerMissing,
    StandIsInvoiced,
    SumOdd,
)
from eventapp.invoicing.models import Invoice, InvoiceAccount, InvoiceLine
from eventapp.invoicing.operations import Received, cancel_payment, issue_credit_note, issue_invoice, record_payment, set_billing, set_scale, set_seller
from eventapp.invoicing.operations.issuing import next_bill
from eventapp.invoicing.rules.owing import Owing
from eventapp.organisations.errors import IceCheckDigits
from eventapp.pricing.operations import change_price, set_terms
from eventapp.pricing.queries import price_list
from eventapp.pricing.rules import Terms
from eventapp.stands.models import StandClaim
from eventapp.stands.operations import allocate_stand, free_stand, move_exhibitor, reshape_stand
from eventapp.stands.rules.shapes import rectangle
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.invoicing import SELLER, TODAY, issue, on_stand, pay, sells
from tests.support.pricing import EQUIPPED, plan

FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An exhibitor on a stand that costs 50,500.00 without tax, of an edition that sells."""
    sells(sistep)
    return on_stand(sistep, "Atlas", stranger, "B12")


def breaches() -> list[str]:
    db.session.rollback()
    return [line for found in examine().values() for line in found]


def credit(invoice: Invoice, amount: str, reason: str = "Smaller stand") -> Invoice:
    return issue_credit_note(invoice.id, Decimal(amount), reason, edition_id=invoice.edition_id, **FACTS)


def money(invoice: Invoice) -> tuple[str, str, str]:
    return str(invoice.net), str(invoice.vat), str(invoice.total)


def owing(invoice: Invoice) -> Owing:
    account = queries.accounts_of(invoice.exhibitor_id)[invoice.id]
    return Owing(account.total, account.credited, account.paid, account.due_on)


def test_a_deposit_and_then_the_balance_come_to_the_whole(atlas: Exhibitor) -> None:
    deposit, balance = issue(atlas, "deposit"), issue(atlas)
    assert [(one.label, one.kind, *money(one)) for one in (deposit, balance)] == [
        ("SISTEP-2018-A-0001", "deposit", "25250.00", "5050.00", "30300.00"),
        ("SISTEP-2018-F-0001", "balance", "25250.00", "5050.00", "30300.00"),
    ]
    assert [(line.code, line.stand, line.area_m2, str(line.net)) for line in balance.lines] == [
        ("PACK", "", None, "1000.00"),
        ("EQUIPPED", "B12", Decimal("18.00"), "45000.00"),
        ("CORNER", "B12", None, "4500.00"),
        ("LESS", "", None, "-25250.00"),
    ]
    assert (deposit.due_on, deposit.issued_on, balance.due_on) == (TODAY + timedelta(days=30), TODAY, TODAY + timedelta(days=30))
    assert breaches() == []


def test_the_tax_of_deposit_and_balance_is_the_tax_of_the_whole_to_the_cent(atlas: Exhibitor, sistep: Edition) -> None:
    item = next(item for item in price_list(sistep.id).items if item.code == "EQUIPPED")
    change_price(sistep.id, item.id, plan(EQUIPPED, amount=Decimal("2500.37")), **FACTS)
    set_terms(sistep.id, Terms(Decimal("33.33"), 30), **FACTS)
    whole = queries.whole_of(atlas)
    deposit, balance = issue(atlas, "deposit"), issue(atlas)
    assert (deposit.net + balance.net, deposit.vat + balance.vat, deposit.total + balance.total) == (whole.net, whole.vat, whole.total)
    assert breaches() == []


def test_several_stands_are_one_invoice_and_one_package(atlas: Exhibitor, sistep: Edition) -> None:
    allocate_stand(make_stand(sistep, "B13", open_on="S").id, atlas.id, **FACTS)
    assert [(line.code, line.stand, line.area_m2) for line in issue(atlas).lines] == [
        ("PACK", "", None),
        ("EQUIPPED", "B12", Decimal("18.00")),
        ("CORNER", "B12", None),
        ("EQUIPPED", "B13", Decimal("18.00")),
    ]
    assert breaches() == []


def test_co_exhibitors_and_ordered_extras_are_billed_at_the_prices_of_the_order(atlas: Exhibitor, sistep: Edition) -> None:
    item = next(item for item in price_list(sistep.id).items if item.code == "POWER")
    with transaction():
        of = {"exhibitor_id": atlas.id, "edition_id": sistep.id}
        db.session.add(CoExhibitor(**of, position=1, name="Rif Laser", country="FR", contact_name="Rachid", contact_email="rachid@rif.example"))
        db.session.add(OrderedExtra(**of, price_item_id=item.id, quantity=Decimal(2), code="POWER", name=same("Power"), unit="each", unit_price=Decimal("800.25")))
    lines = issue(atlas).lines
    assert [(line.code, line.quantity, line.net) for line in lines if line.code in {"PACK", "POWER"}] == [
        ("PACK", Decimal(2), Decimal(2000)),
        ("POWER", Decimal(2), Decimal("1600.50")),
    ]
    assert breaches() == []


def test_an_invoice_keeps_its_own_copy_of_who_sells_who_buys_and_what(atlas: Exhibitor, sistep: Edition) -> None:
    billing = {"name": "Atlas Holding", "address": "2, rue Neuve", "city": "Rabat", "country": "MA", "ice": "002136093000040", "purchase_order": "PO-7"}
    set_billing(atlas.id, billing, version=0, **FACTS)
    invoice = issue(atlas)
    set_billing(atlas.id, {**billing, "name": "Another"}, version=1, **FACTS)
    set_seller(sistep.id, {**SELLER, "name": "Somebody else", "prefix": "X"}, version=1, **FACTS)
    db.session.expire_all()
    assert (invoice.buyer, invoice.seller["name"], invoice.label) == ({**billing, "reference": atlas.reference}, "FIMME Salons", "SISTEP-2018-F-0001")
    assert invoice.lines[1].name == {"fr": "Equipped", "ar": "Equipped", "en": "Equipped"}


@pytest.mark.parametrize("model", [Invoice, InvoiceLine])
def test_an_issued_invoice_cannot_be_changed_or_deleted(atlas: Exhibitor, model: Any) -> None:
    issue(atlas)
    for statement in (update(model).values(net=Decimal(1)), delete(model)):
        with pytest.raises(DBAPIError, match="append-only"), transaction():
            db.session.execute(statement)


def test_each_kind_and_each_edition_counts_for_itself(atlas: Exhibitor, sistep: Edition, other_edition: Edition, stranger: User) -> None:
    sells(other_edition, prefix="SISTEP-2025")
    others = [on_stand(sistep, "Rif", stranger, "B13"), on_stand(other_edition, "Souss", stranger, "B12")]
    labels = [issue(one, kind).label for kind in ("deposit", "balance") for one in (atlas, *others)]
    assert labels == [
        "SISTEP-2018-A-0001",
        "SISTEP-2018-A-0002",
        "SISTEP-2025-A-0001",
        "SISTEP-2018-F-0001",
        "SISTEP-2018-F-0002",
        "SISTEP-2025-F-0001",
    ]


def test_a_refused_invoice_takes_no_number(atlas: Exhibitor) -> None:
    issue(atlas)
    with pytest.raises(AlreadyInvoiced) as refusal:
        issue(atlas)
    assert refusal.value.facts == {"label": "SISTEP-2018-F-0001"}
    with pytest.raises(BalanceComesLast):
        issue(atlas, "deposit")
    credit(queries.living_invoices(atlas.id)[0], "60600.00")
    assert issue(atlas).label == "SISTEP-2018-F-0002"
    assert breaches() == []


def test_who_cannot_be_invoiced_is_told_why(atlas: Exhibitor, sistep: Edition, other_edition: Edition, stranger: User) -> None:
    with pytest.raises(NotAccepted):
        issue(make_exhibitor(sistep, "Rif", stranger, state="submitted"))
    with pytest.raises(NoStandToInvoice):
        issue(make_exhibitor(sistep, "Souss", stranger))
    set_terms(sistep.id, Terms(Decimal(0), 30), **FACTS)
    with pytest.raises(NoDeposit):
        issue(atlas, "deposit")
    set_terms(sistep.id, Terms(Decimal(100), 30), **FACTS)
    issue(atlas, "deposit")
    with pytest.raises(NothingLeft):
        issue(atlas)
    far = on_stand(other_edition, "Far", stranger, "B12")
    with pytest.raises(Exception, match="no price for stands"):
        issue(far)


def test_no_invoice_without_a_seller(sistep: Edition, stranger: User) -> None:
    sells(sistep)
    with transaction():
        db.session.delete(queries.seller_for_invoices(sistep.id))
    with pytest.raises(SellerMissing):
        issue(on_stand(sistep, "Atlas", stranger, "B12"))
    assert breaches() == []


def test_a_deposit_of_more_than_the_stand_costs_now_is_credited_first(atlas: Exhibitor, sistep: Edition) -> None:
    set_terms(sistep.id, Terms(Decimal(100), 30), **FACTS)
    deposit = issue(atlas, "deposit")
    reshape_stand(make_stand(sistep, "B20").id, rectangle(x_m=Decimal(0), y_m=Decimal(20), width_m=Decimal(3), depth_m=Decimal(3)), **FACTS)
    stand = db.session.scalars(select(StandClaim.stand_id)).one()
    reshape_stand(stand, rectangle(x_m=Decimal(0), y_m=Decimal(26), width_m=Decimal(3), depth_m=Decimal(3)), **FACTS)
    with pytest.raises(DepositTooHigh):
        issue(atlas)
    credit(deposit, "60600.00")
    assert money(issue(atlas))[0] == "23500.00"


def test_a_page_that_shows_another_bill_issues_nothing(atlas: Exhibitor, sistep: Edition) -> None:
    bill = next_bill(atlas, "balance")
    item = next(item for item in price_list(sistep.id).items if item.code == "EQUIPPED")
    change_price(sistep.id, item.id, plan(EQUIPPED, amount=Decimal(2600)), **FACTS)
    with pytest.raises(ChangedMeanwhile):
        issue_invoice(atlas.id, "balance", seen=bill.mark, **FACTS)
    assert issue_invoice(atlas.id, "balance", seen=next_bill(atlas, "balance").mark, **FACTS).net == Decimal("52480.00")


@pytest.mark.parametrize("due_on", [TODAY - timedelta(days=1), TODAY + timedelta(days=367)])
def test_an_odd_due_date_is_refused(atlas: Exhibitor, due_on: date) -> None:
    with pytest.raises(DueOdd):
        issue_invoice(atlas.id, "balance", due_on=due_on, **FACTS)
    assert issue_invoice(atlas.id, "balance", due_on=TODAY, **FACTS).due_on == TODAY


def test_credit_notes_never_exceed_the_invoice_and_their_tax_is_its_tax(atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    notes = [credit(invoice, "0.01"), credit(invoice, "33333.33")]
    with pytest.raises(CreditTooHigh) as refusal:
        credit(invoice, "27266.67")
    assert refusal.value.facts == {"left": Decimal("27266.66"), "label": "SISTEP-2018-F-0001"}
    notes.append(credit(invoice, "27266.66"))
    assert [note.label for note in notes] == ["SISTEP-2018-AV-0001", "SISTEP-2018-AV-0002", "SISTEP-2018-AV-0003"]
    assert [sum((getattr(note, name) for note in notes), Decimal(0)) for name in ("net", "vat", "total")] == [invoice.net, invoice.vat, invoice.total]
    assert owing(invoice).state(TODAY) == "credited"
    assert breaches() == []


@pytest.mark.parametrize(("amount", "reason", "refusal"), [("0", "x", SumOdd), ("-1", "x", SumOdd), ("1.001", "x", SumOdd), ("NaN", "x", SumOdd), ("1", " ", ReasonMissing)])
def test_an_odd_credit_is_refused(atlas: Exhibitor, amount: str, reason: str, refusal: type[Exception]) -> None:
    invoice = issue(atlas)
    with pytest.raises(refusal):
        credit(invoice, amount, reason)
    note = credit(invoice, "1")
    with pytest.raises(NotCreditable):
        credit(note, "1")
    with pytest.raises(ChangedMeanwhile):
        issue_credit_note(invoice.id, Decimal(1), "Again", edition_id=invoice.edition_id, seen=Decimal(0), **FACTS)


def test_another_editions_invoice_is_not_there(atlas: Exhibitor, other_edition: Edition) -> None:
    invoice = issue(atlas)
    with pytest.raises(NotThere):
        issue_credit_note(invoice.id, Decimal(1), "x", edition_id=other_edition.id, **FACTS)
    with pytest.raises(NotThere):
        record_payment(invoice.id, Received(Decimal(1), TODAY), edition_id=other_edition.id, **FACTS)
    assert queries.invoice_of_exhibitor(atlas.id, invoice.id) is invoice
    with pytest.raises(NotThere):
        queries.invoice_of_exhibitor(atlas.id + 1, invoice.id)


def test_an_invoice_is_due_part_paid_paid_overdue_or_credited(atlas: Exhibitor) -> None:
    invoice, late = issue(atlas), TODAY + timedelta(days=31)
    states = [owing(invoice).state(TODAY), owing(invoice).state(late)]
    pay(invoice, "600.00")
    states += [owing(invoice).state(TODAY), owing(invoice).state(late)]
    credit(invoice, "10000")
    pay(invoice, "50000")
    states.append(owing(invoice).state(late))
    credit(invoice, "50600")
    states.append(owing(invoice).state(late))
    assert states == ["due", "overdue", "part_paid", "overdue", "paid", "credited"]
    assert (owing(invoice).due, owing(invoice).over) == (Decimal(0), Decimal("50600.00"))
    assert breaches() == []


def test_no_payment_exceeds_what_is_due_unless_the_rest_is_named(atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    with pytest.raises(PaidTooMuch) as refusal:
        pay(invoice, "60600.01")
    assert refusal.value.facts == {"due": Decimal("60600.00"), "label": invoice.label}
    pay(invoice, "60700.00", credit_name="Advance for 2020", reference="VIR 7")
    assert [(str(one.amount), one.invoice_id, one.credit_name, one.reference) for one in queries.payments_of(atlas.id)] == [
        ("60600.00", invoice.id, "", "VIR 7"),
        ("100.00", None, "Advance for 2020", "VIR 7"),
    ]
    pay(invoice, "5", credit_name="By mistake")
    assert (owing(invoice).due, len(queries.payments_of(atlas.id)), breaches()) == (Decimal(0), 3, [])


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=732)])
def test_an_odd_day_of_payment_is_refused(atlas: Exhibitor, day: date) -> None:
    with pytest.raises(PaidOnOdd):
        record_payment(issue(atlas).id, Received(Decimal(1), day), edition_id=atlas.edition_id, **FACTS)


def test_a_payment_recorded_by_mistake_is_cancelled_once_and_stays_listed(atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    pay(invoice, "600.00")
    payment = queries.payments_of(atlas.id)[0]
    cancelled = cancel_payment(payment.id, "Another firm's", edition_id=atlas.edition_id, **FACTS)
    with pytest.raises(AlreadyCancelled):
        cancel_payment(payment.id, "Again", edition_id=atlas.edition_id, **FACTS)
    with pytest.raises(ReasonMissing):
        cancel_payment(payment.id, "", edition_id=atlas.edition_id, **FACTS)
    assert (cancelled.cancel_reason, owing(invoice).due, breaches()) == ("Another firm's", Decimal("60600.00"), [])


def test_stands_of_a_balance_invoice_stay_as_they_are_until_it_is_credited(atlas: Exhibitor, sistep: Edition) -> None:
    invoice, other = issue(atlas), make_stand(sistep, "B13").id
    stand = db.session.scalars(select(StandClaim.stand_id)).one()
    larger = rectangle(x_m=Decimal(0), y_m=Decimal(0), width_m=Decimal(6), depth_m=Decimal("3.5"))
    for change in (
        lambda: allocate_stand(other, atlas.id, **FACTS),
        lambda: free_stand(stand, **FACTS),
        lambda: reshape_stand(stand, larger, **FACTS),
        lambda: move_exhibitor(atlas.id, stand, other, **FACTS),
    ):
        with pytest.raises(StandIsInvoiced):
            change()
    assert breaches() == []
    credit(invoice, "60600.00")
    reshape_stand(stand, larger, **FACTS)
    assert [line.area_m2 for line in issue(atlas).lines if line.area_m2] == [Decimal("21.00")]
    assert breaches() == []


def test_who_withdraws_keeps_owing_what_the_scale_says_and_the_stand_is_free(atlas: Exhibitor, sistep: Edition) -> None:
    set_scale(sistep.id, [(TODAY - timedelta(days=30), Decimal(30)), (TODAY + timedelta(days=1), Decimal(100))], **FACTS)
    deposit, balance = issue(atlas, "deposit"), issue(atlas)
    pay(deposit, "30300.00")
    withdraw(atlas.id, **FACTS)
    assert [(owing(one).credited, owing(one).due, owing(one).over) for one in (deposit, balance)] == [
        (Decimal(12120), Decimal(0), Decimal(12120)),
        (Decimal(30300), Decimal(0), Decimal(0)),
    ]
    assert [note.reason for note in queries.invoices_of(atlas.id)[2:]] == ["Withdrawal: 30% stay due"] * 2
    assert db.session.scalars(select(StandClaim.stand_id)).all() == []
    assert breaches() == []


def test_without_a_scale_a_withdrawal_is_credited_wholly_and_undone_as_a_whole(atlas: Exhibitor, monkeypatch: pytest.MonkeyPatch) -> None:
    invoice = issue(atlas)
    with pytest.raises(RuntimeError), transaction():
        withdraw(atlas.id, **FACTS)
        raise RuntimeError
    db.session.rollback()
    assert (owing(invoice).credited, atlas.state, len(queries.invoices_of(atlas.id))) == (Decimal(0), "accepted", 1)
    withdraw(atlas.id, **FACTS)
    assert (owing(invoice).credited, [note.label for note in queries.invoices_of(atlas.id)[1:]]) == (Decimal("60600.00"), ["SISTEP-2018-AV-0001"])


@pytest.mark.parametrize(
    ("steps", "refusal", "field"),
    [
        ([(TODAY, Decimal(101))], PercentKeptOdd, "percent_1"),
        ([(TODAY, Decimal("NaN"))], PercentKeptOdd, "percent_1"),
        ([(TODAY, Decimal(50)), (TODAY, Decimal(60))], DayTwice, "day_2"),
        ([(TODAY, Decimal(50)), (TODAY - timedelta(days=9), Decimal(60))], ScaleFalls, "percent_1"),
    ],
)
def test_an_odd_scale_is_refused_at_its_line(sistep: Edition, steps: Any, refusal: type[Exception], field: str) -> None:
    with pytest.raises(refusal) as refused:
        set_scale(sistep.id, steps, **FACTS)
    assert (refused.value.field, queries.scale_of(sistep.id)) == (field, [])  # type: ignore[attr-defined]
    set_scale(sistep.id, [(TODAY, Decimal(50))], seen="", **FACTS)
    with pytest.raises(ChangedMeanwhile):
        set_scale(sistep.id, [], seen="", **FACTS)


@pytest.mark.parametrize(("wrong", "refusal"), [({"ice": "001561191000065"}, IceCheckDigits), ({"account": "MA64-011"}, OnlyDigits), ({"account": "رقم"}, OnlyDigits)])
def test_a_seller_with_odd_numbers_is_refused(sistep: Edition, wrong: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        set_seller(sistep.id, {**SELLER, **wrong}, **FACTS)
    set_seller(sistep.id, SELLER, **FACTS)
    with pytest.raises(ChangedMeanwhile):
        set_seller(sistep.id, SELLER, version=7, **FACTS)


def test_the_trail_says_who_issued_what(atlas: Exhibitor, stranger: User) -> None:
    issue_invoice(atlas.id, "deposit", actor_id=stranger.id, now=EIGHT)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "invoice.deposit_issued")).one()
    assert (entry.actor_id, entry.subject_kind, entry.subject_id, entry.details) == (stranger.id, "exhibitor", atlas.id, {"invoice": "SISTEP-2018-A-0001"})


@pytest.mark.parametrize("sums", [{"credited": Decimal("60600.01")}, {"paid": Decimal("60600.01")}, {"paid": Decimal("-0.01")}])
def test_the_database_itself_refuses_more_than_the_invoice(atlas: Exhibitor, sums: dict[str, Decimal]) -> None:
    invoice = issue(atlas)
    with pytest.raises(IntegrityError), transaction():
        queries.add_to_account(invoice.id, **sums)


def test_doctor_names_what_is_wrong(app: Flask, atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    fields = {column.name: getattr(invoice, column.name) for column in Invoice.__table__.columns if column.name != "id"}
    with transaction():
        db.session.execute(update(InvoiceAccount).values(paid=Decimal(5)))
        db.session.add(Invoice(**{**fields, "number": 7, "turn": 2, "vat": Decimal("10100.02"), "total": Decimal("60600.02"), "label": "Astray"}))
        db.session.flush()
        db.session.add(InvoiceAccount(invoice_id=queries.invoices_of(atlas.id)[1].id, edition_id=atlas.edition_id, exhibitor_id=atlas.id, total=Decimal("60600.02"), due_on=TODAY))
    found = examine()
    names = ["invoices are numbered without a gap or a double", "an invoice's lines, tax and total go together", "no invoice is credited or paid beyond what it is for"]
    assert [len(found[name]) for name in [*names, "nobody is billed twice for the same"]] == [1, 2, 1, 1]
    with transaction():
        db.session.execute(delete(StandClaim))
    assert examine()["the square metres billed are those of the stands"] == [f"exhibitor {atlas.id} is billed 18.00 m2 and has stands of 0.00 m2"]


def test_owing_is_never_below_nothing() -> None:
    owed = Owing(Decimal(100), Decimal(60), Decimal(50), TODAY)
    assert (owed.due, owed.over, owed.state(TODAY), replace(owed, paid=Decimal(0)).due) == (Decimal(0), Decimal(10), "paid", Decimal(40))
