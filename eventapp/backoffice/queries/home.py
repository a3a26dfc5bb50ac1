"""What needs an organiser today, and what comes next on the programme."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select

from eventapp.agreements.models import Agreement
from eventapp.core.db import db
from eventapp.core.zones import wall
from eventapp.doors.models import Device
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor, JoinRequest, JoinState
from eventapp.exhibitors.queries.messages import exhibitors_with_unread
from eventapp.exhibitors.queries.papers import waiting
from eventapp.invoicing.models import InvoiceState
from eventapp.invoicing.queries import counts
from eventapp.programme.queries import latest_version, working_snapshot
from eventapp.programme.rules import changes, wall_end, wall_start
from eventapp.stands.models import ClaimState, StandClaim

SILENT_FOR = timedelta(minutes=10)
_SHOWN = 6


def _count(*where: Any) -> int:
    return db.session.scalar(select(func.count()).where(*where)) or 0


def waiting_applications(edition: Edition, _now: datetime) -> int:
    """Count the applications that nobody decided about."""
    return _count(Exhibitor.edition_id == edition.id, Exhibitor.state == ApplicationState.SUBMITTED)


def without_stand(edition: Edition, _now: datetime) -> int:
    """Count the accepted exhibitors who have no stand."""
    return _count(
        Exhibitor.edition_id == edition.id,
        Exhibitor.state == ApplicationState.ACCEPTED,
        ~exists().where(StandClaim.exhibitor_id == Exhibitor.id, StandClaim.state == ClaimState.ALLOCATED),
    )


def unread_answers(edition: Edition, _now: datetime) -> int:
    """Count the exhibitors whose answers nobody read yet."""
    return exhibitors_with_unread(edition.id)


def waiting_documents(edition: Edition, _now: datetime) -> int:
    """Count the documents of exhibitors that nobody looked at."""
    return waiting(edition.id)


def requests_to_join(edition: Edition, _now: datetime) -> int:
    """Count the people who ask to act for an organisation and whom its owner did not answer."""
    return _count(JoinRequest.edition_id == edition.id, JoinRequest.state == JoinState.OPEN, JoinRequest.passed_on_at.is_not(None))


def agreements_without_time(edition: Edition, _now: datetime) -> int:
    """Count the agreements whose signing has no time."""
    return _count(Agreement.edition_id == edition.id, Agreement.session_id.is_(None))


def unpublished_sessions(edition: Edition, _now: datetime) -> int:
    """Count the sessions that differ from the published programme: new, moved, edited or gone."""
    version = latest_version(edition.id)
    return len(changes(version.snapshot if version else None, working_snapshot(edition.id)))


def silent_devices(edition: Edition, now: datetime) -> int:
    """Count the devices at the doors that were not heard of for ten minutes; only while the show is open."""
    local = wall(now, edition.timezone)
    if not any(row.day == local.date() and row.opens <= local.time() < row.closes for row in edition.hours):
        return 0
    late = or_(Device.last_seen_at.is_(None), Device.last_seen_at < now - SILENT_FOR)
    return _count(Device.edition_id == edition.id, Device.enrolled_at.is_not(None), Device.revoked_at.is_(None), late)


def overdue_invoices(edition: Edition, now: datetime) -> int:
    """Count the invoices whose day has passed and on which something is due."""
    return counts(edition.id, "", wall(now, edition.timezone).date()).get(InvoiceState.OVERDUE, 0)


# what may need somebody: code, the page that shows it, the act that it asks for (told to those who may do it), and how many there are
NEEDS: tuple[tuple[str, str, str, Callable[[Edition, datetime], int]], ...] = (
    ("applications", "applications.work_list", "applications.decide", waiting_applications),
    ("stands", "applications.work_list", "applications.allocate", without_stand),
    ("answers", "applications.inbox", "applications.inbox", unread_answers),
    ("documents", "papers_organiser.listing", "papers_organiser.decide", waiting_documents),
    ("joining", "joining_organiser.listing", "joining_organiser.listing", requests_to_join),
    ("overdue", "invoicing_organiser.listing", "invoicing_organiser.pay", overdue_invoices),
    ("agreements", "agreements_organiser.listing", "agreements_organiser.signing", agreements_without_time),
    ("sessions", "programme_organiser.publishing", "programme_organiser.publishing", unpublished_sessions),
    ("devices", "doors_organiser.overview", "doors_organiser.overview", silent_devices),
)


@dataclass(frozen=True)
class Next:
    """A session of the published programme that is on or still to come."""

    slug: str
    title: dict[str, str]
    room: dict[str, str]
    kind: str
    day: date
    start: int
    starts_at: datetime
    is_on: bool


def next_sessions(edition: Edition, now: datetime) -> list[Next] | None:
    """List what is on and what comes next in the published programme, parts too; None while nothing is published."""
    version = latest_version(edition.id)
    if version is None:
        return None
    rooms = {room["id"]: room["name"] for room in version.snapshot["rooms"]}
    found = []
    for session in version.snapshot["sessions"]:
        when = (date.fromisoformat(session["day"]), session["start"])
        starts = wall_start(*when, edition.timezone, session["fold"]).astimezone(UTC)
        if wall_end(*when, session["length"], edition.timezone, session["fold"]) > now:
            found.append(Next(session["slug"], session["title"], rooms[session["room"]], session["kind"], *when, starts, starts <= now))
    return sorted(found, key=lambda session: session.starts_at)[:_SHOWN]
