"""The programme for other programs: calendars (iCalendar), frab's schedule in JSON and XML, and plain data. docs/schedule.md describes them."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Response, request

from eventapp.accounts import access
from eventapp.core.errors import NotThere
from eventapp.core.texts import LANGUAGES
from eventapp.documents import calendar
from eventapp.editions.models import Edition
from eventapp.schedule import queries, rules
from eventapp.schedule.queries import Published
from eventapp.schedule.views.public import kind_names, schedule, session_named
from eventapp.web import i18n, ready
from eventapp.web.links import link

__all__ = ["schedule"]

CALENDAR = "text/calendar; charset=utf-8"
JSON = "application/json"
XML = "application/xml; charset=utf-8"


def _language(edition: Edition) -> str:
    """Choose a file's language: what the address says, else the edition's first; a calendar program has no reader's wishes."""
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else edition.languages[0]


def _kept(edition: Edition, published: Published, variant: tuple[str, ...], content_type: str, write: Callable[[], bytes]) -> Response:
    """Answer with a file that is made once for a version."""
    with published.lock:
        if variant not in published.pages:
            published.pages[variant] = ready.pack(write())
    return ready.keep(published.pages[variant], content_type, queries.watcher(edition, published), shelve=request.query_string in {b"", f"lang={variant[-1]}".encode()})


def _named(answer: Response, name: str) -> Response:
    answer.headers["Content-Disposition"] = f"inline; filename={name}.ics"
    return answer


def _feed(edition: Edition, published: Published, name: str) -> calendar.Feed:
    changed_at = published.published_at or edition.created_at
    return calendar.Feed(name, i18n.language(), edition.timezone, changed_at, edition.first_day, edition.last_day)


def _entry(edition: Edition, session: rules.Session) -> calendar.Entry:
    """Write a session as a calendar's entry."""
    room = [i18n.text(one) for one in (session.room.name, session.room.hall or {}, edition.venue, edition.city)]
    people = [" · ".join(filter(None, map(i18n.text, (one.name, one.capacity, one.organisation or {})))) for one in session.people]
    return calendar.Entry(
        uid=session.uid,
        sequence=session.sequence,
        starts=session.starts,
        ends=session.ends,
        title=i18n.text(session.title),
        description="\n\n".join(filter(None, (i18n.text(session.abstract), "\n".join(people)))),
        place=", ".join(filter(None, room)),
        url=link("schedule.session_page", edition=edition.slug, slug=session.slug, lang=i18n.language()),
        category=kind_names()[session.kind],
        part_of=session.whole,
    )


def _chosen(published: Published, edition: Edition) -> tuple[list[rules.Session], str]:
    """Choose the sessions of a day or a room, and say so in the calendar's name; an unknown day or room is not there."""
    day, code = request.args.get("day", ""), request.args.get("room", "")
    room = next((one for one in published.programme.rooms if one.code == code), None)
    days = {one.isoformat(): one for one in rules.days_shown(published.programme, edition.first_day, edition.last_day)}
    if (code and room is None) or (day and day not in days):
        raise NotThere
    found = [one for one in published.programme if (not room or one.room == room) and (not day or one.day == days[day])]
    return found, " · ".join(filter(None, (i18n.text(edition.name), i18n.text(room.name) if room else "", i18n.day(days[day], "long") if day else "")))


@schedule.get("/schedule.ics")
@access.public
def calendar_file(edition: Edition) -> Response:
    """Give the programme as a calendar, whole or of one day or room."""
    published, language = queries.latest(edition), _language(edition)
    with i18n.in_language(language):
        sessions, name = _chosen(published, edition)
        write = lambda: calendar.write(_feed(edition, published, name), [_entry(edition, one) for one in sessions])  # noqa: E731
        variant = ("ics", request.args.get("day", ""), request.args.get("room", ""), language)
        return _named(_kept(edition, published, variant, CALENDAR, write), edition.slug)


