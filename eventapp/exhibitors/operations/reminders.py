"""Remind exhibitors of the documents that are due soon: one mail for all of them, in their language, each step once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table

from eventapp.core.db import insert_new, transaction
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.editions.queries import public_editions
from eventapp.exhibitors.models import DocumentReminder, Exhibitor
from eventapp.exhibitors.queries import papers
from eventapp.exhibitors.queries.papers import Paper
from eventapp.exhibitors.rules.papers import reminder_due
from eventapp.mail.outbox import queue_mail

_KEYS = ("exhibitor_id", "required_id", "due_on", "days_before")


def remind_everybody(*, now: datetime) -> int:
    """Remind the exhibitors of every edition that is still to come; return how many mails were written."""
    coming = [edition for edition in public_editions() if wall(now, edition.timezone).date() <= edition.last_day]
    return sum(_remind_edition(edition, now) for edition in coming)


def _remind_edition(edition: Edition, now: datetime) -> int:
    today = wall(now, edition.timezone).date()
    due: dict[int, list[tuple[Paper, int]]] = {}
    people: dict[int, Exhibitor] = {}
    for row in papers.list_of(edition.id, papers.Wanted(), today)[0]:
        step = reminder_due(row.paper.standing, row.paper.required.due_on, today)
        if step is not None and not row.exhibitor.is_example:
            people[row.exhibitor.id] = row.exhibitor
            due.setdefault(row.exhibitor.id, []).append((row.paper, step))
    return sum(_remind(edition.id, exhibitor_id, _facts(edition, people[exhibitor_id]), found, now) for exhibitor_id, found in due.items())


def _facts(edition: Edition, exhibitor: Exhibitor) -> dict[str, str]:
    """Read whom to write to before an operation makes everything be read anew."""
    path = f"/exhibitor/{edition.slug}/{exhibitor.id}/documents"
    return {"to": exhibitor.contact_email, "language": exhibitor.language, "name": exhibitor.public_name, "path": path, "contact": edition.contact_email}


def _remind(edition_id: int, exhibitor_id: int, facts: Mapping[str, str], due: list[tuple[Paper, int]], now: datetime) -> bool:
    """Claim the steps that nobody took, and write one mail that names their documents; False when somebody took them all."""
    steps = {(paper.required.id, paper.required.due_on): (step, dict(paper.required.name), paper.standing) for paper, step in due}
    rows = [
        {"exhibitor_id": exhibitor_id, "required_id": required_id, "due_on": due_on, "days_before": step, "edition_id": edition_id, "at": now}
        for (required_id, due_on), (step, _name, _standing) in steps.items()
    ]
    with transaction():
        mine = insert_new(cast("Table", DocumentReminder.__table__), rows, _KEYS)
        if not mine:
            return False
        named = sorted((due_on.isoformat(), required_id, steps[required_id, due_on]) for _exhibitor, required_id, due_on, _step in mine)
        listed = [{"due_on": due_on, "name": name, "refused": standing == "refused"} for due_on, _required, (_step, name, standing) in named]
        values: dict[str, Any] = {name: facts[name] for name in ("name", "path", "contact")} | {"documents": listed}
        queue_mail(facts["to"], "exhibitors/documents_due", facts["language"], edition_id=edition_id, **values)
    return True
