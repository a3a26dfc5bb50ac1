"""The one table of URLs: every blueprint and where it is mounted."""

from flask import Flask

from eventapp.accounts.views import accounts, installation, team
from eventapp.agreements.views.organiser import agreements_organiser
from eventapp.attendees.views.public import attendees
from eventapp.attendees.views.visas import letters_exhibitor, letters_organiser
from eventapp.backoffice.views import applications, backoffice
from eventapp.backoffice.views.imports import exhibitor_imports
from eventapp.backoffice.views.joining import joining_organiser
from eventapp.badges.views.organiser import attendees_organiser
from eventapp.badges.views.public import badges
from eventapp.doors.views.api import door_api
from eventapp.doors.views.organiser import doors_organiser
from eventapp.doors.views.page import door
from eventapp.editions.views import editions_organiser, loading
from eventapp.exhibitors.views.papers import papers_organiser
from eventapp.exhibitors.views.required import exhibiting_organiser
from eventapp.invoicing.views import contracts_exhibitor, invoicing_exhibitor, invoicing_organiser
from eventapp.invoicing.views import filters as invoice_filters
from eventapp.portal.views.entry import entry_exhibitor
from eventapp.portal.views.joining import portal
from eventapp.portal.views.messages import exhibiting
from eventapp.portal.views.on_behalf import on_behalf
from eventapp.portal.views.papers import papers_exhibitor
from eventapp.portal.views.site import site
from eventapp.portal.views.visitor import visiting
from eventapp.pricing.views.organiser import pricing_organiser
from eventapp.programme.views import programme_organiser
from eventapp.schedule.views.screens import schedule
from eventapp.stands.views.proposals import stands_organiser

BLUEPRINTS = (
    (door_api, "/api/v1/door"),
    (site, ""),
    (accounts, ""),
    (installation, "/organiser/accounts"),
    (team, "/organiser/<edition>/team"),
    (portal, ""),
    (exhibiting, "/exhibitor/<edition>/<int:exhibitor>"),
    (entry_exhibitor, "/exhibitor/<edition>/<int:exhibitor>/catalogue"),
    (papers_exhibitor, "/exhibitor/<edition>/<int:exhibitor>/documents"),
    (invoicing_exhibitor, "/exhibitor/<edition>/<int:exhibitor>/invoices"),
    (contracts_exhibitor, "/exhibitor/<edition>/<int:exhibitor>/contract"),
    (letters_exhibitor, "/exhibitor/<edition>/<int:exhibitor>/letters"),
    (letters_organiser, "/organiser/<edition>/letters"),
    (editions_organiser, "/organiser"),
    (backoffice, "/organiser/<edition>"),
    (applications, "/organiser/<edition>/exhibitors"),
    (joining_organiser, "/organiser/<edition>/exhibitors/joining"),
    (exhibitor_imports, "/organiser/<edition>/exhibitors/imports"),
    (on_behalf, "/organiser/<edition>/exhibitors"),
    (papers_organiser, "/organiser/<edition>/documents"),
    (stands_organiser, "/organiser/<edition>/stands"),
    (exhibiting_organiser, "/organiser/<edition>/settings/exhibiting"),
    (pricing_organiser, "/organiser/<edition>/prices"),
    (invoicing_organiser, "/organiser/<edition>/invoices"),
    (agreements_organiser, "/organiser/<edition>/agreements"),
    (attendees, "/<edition>"),
    (visiting, "/<edition>"),
    (badges, ""),
    (attendees_organiser, "/organiser/<edition>"),
    (door, "/door"),
    (doors_organiser, "/organiser/<edition>/doors"),
    (programme_organiser, "/organiser/<edition>/programme"),
    (schedule, "/<edition>"),
)


def register(app: Flask) -> None:
    """Mount every blueprint."""
    loading.init_app(app)
    invoice_filters.init_app(app)
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
