"""Documents to provide: organisers say which, exhibitors provide them, organisers approve or refuse."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.documents import store
from eventapp.documents.models import StoredFile
from eventapp.documents.uploads import Upload
from eventapp.editions.models import Edition
from eventapp.editions.queries import edition_to_change
from eventapp.exhibitors import queries
from eventapp.exhibitors.errors import DecidedAlready, DocumentApproved, DocumentProvided, DocumentReplaced, NameMissing, NotAskedYet, ReasonMissing
from eventapp.exhibitors.models import ApplicationState, DocumentReminder, DocumentState, Exhibitor, ProvidedDocument, RequiredDocument
from eventapp.exhibitors.queries import papers
from eventapp.mail.outbox import queue_mail


@dataclass(frozen=True)
class DocumentPlan:
    """What shall be provided, until when, by whom (`all`, or who has a bare stand), and as what (`pdf`, or `any` for pictures too)."""

    name: Mapping[str, str]
    due_on: date
    hint: Mapping[str, str]
    for_stands: str = "all"
    accepts: str = "pdf"


def ask_for_document(edition_id: int, plan: DocumentPlan, *, actor_id: int | None, now: datetime) -> RequiredDocument:
    """Ask the exhibitors of an edition for one more document."""
    _named(plan)
    with transaction():
        edition_to_change(edition_id)
        required = RequiredDocument(edition_id=edition_id, **{**asdict(plan), "name": dict(plan.name), "hint": dict(plan.hint)})
        db.session.add(required)
        db.session.flush()
        record("document.asked_for", "document", required.id, actor_id=actor_id, at=now, edition_id=edition_id)
    return required


def change_document(edition_id: int, required_id: int, plan: DocumentPlan, *, version: int | None = None, actor_id: int | None, now: datetime) -> RequiredDocument:
    """Change what is asked for; what was provided stays."""
    _named(plan)
    with transaction():
        required = papers.required_to_change(edition_id, required_id)
        if version is not None and required.version != version:
            raise ChangedMeanwhile
        changed = sorted(name for name, value in asdict(plan).items() if getattr(required, name) != value)
        for name in changed:
            setattr(required, name, getattr(plan, name))
        if changed:
            record("document.changed", "document", required.id, actor_id=actor_id, at=now, edition_id=edition_id, fields=changed)
        db.session.flush()
    return required


def _named(plan: DocumentPlan) -> None:
    if not any(plan.name.values()):
        raise NameMissing


def drop_document(edition_id: int, required_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Ask for a document no more, as long as nobody provided it."""
    with transaction():
        required = papers.required_to_change(edition_id, required_id)
        if papers.was_provided(required.id):
            raise DocumentProvided
        db.session.execute(delete(DocumentReminder).where(DocumentReminder.required_id == required.id))
        db.session.delete(required)
        record("document.dropped", "document", required_id, actor_id=actor_id, at=now, edition_id=edition_id)
        db.session.flush()


def copy_documents(old_id: int, new_id: int, shift: timedelta, *, now: datetime) -> None:
    """Ask the exhibitors of a new edition for what an old one asked for, as long before its first day."""
    with transaction():
        for old in papers.required_of(old_id):
            ask_for_document(new_id, DocumentPlan(old.name, old.due_on + shift, old.hint, old.for_stands, old.accepts), actor_id=None, now=now)


def provide_document(exhibitor_id: int, required_id: int, upload: Upload, *, actor_id: int | None, now: datetime) -> ProvidedDocument:
    """Provide a document in the place of the one before; an approved one stays, and the same file again changes nothing."""
    with transaction():
        exhibitor = queries.exhibitor_to_change(exhibitor_id)
        if exhibitor.state != ApplicationState.ACCEPTED:
            raise NotAskedYet
        required = papers.required_to_change(exhibitor.edition_id, required_id)
        before = papers.current_to_change(exhibitor_id, required.id)
        if before is not None and before.state != DocumentState.REFUSED and db.session.get_one(StoredFile, before.file_id).sha256 == upload.sha256:
            return before
        if before is not None:
            _replace(before, now)
        file = store.put(upload, exhibitor.edition_id, by_user_id=actor_id, now=now)
        facts = {"edition_id": exhibitor.edition_id, "exhibitor_id": exhibitor_id, "required_id": required.id, "file_id": file.id}
        provided = ProvidedDocument(**facts, state=DocumentState.WAITING, reason="", provided_at=now, by_user_id=actor_id)
        db.session.add(provided)
        db.session.flush()
        record("document.provided", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id, required_id=required.id)
    return provided


def _replace(before: ProvidedDocument, now: datetime) -> None:
    if before.state == DocumentState.APPROVED:
        raise DocumentApproved
    before.state = DocumentState.REPLACED
    db.session.flush()  # one that counts at a time, also between two statements
    store.drop(before.file_id, now=now)


def approve_document(edition_id: int, provided_id: int, *, version: int | None = None, actor_id: int | None, now: datetime) -> ProvidedDocument:
    """Approve what an exhibitor provided, and tell it."""
    return _decide(edition_id, provided_id, DocumentState.APPROVED, "", version, actor_id, now)


def refuse_document(edition_id: int, provided_id: int, reason: str, *, version: int | None = None, actor_id: int | None, now: datetime) -> ProvidedDocument:
    """Refuse what an exhibitor provided, and tell it why."""
    if not reason:
        raise ReasonMissing
    return _decide(edition_id, provided_id, DocumentState.REFUSED, reason, version, actor_id, now)


def _decide(edition_id: int, provided_id: int, state: DocumentState, reason: str, version: int | None, actor_id: int | None, now: datetime) -> ProvidedDocument:
    with transaction():
        provided = papers.provided_to_change(edition_id, provided_id)
        if provided.state == DocumentState.REPLACED:
            raise DocumentReplaced
        if version is not None and provided.version != version:
            raise ChangedMeanwhile
        if (provided.state, provided.reason) == (state, reason):
            raise DecidedAlready
        provided.state, provided.reason, provided.decided_at, provided.decided_by_id = state, reason, now, actor_id
        record(f"document.{state}", "exhibitor", provided.exhibitor_id, actor_id=actor_id, at=now, edition_id=edition_id, required_id=provided.required_id)
        _tell(provided)
        db.session.flush()
    return provided


def _tell(provided: ProvidedDocument) -> None:
    """Tell the exhibitor what the organiser said, in its language."""
    exhibitor, required = db.session.get_one(Exhibitor, provided.exhibitor_id), db.session.get_one(RequiredDocument, provided.required_id)
    if exhibitor.is_example:
        return
    edition = db.session.get_one(Edition, provided.edition_id)
    path = f"/exhibitor/{edition.slug}/{exhibitor.id}/documents"
    facts: dict[str, Any] = {"name": exhibitor.public_name, "document": required.name, "reason": provided.reason, "due_on": required.due_on.isoformat(), "path": path}
    queue_mail(exhibitor.contact_email, f"exhibitors/document_{provided.state}", exhibitor.language, edition_id=edition.id, **facts, contact=edition.contact_email)
