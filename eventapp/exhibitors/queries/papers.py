"""Documents to provide: what is asked of whom, what was provided, what an organiser has to look at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.documents.models import StoredFile
from eventapp.exhibitors.models import ApplicationState, DocumentState, Exhibitor, ProvidedDocument, RequiredDocument
from eventapp.exhibitors.rules.papers import Standing, is_asked_of, standing
from eventapp.organisations.queries import has_words

KindsOf = Callable[[Iterable[int]], Mapping[int, set[str]]]
_stands: list[KindsOf] = []


def connect(kinds_of: KindsOf) -> None:
    """Say who knows which kinds of stands exhibitors have: the room that does stands above."""
    _stands[:] = [kinds_of]


def stand_kinds(exhibitors: Sequence[Exhibitor]) -> dict[int, set[str]]:
    """Say which kinds of stands exhibitors have, or wish as long as they have none."""
    allocated = _stands[0](one.id for one in exhibitors)
    return {one.id: set(allocated.get(one.id, ())) or {one.stand_kind} for one in exhibitors}


@dataclass(frozen=True)
class Paper:
    """A document that is asked of an exhibitor, with what was provided and how that stands."""

    required: RequiredDocument
    provided: ProvidedDocument | None
    file: StoredFile | None
    standing: Standing


@dataclass(frozen=True)
class Row:
    """A line of the organiser's list."""

    exhibitor: Exhibitor
    paper: Paper


def required_of(edition_id: int) -> list[RequiredDocument]:
    """List what exhibitors of an edition have to provide, what is due first at the top."""
    return list(db.session.scalars(select(RequiredDocument).where(RequiredDocument.edition_id == edition_id).order_by(RequiredDocument.due_on, RequiredDocument.id)))


def required_of_edition(edition_id: int, required_id: int) -> RequiredDocument:
    """Load a document that an edition asks for; another edition's and a missing one look the same."""
    return _one(select(RequiredDocument).where(RequiredDocument.id == required_id, RequiredDocument.edition_id == edition_id))


def required_to_change(edition_id: int, required_id: int) -> RequiredDocument:
    """Load it as it is now, locked until the operation ends."""
    query = select(RequiredDocument).where(RequiredDocument.id == required_id, RequiredDocument.edition_id == edition_id)
    return _one(query.with_for_update().execution_options(populate_existing=True))


def _one(query: Select[Any]) -> Any:
    found = db.session.scalar(query)
    if found is None:
        raise NotThere
    return found


def was_provided(required_id: int) -> bool:
    """Say whether somebody provided a document."""
    return db.session.scalar(select(ProvidedDocument.id).where(ProvidedDocument.required_id == required_id).limit(1)) is not None


def current_to_change(exhibitor_id: int, required_id: int) -> ProvidedDocument | None:
    """Load what an exhibitor provided last, as it is now, locked until the operation ends."""
    query = select(ProvidedDocument).where(
        ProvidedDocument.exhibitor_id == exhibitor_id, ProvidedDocument.required_id == required_id, ProvidedDocument.state != DocumentState.REPLACED
    )
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def provided_to_change(edition_id: int, provided_id: int) -> ProvidedDocument:
    """Load what was provided as it is now, locked until the operation ends."""
    query = select(ProvidedDocument).where(ProvidedDocument.id == provided_id, ProvidedDocument.edition_id == edition_id)
    return _one(query.with_for_update().execution_options(populate_existing=True))


def papers_of(exhibitor: Exhibitor, today: date) -> list[Paper]:
    """List what is asked of an exhibitor, with what it provided, what is due first at the top."""
    return [row.paper for row in _rows(exhibitor.edition_id, [exhibitor], today)]


def paper_of(exhibitor: Exhibitor, required_id: int, today: date) -> Paper:
    """Load one document that is asked of an exhibitor, or was provided by it."""
    found = next((paper for paper in papers_of(exhibitor, today) if paper.required.id == required_id), None)
    if found is None:
        raise NotThere
    return found


def _rows(edition_id: int, exhibitors: Sequence[Exhibitor], today: date) -> list[Row]:
    """Put together what is asked of some exhibitors and what they provided, in three queries."""
    current = {(one.exhibitor_id, one.required_id): (one, file) for one, file in _current(edition_id, [one.id for one in exhibitors])}
    required, kinds = required_of(edition_id), stand_kinds(exhibitors)
    found = []
    for exhibitor in exhibitors:
        for asked in required:
            provided, file = current.get((exhibitor.id, asked.id), (None, None))
            if provided or is_asked_of(asked.for_stands, kinds[exhibitor.id]):
                found.append(Row(exhibitor, Paper(asked, provided, file, standing(provided.state if provided else None, asked.due_on, today))))
    return found


