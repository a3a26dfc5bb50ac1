"""The one table of URLs: every blueprint and where it is mounted."""

from flask import Flask

from eventapp.accounts.views import accounts
from eventapp.attendees.views.public import attendees
from eventapp.editions.views import loading
from eventapp.portal.views.public import portal
from eventapp.portal.views.site import site
from eventapp.schedule.views import schedule

BLUEPRINTS = (
    (site, ""),
    (accounts, ""),
    (portal, ""),
    (attendees, "/<edition>"),
    (schedule, "/<edition>"),
)


def register(app: Flask) -> None:
    """Mount every blueprint."""
    loading.init_app(app)
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
