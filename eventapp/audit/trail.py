"""Write the trail."""

from datetime import datetime
from typing import Any

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
