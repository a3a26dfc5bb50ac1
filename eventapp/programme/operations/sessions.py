"""Sessions: what they say."""

import uuid
from datetime import datetime
from typing import Any

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.programme import queries, rules
from eventapp.programme.errors import SessionCancelled, StaysASigning
from eventapp.programme.models import ProgrammeSession, SessionKind, StageRole
from eventapp.programme.rules import Details

_UIDS = uuid.UUID("6f0d3c0e-3f4b-5d0a-9c55-3a8f9d1f6b21")  # under which every calendar entry's uid is made


def add_session(edition_id: int, details: Details, *, is_example: bool = False, slug: str | None = None, actor_id: int | None, now: datetime) -> ProgrammeSession:
    """Add a session as a draft, without time and room; its address comes from the title, or from `slug`, and stays."""
    details = rules.checked(details)
    with transaction():
        edition = queries.edition_to_number(edition_id)
        slug = _free_slug(edition_id, rules.slug_of({"fr": slug} if slug else details.title))
        said = _said(details)
        session = ProgrammeSession(edition_id=edition_id, slug=slug, uid=_uid(edition, slug), is_example=is_example, created_at=now, **said)
        db.session.add(session)
        db.session.flush()
        record("session.added", "session", session.id, actor_id=actor_id, at=now, edition_id=edition_id)
    return session


def _said(details: Details) -> dict[str, Any]:
    """Write what a session says as its columns."""
    title = dict(details.title)
    return {"kind": details.kind, "title": title, "folded": rules.folded_titles(title), "abstract": dict(details.abstract), "languages": list(details.languages)}


def _uid(edition: Edition, slug: str) -> str:
    """Make the uid of a calendar entry: the same whenever the same programme is written, and never another's."""
    return str(uuid.uuid5(_UIDS, f"{edition.slug}/{slug}"))


def _free_slug(edition_id: int, wished: str) -> str:
    """Find the first free address: the wished one, else with a number."""
    taken = queries.slugs_like(edition_id, wished)
    return next(slug for slug in (wished, *(f"{wished}-{number}" for number in range(2, len(taken) + 2))) if slug not in taken)


def change_session(session_id: int, details: Details, *, version: int | None = None, actor_id: int | None, now: datetime) -> ProgrammeSession:
    """Change what a session says; `version` is the one that the page showed."""
    details = rules.checked(details)
    with transaction():
        session = changeable(session_id, version)
        if details.kind != SessionKind.SIGNING and any(one.role == StageRole.SIGNATORY for one in queries.people_of([session_id]).get(session_id, ())):
            raise StaysASigning(title=session.title)
        said = _said(details)
        changed = sorted(name for name, value in said.items() if getattr(session, name) != value)
        for name in changed:
            setattr(session, name, said[name])
        if changed:
            record("session.changed", "session", session_id, actor_id=actor_id, at=now, edition_id=session.edition_id, fields=changed)
    return session


def changeable(session_id: int, version: int | None, beside: int | None = None) -> ProgrammeSession:
    """Load a session to change; refuse a cancelled one, and one that somebody changed since the page was opened."""
    session = queries.session_to_change(session_id, beside)
    if version is not None and session.version != version:
        raise ChangedMeanwhile
    if session.state == "cancelled":
        raise SessionCancelled(title=session.title)
    return session
