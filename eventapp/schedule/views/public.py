"""The schedule's pages. A page that says no more than edition, day or session and language is made once for a published version and kept ready."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.core.errors import NotThere
from eventapp.core.texts import clean
from eventapp.editions.models import Edition
from eventapp.schedule import queries, rules
from eventapp.schedule.queries import Published
from eventapp.schedule.views.structured import event
from eventapp.web import i18n, ready

HTML = "text/html; charset=utf-8"
ALL_DAYS = "all"

schedule = Blueprint("schedule", __name__)


def wanted() -> rules.Wanted:
    """Read what the reader looks for from the address."""
    given = {name: clean(request.args.get(name))[: rules.LONGEST_SEARCH] for name in ("q", "room", "kind")}
    return rules.Wanted(**given)


def kind_names() -> dict[str, str]:
    """Name the kinds in the reader's language."""
    return {kind: _(name) for kind, name in rules.KIND_NAMES.items()}


def kept_page(edition: Edition, published: Published, variant: tuple[str, ...], render: Callable[[], str]) -> Response:
    """Answer with a page that is made once for a version and a language; any other address of it leads to the one it is kept under."""
    language = i18n.language()
    if request.query_string != f"lang={language}".encode():
        return redirect(i18n.with_language(request.path, language))
    with published.lock:
        if (*variant, language) not in published.pages:
            published.pages[*variant, language] = ready.pack(render())
    return ready.keep(published.pages[*variant, language], HTML, queries.watcher(edition, published), shelve=True)


def _programme(edition: Edition, published: Published, days: Sequence[date], chosen: date | None, looked_for: rules.Wanted) -> str:
    """Draw some days of the programme."""
    test = looked_for.test(kind_names())
    by_day = {day: rules.narrowed([session for session in published.programme.wholes if session.day == day], test) for day in days}
    shown = [(day, entries, rules.draw([session for session, _parts in entries])) for day, entries in by_day.items() if entries or chosen]
    return render_template(
        "schedule/public/programme.html",
        programme=published.programme,
        show_days=rules.days_shown(published.programme, edition.first_day, edition.last_day),
        shown=shown,
        chosen=chosen,
        today=published.today,
        wanted=looked_for,
        found=sum(test(session) for session in published.programme if session.day in by_day),
        kind_names=kind_names(),
        parties=rules.parties,
    )


def _answer(edition: Edition, published: Published, variant: tuple[str, ...], days: Sequence[date], chosen: date | None) -> Response:
    """Answer with a kept page, or with what was looked for, which is drawn each time."""
    elsewhere = i18n.canonical_address()
    if elsewhere is not None:
        return elsewhere
    looked_for = wanted()
    draw = partial(_programme, edition, published, days, chosen, looked_for)
    if not looked_for:
        return kept_page(edition, published, variant, draw)
    return ready.keep(ready.pack(draw()), HTML, queries.watcher(edition, published), shelve=False)


@schedule.get("/schedule")
@access.public
def programme(edition: Edition) -> Response:
    """Show the day that is on; on other days, or to who looks for something, the whole programme."""
    published = queries.latest(edition)
    days = published.programme.days
    on = published.today if published.today in days and not wanted() else None
    return _answer(edition, published, ("programme",), [on] if on else days, on)


@schedule.get("/schedule/<day>")
@access.public
def day(edition: Edition, day: str) -> Response:
    """Show one day, or all of them."""
    published = queries.latest(edition)
    days = rules.days_shown(published.programme, edition.first_day, edition.last_day)
    if day == ALL_DAYS:
        return _answer(edition, published, ("all",), published.programme.days, None)
    chosen = next((one for one in days if one.isoformat() == day), None)
    if chosen is None:
        raise NotThere
    return _answer(edition, published, ("day", day), [chosen], chosen)


def session_named(published: Published, slug: str) -> rules.Session:
    """Find a published session by the end of its address."""
    found = published.programme.by_slug.get(slug)
    if found is None:
        raise NotThere
    return found


def _session_page(edition: Edition, published: Published, session: rules.Session) -> str:
    """Draw one session."""
    before, after = rules.neighbours(published.programme, session)
    context: dict[str, Any] = {"whole": published.programme.by_uid.get(session.whole or ""), "before": before, "after": after}
    return render_template(
        "schedule/public/session.html",
        session=session,
        parallel=rules.parallel(published.programme, session),
        kind_names=kind_names(),
        role_names={role: _(name) for role, name in rules.ROLE_NAMES.items()},
        parties=rules.parties,
        structured=event(edition, session, context["whole"]),
        **context,
    )


@schedule.get("/sessions/<slug>")
@access.public
def session_page(edition: Edition, slug: str) -> Response:
    """Show one session: when, where, who, its whole or its parts, what comes before and after."""
    published = queries.latest(edition)
    session = session_named(published, slug)
    return i18n.canonical_address() or kept_page(edition, published, ("session", slug), partial(_session_page, edition, published, session))