@schedule.get("/sessions/<slug>.ics")
@access.public
def session_calendar(edition: Edition, slug: str) -> Response:
    """Give one session as a calendar's entry."""
    published, language = queries.latest(edition), _language(edition)
    session = session_named(published, slug)
    with i18n.in_language(language):
        write = lambda: calendar.write(_feed(edition, published, i18n.text(edition.name)), [_entry(edition, session)])  # noqa: E731
        return _named(_kept(edition, published, ("session.ics", slug, language), CALENDAR, write), slug)


def _show(edition: Edition, published: Published) -> rules.Show:
    """Say what stands above the programme in the reader's language."""
    language = i18n.language()
    return rules.Show(
        slug=edition.slug,
        title=i18n.text(edition.full_name),
        timezone=edition.timezone,
        first_day=edition.first_day,
        last_day=edition.last_day,
        version=str(published.number or 0),
        url=link("portal.edition_home", edition=edition.slug, lang=language),
        base_url=link("portal.home"),
        write=i18n.text,
        page=lambda one: link("schedule.session_page", edition=edition.slug, slug=one.slug, lang=language),
        kinds=kind_names(),
    )


def _frab(edition: Edition, ending: str, content_type: str, write: Callable[[dict[str, Any]], bytes]) -> Response:
    """Answer with frab's schedule in one of its forms."""
    published, language = queries.latest(edition), _language(edition)
    days = rules.days_shown(published.programme, edition.first_day, edition.last_day)
    with i18n.in_language(language):
        make = lambda: write(rules.as_tree(_show(edition, published), published.programme, days))  # noqa: E731
        return _kept(edition, published, (ending, language), content_type, make)


@schedule.get("/schedule.json")
@access.public
def frab_json(edition: Edition) -> Response:
    """Give the programme as frab's schedule in JSON."""
    return _frab(edition, "frab.json", JSON, lambda tree: json.dumps(tree, ensure_ascii=False).encode())


@schedule.get("/schedule.xml")
@access.public
def frab_xml(edition: Edition) -> Response:
    """Give the programme as frab's schedule in XML."""
    return _frab(edition, "frab.xml", XML, rules.as_xml)


@schedule.get("/sessions.json")
@access.public
def data(edition: Edition) -> Response:
    """Give the programme as data, in every language."""
    published = queries.latest(edition)
    return _kept(edition, published, ("json",), JSON, lambda: json.dumps(_data(edition, published), ensure_ascii=False).encode())


def _data(edition: Edition, published: Published) -> dict[str, Any]:
    """Write the whole programme in plain shapes."""
    by_uid = published.programme.by_uid
    return {
        "edition": {"slug": edition.slug, "name": edition.name, "timezone": edition.timezone, "first_day": _iso(edition.first_day), "last_day": _iso(edition.last_day)},
        "version": published.number,
        "published_at": published.published_at.isoformat() if published.published_at else None,
        "rooms": [{"code": room.code, "name": room.name, "hall": room.hall, "capacity": room.capacity} for room in published.programme.rooms],
        "sessions": [_row(edition, one, by_uid[one.whole].slug if one.whole else None) for one in published.programme],
    }


def _iso(day: date) -> str:
    return day.isoformat()


def _row(edition: Edition, session: rules.Session, part_of: str | None) -> dict[str, Any]:
    """Write one session."""
    people = [{"role": one.role, "name": one.name, "capacity": one.capacity, "organisation": one.organisation} for one in session.people]
    return {
        "uid": session.uid,
        "slug": session.slug,
        "url": link("schedule.session_page", edition=edition.slug, slug=session.slug),
        "kind": session.kind,
        "title": session.title,
        "abstract": session.abstract,
        "languages": list(session.languages),
        "day": _iso(session.day),
        "starts_at": session.starts.isoformat(),
        "ends_at": session.ends.isoformat(),
        "minutes": session.length,
        "room": session.room.code,
        "part_of": part_of,
        "is_example": session.is_example,
        "people": people,
    }
