"""Payments as they come in, and taken back when they were recorded by mistake."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.core.texts import clean
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.invoicing import queries
from eventapp.invoicing.errors import AlreadyCancelled, MoneyMovedOn, PaidOnOdd, PaidTooMuch
from eventapp.invoicing.models import InvoiceKind, NamedCredit, Payment
from eventapp.invoicing.rules import bills
from eventapp.invoicing.rules.owing import Owing
from eventapp.invoicing.signals import account_changed

OLDEST = timedelta(days=731)


@dataclass(frozen=True)
class Received:
    """Money that came: how much, on which day, the bank's reference, and how to name what is beyond the due."""

    amount: Decimal
    paid_on: date
    reference: str = ""
    credit_name: str = ""


def record_payment(invoice_id: int, received: Received, *, edition_id: int, actor_id: int | None, now: datetime) -> list[Payment]:
    """Book a payment on an invoice; what is beyond its due is refused, or kept as a credit of the exhibitor when it is named."""
    bills.check_sum(received.amount)
    credit_name = clean(received.credit_name)
    with transaction():
        invoice = queries.invoice_of_edition(edition_id, invoice_id)
        if invoice.kind == InvoiceKind.CREDIT_NOTE:
            raise NotThere
        edition = db.session.get_one(Edition, edition_id)
        today = wall(now, edition.timezone).date()
        if not today - OLDEST <= received.paid_on <= today:
            raise PaidOnOdd
        exhibitor_to_change(invoice.exhibitor_id)
        account = queries.account_to_change(invoice_id)
        due = Owing(account.total, account.credited, account.paid, account.due_on).due
        rest = received.amount - due
        if rest > 0 and not credit_name:
            raise PaidTooMuch(due=due, label=invoice.label)
        facts = {"edition_id": edition_id, "exhibitor_id": invoice.exhibitor_id, "paid_on": received.paid_on, "reference": clean(received.reference)}
        booked = [Payment(invoice_id=invoice_id, amount=min(due, received.amount), **facts)] if due > 0 else []
        if rest > 0:
            booked.append(Payment(invoice_id=None, amount=rest, credit_name=credit_name, **facts))
        for payment in booked:
            payment.recorded_at, payment.by_user_id = now, actor_id
        db.session.add_all(booked)
        db.session.flush()
        for payment in booked:
            if payment.invoice_id is None:
                db.session.add(NamedCredit(payment_id=payment.id, edition_id=edition_id, exhibitor_id=invoice.exhibitor_id, amount=payment.amount))
        queries.add_to_account(invoice_id, paid=min(due, received.amount))
        record("payment.recorded", "exhibitor", invoice.exhibitor_id, actor_id=actor_id, at=now, edition_id=edition_id, invoice=invoice.label, amount=str(received.amount))
        account_changed.send(exhibitor_id=invoice.exhibitor_id)
    return booked


def cancel_payment(payment_id: int, reason: str, *, edition_id: int, actor_id: int | None, now: datetime) -> Payment:
    """Take back a payment that was recorded by mistake; it stays on the list, with the reason."""
    reason = bills.check_reason(clean(reason))
    with transaction():
        exhibitor_to_change(queries.payment_of_edition(edition_id, payment_id).exhibitor_id)
        payment = queries.payment_to_change(edition_id, payment_id)
        if payment.cancelled_at is not None:
            raise AlreadyCancelled
        if payment.invoice_id is None:
            _give_up_credit(payment)
        else:
            if queries.account_to_change(payment.invoice_id).paid < payment.amount:
                raise MoneyMovedOn
            queries.add_to_account(payment.invoice_id, paid=-payment.amount)
        payment.cancelled_at, payment.cancel_reason = now, reason
        db.session.flush()
        queries.let_line_go(payment.id)
        record("payment.cancelled", "exhibitor", payment.exhibitor_id, actor_id=actor_id, at=now, edition_id=edition_id, amount=str(payment.amount))
    return payment


def _give_up_credit(payment: Payment) -> None:
    """Keep nothing of a named credit any more; one that was used stays until the use is taken back."""
    credit = queries.credit_to_change(payment.id)
    if credit is not None and credit.used > 0:
        raise MoneyMovedOn
    if credit is not None:
        db.session.delete(credit)
