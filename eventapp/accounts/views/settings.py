"""One's own account."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access, entering, limits
from eventapp.accounts.forms import ChangePasswordForm, DetailsForm
from eventapp.accounts.sessions import close_session, open_session
from eventapp.accounts.views.blueprint import Answer, accounts
from eventapp.core import clock
from eventapp.web.forms import refusals


@accounts.route("/account", methods=["GET", "POST"])
@access.signed_in
def settings() -> Answer:
    """Show and change one's name and language."""
    form = DetailsForm(obj=current_user)
    if form.validate_on_submit():
        entering.change_details(current_user.id, name=form.name.data, language=form.language.data, now=clock.real_now())
        flash(_("Your account is changed."), "ok")
        return redirect(url_for("portal.switch_language", to=form.language.data, next=url_for("accounts.settings")))
    return render_template("accounts/public/account.html", form=form, user=current_user), form.status


@accounts.route("/account/password", methods=["GET", "POST"])
@limits.wrong_by_me
@access.signed_in
def change_password() -> Answer:
    """Change one's password; every other session ends."""
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with refusals(form):
            open_session(entering.change_password(current_user.id, form.current.data, form.password.data, now=clock.real_now()))
            flash(_("Your new password is set, and every other session has ended."), "ok")
            return redirect(url_for("accounts.settings"))
    return render_template("accounts/public/change_password.html", form=form, user=current_user), form.status


@accounts.post("/account/sign-out-everywhere")
@access.signed_in
def sign_out_everywhere() -> Response:
    """End every session of one's account, this one too."""
    entering.end_sessions(current_user.id, now=clock.real_now())
    close_session()
    flash(_("You are signed out on every device."), "ok")
    return redirect(url_for("accounts.sign_in"))
