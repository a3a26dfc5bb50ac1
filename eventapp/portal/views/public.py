"""The show's public pages."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.core import clock
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.editions.queries import current_edition, public_editions
from eventapp.editions.rules import registration_is_open
from eventapp.portal.queries import next_sessions
from eventapp.web import i18n
from eventapp.web.links import link

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
    now = clock.show_now()
    today = wall(now, edition.timezone).date()
    return render_template(
        "portal/public/edition_home.html",
        today=today,
        visit_open=registration_is_open(edition, "visit", today),
        exhibit_open=registration_is_open(edition, "exhibit", today),
        next_sessions=next_sessions(edition, now),
        others=[other for other in public_editions() if other.id != edition.id],
        structured=_structured(edition),
    )


def _structured(edition: Edition) -> dict[str, object]:
    """Describe the show for search engines (schema.org)."""
    place = {"@type": "Place", "name": i18n.text(edition.venue), "address": f"{i18n.text(edition.address)}, {i18n.text(edition.city)}"}
    return {
        "@context": "https://schema.org",
        "@type": "ExhibitionEvent",
        "name": i18n.text(edition.full_name),
        "startDate": edition.first_day.isoformat(),
        "endDate": edition.last_day.isoformat(),
        "location": place,
        "organizer": {"@type": "Organization", "name": i18n.text(edition.organiser)},
        "url": link("portal.edition_home", edition=edition.slug),
    }


@portal.get("/privacy")
@access.public
def privacy() -> str:
    """Show what is done with personal data."""
    return render_template("portal/public/privacy.html", shown=current_edition())


@portal.get("/legal")
@access.public
def legal() -> str:
    """Show who runs the site."""
    return render_template("portal/public/legal.html", shown=current_edition(), base_url=current_app.config["BASE_URL"])


@portal.get("/language")
@access.public
def switch_language() -> Response:
    """Keep a language choice and go back to the page."""
    return i18n.switch_language()
