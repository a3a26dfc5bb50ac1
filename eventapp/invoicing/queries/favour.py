"""What is in an exhibitor's favour, and where it went."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select, update

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.invoicing.models import CreditMove, Invoice, InvoiceAccount, NamedCredit, Payment
from eventapp.invoicing.rules.owing import Owing

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Pot:
    """Money in an exhibitor's favour: a named credit, or what was paid on an invoice and then credited."""

    code: str  # payment-7 or invoice-12
    name: str  # of the credit, or the invoice's number
    left: Decimal


def pots_of(exhibitor_id: int) -> list[Pot]:
    """List what is in an exhibitor's favour, invoices first."""
    accounts = select(Invoice.label, InvoiceAccount).join(InvoiceAccount, InvoiceAccount.invoice_id == Invoice.id).where(Invoice.exhibitor_id == exhibitor_id)
    rows = db.session.execute(accounts.order_by(Invoice.id).execution_options(populate_existing=True))
    over = [Pot(f"invoice-{one.invoice_id}", label, Owing(one.total, one.credited, one.paid, one.due_on).over) for label, one in rows]
    kept = select(Payment.credit_name, NamedCredit).join(NamedCredit, NamedCredit.payment_id == Payment.id).where(NamedCredit.exhibitor_id == exhibitor_id)
    named = db.session.execute(kept.order_by(Payment.id).execution_options(populate_existing=True))
    return [pot for pot in [*over, *(Pot(f"payment-{one.payment_id}", name, one.amount - one.used) for name, one in named)] if pot.left > 0]


def credit_to_change(payment_id: int) -> NamedCredit | None:
    """Load a named credit as it is now, locked until the operation ends."""
    return db.session.scalar(select(NamedCredit).where(NamedCredit.payment_id == payment_id).with_for_update().execution_options(populate_existing=True))


def add_to_credit(payment_id: int, used: Decimal) -> None:
    """Add to what was used of a named credit; the database adds, so that its check sees the sum."""
    values = {"used": func.round(NamedCredit.used + used, 2)}
    db.session.execute(update(NamedCredit).where(NamedCredit.payment_id == payment_id).values(**values).execution_options(synchronize_session=False))


def moves_of(exhibitor_id: int) -> list[CreditMove]:
    """List where an exhibitor's credits went, cancelled moves too."""
    return list(db.session.scalars(select(CreditMove).where(CreditMove.exhibitor_id == exhibitor_id).order_by(CreditMove.id)))


def move_of_edition(edition_id: int, move_id: int) -> CreditMove:
    """Load a move of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(CreditMove).where(CreditMove.id == move_id, CreditMove.edition_id == edition_id).execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def moved() -> dict[int, Decimal]:
    """Sum what moves brought to each invoice, less what they took from it."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for move in db.session.scalars(select(CreditMove).where(CreditMove.cancelled_at.is_(None))):
        if move.to_invoice_id is not None:
            sums[move.to_invoice_id] += move.amount
        if move.from_invoice_id is not None:
            sums[move.from_invoice_id] -= move.amount
    return sums


def wrong_credits() -> Iterator[str]:
    """List named credits that are not what their payment says, or of which more or less was used than the moves say: breaches."""
    uses = select(CreditMove.from_payment_id, func.sum(CreditMove.amount)).where(CreditMove.cancelled_at.is_(None), CreditMove.from_payment_id.is_not(None))
    used = {row[0]: Decimal(str(row[1])).quantize(_CENT) for row in db.session.execute(uses.group_by(CreditMove.from_payment_id))}
    query = select(Payment, NamedCredit).outerjoin(NamedCredit, NamedCredit.payment_id == Payment.id).order_by(Payment.id)
    for payment, credit in db.session.execute(query):
        counts = payment.invoice_id is None and payment.cancelled_at is None
        if counts != (credit is not None) or (credit is not None and (credit.amount, credit.used) != (payment.amount, used.get(payment.id, Decimal(0)))):
            yield f"payment {payment.id}: what is kept of it as a credit, and what was used, do not go together"
