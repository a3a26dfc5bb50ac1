"""Loaders of invoices, accounts, payments and who sells and buys."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import cast

from sqlalchemy import Table, func, select, update

from eventapp.core.db import db, insert_new
from eventapp.core.errors import NotThere
from eventapp.exhibitors.models import Exhibitor
from eventapp.invoicing.errors import SellerMissing
from eventapp.invoicing.models import Billing, Contract, Invoice, InvoiceAccount, InvoiceKind, InvoiceLine, Payment, Seller, Series, WithdrawalStep
from eventapp.invoicing.rules.bills import Billed

_ZERO = Decimal(0)
_LONGEST_ORDER = 40  # of a purchase order's number on an invoice


def seller_of(edition_id: int) -> Seller | None:
    """Load who sells at an edition; None while nobody said so."""
    return db.session.scalar(select(Seller).where(Seller.edition_id == edition_id).execution_options(populate_existing=True))


def seller_for_invoices(edition_id: int) -> Seller:
    """Load who sells, for an invoice that has to say so."""
    found = seller_of(edition_id)
    if found is None:
        raise SellerMissing
    return found


def seller_to_change(edition_id: int) -> Seller | None:
    """Load who sells, locked until the operation ends."""
    return db.session.scalar(select(Seller).where(Seller.edition_id == edition_id).with_for_update().execution_options(populate_existing=True))


def billing_of(exhibitor: Exhibitor) -> Billing:
    """Load to whom an exhibitor's invoices go; as it registered where nothing else was said (version 0)."""
    own = db.session.scalar(select(Billing).where(Billing.exhibitor_id == exhibitor.id).execution_options(populate_existing=True))
    if own is not None:
        return own
    other = exhibitor.billing_entity  # another firm, of which only the name was told
    named = {"name": other or exhibitor.public_name, "city": "" if other else exhibitor.city, "ice": "" if other else exhibitor.ice or ""}
    named |= {"country": exhibitor.organisation.country, "purchase_order": exhibitor.purchase_order[:_LONGEST_ORDER]}
    return Billing(exhibitor_id=exhibitor.id, edition_id=exhibitor.edition_id, address="", version=0, **named)


def scale_of(edition_id: int) -> list[tuple[date, Decimal]]:
    """List from which day on a withdrawing exhibitor keeps owing how many percent."""
    steps = db.session.execute(select(WithdrawalStep.from_day, WithdrawalStep.percent_kept).where(WithdrawalStep.edition_id == edition_id).order_by(WithdrawalStep.from_day))
    return [(row[0], row[1]) for row in steps]


def series_to_count(edition_id: int, kind: str) -> Series:
    """Load the counter of a series, made where there is none, held until the operation ends: whoever issues an invoice takes turns."""
    insert_new(cast("Table", Series.__table__), [{"edition_id": edition_id, "kind": str(kind), "last_number": 0}], ["edition_id", "kind"])
    query = select(Series).where(Series.edition_id == edition_id, Series.kind == kind)
    return db.session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def invoice_of_edition(edition_id: int, invoice_id: int) -> Invoice:
    """Load an invoice of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(Invoice).where(Invoice.id == invoice_id, Invoice.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def invoice_of_exhibitor(exhibitor_id: int, invoice_id: int) -> Invoice:
    """Load an invoice of an exhibitor, for its own people; another's and a missing one look the same."""
    found = db.session.scalar(select(Invoice).where(Invoice.id == invoice_id, Invoice.exhibitor_id == exhibitor_id))
    if found is None:
        raise NotThere
    return found


def invoice_to_send(invoice_id: int) -> Invoice:
    """Load an invoice by its id alone, for the worker."""
    return db.session.get_one(Invoice, invoice_id)


def invoices_of(exhibitor_id: int) -> list[Invoice]:
    """List an exhibitor's invoices and credit notes, in the order of their issue."""
    return list(db.session.scalars(select(Invoice).where(Invoice.exhibitor_id == exhibitor_id).order_by(Invoice.id)))


