"""The example seller, and what the first exhibitors were billed and have paid."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from eventapp.demo.rules.invoices import BILLED, SCALE, SELLER, paid_of
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.invoicing.models import InvoiceKind
from eventapp.invoicing.operations import Received, issue_credit_note, issue_invoice, record_payment, set_scale, set_seller


def add_seller(edition: Edition, actor_id: int, now: datetime) -> None:
    """Say who sells at an edition, and what a withdrawal costs."""
    set_seller(edition.id, {**SELLER, "prefix": edition.slug.upper()}, actor_id=actor_id, now=now)
    set_scale(edition.id, [(edition.first_day - timedelta(days=before), percent) for before, percent in SCALE], actor_id=actor_id, now=now)


def add_invoices(edition: Edition, exhibitors: Sequence[Exhibitor], actor_id: int, now: datetime) -> None:
    """Bill the first exhibitors: deposits first, balances a month later; some paid, some in part, one credited."""
    billed = [one for one in exhibitors if one.state == ApplicationState.ACCEPTED][:BILLED]
    for days, kind in ((90, InvoiceKind.DEPOSIT), (50, InvoiceKind.BALANCE)):
        at = now - timedelta(days=days)
        for number, exhibitor in enumerate(billed):
            invoice = issue_invoice(exhibitor.id, kind, actor_id=actor_id, now=at)
            paid = paid_of(number, kind, invoice.total)
            if paid > 0:
                received = Received(paid, (at + timedelta(days=12 + number % 9)).date(), f"VIR {invoice.label}")
                record_payment(invoice.id, received, edition_id=edition.id, actor_id=actor_id, now=at + timedelta(days=30))
            if number == BILLED - 1 and kind == InvoiceKind.BALANCE:
                reason = "Exemple : remise commerciale"
                issue_credit_note(invoice.id, Decimal(1200), reason, edition_id=edition.id, actor_id=actor_id, now=at)
