"""Lists of invoices for organisers, an exhibitor's account, and what a pro-forma says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from eventapp.core.db import db
from eventapp.core.errors import Refusal
from eventapp.core.texts import clean
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import BadgeRelease, Exhibitor
from eventapp.exhibitors.queries import exhibiting_rules
from eventapp.invoicing.errors import BadgesWaitForAll, BadgesWaitForDeposit
from eventapp.invoicing.models import CreditMove, Invoice, InvoiceAccount, InvoiceKind, InvoiceState, Payment
from eventapp.invoicing.queries import loading
from eventapp.invoicing.queries.favour import Pot, moves_of, pots_of
from eventapp.invoicing.queries.papers import PRO_FORMA, Paper
from eventapp.invoicing.queries.wholes import whole_of
from eventapp.invoicing.rules.bills import address_copy
from eventapp.invoicing.rules.owing import Owing, is_released
from eventapp.organisations.queries import has_words
from eventapp.pricing.queries import price_list

_ZERO = Decimal(0)
_NOTHING_OPEN = Decimal("0.005")  # sums of cents, however the database keeps them
_OPEN = InvoiceAccount.total - InvoiceAccount.credited - InvoiceAccount.paid
SELLER = ("name", "name_ar", "address", "ice", "tax_id", "patente", "rc", "bank", "account", "bic")
BUYER = ("name", "address", "city", "country", "ice", "purchase_order")


@dataclass(frozen=True)
class Wanted:
    """How the list is narrowed."""

    q: str = ""
    state: str = ""  # of InvoiceState, or credit_note


@dataclass(frozen=True)
class Row:
    """An invoice with what is owed on it (nothing on a credit note), and whose it is."""

    invoice: Invoice
    owing: Owing | None
    exhibitor: str


@dataclass(frozen=True)
class Totals:
    """What some invoices come to together; credit notes are in `credited`."""

    total: Decimal = _ZERO
    credited: Decimal = _ZERO
    paid: Decimal = _ZERO
    due: Decimal = _ZERO


def _is(state: str, today: date) -> ColumnElement[bool]:
    owes, late = _OPEN > _NOTHING_OPEN, InvoiceAccount.due_on < today
    found = {
        InvoiceState.CREDITED: InvoiceAccount.credited >= InvoiceAccount.total,
        InvoiceState.PAID: and_(InvoiceAccount.credited < InvoiceAccount.total, ~owes),
        InvoiceState.OVERDUE: and_(owes, late),
        InvoiceState.PART_PAID: and_(owes, ~late, InvoiceAccount.paid > 0),
        InvoiceState.DUE: and_(owes, ~late, InvoiceAccount.paid == 0),
    }
    return found[InvoiceState(state)]


def _searched(query: Select[Any], edition_id: int, typed: str) -> Select[Any]:
    query = (
        query.select_from(Invoice)
        .outerjoin(InvoiceAccount, InvoiceAccount.invoice_id == Invoice.id)
        .join(Exhibitor, Exhibitor.id == Invoice.exhibitor_id)
        .where(Invoice.edition_id == edition_id)
    )
    typed = clean(typed)
    if not typed:
        return query
    return query.where(or_(has_words(Exhibitor.folded, typed), func.lower(Invoice.label).contains(typed.lower(), autoescape=True), Exhibitor.reference == typed.upper()))


def invoices(edition_id: int, wanted: Wanted, today: date) -> Select[Any]:
    """Select an edition's invoices by exhibitor's name, number or reference, and by state; the latest first."""
    query = _searched(select(Invoice), edition_id, wanted.q)
    if wanted.state == InvoiceKind.CREDIT_NOTE:
        query = query.where(Invoice.kind == InvoiceKind.CREDIT_NOTE)
    elif wanted.state in set(InvoiceState):
        query = query.where(_is(wanted.state, today))
    return query.order_by(Invoice.id.desc())


def all_invoices(edition_id: int, wanted: Wanted, today: date) -> list[Invoice]:
    """Load every invoice that the list shows, for a table."""
    return list(db.session.scalars(invoices(edition_id, wanted, today)))


def rows_of(found: Sequence[Invoice]) -> list[Row]:
    """Read what is owed on each of some invoices, and whose each is, in two queries."""
    ids = [one.id for one in found]
    accounts = {
        account.invoice_id: account for account in db.session.scalars(select(InvoiceAccount).where(InvoiceAccount.invoice_id.in_(ids)).execution_options(populate_existing=True))
    }
    names = dict(db.session.execute(select(Exhibitor.id, Exhibitor.public_name).where(Exhibitor.id.in_({one.exhibitor_id for one in found}))).all())
    return [Row(one, _owing(accounts.get(one.id)), names[one.exhibitor_id]) for one in found]


def _owing(account: InvoiceAccount | None) -> Owing | None:
    return None if account is None else Owing(account.total, account.credited, account.paid, account.due_on)


def counts(edition_id: int, typed: str, today: date) -> dict[str, int]:
    """Count the invoices that a search finds by state, credit notes apart."""
    state = case(*((_is(one, today), one.value) for one in InvoiceState), else_=InvoiceKind.CREDIT_NOTE.value)
    found = db.session.execute(_searched(select(state, func.count()), edition_id, typed).group_by(state))
    return {row[0]: row[1] for row in found}


def totals(edition_id: int, wanted: Wanted, today: date) -> Totals:
    """Sum the invoices that the list shows."""
    left = case((_OPEN > 0, _OPEN), else_=0)
    sums = [func.coalesce(func.sum(column), 0) for column in (InvoiceAccount.total, InvoiceAccount.credited, InvoiceAccount.paid, left)]
    query = invoices(edition_id, wanted, today).with_only_columns(*sums).order_by(None)
    return Totals(*(Decimal(str(value)).quantize(Decimal("0.01")) for value in db.session.execute(query).one()))


@dataclass(frozen=True)
class Account:
    """An exhibitor's invoices and payments, and what is owed to whom."""

    rows: Sequence[Row]
    payments: Sequence[Payment]
    moves: Sequence[CreditMove] = ()
    pots: Sequence[Pot] = ()

    @property
    def named(self) -> list[int | None]:
        """List the invoices that its rows name."""
        return [*(one.invoice_id for one in self.payments), *(row.invoice.credits_id for row in self.rows), *(one.to_invoice_id for one in self.moves)]

    @property
    def totals(self) -> Totals:
        """Sum it."""
        owed = [row.owing for row in self.rows if row.owing]
        total, credited, due = (sum((getattr(one, name) for one in owed), _ZERO) for name in ("total", "credited", "due"))
        return Totals(total, credited, self.paid, due)

    @property
    def paid(self) -> Decimal:
        """Sum the payments that count, less what was sent back."""
        back = sum((one.amount for one in self.moves if one.cancelled_at is None and one.to_invoice_id is None), _ZERO)
        return sum((one.amount for one in self.payments if one.cancelled_at is None), _ZERO) - back

    @property
    def in_favour(self) -> Decimal:
        """Sum what is the exhibitor's: paid and then credited, or kept as a named credit."""
        return sum((pot.left for pot in self.pots), _ZERO)


