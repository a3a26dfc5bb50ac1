"""The visitor's own page: whoever has its secret address sees the badge."""

from io import BytesIO

from flask import Blueprint, Response, render_template, send_file

from eventapp.accounts import access
from eventapp.attendees.queries import attendee_with_key
from eventapp.attendees.rules import CATEGORY_NAMES
from eventapp.badges import qr, token
from eventapp.badges.queries import active_badge, badge_pdf
from eventapp.editions.models import Edition
from eventapp.extensions import limiter

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
