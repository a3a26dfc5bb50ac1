"""Sign-in and what belongs to it."""

from flask import Blueprint, render_template

from eventapp.accounts import access

accounts = Blueprint("accounts", __name__)


@accounts.route("/sign-in", methods=["GET", "POST"])
@access.public
def sign_in() -> str:
    """Sign in."""
    return render_template("accounts/public/sign_in.html")
