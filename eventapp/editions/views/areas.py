"""Halls and zones of an edition."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.core import clock
from eventapp.editions import forms, operations, queries, rules
from eventapp.editions.models import Category, Edition, Hall, Zone
from eventapp.editions.operations.halls import HallPlan
from eventapp.editions.operations.zones import ZonePlan
from eventapp.editions.views.organiser import Answer, editions_organiser
from eventapp.editions.views.settings import administers, stale
from eventapp.web import gone
from eventapp.web.forms import refusals, told_at
from eventapp.web.gone import Gone
from eventapp.web.pressing import once

gone.tell("editions_organiser", "hall_id", Gone(("hall.removed",), "hall", "editions_organiser.settings", _l("This hall was removed."), "halls"))
gone.tell("editions_organiser", "zone_id", Gone(("zone.removed",), "zone", "editions_organiser.settings", _l("This zone was removed."), "zones"))


def _back(edition: Edition, anchor: str) -> Response:
    return redirect(url_for("editions_organiser.settings", edition=edition.slug, _anchor=anchor))


@editions_organiser.route("/<edition>/settings/halls/new", methods=["GET", "POST"])
@administers
@once
def new_hall(edition: Edition) -> Answer:
    """Add a hall."""
    return _hall(edition, None)


@editions_organiser.route("/<edition>/settings/halls/<int:hall_id>", methods=["GET", "POST"])
@administers
@once
def hall(edition: Edition, hall_id: int) -> Answer:
    """Change a hall."""
    return _hall(edition, queries.hall_of_edition(edition.id, hall_id))


def _hall(edition: Edition, one: Hall | None) -> Answer:
    shown = one or forms.EmptyHall()
    form = forms.HallForm.showing(shown, edition.version)
    if form.validate_on_submit():
        with refusals(form):
            plan = HallPlan(form.code.data, form.texts("name"), form.width_m.data, form.depth_m.data)
            facts = {"version": form.version.data, "actor_id": current_user.id, "now": clock.show_now()}
            operations.change_hall(edition.id, one.id, plan, **facts) if one else operations.add_hall(edition.id, plan, **facts)
            flash(_("Hall %(code)s is saved.", code=plan.code), "ok")
            return _back(edition, "halls")
    return render_template("editions/organiser/hall.html", hall=one, form=form, **stale(form, shown, edition.version)), form.status


@editions_organiser.post("/<edition>/settings/halls/<int:hall_id>/remove")
@administers
@once
def remove_hall(edition: Edition, hall_id: int) -> Response:
    """Remove a hall that nothing stands in."""
    with told_at(url_for("editions_organiser.hall", edition=edition.slug, hall_id=hall_id)):
        operations.remove_hall(edition.id, hall_id, actor_id=current_user.id, now=clock.show_now())
    flash(_("The hall is removed."), "ok")
    return _back(edition, "halls")


@editions_organiser.route("/<edition>/settings/zones/new", methods=["GET", "POST"])
@administers
@once
def new_zone(edition: Edition) -> Answer:
    """Add a zone."""
    return _zone(edition, None)


@editions_organiser.route("/<edition>/settings/zones/<int:zone_id>", methods=["GET", "POST"])
@administers
@once
def zone(edition: Edition, zone_id: int) -> Answer:
    """Change a zone and who may enter it."""
    return _zone(edition, queries.zone_of_edition(edition.id, zone_id))


def _zone(edition: Edition, one: Zone | None) -> Answer:
    shown = one or forms.EmptyZone()
    days = rules.days_between(edition.first_day, edition.last_day)
    form = forms.zone_form(days).showing(shown, edition.version)
    if form.validate_on_submit():
        with refusals(form):
            plan = ZonePlan(form.code.data, form.texts("name"), form.who())
            facts = {"version": form.version.data, "actor_id": current_user.id, "now": clock.show_now()}
            operations.change_zone(edition.id, one.id, plan, **facts) if one else operations.add_zone(edition.id, plan, **facts)
            flash(_("Zone %(code)s is saved.", code=plan.code), "ok")
            return _back(edition, "zones")
    facts = {"zone": one, "show_days": days, "categories": [(category, forms.CATEGORY_NAMES[category]) for category in Category]}
    return render_template("editions/organiser/zone.html", form=form, **facts, **stale(form, shown, edition.version)), form.status


@editions_organiser.post("/<edition>/settings/zones/<int:zone_id>/remove")
@administers
@once
def remove_zone(edition: Edition, zone_id: int) -> Response:
    """Remove a zone that no gate leads into."""
    with told_at(url_for("editions_organiser.zone", edition=edition.slug, zone_id=zone_id)):
        operations.remove_zone(edition.id, zone_id, actor_id=current_user.id, now=clock.show_now())
    flash(_("The zone is removed."), "ok")
    return _back(edition, "zones")
