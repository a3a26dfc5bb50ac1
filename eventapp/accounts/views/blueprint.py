"""The blueprint that the pages of accounts share, and its page for links that no longer work."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from eventapp.accounts import invitations
from eventapp.accounts.errors import LinkStale
from eventapp.accounts.links import link_of
from eventapp.web import i18n, problems

accounts = Blueprint("accounts", __name__)
Answer = Response | str | tuple[str, int]
_BY_LINK = {"accounts.confirm", "accounts.reset", "accounts.invitation"}
View = TypeVar("View", bound=Callable[..., Any])


def next_path() -> str:
    """Say where the way goes on: a path on this site that the address names, else the reader's own pages."""
    return i18n.own_path(request.args.get("next"), url_for("portal.my_space"))


def while_good(purpose: str) -> Callable[[View], View]:
    """Answer a link that no longer works with a page that says what to do and offers a new one."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(secret: str) -> Answer:
            try:
                return view(secret)
            except LinkStale as refusal:
                return _stale(secret, purpose, refusal.status)

        return guarded  # type: ignore[return-value]

    return guard


def _stale(secret: str, purpose: str, status: int) -> Answer:
    onward = _where_it_led(secret, purpose)
    if onward:
        return _in_already(onward)  # the same button, pressed twice
    link = link_of(secret, purpose)
    confirmed = purpose == "confirm" and link is not None and link.user.is_active
    renewable = link is not None and not confirmed and link.user.disabled_at is None
    next_page = link.next_path if confirmed and link is not None else None
    return render_template("accounts/public/stale_link.html", purpose=purpose, secret=secret, confirmed=confirmed, renewable=renewable, onward=next_page), status


def _where_it_led(secret: str, purpose: str) -> str | None:
    """Say where a link that was used has led the one who is signed in by it; None for everybody else, and for who opens it again."""
    if not current_user.is_authenticated or (request.method == "GET" and purpose != "confirm"):
        return None
    home = url_for("portal.my_space")
    if purpose == "invitation":
        invitation = invitations.invitation_of(secret)
        return home if invitation is not None and invitation.accepted_at is not None and invitation.email == current_user.email else None
    link = link_of(secret, purpose)
    used = link is not None and link.used_at is not None and link.user_id == current_user.id
    return i18n.own_path(link.next_path, home) if used and link is not None else None


def _in_already(onward: str) -> Answer:
    flash(_("This was done already, and you are signed in."), "ok")
    return redirect(onward)


@accounts.errorhandler(CSRFError)
def _from_an_older_session(error: CSRFError) -> Answer:
    """Lead on whoever pressed a button twice that opens or ends a session: the second press belongs to a session that is over."""
    endpoint, secret = request.endpoint or "", (request.view_args or {}).get("secret", "")
    if endpoint in {"accounts.sign_out", "accounts.sign_out_everywhere"} and not current_user.is_authenticated:
        flash(_("You are signed out."), "ok")
        return redirect(url_for("accounts.sign_in"))
    if endpoint == "accounts.sign_in" and current_user.is_authenticated:
        return _in_already(next_path())
    onward = _where_it_led(secret, endpoint.removeprefix("accounts.")) if endpoint in _BY_LINK else None
    return _in_already(onward) if onward else problems.on_csrf(error)
