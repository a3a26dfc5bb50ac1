"""The exhibitor's own invoices, payments and billing address."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.core import clock
from eventapp.core.errors import Refusal
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.exhibitors.queries import own_exhibitor
from eventapp.invoicing import forms, operations, queries
from eventapp.invoicing.views.answers import pdf, pro_forma_pdf
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

invoicing_exhibitor = Blueprint("invoicing_exhibitor", __name__)


@invoicing_exhibitor.get("")
@access.exhibitor_member
def account(edition: Edition, exhibitor: int) -> str:
    """Show invoices, payments and what is due."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    found, today = queries.account_of(mine.id), wall(clock.show_now(), edition.timezone).date()
    labels = queries.labels_of(found.named)
    try:
        quoted, why_not = queries.pro_forma(mine, today), ""
    except Refusal as refusal:
        quoted, why_not = None, i18n.explain(refusal)
    shown = {"labels": labels, "billing": queries.billing_of(mine), "today": today, "seller": queries.seller_of(edition.id), "quoted": quoted, "why_not": why_not}
    return render_template("invoicing/exhibitor/account.html", mine=mine, account=found, kinds=forms.KIND_NAMES, states=forms.STATE_NAMES, **shown)


@invoicing_exhibitor.get("/<int:invoice_id>/invoice.pdf")
@access.exhibitor_member
def paper(edition: Edition, exhibitor: int, invoice_id: int) -> Response:
    """Download an invoice."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    invoice = queries.invoice_of_exhibitor(mine.id, invoice_id)
    return pdf(queries.invoice_pdf(invoice), invoice.label)


@invoicing_exhibitor.get("/pro-forma.pdf")
@access.exhibitor_member
def pro_forma(edition: Edition, exhibitor: int) -> AnyResponse:
    """Download a pro-forma of the whole."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    page = url_for("invoicing_exhibitor.account", edition=edition.slug, exhibitor=mine.id)
    return pro_forma_pdf(mine, wall(clock.show_now(), edition.timezone).date(), page)


@invoicing_exhibitor.route("/billing", methods=["GET", "POST"])
@access.exhibitor_member
@once
def billing(edition: Edition, exhibitor: int) -> AnyResponse | tuple[str, int]:
    """Say to whom the invoices go, and the purchase-order number."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    stored = queries.billing_of(mine)
    form = forms.BillingForm.showing(stored, stored.version)
    if form.validate_on_submit():
        with refusals(form):
            operations.set_billing(mine.id, form.values(), version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("The billing address is saved. Invoices issued from now on have it."), "ok")
            return redirect(url_for("invoicing_exhibitor.account", edition=edition.slug, exhibitor=mine.id))
    stored = queries.billing_of(mine)
    others = form.others(stored) if form.refusal and form.version.data != stored.version else []
    if others:
        form.version.data = stored.version
    return render_template("invoicing/exhibitor/billing.html", mine=mine, form=form, others=others), form.status
