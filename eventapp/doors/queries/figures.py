"""Figures of the doors: who is inside, who came."""

from datetime import date

from sqlalchemy import func, select

from eventapp.core.db import db
from eventapp.doors.models import Presence, Visit


def inside_by_zone(edition_id: int, day: date) -> dict[int, int]:
    """Count the people inside each zone on a day of the edition's wall clock."""
    query = select(Presence.zone_id, func.count()).where(Presence.edition_id == edition_id, Presence.inside, Presence.day == day).group_by(Presence.zone_id)
    return dict(db.session.execute(query).all())


def inside_zone(edition_id: int, zone_id: int, day: date) -> int:
    """Count the people inside one zone on a day."""
    return inside_by_zone(edition_id, day).get(zone_id, 0)


def visits_on(edition_id: int, day: date) -> int:
    """Count the visits of a day: at most one for each visitor."""
    return db.session.scalar(select(func.count()).select_from(Visit).where(Visit.edition_id == edition_id, Visit.day == day)) or 0
