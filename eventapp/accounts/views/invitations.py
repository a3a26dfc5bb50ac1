"""Accept an invitation: as a new person, or signed in."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts import invitations as inviting
from eventapp.accounts.forms import ConfirmForm, NewPersonForm
from eventapp.accounts.models import Invitation
from eventapp.accounts.people import user_by_email
from eventapp.accounts.sessions import open_session
from eventapp.accounts.views.blueprint import Answer, accounts, while_good
from eventapp.core import clock
from eventapp.mail.editions import show_of
from eventapp.web import i18n
from eventapp.web.forms import Form, refusals


@accounts.route("/accounts/invitation/<secret>", methods=["GET", "POST"])
@access.personal
@while_good("invitation")
def invitation(secret: str) -> Answer:
    """Show an invitation and accept it: signed in with a button, as a new person with a name and a password."""
    found = inviting.good_invitation(secret, clock.real_now())
    if current_user.is_authenticated:
        return _as_myself(secret, found)
    known = user_by_email(found.email)
    if known is not None and known.confirmed_at is not None:
        return _page(found, None)
    return _as_new(secret, found)


def _as_myself(secret: str, found: Invitation) -> Answer:
    form = ConfirmForm()
    if form.validate_on_submit():
        with refusals(form):
            inviting.accept(secret, current_user.id, now=clock.real_now())
            return _welcome()
    return _page(found, form)


def _as_new(secret: str, found: Invitation) -> Answer:
    form = NewPersonForm()
    if form.validate_on_submit():
        with refusals(form):
            open_session(inviting.accept_as_new(secret, name=form.name.data, password=form.password.data, language=i18n.language(), now=clock.real_now()))
            return _welcome()
    return _page(found, form)


def _welcome() -> Response:
    flash(_("You accepted the invitation."), "ok")
    return redirect(url_for("portal.my_space"))


def _page(found: Invitation, form: Form | None) -> Answer:
    show = show_of(found.edition_id)
    return render_template("accounts/public/invitation.html", invitation=found, form=form, show=show), form.status if form else 200
