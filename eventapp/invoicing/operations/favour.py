"""What is in an exhibitor's favour is used on another of its invoices, or sent back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.core.texts import clean
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.invoicing import queries
from eventapp.invoicing.errors import AlreadyCancelled, MoneyMovedOn, NotSoMuchDue, NotSoMuchInFavour, RefundedOnOdd
from eventapp.invoicing.models import CreditMove, InvoiceKind
from eventapp.invoicing.operations.paying import OLDEST
from eventapp.invoicing.rules import bills
from eventapp.invoicing.rules.owing import Owing
from eventapp.invoicing.signals import account_changed

_ZERO = Decimal(0)


@dataclass(frozen=True)
class Source:
    """From where money is taken: a named credit, by its payment, or an invoice that was credited after it was paid."""

    kind: str  # payment or invoice
    number: int

    @classmethod
    def read(cls, code: str) -> "Source":
        """Read it as pages name it, as in payment-7."""
        kind, _, number = code.partition("-")
        if kind not in {"payment", "invoice"} or not (number.isascii() and number.isdigit() and len(number) < 10):  # noqa: PLR2004 - no number is so long
            raise NotThere
        return cls(kind, int(number))


@dataclass(frozen=True)
class Refund:
    """Money sent back: how much, on which day, the bank's reference and why."""

    amount: Decimal
    sent_on: date
    reference: str
    reason: str


def use_credit(exhibitor_id: int, source: Source, invoice_id: int, amount: Decimal, *, actor_id: int | None, now: datetime) -> CreditMove:
    """Pay so much of an exhibitor's invoice with what is in its favour."""
    bills.check_sum(amount)
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)  # so that an exhibitor's money moves once at a time
        invoice = queries.invoice_of_exhibitor(exhibitor_id, invoice_id)
        if invoice.kind == InvoiceKind.CREDIT_NOTE:
            raise NotThere
        account = queries.account_to_change(invoice_id)
        due = Owing(account.total, account.credited, account.paid, account.due_on).due
        if amount > due:
            raise NotSoMuchDue(due=due, label=invoice.label)
        _take(exhibitor, source, amount)
        queries.add_to_account(invoice_id, paid=amount)
        today = wall(now, db.session.get_one(Edition, exhibitor.edition_id).timezone).date()
        move = _move(exhibitor, source, amount, today, to_invoice_id=invoice_id, moved_at=now, by_user_id=actor_id)
        record("credit.used", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id, invoice=invoice.label, amount=str(amount))
        account_changed.send(exhibitor_id=exhibitor_id)
    return move


def refund(exhibitor_id: int, source: Source, sent: Refund, *, actor_id: int | None, now: datetime) -> CreditMove:
    """Book that money in an exhibitor's favour was sent back."""
    bills.check_sum(sent.amount)
    reason = bills.check_reason(clean(sent.reason))
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)
        today = wall(now, db.session.get_one(Edition, exhibitor.edition_id).timezone).date()
        if not today - OLDEST <= sent.sent_on <= today:
            raise RefundedOnOdd
        _take(exhibitor, source, sent.amount)
        move = _move(exhibitor, source, sent.amount, sent.sent_on, reference=clean(sent.reference), reason=reason, moved_at=now, by_user_id=actor_id)
        record("credit.refunded", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id, amount=str(sent.amount))
    return move


def _move(exhibitor: Exhibitor, source: Source, amount: Decimal, moved_on: date, **more: object) -> CreditMove:
    of = {"edition_id": exhibitor.edition_id, "exhibitor_id": exhibitor.id, f"from_{source.kind}_id": source.number}
    move = CreditMove(**of, amount=amount, moved_on=moved_on, **more)
    db.session.add(move)
    db.session.flush()
    return move


def _take(exhibitor: Exhibitor, source: Source, amount: Decimal) -> None:
    """Take money from where it is kept; no more than there is."""
    if source.kind == "invoice":
        account = queries.account_to_change(queries.invoice_of_exhibitor(exhibitor.id, source.number).id)
        left = Owing(account.total, account.credited, account.paid, account.due_on).over
    else:
        credit = queries.credit_to_change(source.number)
        if credit is None or credit.exhibitor_id != exhibitor.id:
            raise NotThere
        left = credit.amount - credit.used
    if amount > left:
        raise NotSoMuchInFavour(left=left)
    _give(source, -amount)


def _give(source: Source, amount: Decimal) -> None:
    """Give money back to where it is kept."""
    if source.kind == "invoice":
        queries.add_to_account(source.number, paid=amount)
    else:
        queries.add_to_credit(source.number, -amount)


def cancel_move(edition_id: int, move_id: int, reason: str, *, actor_id: int | None, now: datetime) -> CreditMove:
    """Take back a use or a refund that was booked by mistake; it stays on the list, with the reason."""
    reason = bills.check_reason(clean(reason))
    with transaction():
        exhibitor_to_change(queries.move_of_edition(edition_id, move_id).exhibitor_id)
        move = queries.move_of_edition(edition_id, move_id)
        if move.cancelled_at is not None:
            raise AlreadyCancelled
        if move.to_invoice_id is not None:
            if queries.account_to_change(move.to_invoice_id).paid < move.amount:
                raise MoneyMovedOn
            queries.add_to_account(move.to_invoice_id, paid=-move.amount)
        _give(Source("invoice", move.from_invoice_id) if move.from_invoice_id else Source("payment", move.from_payment_id or 0), move.amount)
        move.cancelled_at, move.cancel_reason = now, reason
        record("credit.move_cancelled", "exhibitor", move.exhibitor_id, actor_id=actor_id, at=now, edition_id=edition_id, amount=str(move.amount))
        db.session.flush()
    return move
