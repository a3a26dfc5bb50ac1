"""Finance issues invoices, credits them and books payments."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.core import clock
from eventapp.core.errors import Refusal
from eventapp.core.zones import wall
from eventapp.documents.tables import csv_bytes
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.queries import exhibitor_of_edition
from eventapp.invoicing import forms, operations, queries
from eventapp.invoicing.models import InvoiceKind
from eventapp.invoicing.rules.bills import Bill
from eventapp.invoicing.views.answers import pdf
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.paging import page_number, page_of
from eventapp.web.pressing import once

invoicing_organiser = Blueprint("invoicing_organiser", __name__)
Answer = AnyResponse | tuple[str, int]
bills = access.organiser(Role.FINANCE, Role.EXHIBITOR_MANAGER)
WORDS = {"kinds": forms.KIND_NAMES, "states": forms.STATE_NAMES}


def today_at(edition: Edition) -> date:
    """Tell the day at the show's place."""
    return wall(clock.show_now(), edition.timezone).date()


def facts() -> dict[str, Any]:
    """Say who acts and when."""
    return {"actor_id": current_user.id, "now": clock.show_now()}


def account_page(edition: Edition, exhibitor_id: int) -> str:
    """Write the address of an exhibitor's account."""
    return url_for("invoicing_organiser.account", edition=edition.slug, exhibitor=exhibitor_id)


def _wanted() -> queries.Wanted:
    return queries.Wanted(request.args.get("q", "")[:100], request.args.get("state", "")[:20])


@invoicing_organiser.get("")
@bills
def listing(edition: Edition) -> str:
    """List invoices and credit notes, the latest first."""
    wanted, today = _wanted(), today_at(edition)
    page = page_of(queries.invoices(edition.id, wanted, today), page_number())
    shown = {"rows": queries.rows_of(page.rows), "counts": queries.counts(edition.id, wanted.q, today), "totals": queries.totals(edition.id, wanted, today)}
    return render_template("invoicing/organiser/listing.html", page=page, wanted=wanted, today=today, seller=queries.seller_of(edition.id), **shown, **WORDS)


@invoicing_organiser.get("/invoices.csv")
@bills
def export(edition: Edition) -> Response:
    """Write the invoices that the list shows as a table for a spreadsheet."""
    today = today_at(edition)
    titles = [_("Number"), _("Kind"), _("State"), _("Exhibitor"), _("Buyer"), _("ICE"), _("Issued on"), _("Due on"), _("Without tax"), _("VAT"), _("With tax"), _("Credited")]
    rows = (_row(row, today) for row in queries.rows_of(queries.all_invoices(edition.id, _wanted(), today)))
    content = csv_bytes([*titles, _("Paid"), _("Still due"), _("Currency")], rows)
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{edition.slug}-invoices.csv"'})


def _row(row: queries.Row, today: date) -> list[object]:
    invoice, owing = row.invoice, row.owing
    state = str(forms.STATE_NAMES[owing.state(today)]) if owing else ""
    who = [invoice.label, str(forms.KIND_NAMES[InvoiceKind(invoice.kind)]), state, row.exhibitor, invoice.buyer["name"], invoice.buyer["ice"]]
    money = [invoice.net, invoice.vat, invoice.total, owing.credited if owing else None, owing.paid if owing else None, owing.due if owing else None]
    return [*who, invoice.issued_on, invoice.due_on, *money, invoice.currency]


