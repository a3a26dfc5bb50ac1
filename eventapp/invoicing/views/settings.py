"""Who sells, to whom invoices go, and what a withdrawal costs."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from eventapp.editions.forms import Section
from eventapp.editions.models import Edition
from eventapp.exhibitors.queries import exhibitor_of_edition
from eventapp.invoicing import forms, operations, queries
from eventapp.invoicing.rules.owing import mark_of
from eventapp.invoicing.views.answers import pro_forma_pdf
from eventapp.invoicing.views.organiser import Answer, account_page, bills, facts, invoicing_organiser, today_at
from eventapp.web.forms import refusals
from eventapp.web.pressing import once


class EmptySeller:
    """What the form shows while nobody said who sells."""

    name = name_ar = address = ice = tax_id = patente = rc = bank = account = bic = prefix = ""
    version = 0


def stale(form: Section, thing: Any) -> list[Any]:
    """List what somebody else saved meanwhile, and let the next try go out from there."""
    if not form.refusal or form.version.data == thing.version:
        return []
    form.version.data = thing.version
    return form.others(thing)


@invoicing_organiser.route("/seller", methods=["GET", "POST"])
@bills
@once
def seller(edition: Edition) -> Answer:
    """Say who sells, as invoices name it."""
    stored = queries.seller_of(edition.id) or EmptySeller
    form = forms.SellerForm.showing(stored, stored.version)
    if form.validate_on_submit():
        with refusals(form):
            operations.set_seller(edition.id, form.values(), version=form.version.data, **facts())
            flash(_("The seller's data are saved. Invoices issued from now on have them."), "ok")
            return redirect(url_for("invoicing_organiser.listing", edition=edition.slug))
    stored = queries.seller_of(edition.id) or EmptySeller
    return render_template("invoicing/organiser/seller.html", form=form, others=stale(form, stored)), form.status


@invoicing_organiser.route("/withdrawals", methods=["GET", "POST"])
@bills
@once
def scale(edition: Edition) -> Answer:
    """Say what a withdrawal costs from which day on."""
    stored = queries.scale_of(edition.id)
    form = forms.ScaleForm(data=forms.ScaleForm.stored(stored))
    if form.validate_on_submit():
        with refusals(form):
            operations.set_scale(edition.id, form.steps, seen=form.seen.data or "", **facts())
            flash(_("The scale is saved. It counts for withdrawals from now on."), "ok")
            return redirect(url_for("invoicing_organiser.scale", edition=edition.slug))
        form.seen.data = mark_of(queries.scale_of(edition.id))
    return render_template("invoicing/organiser/scale.html", form=form, stored=queries.scale_of(edition.id)), form.status


@invoicing_organiser.route("/exhibitors/<int:exhibitor>/billing", methods=["GET", "POST"])
@bills
@once
def billing(edition: Edition, exhibitor: int) -> Answer:
    """Say to whom an exhibitor's invoices go."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    stored = queries.billing_of(one)
    form = forms.BillingForm.showing(stored, stored.version)
    if form.validate_on_submit():
        with refusals(form):
            operations.set_billing(one.id, form.values(), version=form.version.data, **facts())
            flash(_("The billing address is saved."), "ok")
            return redirect(account_page(edition, one.id))
    return render_template("invoicing/organiser/billing.html", one=one, form=form, others=stale(form, queries.billing_of(one))), form.status


@invoicing_organiser.get("/exhibitors/<int:exhibitor>/pro-forma.pdf")
@bills
def pro_forma(edition: Edition, exhibitor: int) -> AnyResponse:
    """Give a pro-forma of the whole as PDF."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    return pro_forma_pdf(one, today_at(edition), account_page(edition, one.id))
