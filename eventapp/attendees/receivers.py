"""What attendees do when something happens in a room below."""

from datetime import datetime

from eventapp.attendees.operations import withdraw_staff
from eventapp.exhibitors.models import Exhibitor


def on_exhibitor_withdrawn(_sender: object, *, exhibitor: Exhibitor, actor_id: int | None, now: datetime) -> None:
    """Take the staff of a withdrawn exhibitor away with it."""
    withdraw_staff(exhibitor.id, actor_id=actor_id, now=now)
