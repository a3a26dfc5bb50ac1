"""The organiser's home: what needs somebody today, the figures, what comes next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from eventapp.accounts import access
from eventapp.backoffice.queries import figures
from eventapp.backoffice.queries.figures import Figure
from eventapp.backoffice.queries.home import NEEDS, next_sessions
from eventapp.backoffice.queries.mails import failed
from eventapp.backoffice.rules import Plot, plot
from eventapp.backoffice.views.blueprint import backoffice
from eventapp.backoffice.views.mails import outbox_of
from eventapp.core import clock
from eventapp.core.texts import RIGHT_TO_LEFT
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.web import i18n

WORDS: dict[str, Callable[[int], str]] = {
    "applications": lambda n: ngettext("application waits for a decision", "applications wait for a decision", n),
    "stands": lambda n: ngettext("accepted exhibitor has no stand yet", "accepted exhibitors have no stand yet", n),
    "answers": lambda n: ngettext("exhibitor wrote to you and was not read yet", "exhibitors wrote to you and were not read yet", n),
    "documents": lambda n: ngettext("document of an exhibitor is to be looked at", "documents of exhibitors are to be looked at", n),
    "joining": lambda n: ngettext("person asks to act for an organisation and was not answered", "people ask to act for an organisation and were not answered", n),
    "overdue": lambda n: ngettext("invoice is overdue", "invoices are overdue", n),
    "agreements": lambda n: ngettext("agreement has no time for its signing", "agreements have no time for their signing", n),
    "sessions": lambda n: ngettext("session was changed since the last publication", "sessions were changed since the last publication", n),
    "mails": lambda n: ngettext("mail could not be sent", "mails could not be sent", n),
    "devices": lambda n: ngettext("phone at the doors is silent for ten minutes or more", "phones at the doors are silent for ten minutes or more", n),
}
NARROWED: dict[str, dict[str, Any]] = {
    "applications": {"state": "submitted"},
    "stands": {"state": "accepted", "stand": "none"},
    "documents": {"state": "waiting"},
    "overdue": {"state": "overdue"},
    "agreements": {"state": "proposed"},
    "mails": {"state": "failed"},
}


@dataclass(frozen=True)
class Shown:
    """A figure as the page shows it: title, unit, note about the whole, its plot and the twin of that as a table."""

    code: str
    title: str
    unit: str
    figure: Figure
    before: str
    whole: str
    plot: Plot
    rows: Sequence[tuple[str, Any]]
    head: str


@backoffice.get("/")
@access.organiser()
def home(edition: Edition) -> str:
    """Show the organiser what needs them today, how the show stands, and what comes next."""
    now = clock.show_now()
    return render_template(
        "backoffice/home.html", needs=_needs(edition, now), figures=_figures(edition, now), sessions=next_sessions(edition, now), today=wall(now, edition.timezone).date(), now=now
    )


def _needs(edition: Edition, now: datetime) -> list[tuple[int, str, str]]:
    """List what waits, as count, words and address; only what the reader may do something about."""
    counts = [(code, endpoint, count(edition, now)) for code, endpoint, act, count in NEEDS if access.may_open(endpoint) and access.may_open(act)]
    if access.may_open("backoffice.mails"):
        counts.append(("mails", "backoffice.mails", failed(outbox_of(edition))))
    return [(n, WORDS[code](n), url_for(endpoint, edition=edition.slug, **NARROWED.get(code, {}))) for code, endpoint, n in counts if n]


def _figures(edition: Edition, now: datetime) -> list[Shown]:
    today = wall(now, edition.timezone).date()
    stands, area = figures.allocated_stands(edition, today)
    inside, visits = figures.inside(edition, now), figures.visits(edition, today)
    return [
        _shown("inside", _("People inside now"), _("people"), inside, _("At this time yesterday: %(value)s", value=i18n.number(inside.yesterday))),
        _shown("visits", _("Visits today"), _("visits"), visits),
        _shown("registrations", _("Registered attendees"), _("attendees"), figures.registrations(edition, today)),
        _shown("exhibitors", _("Accepted exhibitors"), _("exhibitors"), figures.accepted_exhibitors(edition, today)),
        _shown("stands", _("Stands allocated"), _("stands"), stands),
        _shown("area", _("Area allocated, net"), _("m²"), area),
    ]


def _shown(code: str, title: str, unit: str, figure: Figure, before: str | None = None) -> Shown:
    points = [(_point(when), value) for when, value in figure.course]
    rows = [(_row(when), value) for when, value in figure.course if value is not None]
    head = _("Time") if figure.course and isinstance(figure.course[0][0], time) else _("Day")
    whole = _("of %(whole)s", whole=i18n.number(figure.whole)) if figure.whole is not None else ""
    before = before or _("Yesterday: %(value)s", value=i18n.number(figure.yesterday))
    return Shown(code, title, unit, figure, before, whole, plot(points, mirrored=i18n.language() in RIGHT_TO_LEFT), rows, head)


def _point(when: date | time) -> str:
    """Write a bar's label, short: the hour, or the day of the month."""
    return str(when.hour) if isinstance(when, time) else str(when.day)


def _row(when: date | time) -> str:
    return i18n.hour(when) if isinstance(when, time) else i18n.day(when, "weekday")
