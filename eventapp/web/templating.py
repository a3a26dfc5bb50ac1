"""What every template knows."""

from datetime import datetime, time, timedelta
from typing import Any

from flask import Flask, current_app, g
from flask_babel import gettext as _

from eventapp.core import clock
from eventapp.core.texts import LANGUAGES
from eventapp.core.zones import instant, offset_text, wall
from eventapp.web import i18n
from eventapp.web.assets import asset
from eventapp.web.paging import here

SHARED_LOCALES = {"fr": "fr_MA", "ar": "ar_MA", "en": "en_GB"}  # the names that previews of links know


def _shared() -> dict[str, Any]:
    edition = g.get("edition")
    return {"edition": edition, "demo_clock": _demo_clock(edition)}


def _demo_clock(edition: Any) -> dict[str, Any] | None:
    """Say what the demo's clock reads; nothing outside the demo, or while the clock is the real one.

    The page says the day. The browser adds the time from two instants (real and on the show's clock, in milliseconds), so that a page may be kept.
    """
    anchor = clock.anchor() if current_app.config["APP_ENV"] == "demo" else None
    if anchor is None:
        return None
    tz = edition.timezone if edition else "Africa/Casablanca"
    local = wall(clock.show_now(), tz)
    offset = local.utcoffset() or timedelta()
    real_at, show_at = (int(moment.timestamp() * 1000) for moment in anchor)
    return {"day": i18n.day(local.date(), "full"), "real_at": real_at, "show_at": show_at, "offset": int(offset.total_seconds()) // 60, "pattern": i18n.hour_pattern()}


def _place(edition: Any, at: datetime | None = None) -> str:
    """Say whose time a page shows, with the offset of the show's days or of one moment: Casablanca time, UTC+1."""
    moment = at or instant(edition.first_day, time(12), edition.timezone)
    return _("%(city)s time, %(offset)s", city=i18n.text(edition.city), offset=offset_text(moment, edition.timezone))


def _where(edition: Any) -> str:
    """Name the venue and the city; a venue that names the city stands alone."""
    venue, city = i18n.text(edition.venue), i18n.text(edition.city)
    return venue if city in venue else i18n.with_commas(venue, city)


def alternates() -> list[tuple[str, str]]:
    """List this page's addresses in each language, whole, for search engines and previews."""
    path = i18n.current_path()
    return [(code, f"{current_app.config['BASE_URL']}{i18n.with_language(path, code)}") for code in LANGUAGES]


def _whole_asset(name: str) -> str:
    """Name a static file's whole address, for programs that fetch it from elsewhere."""
    return f"{current_app.config['BASE_URL'].rstrip('/')}{asset(name)}"


def init_app(app: Flask) -> None:
    """Give the templates their shared names."""
    app.jinja_env.globals.update(here=here, time_of_place=_place, place_of=_where, alternates=alternates, whole_asset=_whole_asset, SHARED_LOCALES=SHARED_LOCALES)
    app.context_processor(_shared)
