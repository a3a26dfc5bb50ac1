"""The blueprint that the pages of accounts share, and its page for links that no longer work."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts.errors import LinkStale
from eventapp.accounts.links import link_of
from eventapp.web import i18n

accounts = Blueprint("accounts", __name__)
Answer = Response | str | tuple[str, int]
View = TypeVar("View", bound=Callable[..., Any])


def next_path() -> str:
    """Say where the way goes on: a path on this site that the address names, else the reader's own pages."""
    return i18n.own_path(request.args.get("next"), url_for("portal.my_space"))


def once(purpose: str) -> Callable[[View], View]:
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
    link = link_of(secret, purpose)
    if purpose == "confirm" and link is not None and current_user.is_authenticated and current_user.id == link.user_id:
        return redirect(i18n.own_path(link.next_path, url_for("portal.my_space")))  # the same button, pressed twice
    confirmed = purpose == "confirm" and link is not None and link.user.is_active
    onward = link.next_path if confirmed and link is not None else None
    renewable = link is not None and not confirmed and link.user.disabled_at is None
    return render_template("accounts/public/stale_link.html", purpose=purpose, secret=secret, confirmed=confirmed, renewable=renewable, onward=onward), status
