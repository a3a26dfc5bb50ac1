"""What doctor asks about invoices and payments."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import func, select

from eventapp.core.db import db
from eventapp.core.money import percent_of
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.invoicing.models import Invoice, InvoiceAccount, InvoiceKind, InvoiceLine, Payment, Series
from eventapp.invoicing.queries.favour import moved
from eventapp.stands.models import ClaimState, StandCell, StandClaim

_CENT = Decimal("0.01")
_CELL_M2 = Decimal("0.25")  # half a metre by half a metre


def gaps_in_numbers() -> Iterator[str]:
    """List series whose numbers have a gap, a double, or do not end where the counter stands: breaches."""
    counters = {(row[0], row[1]): row[2] for row in db.session.execute(select(Series.edition_id, Series.kind, Series.last_number))}
    numbers: dict[tuple[int, str], list[int]] = defaultdict(list, {key: [] for key in counters})
    for edition_id, kind, number in db.session.execute(select(Invoice.edition_id, Invoice.kind, Invoice.number).order_by(Invoice.number)):
        numbers[edition_id, kind].append(number)
    for (edition_id, kind), found in numbers.items():
        if found != list(range(1, counters.get((edition_id, kind), 0) + 1)):
            yield f"edition {edition_id}: {len(found)} {kind} invoices are numbered {found[:5]} and on, the counter stands at {counters.get((edition_id, kind), 0)}"


def wrong_sums() -> Iterator[str]:
    """List invoices whose lines, tax and total do not go together: breaches."""
    lines = dict(db.session.execute(select(InvoiceLine.invoice_id, func.sum(InvoiceLine.net)).group_by(InvoiceLine.invoice_id)).all())
    for invoice in db.session.scalars(select(Invoice).order_by(Invoice.id).execution_options(yield_per=1000)):
        if abs(Decimal(lines.get(invoice.id, 0)) - invoice.net) >= _CENT / 2:
            yield f"invoice {invoice.label}: its lines come to {lines.get(invoice.id, 0)}, it says {invoice.net}"
        if abs(percent_of(invoice.net, invoice.vat_percent) - invoice.vat) > _CENT or invoice.net + invoice.vat != invoice.total:
            yield f"invoice {invoice.label}: {invoice.vat} is not the tax on {invoice.net}"


def wrong_accounts() -> Iterator[str]:
    """List invoices on which more was credited or paid than they are for, or something else than notes and payments say: breaches."""
    credited = dict(db.session.execute(select(Invoice.credits_id, func.sum(Invoice.total)).where(Invoice.credits_id.is_not(None)).group_by(Invoice.credits_id)).all())
    paid_rows = select(Payment.invoice_id, func.sum(Payment.amount)).where(Payment.invoice_id.is_not(None), Payment.cancelled_at.is_(None)).group_by(Payment.invoice_id)
    paid = dict(db.session.execute(paid_rows).all())
    moves = moved()
    query = select(Invoice, InvoiceAccount).outerjoin(InvoiceAccount, InvoiceAccount.invoice_id == Invoice.id).where(Invoice.kind != InvoiceKind.CREDIT_NOTE)
    for invoice, account in db.session.execute(query.order_by(Invoice.id)):
        sums = [Decimal(credited.get(invoice.id, 0)).quantize(_CENT), (Decimal(paid.get(invoice.id, 0)) + moves.get(invoice.id, Decimal(0))).quantize(_CENT)]
        if account is None or [account.credited, account.paid, account.total] != [*sums, invoice.total]:
            yield f"invoice {invoice.label}: credited {sums[0]} and paid {sums[1]}, its account says otherwise"
        yield from (f"invoice {invoice.label}: {amount} is {done} of {invoice.total}" for amount, done in zip(sums, ("credited", "paid"), strict=True) if amount > invoice.total)


def wrong_areas() -> Iterator[str]:
    """List exhibitors whose invoiced square metres are not those that their stands cover on the floor, cell by cell; who is not accepted any more covers none, whatever stays due. Breaches."""
    billed = select(Invoice.exhibitor_id).join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
    billed = billed.join(InvoiceAccount, InvoiceAccount.invoice_id == Invoice.id).join(Exhibitor, Exhibitor.id == Invoice.exhibitor_id)
    billed = billed.where(Invoice.kind == InvoiceKind.BALANCE, InvoiceAccount.credited < InvoiceAccount.total)
    covered = select(StandClaim.exhibitor_id, func.count()).join(StandCell, StandCell.stand_id == StandClaim.stand_id).where(StandClaim.state == ClaimState.ALLOCATED)
    cells = {row[0]: row[1] for row in db.session.execute(covered.group_by(StandClaim.exhibitor_id))}
    for exhibitor_id, state, area in db.session.execute(billed.add_columns(Exhibitor.state, func.sum(InvoiceLine.area_m2)).group_by(Invoice.exhibitor_id, Exhibitor.state)):
        owed, drawn = Decimal(str(area or 0)) if state == ApplicationState.ACCEPTED else Decimal(0), cells.get(exhibitor_id, 0) * _CELL_M2
        if abs(owed - drawn) >= _CENT:
            yield f"exhibitor {exhibitor_id} is billed {owed} m2 and has stands of {drawn} m2"


def billed_twice() -> Iterator[str]:
    """List exhibitors with two living invoices of a kind: breaches."""
    living = select(Invoice.exhibitor_id, Invoice.kind, func.count()).join(InvoiceAccount, InvoiceAccount.invoice_id == Invoice.id)
    living = living.where(InvoiceAccount.credited < InvoiceAccount.total).group_by(Invoice.exhibitor_id, Invoice.kind).having(func.count() > 1)
    yield from (f"exhibitor {exhibitor_id} has {count} living {kind} invoices" for exhibitor_id, kind, count in db.session.execute(living))
