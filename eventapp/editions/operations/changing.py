"""Change an edition's settings; whoever saw an older state is told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions import queries, rules
from eventapp.editions.errors import ClosesBeforeOpening, CurrentIsPublic, NotADayOfTheEdition, OnlyPublicIsCurrent
from eventapp.editions.models import Edition, OpeningHours
from eventapp.editions.rules import Hours
from eventapp.editions.signals import days_changing

NEEDED = ("name", "full_name", "organiser", "venue", "city", "privacy_controller")
CHANGEABLE = frozenset(
    {
        *("name", "full_name", "theme", "about", "organiser", "venue", "city", "address", "access", "contact_email", "contact_phone", "privacy_controller", "privacy_number"),
        *("exhibit_open", "exhibit_from", "exhibit_until", "visit_open", "visit_from", "visit_until"),
    }
)


@contextmanager
def changing(edition_id: int, version: int | None, *, actor_id: int | None, now: datetime, **details: Any) -> Iterator[Edition]:
    """Hold an edition while it is changed, and refuse who saw an older state; what was changed raises its version and is written to the trail."""
    with transaction():
        edition = queries.edition_to_change(edition_id)
        if version is not None and edition.version != version:
            raise ChangedMeanwhile
        before = _settings(edition)
        yield edition
        if _settings(edition) == before:
            return
        flag_modified(edition, "name")  # so that a change of its halls, hours or zones raises the version too
        record("edition.changed", "edition", edition.id, actor_id=actor_id, at=now, edition_id=edition.id, **details)
        db.session.flush()


def _settings(edition: Edition) -> tuple[object, ...]:
    """Write down everything that is set for an edition, to see whether a change changed anything."""
    own = {column.key: getattr(edition, column.key) for column in Edition.__table__.columns if column.key != "version"}
    hours = [(row.day, row.opens, row.closes) for row in edition.hours]
    halls = [(hall.id, hall.code, hall.name, hall.width_m, hall.depth_m, hall.position) for hall in edition.halls]
    zones = [(zone.id, zone.code, zone.name, zone.bit, {(rule.category, rule.day) for rule in zone.rules}) for zone in edition.zones]
    return own, hours, halls, zones


def change_settings(edition_id: int, values: Mapping[str, Any], *, version: int | None = None, actor_id: int | None, now: datetime) -> Edition:
    """Change texts, contact, privacy or registration; what is not named stays. Closing a registration takes effect at once."""
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise ValueError(f"not settings: {', '.join(sorted(unknown))}")
    rules.check_texts(values, NEEDED)
    rules.check_registration(values)
    with transaction():
        edition = queries.edition_to_change(edition_id)
        changed = sorted(name for name, value in values.items() if getattr(edition, name) != value)
        with changing(edition_id, version, actor_id=actor_id, now=now, fields=changed):
            for name in changed:
                setattr(edition, name, values[name])
    return edition


def change_days(edition_id: int, first_day: date, last_day: date, timezone: str, *, version: int | None = None, actor_id: int | None, now: datetime) -> Edition:
    """Hold the show on other days: days that stay keep their hours, new ones get those of the day before; what is planned outside refuses."""
    rules.check_days(first_day, last_day)
    rules.check_timezone(timezone)
    with changing(edition_id, version, actor_id=actor_id, now=now, fields=["first_day", "last_day", "timezone"]) as edition:
        known = {row.day: (row.opens, row.closes) for row in edition.hours}
        closed = {day for day in rules.days_between(edition.first_day, edition.last_day) if day not in known}
        edition.first_day, edition.last_day, edition.timezone = first_day, last_day, timezone
        for zone in edition.zones:
            zone.rules = [rule for rule in zone.rules if rule.day is None or first_day <= rule.day <= last_day]
        days = [day for day in rules.days_between(first_day, last_day) if day not in closed]
        _keep_hours(edition, rules.hours_for(days, known))
    return edition


def set_hours(edition_id: int, hours: Mapping[date, Hours | None], *, version: int | None = None, actor_id: int | None, now: datetime) -> Edition:
    """Say when the show is open on each of its days; None closes a day, and what is planned then refuses."""
    with changing(edition_id, version, actor_id=actor_id, now=now, fields=["hours"]) as edition:
        for day, times in hours.items():
            if not edition.first_day <= day <= edition.last_day:
                raise NotADayOfTheEdition(day=day)
            if times is not None and times[1] <= times[0]:
                raise _upside_down(day)
        _keep_hours(edition, {day: times for day, times in hours.items() if times is not None})
    return edition


def _upside_down(day: date) -> ClosesBeforeOpening:
    refusal = ClosesBeforeOpening(day=day)
    refusal.field = f"closes_{day.isoformat()}"
    return refusal


def _keep_hours(edition: Edition, hours: Mapping[date, Hours]) -> None:
    """Store the hours; the rooms above may refuse the days that are left."""
    rows = {row.day: row for row in edition.hours}
    for day in set(rows) - set(hours):
        edition.hours.remove(rows[day])
    for day, (opens, closes) in hours.items():
        if day in rows:
            rows[day].opens, rows[day].closes = opens, closes
        else:
            edition.hours.append(OpeningHours(day=day, opens=opens, closes=closes))
    db.session.flush()
    days_changing.send(edition=edition, open_days=frozenset(hours))


def change_state(edition_id: int, state: str, *, version: int | None = None, actor_id: int | None, now: datetime) -> Edition:
    """Make an edition a draft that only its team sees, public, or archived; the current one stays public."""
    with changing(edition_id, version, actor_id=actor_id, now=now, fields=["state"], state=state) as edition:
        if edition.is_current and state != "public":
            raise CurrentIsPublic(name=edition.name)
        edition.state = state
    return edition


def make_current(edition_id: int, *, actor_id: int | None, now: datetime) -> Edition:
    """Let the home page show this edition; one edition is the current one."""
    with transaction():
        queries.hold_editions()
        edition = queries.edition_to_change(edition_id)
        if edition.state != "public":
            raise OnlyPublicIsCurrent(name=edition.name)
        if edition.is_current:
            return edition
        for other in queries.current_editions():
            other.is_current = False
        db.session.flush()
        with changing(edition_id, None, actor_id=actor_id, now=now, fields=["is_current"]):
            edition.is_current = True
    return edition