def accounts_of(exhibitor_id: int) -> dict[int, InvoiceAccount]:
    """Load what was credited and paid on each invoice of an exhibitor."""
    query = select(InvoiceAccount).where(InvoiceAccount.exhibitor_id == exhibitor_id).order_by(InvoiceAccount.invoice_id)
    return {account.invoice_id: account for account in db.session.scalars(query.execution_options(populate_existing=True))}


def account_to_change(invoice_id: int) -> InvoiceAccount:
    """Load an invoice's account as it is now, locked until the operation ends."""
    found = db.session.scalar(select(InvoiceAccount).where(InvoiceAccount.invoice_id == invoice_id).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def add_to_account(invoice_id: int, *, credited: Decimal = _ZERO, paid: Decimal = _ZERO) -> None:
    """Add to what was credited or paid; the database adds, so that its checks see the sum whoever wrote meanwhile."""
    sums = {"credited": func.round(InvoiceAccount.credited + credited, 2), "paid": func.round(InvoiceAccount.paid + paid, 2)}
    db.session.execute(update(InvoiceAccount).where(InvoiceAccount.invoice_id == invoice_id).values(**sums).execution_options(synchronize_session=False))


def living_invoices(exhibitor_id: int, kind: str | None = None) -> list[Invoice]:
    """List an exhibitor's deposit and balance invoices that are not wholly credited."""
    query = select(Invoice).join(InvoiceAccount, InvoiceAccount.invoice_id == Invoice.id)
    query = query.where(Invoice.exhibitor_id == exhibitor_id, InvoiceAccount.credited < InvoiceAccount.total)
    return list(db.session.scalars((query if kind is None else query.where(Invoice.kind == kind)).order_by(Invoice.id)))


def turns(exhibitor_id: int, kind: str) -> int:
    """Count an exhibitor's invoices of a kind."""
    return db.session.scalar(select(func.count()).select_from(Invoice).where(Invoice.exhibitor_id == exhibitor_id, Invoice.kind == kind)) or 0


def credited_on(invoices: Iterable[Invoice]) -> dict[int, Billed]:
    """Sum the credit notes on each of some invoices."""
    found = {one.id: Billed(one.label, _ZERO, _ZERO, _ZERO) for one in invoices}
    for note in db.session.scalars(select(Invoice).where(Invoice.credits_id.in_(list(found)))):
        number = note.credits_id or 0
        before = found[number]
        found[number] = Billed(before.label, before.net + note.net, before.vat + note.vat, before.total + note.total)
    return found


def billed(invoice: Invoice, credited: Billed | None = None) -> Billed:
    """Read what an invoice still bills: less what was credited of it."""
    if credited is None:
        return Billed(invoice.label, invoice.net, invoice.vat, invoice.total)
    return Billed(invoice.label, invoice.net - credited.net, invoice.vat - credited.vat, invoice.total - credited.total)


def payments_of(exhibitor_id: int) -> list[Payment]:
    """List an exhibitor's payments, cancelled ones too, by day."""
    return list(db.session.scalars(select(Payment).where(Payment.exhibitor_id == exhibitor_id).order_by(Payment.paid_on, Payment.id)))


def payment_of_edition(edition_id: int, payment_id: int) -> Payment:
    """Load a payment of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(Payment).where(Payment.id == payment_id, Payment.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def payment_to_change(edition_id: int, payment_id: int) -> Payment:
    """Load a payment of an edition as it is now, locked until the operation ends."""
    query = select(Payment).where(Payment.id == payment_id, Payment.edition_id == edition_id)
    found = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def names_price(edition_id: int, code: str) -> bool:
    """Say whether a line of an edition's invoices or contracts has this price."""
    billed = select(InvoiceLine.invoice_id).join(Invoice, Invoice.id == InvoiceLine.invoice_id).where(Invoice.edition_id == edition_id, InvoiceLine.code == code).limit(1)
    if db.session.scalar(billed) is not None:
        return True
    return any(line["code"] == code for agreed in db.session.scalars(select(Contract.agreed).where(Contract.edition_id == edition_id)) for line in agreed["lines"])


def living_balance(exhibitor_id: int) -> Invoice | None:
    """Find an exhibitor's balance invoice, if one counts."""
    return next(iter(living_invoices(exhibitor_id, InvoiceKind.BALANCE)), None)
