"""Issuing invoices and credit notes: numbered without a gap, never changed afterwards."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.core.texts import clean
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.invoicing import queries
from eventapp.invoicing.errors import AlreadyInvoiced, BalanceComesLast, NotAccepted, NotCreditable
from eventapp.invoicing.models import Invoice, InvoiceAccount, InvoiceKind, InvoiceLine
from eventapp.invoicing.rules import bills
from eventapp.invoicing.rules.bills import Bill
from eventapp.invoicing.signals import account_changed
from eventapp.jobs.queue import enqueue
from eventapp.mail.outbox import queue_mail
from eventapp.pricing.queries import price_list


@dataclass(frozen=True)
class Act:
    """Who issues, when, and what the page showed."""

    actor_id: int | None
    now: datetime
    seen: str | None = None


def next_bill(exhibitor: Exhibitor, kind: str) -> Bill:
    """Say what the exhibitor's next deposit or balance invoice would be, after a withdrawal of what stays due; refuse when there can be none."""
    if exhibitor.state != ApplicationState.ACCEPTED and kind == InvoiceKind.DEPOSIT:
        raise NotAccepted(name=exhibitor.public_name)
    living = {one.kind: one for one in queries.living_invoices(exhibitor.id)}
    if kind in living:
        raise AlreadyInvoiced(label=living[kind].label)
    if exhibitor.state != ApplicationState.ACCEPTED:
        return queries.left_to_bill(exhibitor)
    whole = queries.whole_of(exhibitor)
    if kind == InvoiceKind.DEPOSIT:
        if InvoiceKind.BALANCE in living:
            raise BalanceComesLast(label=living[InvoiceKind.BALANCE].label)
        return bills.deposit_bill(whole, price_list(exhibitor.edition_id).terms.deposit_percent)
    deposits = queries.living_invoices(exhibitor.id, InvoiceKind.DEPOSIT)
    credited = queries.credited_on(deposits)
    return bills.balance_bill(whole, [queries.billed(one, credited[one.id]) for one in deposits])


def first_due(edition: Edition, today: date) -> date:
    """Say until when an invoice of today is to be paid, by the price list's terms."""
    return today + timedelta(days=price_list(edition.id).terms.payment_days)


def issue_invoice(exhibitor_id: int, kind: str, *, due_on: date | None = None, seen: str | None = None, actor_id: int | None, now: datetime) -> Invoice:
    """Issue an exhibitor's deposit or balance invoice; `seen` is the mark of the bill that the page showed."""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)  # so that of two at once the second finds the first
        edition = db.session.get_one(Edition, exhibitor.edition_id)
        bill = next_bill(exhibitor, kind)
        if seen is not None and seen != bill.mark:
            raise ChangedMeanwhile
        today = wall(now, edition.timezone).date()
        due = bills.check_due(due_on, today) if due_on else first_due(edition, today)
        invoice = _write(exhibitor, edition, bill, Act(actor_id, now), due_on=due)
        db.session.add(InvoiceAccount(invoice_id=invoice.id, edition_id=edition.id, exhibitor_id=exhibitor.id, total=bill.total, due_on=due))
        db.session.flush()
    return invoice


def issue_credit_note(invoice_id: int, amount: Decimal, reason: str, *, edition_id: int, seen: Decimal | None = None, actor_id: int | None, now: datetime) -> Invoice:
    """Take back so much, with tax, of an invoice; never more than it is for. `seen` is what the page said was credited before."""
    reason = bills.check_reason(clean(reason))
    with transaction():
        invoice = queries.invoice_of_edition(edition_id, invoice_id)
        if invoice.kind == InvoiceKind.CREDIT_NOTE:
            raise NotCreditable
        exhibitor = exhibitor_to_change(invoice.exhibitor_id)
        account = queries.account_to_change(invoice_id)
        if seen is not None and seen != account.credited:
            raise ChangedMeanwhile
        bill = bills.credit_bill(queries.billed(invoice), queries.credited_on([invoice])[invoice_id], amount, invoice.vat_percent)
        edition = db.session.get_one(Edition, edition_id)
        note = _write(exhibitor, edition, bill, Act(actor_id, now), credits_id=invoice.id, reason=reason)
        queries.add_to_account(invoice.id, credited=amount)
        account_changed.send(exhibitor_id=exhibitor.id)
    return note


def _write(exhibitor: Exhibitor, edition: Edition, bill: Bill, act: Act, **more: Any) -> Invoice:
    """Write a bill down under the next number, with its copy of who sells and who buys."""
    seller = queries.seller_for_invoices(edition.id)
    series = queries.series_to_count(edition.id, bill.kind)
    series.last_number += 1
    invoice = Invoice(
        edition_id=edition.id,
        exhibitor_id=exhibitor.id,
        kind=str(bill.kind),
        number=series.last_number,
        label=bills.label_of(seller.prefix, bill.kind, series.last_number),
        turn=queries.turns(exhibitor.id, bill.kind) + 1,
        issued_at=act.now,
        issued_on=wall(act.now, edition.timezone).date(),
        currency=edition.currency,
        vat_percent=bill.vat_percent,
        net=bill.net,
        vat=bill.vat,
        total=bill.total,
        language=exhibitor.language,
        seller=bills.address_copy(seller, queries.SELLER),
        buyer=bills.address_copy(queries.billing_of(exhibitor), queries.BUYER) | {"reference": exhibitor.reference},
        show=queries.show_copy(edition),
        by_user_id=act.actor_id,
        **more,
    )
    db.session.add(invoice)
    db.session.flush()
    db.session.add_all(InvoiceLine(invoice_id=invoice.id, position=position, **vars(line)) for position, line in enumerate(bill.lines, start=1))
    db.session.flush()
    if not exhibitor.is_example:
        enqueue("invoicing.send_invoice", invoice.id)
    record(f"invoice.{bill.kind}_issued", "exhibitor", exhibitor.id, actor_id=act.actor_id, at=act.now, edition_id=edition.id, invoice=invoice.label)
    return invoice


def mail_invoice(invoice_id: int) -> None:
    """Queue the mail with an invoice as PDF; it is mailed once, however often the job runs."""
    invoice = queries.invoice_to_send(invoice_id)
    exhibitor, edition = db.session.get_one(Exhibitor, invoice.exhibitor_id), db.session.get_one(Edition, invoice.edition_id)
    pdf = queries.invoice_pdf(invoice)
    facts = {"label": invoice.label, "kind": invoice.kind, "total": str(invoice.total), "currency": invoice.currency, "due_on": invoice.due_on and invoice.due_on.isoformat()}
    with transaction():
        queue_mail(
            exhibitor.invoices_to,
            "invoicing/issued",
            invoice.language,
            edition_id=edition.id,
            key=f"invoice-{invoice.id}",
            attachments=[(f"{invoice.label}.pdf", "application/pdf", pdf)],
            name=exhibitor.name(invoice.language),
            path=f"/exhibitor/{edition.slug}/{exhibitor.id}/invoices",
            **facts,
        )
