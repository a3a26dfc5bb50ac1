"""An organiser registers an exhibitor who telephones, or corrects its application."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, rules
from eventapp.exhibitors.queries import desk, exhibitor_of_edition
from eventapp.organisations.rules import ice_number
from eventapp.portal.forms.on_behalf import AskedForm, OnBehalf, answers_of
from eventapp.stands.queries import free_stands
from eventapp.web.forms import refusals, told_at
from eventapp.web.pressing import once

on_behalf = Blueprint("on_behalf", __name__)
manages = access.organiser(Role.EXHIBITOR_MANAGER)


@on_behalf.route("/telephone", methods=["GET", "POST"])
@manages
@once
def register(edition: Edition) -> Response | tuple[str, int]:
    """Fill in a registration for somebody: enter it at once, or let them check and send it by a link."""
    form = OnBehalf({"contact": {"language": edition.languages[0]}}, is_new=True)
    form.offer(free_stands(edition.id, clock.show_now()))
    if form.validate_on_submit():
        with refusals(form):
            return redirect(_prepare(edition, form) if "link" in request.form else _enter(edition, form))
    return render_template("portal/organiser/telephone.html", form=form, prepared=desk.prepared(edition.id)), form.status


def _prepare(edition: Edition, form: OnBehalf) -> str:
    operations.prepare_registration(edition.id, form.answers(), actor_id=current_user.id, now=clock.show_now())
    flash(_("The link is on its way to %(email)s. The application counts once it is sent from there.", email=form.contact.contact_email.data), "ok")
    return url_for("on_behalf.register", edition=edition.slug)


def _enter(edition: Edition, form: OnBehalf) -> str:
    entered = operations.enter_application(edition.id, form.answers(), actor_id=current_user.id, now=clock.show_now(), real_now=clock.real_now())
    flash(_("The application of %(name)s is entered. The contact gets a mail with the way to its page.", name=entered.public_name), "ok")
    return url_for("applications.application", edition=edition.slug, exhibitor=entered.id)


@on_behalf.post("/telephone/<int:draft_id>/again")
@manages
@once
def again(edition: Edition, draft_id: int) -> Response:
    """Mail the link of a prepared registration once more."""
    page = url_for("on_behalf.register", edition=edition.slug)
    with told_at(page):
        draft = operations.send_prepared_again(edition.id, draft_id, actor_id=current_user.id, now=clock.show_now())
    flash(_("The link is on its way to %(email)s again.", email=draft.answers["contact"]["contact_email"]), "ok")
    return redirect(page)


@on_behalf.route("/<int:exhibitor>/correct", methods=["GET", "POST"])
@manages
@once
def correct(edition: Edition, exhibitor: int) -> Response | tuple[str, int]:
    """Correct what an application says, for its exhibitor."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    page = url_for("applications.application", edition=edition.slug, exhibitor=one.id)
    if one.state in rules.ENDED:
        flash(_("The application of %(name)s is closed, so it is not corrected any more.", name=one.public_name), "warn")
        return redirect(page)
    beside = AskedForm(data={"version": one.version})
    form = OnBehalf(answers_of(one), is_new=False, beside=beside)
    if form.validate_on_submit():
        with refusals(form):
            ice_number(form.organisation.ice.data or "")
            how = {"asked": beside.asked.data, "version": beside.version.data, "actor_id": current_user.id, "now": clock.show_now()}
            changed = operations.correct_application(one.id, form.application(one.organisation.country), **how)
            flash(_said(one.public_name, len(changed)), "ok")
            return redirect(page)
        beside.version.data = one.version
    return render_template("portal/organiser/correct.html", form=form, beside=beside, one=one, page=page), form.status


def _said(name: str, changed: int) -> str:
    """Say how much was corrected."""
    if not changed:
        return _("Nothing was changed.")
    return ngettext("%(num)s answer of %(name)s is corrected. The contact gets a mail.", "%(num)s answers of %(name)s are corrected. The contact gets a mail.", changed, name=name)
