"""What attendees do when something happens in a room below."""

from datetime import datetime

from eventapp.agreements.rules import Trace
from eventapp.attendees import queries
from eventapp.attendees.operations import withdraw_staff
from eventapp.attendees.rules import CATEGORY_NAMES
from eventapp.exhibitors.models import Exhibitor


def on_exhibitor_withdrawn(_sender: object, *, exhibitor: Exhibitor, actor_id: int | None, now: datetime) -> None:
    """Take the staff of a withdrawn exhibitor away with it."""
    withdraw_staff(exhibitor.id, actor_id=actor_id, now=now)


def on_people_asked_about(_sender: object, *, edition_id: int, traces: dict[int, list[Trace]]) -> None:
    """Tell where people are registered, as what and for whom; no address, and nothing of who withdrew."""
    for attendee, edition in queries.registrations_of(edition_id, list(traces)):
        role = {code: attendee.job_title or name for code, name in CATEGORY_NAMES[attendee.category].items()}
        traces[attendee.person_id].append(Trace(role, {"fr": attendee.organisation_name}, edition.name))
