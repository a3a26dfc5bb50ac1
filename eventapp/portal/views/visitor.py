"""The visitor's own pages: whoever has the secret address sees the badge, or answers an exhibitor's question."""

from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.attendees.operations import answer_request
from eventapp.attendees.queries import asked_with_key, attendee_with_key
from eventapp.attendees.rules import CATEGORY_NAMES
from eventapp.badges import qr, token
from eventapp.badges.queries import active_badge, badge_pdf
from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState
from eventapp.extensions import limiter
from eventapp.portal import forms
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

visiting = Blueprint("visiting", __name__)


@visiting.get("/my/<key>")
@access.personal
def badge(edition: Edition, key: str) -> str:
    """Show the holder their badge, and how to come."""
    attendee = attendee_with_key(edition.id, key)
    current = active_badge(attendee.id)
    modules = qr.path(qr.modules(token.address(current.token))) if current else ""
    return render_template("portal/visitor/badge.html", attendee=attendee, badge=current, modules=modules, category_names=CATEGORY_NAMES)


@visiting.get("/my/<key>/badge.pdf")
@access.personal
@limiter.limit("30 per minute")
def badge_as_pdf(edition: Edition, key: str) -> Response:
    """Give the holder their badge as PDF."""
    attendee = attendee_with_key(edition.id, key)
    content = BytesIO(badge_pdf([attendee.id]))
    return send_file(content, "application/pdf", as_attachment=True, download_name=f"badge-{edition.slug}-{attendee.reference}.pdf")


@visiting.route("/join/<secret>", methods=["GET", "POST"])
@access.personal
@limiter.limit("20 per minute", methods=["POST"])
@once
def join_staff(edition: Edition, secret: str) -> AnyResponse | tuple[str, int]:
    """Ask a visitor whether they join an exhibitor's staff."""
    asked, attendee, exhibitor = asked_with_key(edition.id, secret)
    form = forms.AnswerForm()
    if form.validate_on_submit():
        with refusals(form):
            joins = form.answer.data == "yes"
            answer_request(edition.id, secret, joins=joins, now=clock.show_now())
            said = _(
                "You are on the staff of %(exhibitor)s. This is your new badge; it comes by mail too, and the one before it opens no door any more.",
                exhibitor=exhibitor.public_name,
            )
            flash(said if joins else _("Thank you. You are not on that staff, and your badge stays as it is."), "ok")
            return redirect(url_for("visiting.badge", edition=edition.slug, key=attendee.personal_key))
    is_open = asked.state != "withdrawn" and exhibitor.state == ApplicationState.ACCEPTED and attendee.withdrawn_at is None
    return render_template("portal/visitor/join_staff.html", asked=asked, attendee=attendee, exhibitor=exhibitor, is_open=is_open, form=form), form.status
