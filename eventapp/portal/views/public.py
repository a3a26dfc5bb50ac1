"""The show's public pages."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.editions.models import Edition
from eventapp.editions.queries import current_edition
from eventapp.web import i18n

portal = Blueprint("portal", __name__)


@portal.get("/")
@access.public
def home() -> Response | str:
    """Open the current edition."""
    edition = current_edition()
    if edition is None:
        return render_template("portal/public/no_edition.html")
    return redirect(url_for("portal.edition_home", edition=edition.slug))


@portal.get("/<edition>/")
@access.public
def edition_home(edition: Edition) -> str:
    """Show an edition's landing page."""
    return render_template("portal/public/edition_home.html", shown=edition)


@portal.get("/<edition>/exhibitors")
@access.public
def exhibitors(edition: Edition) -> str:
    """List the exhibitors."""
    return render_template("portal/public/exhibitors.html", shown=edition)


@portal.get("/<edition>/exhibit")
@access.public
def exhibit(edition: Edition) -> str:
    """Register as an exhibitor."""
    return render_template("portal/public/exhibitors.html", shown=edition)


@portal.get("/me")
@access.public
def my_space() -> Response:
    """Go to the reader's own pages."""
    return redirect(url_for("accounts.sign_in"))


@portal.get("/privacy")
@access.public
def privacy() -> str:
    """Show what is done with personal data."""
    return render_template("portal/public/privacy.html")


@portal.get("/legal")
@access.public
def legal() -> str:
    """Show who runs the site."""
    return render_template("portal/public/legal.html")


@portal.get("/language")
@access.public
def switch_language() -> Response:
    """Keep a language choice and go back to the page."""
    return i18n.switch_language()
