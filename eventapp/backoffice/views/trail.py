"""The trail: who did what, and when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.audit.models import AuditEntry
from eventapp.backoffice.queries import trail as queries
from eventapp.backoffice.views import acts
from eventapp.backoffice.views.blueprint import backoffice
from eventapp.editions.models import Edition
from eventapp.web import i18n
from eventapp.web.paging import page_number, page_of

_LONGEST_ID = 10


@backoffice.get("/trail")
@access.organiser(Role.ADMINISTRATOR)
def trail(edition: Edition) -> str:
    """List who did what, the latest first."""
    reader = queries.Reader(edition, with_general=current_user.is_owner)
    wanted = _wanted()
    page = page_of(queries.entries(reader, wanted), page_number(), 50)
    choices = {"kinds": [(kind, acts.kind(kind)) for kind in queries.kinds(reader)], "actors": queries.actors(reader)}
    return render_template("backoffice/trail.html", page=page, wanted=wanted, lines=_lines(page.rows), **choices)


def _wanted() -> queries.Wanted:
    """Read from the address how the trail is narrowed; what makes no sense narrows nothing."""
    actor = request.args.get("actor", "")
    known = actor == "system" or (actor.isascii() and actor.isdigit() and len(actor) < _LONGEST_ID)
    return queries.Wanted(request.args.get("kind", "")[:40].replace("\x00", ""), actor if known else "", _day("since"), _day("until"))


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if date(1990, 1, 1) <= found <= date(2200, 1, 1) else None


def _lines(rows: Sequence[AuditEntry]) -> list[dict[str, Any]]:
    """Write entries in words: when, who, what was done, to whom or what, and what else the entry says."""
    names = queries.names_of(rows)
    return [
        {
            "at": row.at,
            "who": _text(names.get(("user", row.actor_id))) if row.actor_id is not None else None,
            "by_nobody": row.actor_id is None,
            "did": acts.did(row.action),
            "kind": acts.kind(row.subject_kind),
            "what": _text(names.get((row.subject_kind, row.subject_id))) or _numbered(row),
            "more": acts.more(row.details),
        }
        for row in rows
    ]


def _numbered(row: AuditEntry) -> str:
    """Say which one an entry is about where it has no name: a published version counts from one in its edition."""
    if row.subject_kind == "device":
        return _("Phone without a name")
    number = row.details.get("number") if row.subject_kind == "published_version" else None
    return _("version %(number)s", number=number) if number else _("no. %(number)s", number=row.subject_id)


def _text(name: queries.Name | None) -> str:
    return i18n.text(name) if isinstance(name, dict) else name or ""
