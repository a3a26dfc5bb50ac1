"""How an edition deals with applications, and its conditions for exhibitors: a part of its settings."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, queries
from eventapp.exhibitors.forms.papers import ACCEPTS_NAMES, FOR_NAMES
from eventapp.exhibitors.forms.settings import RELEASE_NAMES, WAY_NAMES, ConditionsForm, RulesForm
from eventapp.exhibitors.queries.papers import required_of
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

exhibiting_organiser = Blueprint("exhibiting_organiser", __name__)
manages = access.organiser(Role.EXHIBITOR_MANAGER)
Answer = Response | tuple[str, int]


@exhibiting_organiser.get("/")
@manages
def settings(edition: Edition) -> str:
    """Show the rules and the conditions, with the way to change each."""
    own, conditions = queries.exhibiting_rules(edition.id), queries.current_conditions(edition.id)
    asked = {"required": required_of(edition.id), "whom": FOR_NAMES, "kinds": ACCEPTS_NAMES}
    return render_template("exhibitors/organiser/settings.html", own=own, conditions=conditions, ways=WAY_NAMES, releases=RELEASE_NAMES, **asked)


def back(edition: Edition, anchor: str | None = None) -> Response:
    """Lead to the rules."""
    return redirect(url_for("exhibiting_organiser.settings", edition=edition.slug, _anchor=anchor))


@exhibiting_organiser.route("/rules", methods=["GET", "POST"])
@manages
@once
def rules(edition: Edition) -> Answer:
    """Say how the edition deals with applications."""
    own = queries.exhibiting_rules(edition.id)
    form = RulesForm.showing(own, own.version)
    if form.validate_on_submit():
        with refusals(form):
            operations.set_exhibiting_rules(edition.id, form.plan, version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("The rules for exhibiting are saved."), "ok")
            return back(edition)
    own = queries.exhibiting_rules(edition.id)
    others = form.others(own) if form.refusal and form.version.data != own.version else []
    form.version.data = own.version
    return render_template("exhibitors/organiser/rules.html", form=form, others=others), form.status


@exhibiting_organiser.route("/conditions", methods=["GET", "POST"])
@manages
@once
def conditions(edition: Edition) -> Answer:
    """Write a new version of the conditions; who accepted an older one keeps that one."""
    form = ConditionsForm.of(queries.current_conditions(edition.id))
    if form.validate_on_submit():
        with refusals(form):
            written = operations.write_conditions(edition.id, form.texts("text"), seen=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("Version %(number)s of the conditions counts from now on.", number=written.number), "ok")
            return back(edition)
    current = queries.current_conditions(edition.id)
    number = current.number if current else 0
    others = form.others(current) if current and form.refusal and form.version.data != number else []
    form.version.data = number
    return render_template("exhibitors/organiser/conditions.html", form=form, others=others), form.status
