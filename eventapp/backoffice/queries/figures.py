"""The figures of the organiser's home: each as it is now, as it was yesterday, and day by day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import and_, case, func, or_, select

from eventapp.attendees.models import Attendee
from eventapp.audit.models import AuditEntry
from eventapp.backoffice.rules import Lived, closed, days_of_show, last_days, level
from eventapp.core.db import db
from eventapp.core.zones import instant, wall
from eventapp.doors.models import Presence, Scan, Visit
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.stands.models import ClaimState, Stand, StandClaim

DAYS_SHOWN = 14
_OPENS, _CLOSES = time(9), time(18)


@dataclass(frozen=True)
class Figure:
    """One figure: now, yesterday, of how many in all where there is a whole, and its course as (day or hour, value)."""

    now: int | Decimal
    yesterday: int | Decimal
    course: Sequence[tuple[date | time, int | Decimal | None]]
    whole: int | Decimal | None = None


def _ends(edition: Edition, days: Sequence[date]) -> list[datetime]:
    """Tell the instants at which some days of the edition's place end."""
    return [instant(day + timedelta(days=1), time(0), edition.timezone) for day in days]


def registrations(edition: Edition, today: date) -> Figure:
    """Count the attendees who are registered: withdrawn ones counted until they withdrew."""
    days = last_days(today, DAYS_SHOWN)
    counts = [
        func.coalesce(func.sum(case((and_(Attendee.registered_at < end, or_(Attendee.withdrawn_at.is_(None), Attendee.withdrawn_at >= end)), 1), else_=0)), 0)
        for end in _ends(edition, days)
    ]
    row = [int(count) for count in db.session.execute(select(*counts).where(Attendee.edition_id == edition.id)).one()]
    return Figure(row[-1], row[-2], list(zip(days, row, strict=True)))


def _by_day(edition: Edition, today: date, lived: Sequence[Lived], *, whole: Decimal | None = None, as_number: Callable[[Decimal], int | Decimal] = int) -> Figure:
    days = last_days(today, DAYS_SHOWN)
    row = [as_number(level(lived, end)) for end in _ends(edition, days)]
    return Figure(row[-1], row[-2], list(zip(days, row, strict=True)), as_number(whole) if whole is not None else None)


def _trail(edition_id: int, actions: Sequence[str]) -> list[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.edition_id == edition_id, AuditEntry.action.in_(actions)).order_by(AuditEntry.at, AuditEntry.id)
    return list(db.session.scalars(query))


def accepted_exhibitors(edition: Edition, today: date) -> Figure:
    """Count the accepted exhibitors: those who withdrew counted until then."""
    query = select(Exhibitor.id, Exhibitor.decided_at).where(Exhibitor.edition_id == edition.id, Exhibitor.state == ApplicationState.ACCEPTED)
    since = {row.id: row.decided_at for row in db.session.execute(query)}
    accepted: set[int] = set()
    entries = []
    for entry in _trail(edition.id, ("exhibitor.accepted", "exhibitor.withdrawn")):
        begins = entry.action == "exhibitor.accepted"
        if begins or entry.subject_id in accepted:  # who was never accepted never counted
            entries.append((entry.subject_id, begins, entry.at, Decimal(1)))
        accepted.add(entry.subject_id) if begins else accepted.discard(entry.subject_id)
    return _by_day(edition, today, [*(Lived(at) for at in since.values()), *closed(since, entries)])


def allocated_stands(edition: Edition, today: date) -> tuple[Figure, Figure]:
    """Count the stands that are allocated, and sum their net area in square metres; those given back counted until then."""
    allocated = (StandClaim.stand_id == Stand.id) & (StandClaim.state == ClaimState.ALLOCATED)
    rows = select(Stand.number, Stand.id, Stand.area_m2, StandClaim.since).outerjoin(StandClaim, allocated)
    stands = {row.number: (row.id, row.area_m2, row.since) for row in db.session.execute(rows.where(Stand.edition_id == edition.id, Stand.retired_at.is_(None)))}
    held = {stand_id: since for stand_id, _area, since in stands.values() if since is not None}
    entries = []
    for entry in _trail(edition.id, ("stand.allocated", "stand.freed")):
        stand = stands.get(entry.details.get("stand", ""))
        if stand is not None:
            entries.append((stand[0], entry.action == "stand.allocated", entry.at, stand[1]))
    lived = [*(Lived(since, None, area) for _id, area, since in stands.values() if since is not None), *closed(held, entries)]
    singly = [Lived(one.began, one.ended) for one in lived]
    area = sum((area for _id, area, _since in stands.values()), Decimal(0))
    return _by_day(edition, today, singly, whole=Decimal(len(stands))), _by_day(edition, today, lived, whole=area, as_number=Decimal)


def visits(edition: Edition, today: date) -> Figure:
    """Count the visits of today, of yesterday, and of each day of the show."""
    query = select(Visit.day, func.count()).where(Visit.edition_id == edition.id).group_by(Visit.day)
    counted = {row[0]: int(row[1]) for row in db.session.execute(query)}
    days = days_of_show(edition.first_day, edition.last_day, DAYS_SHOWN)
    return Figure(counted.get(today, 0), counted.get(today - timedelta(days=1), 0), [(day, counted.get(day, 0) if day <= today else None) for day in days])


def inside(edition: Edition, now: datetime) -> Figure:
    """Count the people inside now, at this time yesterday, and at each full hour of today's opening hours."""
    today = wall(now, edition.timezone).date()
    hours = _hours(edition, today)
    moments = [instant(today, hour, edition.timezone) for hour in hours]
    row = _inside_at(edition, [now - timedelta(days=1), *moments])
    query = select(func.count(func.distinct(Presence.attendee_id))).where(Presence.edition_id == edition.id, Presence.inside, Presence.day == today)
    return Figure(db.session.scalar(query) or 0, row[0], [(hour, value if at <= now else None) for hour, at, value in zip(hours, moments, row[1:], strict=True)])


def _hours(edition: Edition, day: date) -> list[time]:
    """List the full hours from opening to closing."""
    found = next(((row.opens, row.closes) for row in edition.hours if row.day == day), (_OPENS, _CLOSES))
    return [time(hour) for hour in range(found[0].hour, found[1].hour + 1)]


def _inside_at(edition: Edition, moments: Sequence[datetime]) -> list[int]:
    """Count from the passages how many people were inside some zone at some instants; nobody stays overnight."""
    days = {at: wall(at, edition.timezone).date() for at in moments}
    following = func.lead(Scan.happened_at).over(partition_by=[Scan.attendee_id, Scan.zone_id, Scan.day], order_by=[Scan.happened_at, Scan.id])
    passages = select(Scan.attendee_id, Scan.direction, Scan.happened_at, Scan.day, following.label("until"))
    steps = passages.where(Scan.edition_id == edition.id, Scan.passed, Scan.day.in_(set(days.values()))).subquery()
    counts = [
        func.count(
            func.distinct(
                case(
                    (
                        and_(
                            steps.c.direction == "in",
                            steps.c.day == day,
                            steps.c.happened_at <= at,
                            or_(steps.c.until.is_(None), steps.c.until > at),
                        ),
                        steps.c.attendee_id,
                    )
                )
            )
        )
        for at, day in days.items()
    ]
    return [int(count) for count in db.session.execute(select(*counts)).one()]