def _current(edition_id: int, exhibitor_ids: Sequence[int]) -> list[tuple[ProvidedDocument, StoredFile]]:
    joined = and_(StoredFile.id == ProvidedDocument.file_id, StoredFile.edition_id == ProvidedDocument.edition_id)
    query = select(ProvidedDocument, StoredFile).join(StoredFile, joined).where(ProvidedDocument.edition_id == edition_id, ProvidedDocument.state != DocumentState.REPLACED)
    return [(row[0], row[1]) for row in db.session.execute(query.where(ProvidedDocument.exhibitor_id.in_(exhibitor_ids)))]


@dataclass(frozen=True)
class Wanted:
    """How the organiser's list is narrowed."""

    q: str = ""
    state: str = ""
    document: str = ""


def list_of(edition_id: int, wanted: Wanted, today: date) -> tuple[list[Row], dict[str, int]]:
    """List what accepted exhibitors have to provide as far as it is wanted, what is due first at the top; count all that were found by state."""
    query = select(Exhibitor).options(joinedload(Exhibitor.organisation, innerjoin=True))
    query = query.where(Exhibitor.edition_id == edition_id, Exhibitor.state == ApplicationState.ACCEPTED)
    if wanted.q.strip():
        query = query.where(has_words(Exhibitor.folded, wanted.q))
    rows = _rows(edition_id, list(db.session.scalars(query.order_by(Exhibitor.folded, Exhibitor.id))), today)
    rows = [row for row in rows if wanted.document in {"", str(row.paper.required.id)}]
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.paper.standing] = counts.get(row.paper.standing, 0) + 1
    shown = [row for row in rows if wanted.state in {"", row.paper.standing}]
    return sorted(shown, key=lambda row: (row.paper.required.due_on, row.paper.required.id)), counts


def waiting(edition_id: int) -> int:
    """Count the documents of accepted exhibitors that an organiser has to look at."""
    joined = and_(Exhibitor.id == ProvidedDocument.exhibitor_id, Exhibitor.edition_id == ProvidedDocument.edition_id)
    query = select(func.count()).select_from(ProvidedDocument).join(Exhibitor, joined)
    query = query.where(ProvidedDocument.edition_id == edition_id, ProvidedDocument.state == DocumentState.WAITING, Exhibitor.state == ApplicationState.ACCEPTED)
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Opened:
    """What was provided, by whom, what it was asked as, and the file."""

    provided: ProvidedDocument
    required: RequiredDocument
    exhibitor: Exhibitor
    file: StoredFile


def provided_of_edition(edition_id: int, provided_id: int) -> Opened:
    """Load what was provided to an edition; another edition's and a missing one look the same."""
    return _opened(_provided().where(ProvidedDocument.id == provided_id, ProvidedDocument.edition_id == edition_id))


def provided_of_exhibitor(exhibitor: Exhibitor, provided_id: int) -> Opened:
    """Load what an exhibitor provided; another exhibitor's and a missing one look the same."""
    return _opened(_provided().where(ProvidedDocument.id == provided_id, ProvidedDocument.exhibitor_id == exhibitor.id))


def earlier(provided: ProvidedDocument) -> list[Opened]:
    """List what the exhibitor provided for the same document before, the latest first."""
    query = _provided().where(ProvidedDocument.exhibitor_id == provided.exhibitor_id, ProvidedDocument.required_id == provided.required_id, ProvidedDocument.id != provided.id)
    return [Opened(*row) for row in db.session.execute(query.order_by(ProvidedDocument.id.desc()))]


def _provided() -> Select[*tuple[Any, ...]]:
    return (
        select(ProvidedDocument, RequiredDocument, Exhibitor, StoredFile)
        .join(RequiredDocument, and_(RequiredDocument.id == ProvidedDocument.required_id, RequiredDocument.edition_id == ProvidedDocument.edition_id))
        .join(Exhibitor, and_(Exhibitor.id == ProvidedDocument.exhibitor_id, Exhibitor.edition_id == ProvidedDocument.edition_id))
        .join(StoredFile, and_(StoredFile.id == ProvidedDocument.file_id, StoredFile.edition_id == ProvidedDocument.edition_id))
    )


def _opened(query: Select[*tuple[Any, ...]]) -> Opened:
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotThere
    return Opened(*row)


def files_given_up() -> list[str]:
    """List documents that count and whose file was given up: breaches."""
    query = _provided().where(ProvidedDocument.state != DocumentState.REPLACED, StoredFile.dropped_at.is_not(None)).order_by(ProvidedDocument.id)
    return [f"document {row[0].id} counts, and its file was given up" for row in db.session.execute(query)]


def provided_twice() -> list[str]:
    """List documents of which an exhibitor has several that count: breaches."""
    seen: set[tuple[int, int]] = set()
    found = []
    for one in db.session.scalars(select(ProvidedDocument).where(ProvidedDocument.state != DocumentState.REPLACED).order_by(ProvidedDocument.id)):
        key = (one.exhibitor_id, one.required_id)
        if key in seen:
            found.append(f"exhibitor {key[0]} provided document {key[1]} twice")
        seen.add(key)
    return found
