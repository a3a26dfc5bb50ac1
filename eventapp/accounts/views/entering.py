"""Sign up, confirm, sign in, sign out, get a new password."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access, entering, limits
from eventapp.accounts.forms import AddressForm, ConfirmForm, PasswordForm, SignInForm, SignUpForm
from eventapp.accounts.links import good_link
from eventapp.accounts.sessions import close_session, open_session
from eventapp.accounts.views.blueprint import Answer, accounts, next_path, while_good
from eventapp.core import clock
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once


@accounts.route("/sign-in", methods=["GET", "POST"])
@limits.wrong_from_address
@limits.wrong_for_account
@limits.wrong_from_here
@access.public
def sign_in() -> Answer:
    """Sign in and go on."""
    if current_user.is_authenticated:
        return redirect(next_path())
    form = SignInForm()
    if form.validate_on_submit():
        with refusals(form):
            open_session(entering.authenticate(form.email.data, form.password.data, now=clock.real_now()))
            return redirect(next_path())
    return render_template("accounts/public/sign_in.html", form=form, onward=request.args.get("next")), form.status


@accounts.post("/sign-out")
@access.public
def sign_out() -> Response:
    """End this browser's session."""
    close_session()
    flash(_("You are signed out."), "ok")
    return redirect(url_for("accounts.sign_in"))


@accounts.route("/sign-up", methods=["GET", "POST"])
@limits.mail_from_address
@limits.mail_to_account
@limits.mail_to_account_from_here
@access.public
@once
def sign_up() -> Answer:
    """Ask for an account; the answer is the same whether the address has one."""
    form = SignUpForm()
    if form.validate_on_submit():
        entering.sign_up(form.email.data, form.name.data, i18n.language(), next_path=next_path(), now=clock.real_now())
        return _look_into_mailbox(form.email.data)
    return render_template("accounts/public/sign_up.html", form=form, onward=request.args.get("next")), form.status


@accounts.route("/forgot", methods=["GET", "POST"])
@limits.mail_from_address
@limits.mail_to_account
@limits.mail_to_account_from_here
@access.public
@once
def forgot() -> Answer:
    """Ask for a link to choose a new password; the answer is the same whether the address has an account."""
    form = AddressForm()
    if form.validate_on_submit():
        entering.ask_for_reset(form.email.data, i18n.language(), now=clock.real_now())
        return _look_into_mailbox(form.email.data)
    return render_template("accounts/public/forgot.html", form=form), form.status


def _look_into_mailbox(email: str | None) -> Response:
    session["mailed"] = email
    return redirect(url_for("accounts.mailed"))


@accounts.get("/accounts/mailed")
@access.public
def mailed() -> str:
    """Say that a mail is on its way."""
    return render_template("accounts/public/mailed.html", email=session.get("mailed"))


@accounts.route("/accounts/confirm/<secret>", methods=["GET", "POST"])
@access.personal
@while_good("confirm")
def confirm(secret: str) -> Answer:
    """Confirm an address; only the button does it, since programs in front of mailboxes open every link."""
    user = good_link(secret, "confirm", clock.real_now()).user
    form = ConfirmForm() if user.password_hash else PasswordForm()
    if form.validate_on_submit():
        with refusals(form):
            confirmed, onward = entering.confirm_address(secret, str(form.data.get("password")), now=clock.real_now())
            open_session(confirmed)
            return redirect(i18n.own_path(onward, url_for("portal.my_space")))
    return render_template("accounts/public/confirm.html", form=form, user=user), form.status


@accounts.route("/accounts/reset/<secret>", methods=["GET", "POST"])
@access.personal
@while_good("reset")
def reset(secret: str) -> Answer:
    """Choose a new password by a link."""
    user = good_link(secret, "reset", clock.real_now()).user
    form = PasswordForm()
    if form.validate_on_submit():
        with refusals(form):
            open_session(entering.reset_password(secret, form.password.data, now=clock.real_now()))
            flash(_("Your new password is set, and every other session has ended."), "ok")
            return redirect(url_for("portal.my_space"))
    return render_template("accounts/public/reset.html", form=form, user=user), form.status


@accounts.post("/accounts/new-link/<any(confirm, reset):purpose>/<secret>")
@limits.mail_from_address
@access.personal
@once
def new_link(purpose: str, secret: str) -> Response:
    """Send a fresh link to the address that the old one went to."""
    entering.renew_link(secret, purpose, language=i18n.language(), now=clock.real_now())
    return _look_into_mailbox(None)
