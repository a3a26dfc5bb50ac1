"""A visitor registers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.accounts import access, limits
from eventapp.attendees.errors import RegistrationClosed
from eventapp.attendees.forms import VisitForm
from eventapp.attendees.operations import register_visitor
from eventapp.core import clock
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.editions.rules import registration_is_open
from eventapp.web import i18n
from eventapp.web.forms import refusals

attendees = Blueprint("attendees", __name__)


@attendees.route("/visit", methods=["GET", "POST"])
@access.public
@limits.visits_from_address
@limits.visits_of_mailbox
def visit(edition: Edition) -> Response | tuple[str, int]:
    """Register as a visitor."""
    now = clock.show_now()
    today = wall(now, edition.timezone).date()
    is_open = registration_is_open(edition, "visit", today)
    if not is_open and request.method != "POST":
        return render_template("attendees/public/closed.html", today=today), 200
    form = VisitForm()
    if not is_open:  # since the form was opened: nothing typed is lost
        closed = RegistrationClosed(contact=edition.contact_email)
        form.refuse(closed)
        return render_template("attendees/public/visit.html", form=form), closed.status
    if form.validate_on_submit():
        with refusals(form):
            attendee = register_visitor(edition.id, **form.visitor(), language=i18n.language(), now=now)
            if attendee is None:
                return redirect(url_for("attendees.check_mail", edition=edition.slug))
            flash(_("You are registered. This is your badge."), "ok")
            return redirect(url_for("visiting.badge", edition=edition.slug, key=attendee.personal_key))
    return render_template("attendees/public/visit.html", form=form), form.status


@attendees.get("/visit/mail")
@access.public
def check_mail(edition: Edition) -> str:
    """Ask somebody whose name and address are known to look into their mail."""
    return render_template("attendees/public/check_mail.html", shown=edition)
