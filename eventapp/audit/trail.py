"""Write the trail."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventapp.audit.models import AuditEntry
from eventapp.core import clock
from eventapp.core.db import db, writing


def record(action: str, subject_kind: str, subject_id: int, *, actor_id: int | None, at: datetime, edition_id: int | None = None, **details: Any) -> None:
    """Add one line to the trail, inside the running operation; `action` reads like `stand.allocated`."""
    if not writing():
        raise RuntimeError("the trail is written inside an operation")
    db.session.add(
        AuditEntry(at=at, recorded_at=clock.real_now(), actor_id=actor_id, edition_id=edition_id, action=action, subject_kind=subject_kind, subject_id=subject_id, details=details)
    )


def happened(actions: tuple[str, ...], subject_kind: str, subject_id: int, edition_id: int, **details: Any) -> bool:
    """Say whether one of some acts was done to a thing of an edition, with these details among its own."""
    about = (AuditEntry.subject_kind == subject_kind, AuditEntry.subject_id == subject_id, AuditEntry.edition_id == edition_id)
    found = db.session.scalars(select(AuditEntry.details).where(*about, AuditEntry.action.in_(actions)))
    return any(details.items() <= one.items() for one in found)