def account_of(exhibitor_id: int) -> Account:
    """Load an exhibitor's account."""
    return Account(rows_of(loading.invoices_of(exhibitor_id)), loading.payments_of(exhibitor_id), moves_of(exhibitor_id), pots_of(exhibitor_id))


def badges_wait_for(edition_id: int, exhibitor_id: int) -> Refusal | None:
    """Say what has to be paid before an exhibitor's badges can be had; None once they can."""
    rule = exhibiting_rules(edition_id).badges_from
    living = rows_of(loading.living_invoices(exhibitor_id)) if rule != BadgeRelease.ACCEPTANCE else []
    owed = {kind: [row.owing for row in living if row.owing and row.invoice.kind == kind] for kind in (InvoiceKind.DEPOSIT, InvoiceKind.BALANCE)}
    percent = price_list(edition_id).terms.deposit_percent
    if is_released(rule, owed[InvoiceKind.DEPOSIT], owed[InvoiceKind.BALANCE], percent):
        return None
    return BadgesWaitForDeposit() if rule == BadgeRelease.DEPOSIT else BadgesWaitForAll()


def labels_of(found: Iterable[int | None]) -> dict[int, str]:
    """Read the numbers of some invoices."""
    return dict(db.session.execute(select(Invoice.id, Invoice.label).where(Invoice.id.in_([one for one in found if one is not None]))).all())


def pro_forma(exhibitor: Exhibitor, today: date) -> Paper:
    """Write what an exhibitor's whole invoice would say: the paper has no number."""
    edition, whole = db.session.get_one(Edition, exhibitor.edition_id), whole_of(exhibitor)
    return Paper(
        kind=PRO_FORMA,
        language=exhibitor.language,
        currency=edition.currency,
        vat_percent=whole.vat_percent,
        net=whole.net,
        vat=whole.vat,
        total=whole.total,
        seller=address_copy(loading.seller_for_invoices(edition.id), SELLER),
        buyer=address_copy(loading.billing_of(exhibitor), BUYER) | {"reference": exhibitor.reference},
        show=show_copy(edition),
        lines=whole.lines,
        issued_on=today,
    )


def show_copy(edition: Edition) -> dict[str, Any]:
    """Copy what an invoice keeps of its edition."""
    return {"name": edition.name, "city": edition.city, "first_day": edition.first_day.isoformat(), "last_day": edition.last_day.isoformat()}