@invoicing_organiser.get("/exhibitors/<int:exhibitor>")
@bills
def account(edition: Edition, exhibitor: int) -> str:
    """Show what an exhibitor was billed and paid, and what can be issued next."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    found = queries.account_of(one.id)
    kinds = (InvoiceKind.BALANCE,) if one.state == ApplicationState.WITHDRAWN else (InvoiceKind.DEPOSIT, InvoiceKind.BALANCE)
    nexts = {kind: _next(one, kind) for kind in kinds}
    labels = queries.labels_of(found.named)
    shown = {"account": found, "nexts": nexts, "labels": labels, "billing": queries.billing_of(one), "today": today_at(edition)}
    return render_template("invoicing/organiser/account.html", one=one, seller=queries.seller_of(edition.id), **shown, **WORDS)


def _next(exhibitor: Exhibitor, kind: str) -> tuple[Bill | None, str]:
    """Say what the next invoice of a kind would be, or why there is none."""
    try:
        return operations.next_bill(exhibitor, kind), ""
    except Refusal as refusal:
        return None, i18n.explain(refusal)


@invoicing_organiser.route("/exhibitors/<int:exhibitor>/issue/<any(deposit, balance):kind>", methods=["GET", "POST"])
@bills
@once
def issue(edition: Edition, exhibitor: int, kind: str) -> Answer:
    """Show what the invoice would say, and issue it."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    form = forms.IssueForm(data={"due_on": operations.first_due(edition, today_at(edition))})
    if form.validate_on_submit():
        with refusals(form):
            invoice = operations.issue_invoice(one.id, kind, due_on=form.due_on.data, seen=form.seen.data or "", **facts())
            flash(_("%(label)s is issued and goes to %(email)s.", label=invoice.label, email=one.invoices_to), "ok")
            return redirect(account_page(edition, one.id))
    bill, why_not = _next(one, kind)
    form.seen.data = bill.mark if bill else ""
    shown = {"bill": bill, "why_not": why_not, "billing": queries.billing_of(one), "seller": queries.seller_of(edition.id), "kind": InvoiceKind(kind)}
    return render_template("invoicing/organiser/issue.html", one=one, form=form, **shown, **WORDS), form.status


@invoicing_organiser.get("/<int:invoice_id>/invoice.pdf")
@bills
def paper(edition: Edition, invoice_id: int) -> Response:
    """Give an invoice as PDF."""
    invoice = queries.invoice_of_edition(edition.id, invoice_id)
    return pdf(queries.invoice_pdf(invoice), invoice.label)


@invoicing_organiser.route("/<int:invoice_id>/credit", methods=["GET", "POST"])
@bills
@once
def credit(edition: Edition, invoice_id: int) -> Answer:
    """Take back a part of an invoice, or all of it, with a credit note."""
    invoice = queries.invoice_of_edition(edition.id, invoice_id)
    row = queries.rows_of([invoice])[0]
    before = row.owing.credited if row.owing else None
    left = None if before is None else invoice.total - before
    form = forms.CreditForm(data={"amount": left, "seen": before})
    if form.validate_on_submit():
        with refusals(form):
            note = operations.issue_credit_note(invoice.id, form.amount.data or Decimal(0), form.reason.data or "", edition_id=edition.id, seen=form.seen.data, **facts())
            flash(_("%(label)s is issued and goes to the exhibitor.", label=note.label), "ok")
            return redirect(account_page(edition, invoice.exhibitor_id))
        form.seen.data = before
    return render_template("invoicing/organiser/credit.html", row=row, left=left, form=form, today=today_at(edition), **WORDS), form.status


@invoicing_organiser.route("/<int:invoice_id>/pay", methods=["GET", "POST"])
@bills
@once
def pay(edition: Edition, invoice_id: int) -> Answer:
    """Book a transfer that came in."""
    invoice = queries.invoice_of_edition(edition.id, invoice_id)
    row = queries.rows_of([invoice])[0]
    form = forms.PaymentForm(data={"amount": row.owing.due or None if row.owing else None, "paid_on": today_at(edition)})
    if form.validate_on_submit() and row.owing:
        with refusals(form):
            operations.record_payment(invoice.id, form.received, edition_id=edition.id, **facts())
            flash(_("The payment on %(label)s is recorded.", label=invoice.label), "ok")
            return redirect(account_page(edition, invoice.exhibitor_id))
    return render_template("invoicing/organiser/pay.html", row=row, form=form, today=today_at(edition), **WORDS), form.status


@invoicing_organiser.route("/payments/<int:payment_id>/cancel", methods=["GET", "POST"])
@bills
@once
def cancel(edition: Edition, payment_id: int) -> Answer:
    """Take back a payment that was recorded by mistake."""
    payment = queries.payment_of_edition(edition.id, payment_id)
    form = forms.CancelForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.cancel_payment(payment.id, form.reason.data, edition_id=edition.id, **facts())
            flash(_("The payment is cancelled."), "ok")
            return redirect(account_page(edition, payment.exhibitor_id))
    one = exhibitor_of_edition(edition.id, payment.exhibitor_id)
    return render_template("invoicing/organiser/cancel.html", payment=payment, one=one, form=form, labels=queries.labels_of([payment.invoice_id])), form.status
