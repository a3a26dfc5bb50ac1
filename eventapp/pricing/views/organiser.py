"""The price list: what is sold at which price, how many badges come with a stand, and what a stand would cost."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.core import clock
from eventapp.core.money import percent_of
from eventapp.editions.forms import Section
from eventapp.editions.models import Edition
from eventapp.pricing import forms, operations, queries, rules
from eventapp.pricing.models import PriceItem, PriceKind, Unit
from eventapp.pricing.queries import Prices
from eventapp.web import gone, i18n
from eventapp.web.forms import refusals
from eventapp.web.gone import Gone
from eventapp.web.pressing import once

pricing_organiser = Blueprint("pricing_organiser", __name__)
gone.tell("pricing_organiser", "price_id", Gone(("price.removed",), "price", "pricing_organiser.listing", _l("This price was removed.")))
Answer = Response | tuple[str, int]
prices_it = access.organiser(Role.FINANCE, Role.EXHIBITOR_MANAGER)
WORDS = {"kinds": forms.KIND_NAMES, "notes": forms.KIND_NOTES, "sides": forms.SIDE_NAMES, "for_stands": forms.STAND_NAMES, "units": forms.UNIT_NAMES, "Unit": Unit}


def _facts() -> dict[str, Any]:
    return {"actor_id": current_user.id, "now": clock.show_now()}


def _back(edition: Edition, anchor: str = "") -> Response:
    return redirect(url_for("pricing_organiser.listing", edition=edition.slug, _anchor=anchor or None))


def _stale(form: Section, thing: Any, version: int) -> list[Any]:
    """List what somebody else saved meanwhile, and let the next try go out from there."""
    if not form.refusal or form.version.data == version:
        return []
    form.version.data = version
    return form.others(thing)


@pricing_organiser.get("/")
@prices_it
def listing(edition: Edition) -> str:
    """Show the whole list, with the way to change each price."""
    prices = queries.price_list(edition.id)
    return render_template("pricing/organiser/listing.html", prices=prices, form=_trying(prices), **WORDS)


@pricing_organiser.route("/new/<any(package, space, supplement, extra):kind>", methods=["GET", "POST"])
@prices_it
@once
def new(edition: Edition, kind: str) -> Answer:
    """Put a price on the list."""
    form = forms.PRICE_FORMS[kind].showing(forms.EmptyPrice, 0)
    if form.validate_on_submit():
        with refusals(form):
            item = operations.add_price(edition.id, form.plan(), **_facts())
            flash(_("%(name)s is on the list.", name=i18n.text(item.name)), "ok")
            return _back(edition, kind)
    return render_template("pricing/organiser/price.html", form=form, kind=PriceKind(kind), item=None, others=[], titles=forms.NEW_TITLES, **WORDS), form.status


@pricing_organiser.route("/<int:price_id>", methods=["GET", "POST"])
@prices_it
@once
def price(edition: Edition, price_id: int) -> Answer:
    """Change a price; whoever saw an older state is told, and loses nothing typed."""
    item = queries.item_of_edition(edition.id, price_id)
    form = forms.PRICE_FORMS[item.kind].showing(item, item.version)
    if form.validate_on_submit():
        with refusals(form):
            operations.change_price(edition.id, item.id, form.plan(), version=form.version.data, **_facts())
            flash(_("%(name)s is saved.", name=i18n.text(item.name)), "ok")
            return _back(edition, item.kind)
    item = queries.item_of_edition(edition.id, price_id)
    shown = {"kind": PriceKind(item.kind), "item": item, "others": _stale(form, item, item.version), "titles": forms.NEW_TITLES}
    return render_template("pricing/organiser/price.html", form=form, **shown, **WORDS), form.status


def _done(edition: Edition, item: PriceItem, said: str) -> Response:
    flash(said, "ok")
    return _back(edition, item.kind)


@pricing_organiser.post("/<int:price_id>/off-sale")
@prices_it
def take_off_sale(edition: Edition, price_id: int) -> Response:
    """Take a price off sale."""
    item = operations.take_off_sale(edition.id, price_id, **_facts())
    return _done(edition, item, _("%(name)s is off sale.", name=i18n.text(item.name)))


@pricing_organiser.post("/<int:price_id>/on-sale")
@prices_it
def put_on_sale(edition: Edition, price_id: int) -> Response:
    """Put a price on sale again."""
    item = operations.put_on_sale(edition.id, price_id, **_facts())
    return _done(edition, item, _("%(name)s is on sale.", name=i18n.text(item.name)))


@pricing_organiser.post("/<int:price_id>/<any(up, down):way>")
@prices_it
@once
def move(edition: Edition, price_id: int, way: str) -> Response:
    """Move a price up or down among those of its kind."""
    item = operations.move_price(edition.id, price_id, -1 if way == "up" else 1, **_facts())
    return _back(edition, f"price-{item.id}")


@pricing_organiser.post("/<int:price_id>/remove")
@prices_it
@once
def remove(edition: Edition, price_id: int) -> Response:
    """Remove a price that nothing uses."""
    operations.remove_price(edition.id, price_id, **_facts())
    flash(_("The price is removed."), "ok")
    return _back(edition)


@pricing_organiser.route("/terms", methods=["GET", "POST"])
@prices_it
@once
def terms(edition: Edition) -> Answer:
    """Say how bills are paid, and write the note beside the prices."""
    prices = queries.price_list(edition.id)
    form = forms.TermsForm.showing(prices, prices.version)
    if form.validate_on_submit():
        with refusals(form):
            operations.set_terms(edition.id, form.terms(), version=form.version.data, **_facts())
            flash(_("The terms are saved."), "ok")
            return _back(edition, "terms")
    prices = queries.price_list(edition.id)
    return render_template("pricing/organiser/terms.html", form=form, others=_stale(form, prices, prices.version)), form.status


@pricing_organiser.route("/badges", methods=["GET", "POST"])
@prices_it
@once
def quota(edition: Edition) -> Answer:
    """Say how many staff badges come with a stand."""
    prices = queries.price_list(edition.id)
    form = forms.QuotaForm.showing(prices, prices.version)
    if form.validate_on_submit():
        with refusals(form):
            operations.set_quota(edition.id, form.table(), form.extra_badge_amount.data, version=form.version.data, **_facts())
            flash(_("The badge table is saved."), "ok")
            return _back(edition, "badges")
    prices = queries.price_list(edition.id)
    return render_template("pricing/organiser/quota.html", form=form, others=_stale(form, prices, prices.version)), form.status


def _trying(prices: Prices, typed: Any = None) -> forms.TryForm:
    return forms.try_form(price for price in prices.on_sale if price.kind == PriceKind.EXTRA)(formdata=typed, meta={"csrf": False})


@pricing_organiser.get("/try")
@prices_it
def try_it(edition: Edition) -> Answer:
    """Quote a stand, line by line, with tax; its badges too. The address can be shared."""
    prices = queries.price_list(edition.id)
    asked = "area_m2" in request.args
    form, quoted = _trying(prices, request.args if asked else None), None
    if asked and form.validate():
        with refusals(form):
            quoted = rules.quote(form.space, form.co_exhibitors.data or 0, form.wanted, prices.items, prices.vat_percent)
    if quoted is None:
        return render_template("pricing/organiser/try.html", prices=prices, form=form, quote=None), form.status
    found = {"badges": rules.staff_quota(form.space.area_m2, prices.quota, form.co_exhibitors.data or 0), "deposit": percent_of(quoted.total, prices.terms.deposit_percent)}
    return render_template("pricing/organiser/try.html", prices=prices, form=form, quote=quoted, **found), form.status
