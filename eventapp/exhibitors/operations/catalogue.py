"""An exhibitor's entry in the catalogue: its texts, what of its addresses is public, its logo."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.documents import store
from eventapp.documents.uploads import Upload
from eventapp.exhibitors import queries
from eventapp.exhibitors.errors import NotPossibleNow
from eventapp.exhibitors.models import CatalogueEntry, CatalogueLogo, Exhibitor
from eventapp.exhibitors.queries import catalogue
from eventapp.exhibitors.rules import ENDED


@dataclass(frozen=True)
class EntryPlan:
    """What an entry shall say, and which of its addresses everybody may see."""

    about: Mapping[str, str]
    website: str = ""
    phone: str = ""
    email: str = ""
    phone_public: bool = False
    email_public: bool = False


def write_entry(exhibitor_id: int, plan: EntryPlan, *, version: int | None = None, actor_id: int | None, now: datetime) -> CatalogueEntry:
    """Write an exhibitor's entry; saved as it was, it leaves no trace."""
    wanted = {**asdict(plan), "about": {language: text for language, text in plan.about.items() if text}}
    with transaction():
        exhibitor = _living(exhibitor_id)
        empty = {"exhibitor_id": exhibitor_id, "edition_id": exhibitor.edition_id, "changed_at": now, **catalogue.unwritten(exhibitor)}
        insert_new(cast("Table", CatalogueEntry.__table__), [empty], ["exhibitor_id"])
        entry = catalogue.entry_to_change(exhibitor_id)
        if all(getattr(entry, name) == value for name, value in wanted.items()):
            return entry
        if version is not None and entry.version != version:
            raise ChangedMeanwhile
        for name, value in wanted.items():
            setattr(entry, name, value)
        entry.changed_at = now
        record("catalogue.written", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id)
        db.session.flush()
    return entry


def put_logo(exhibitor_id: int, upload: Upload, *, actor_id: int | None, now: datetime) -> None:
    """Give an exhibitor a logo in the place of the one it had; the same picture again changes nothing."""
    with transaction():
        exhibitor = _living(exhibitor_id)
        before = catalogue.logo_of(exhibitor_id)
        if before is not None and before.sha256 == upload.sha256:
            return
        file = store.put(upload, exhibitor.edition_id, by_user_id=actor_id, now=now)
        logo = db.session.get(CatalogueLogo, exhibitor_id)
        if logo is None:
            db.session.add(CatalogueLogo(exhibitor_id=exhibitor_id, edition_id=exhibitor.edition_id, file_id=file.id))
        else:
            logo.file_id = file.id
        db.session.flush()
        store.drop(before.id if before else None, now=now)
        record("catalogue.logo_put", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id)


def remove_logo(exhibitor_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Take an exhibitor's logo off the catalogue; one that is gone already stays gone."""
    with transaction():
        exhibitor = _living(exhibitor_id)
        logo = db.session.get(CatalogueLogo, exhibitor_id)
        if logo is None:
            return
        file_id = logo.file_id
        db.session.delete(logo)
        db.session.flush()
        store.drop(file_id, now=now)
        record("catalogue.logo_removed", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id)


def _living(exhibitor_id: int) -> Exhibitor:
    """Load an exhibitor whose application is not over, locked until the operation ends."""
    exhibitor = queries.exhibitor_to_change(exhibitor_id)
    if exhibitor.state in ENDED:
        raise NotPossibleNow
    return exhibitor
