"""Addresses that belong to no edition: signs of life for a process manager, and what search engines ask for."""

from flask import Blueprint, Response, jsonify, render_template

from eventapp.accounts import access
from eventapp.core.texts import LANGUAGES
from eventapp.editions.queries import public_editions
from eventapp.portal import queries
from eventapp.web.links import link

site = Blueprint("site", __name__)

NOT_FOR_SEARCH = ("/organiser/", "/exhibitor/", "/door/", "/api/", "/account", "/accounts/", "/me", "/B/", "/b/", "/*/my/", "/language")
SHOWN_OF_EDITION = ("portal.edition_home", "schedule.programme", "portal.exhibitors", "attendees.visit", "portal.exhibit")
SHOWN_OF_SITE = ("portal.privacy", "portal.legal")


@site.get("/healthz")
@access.public
def healthz() -> Response:
    """Say that the process serves."""
    return jsonify(status="ok")


@site.get("/readyz")
@access.public
def readyz() -> Response:
    """Say whether database, migrations and worker are well."""
    checks = queries.readiness()
    answer = jsonify(status="ok" if all(checks.values()) else "not ready", **checks)
    answer.status_code = 200 if all(checks.values()) else 503
    return answer


@site.get("/robots.txt")
@access.public
def robots() -> Response:
    """Tell search engines which pages are for everybody."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_SEARCH), f"Sitemap: {link('site.sitemap')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@site.get("/sitemap.xml")
@access.public
def sitemap() -> Response:
    """List the public pages of every edition that is not a draft, each in its languages."""
    found = [(endpoint, {"edition": edition.slug}) for edition in public_editions() for endpoint in SHOWN_OF_EDITION]
    pages = [{code: link(endpoint, lang=code, **of) for code in LANGUAGES} for endpoint, of in [*found, *((endpoint, {}) for endpoint in SHOWN_OF_SITE)]]
    return Response(render_template("portal/public/sitemap.xml", pages=pages), mimetype="application/xml")
