"""Finance uses what is in an exhibitor's favour, or sends it back."""

from decimal import Decimal

from flask import flash, redirect, render_template
from flask_babel import gettext as _

from eventapp.editions.models import Edition
from eventapp.exhibitors.queries import exhibitor_of_edition
from eventapp.invoicing import forms, operations, queries
from eventapp.invoicing.views.organiser import Answer, account_page, bills, facts, invoicing_organiser, today_at
from eventapp.web.forms import refusals
from eventapp.web.pressing import once


@invoicing_organiser.route("/exhibitors/<int:exhibitor>/use-credit", methods=["GET", "POST"])
@bills
@once
def use_credit(edition: Edition, exhibitor: int) -> Answer:
    """Pay an invoice with what is in the exhibitor's favour."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    found = queries.account_of(one.id)
    form = forms.UseCreditForm(data={"amount": min((pot.left for pot in found.pots[:1]), default=None)})
    form.offer(found.pots, edition.currency)
    form.offer_invoices(found.rows)
    if form.validate_on_submit():
        with refusals(form):
            operations.use_credit(one.id, operations.Source.read(form.pot.data), int(form.invoice.data), form.amount.data or Decimal(0), **facts())
            flash(_("The credit is used on the invoice."), "ok")
            return redirect(account_page(edition, one.id))
    return render_template("invoicing/organiser/use_credit.html", one=one, form=form, account=found), form.status


@invoicing_organiser.route("/exhibitors/<int:exhibitor>/refund", methods=["GET", "POST"])
@bills
@once
def refund(edition: Edition, exhibitor: int) -> Answer:
    """Book that what is in the exhibitor's favour was sent back."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    found = queries.account_of(one.id)
    form = forms.RefundForm(data={"amount": min((pot.left for pot in found.pots[:1]), default=None), "paid_on": today_at(edition)})
    form.offer(found.pots, edition.currency)
    if form.validate_on_submit():
        with refusals(form):
            operations.refund(one.id, operations.Source.read(form.pot.data), form.sent, **facts())
            flash(_("The refund is booked."), "ok")
            return redirect(account_page(edition, one.id))
    return render_template("invoicing/organiser/refund.html", one=one, form=form, account=found), form.status


@invoicing_organiser.route("/moves/<int:move_id>/cancel", methods=["GET", "POST"])
@bills
@once
def cancel_move(edition: Edition, move_id: int) -> Answer:
    """Take back a use or a refund that was booked by mistake."""
    move, form = queries.move_of_edition(edition.id, move_id), forms.CancelForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.cancel_move(edition.id, move.id, form.reason.data or "", **facts())
            flash(_("It is cancelled, and the money is in the exhibitor's favour again."), "ok")
            return redirect(account_page(edition, move.exhibitor_id))
    one = exhibitor_of_edition(edition.id, move.exhibitor_id)
    return render_template("invoicing/organiser/cancel_move.html", move=move, one=one, form=form, labels=queries.labels_of([move.to_invoice_id])), form.status
