"""What a telephone's camera opens: the address on a badge."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.badges import queries, token
from eventapp.badges.errors import BadToken
from eventapp.badges.forms import MyPageForm
from eventapp.badges.operations import mail_my_page
from eventapp.badges.token import Payload
from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.extensions import limiter

badges = Blueprint("badges", __name__)

_DESK = frozenset({Role.ADMINISTRATOR, Role.ATTENDEE_MANAGER, Role.HELP_DESK})
_DOOR = frozenset({Role.ADMINISTRATOR, Role.DOOR_SUPERVISOR})


def _edition_of(text: str) -> tuple[Payload, Edition] | None:
    """Read a badge's token and load its edition; None for anything that is no valid code."""
    try:
        payload = token.read(text, token.keyring().public_keys)
    except BadToken:
        return None
    edition = queries.edition_of_payload(payload.edition)
    return (payload, edition) if edition is not None else None


@badges.route("/b/<text>", methods=["GET", "POST"])
@badges.route("/B/<text>", methods=["GET", "POST"])
@access.public
@limiter.limit("60 per minute")
@limiter.limit("10 per minute; 40 per hour", methods=["POST"])
def open_token(text: str) -> Response | tuple[str, int]:
    """Name the show, and nothing about the holder."""
    found = _edition_of(text)
    if found is None:
        return render_template("badges/public/not_valid.html"), 404
    payload, edition = found
    form = MyPageForm()
    if form.validate_on_submit():
        mail_my_page(edition.id, payload.serial, payload.counter, form.email.data, now=clock.show_now())
        flash(_("If this is the address of the badge's registration, a mail with the way to your page is on its way to it."), "ok")
        return redirect(url_for("badges.open_token", text=text))
    roles = access.roles_in(current_user, edition.id) if current_user.is_authenticated else frozenset()
    holder = queries.badge_named(edition.id, payload.serial, payload.counter) if roles & _DESK else None
    page = render_template(
        "badges/public/open_token.html", form=form, edition=edition, site_show=edition, holder_id=holder[1].id if holder else None, at_the_door=bool(roles & _DOOR)
    )
    return page, form.status
