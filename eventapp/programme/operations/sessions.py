"""Sessions: what they say."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
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
        edition = db.session.get_one(Edition, edition_id)
        values: dict[str, Any] = {
            "edition_id": edition_id,
            "state": "draft",
            "fold": 0,
            "is_example": is_example,
            "sequence": 0,
            "created_at": now,
            "version": 1,
            "clearing_reason": "",
        }
        values |= {"kind": details.kind, "title": details.title, "abstract": details.abstract, "languages": list(details.languages)}
        session_id = _store(edition, values, rules.slug_of({"fr": slug} if slug else details.title))
        record("session.added", "session", session_id, actor_id=actor_id, at=now, edition_id=edition_id)
    return db.session.get_one(ProgrammeSession, session_id)


def _store(edition: Edition, values: dict[str, Any], wished: str) -> int:
    """Store a session under the first free address; the key decides between two at once."""
    for slug in _free_slugs(edition.id, wished):
        uid = str(uuid.uuid5(_UIDS, f"{edition.slug}/{slug}"))
        if insert_new(cast("Table", ProgrammeSession.__table__), [{**values, "slug": slug, "uid": uid}], ["edition_id", "slug"]):
            return queries.session_called(edition.id, slug).id
    raise AssertionError


def _free_slugs(edition_id: int, wished: str) -> Iterator[str]:
    """Go through addresses that nobody had when we looked: the wished one, then with a number."""
    taken, number = queries.slugs_like(edition_id, wished), 1
    while True:
        slug = wished if number == 1 else f"{wished}-{number}"
        if slug not in taken:
            yield slug
        number += 1


def change_session(session_id: int, details: Details, *, version: int | None = None, actor_id: int | None, now: datetime) -> ProgrammeSession:
    """Change what a session says; `version` is the one that the page showed."""
    details = rules.checked(details)
    with transaction():
        session = changeable(session_id, version)
        if details.kind != SessionKind.SIGNING and any(one.role == StageRole.SIGNATORY for one in queries.people_of([session_id]).get(session_id, ())):
            raise StaysASigning(title=session.title)
        said = {"kind": details.kind, "title": dict(details.title), "abstract": dict(details.abstract), "languages": list(details.languages)}
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
