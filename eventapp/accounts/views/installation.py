"""All accounts of the installation, for its owner: who there is, and who may sign in."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access, queries, roles
from eventapp.core import clock
from eventapp.web.paging import page_number, page_of

installation = Blueprint("installation", __name__)


@installation.get("")
@access.owner
def accounts() -> str:
    """List every account, by name, address or part of them."""
    typed, state = request.args.get("q", "")[:100], request.args.get("state", "")
    page = page_of(queries.accounts(typed, state), page_number(), 50)
    return render_template("accounts/organiser/accounts.html", page=page, typed=typed, state=state, counts=queries.counts_by_state(typed))


@installation.post("/<int:user_id>/disable")
@access.owner
def disable(user_id: int) -> Response:
    """End an account, everywhere and at once."""
    name = queries.account(user_id).name
    roles.disable_user(user_id, actor_id=current_user.id, now=clock.real_now())
    flash(_("The account of %(name)s is disabled and signed out.", name=name), "ok")
    return _back()


@installation.post("/<int:user_id>/enable")
@access.owner
def enable(user_id: int) -> Response:
    """Let a disabled account in again."""
    name = queries.account(user_id).name
    roles.enable_user(user_id, actor_id=current_user.id, now=clock.real_now())
    flash(_("%(name)s can sign in again.", name=name), "ok")
    return _back()


def _back() -> Response:
    """Go back to the list as it was narrowed."""
    kept: dict[str, Any] = {name: request.args[name] for name in ("q", "state", "page") if name in request.args}
    return redirect(url_for("installation.accounts", **kept))
