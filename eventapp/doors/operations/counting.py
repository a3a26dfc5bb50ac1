"""Compute presence and visits anew from the scans."""

from dataclasses import asdict

from sqlalchemy import delete, insert

from eventapp.core.db import db, transaction
from eventapp.doors.models import Presence, Visit
from eventapp.doors.queries.counting import Figures, counted_anew, differences, hold_figures, stored_figures


def recount() -> list[str]:
    """Make presence and visits what the journal says; return what was changed, in words."""
    with transaction():
        hold_figures()
        stored, anew = stored_figures(), counted_anew()
        _mend_presence(stored, anew)
        _mend_visits(stored, anew)
    return list(differences(stored, anew))


def _mend_presence(stored: Figures, anew: Figures) -> None:
    for where in sorted({*stored.presence, *anew.presence}):
        true = anew.presence.get(where)
        if stored.presence.get(where) == true:
            continue
        db.session.execute(delete(Presence).where(Presence.attendee_id == where[0], Presence.zone_id == where[1]))
        if true is not None:
            db.session.execute(insert(Presence).values(attendee_id=where[0], zone_id=where[1], edition_id=true[0], **asdict(true[1])))


def _mend_visits(stored: Figures, anew: Figures) -> None:
    for when in sorted({*stored.visits, *anew.visits}):
        true = anew.visits.get(when)
        if stored.visits.get(when) == true:
            continue
        db.session.execute(delete(Visit).where(Visit.attendee_id == when[0], Visit.day == when[1]))
        if true is not None:
            db.session.execute(insert(Visit).values(attendee_id=when[0], day=when[1], edition_id=true[0], first_at=true[1]))
