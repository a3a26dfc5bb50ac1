"""What every template knows."""

from datetime import time
from typing import Any

from flask import Flask, current_app, g
from flask_babel import gettext as _

from eventapp.core import clock
from eventapp.core.texts import LANGUAGES
from eventapp.core.zones import instant, offset_text
from eventapp.web import i18n
from eventapp.web.paging import here


def _shared() -> dict[str, Any]:
    edition = g.get("edition")
    return {"edition": edition, "demo_time": _demo_time(edition)}


def _demo_time(edition: Any) -> str | None:
    """Say what the demo's clock reads; nothing outside the demo, or while the clock is the real one."""
    if current_app.config["APP_ENV"] != "demo" or clock.anchor() is None:
        return None
    return i18n.moment(clock.show_now(), edition.timezone if edition else "Africa/Casablanca", "long")


def _place(edition: Any) -> str:
    """Say whose time a page shows, with the offset of the show's days: Casablanca time, UTC+1."""
    noon = instant(edition.first_day, time(12), edition.timezone)
    return _("%(city)s time, %(offset)s", city=i18n.text(edition.city), offset=offset_text(noon, edition.timezone))


def alternates() -> list[tuple[str, str]]:
    """List this page's addresses in each language, whole, for search engines and previews."""
    path = i18n.current_path()
    return [(code, f"{current_app.config['BASE_URL']}{i18n.with_language(path, code)}") for code in LANGUAGES]


def init_app(app: Flask) -> None:
    """Give the templates their shared names."""
    app.jinja_env.globals.update(here=here, time_of_place=_place, alternates=alternates)
    app.context_processor(_shared)
