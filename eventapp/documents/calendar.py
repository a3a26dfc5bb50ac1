"""Calendar files (iCalendar, RFC 5545): entries in, bytes out. Times are wall times with their zone's rules beside them, from the locked tzdata."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vDuration

from eventapp.core.zones import instant, zone

PRODUCT = "-//eventapp//schedule//EN"
_ASK_AGAIN = timedelta(hours=1)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """One entry: its wall times are aware of their zone; `part_of` is the uid of the whole."""

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    title: str
    description: str
    place: str
    url: str
    category: str
    part_of: str | None = None


@dataclass(frozen=True)
class Feed:
    """A calendar: its name, language and zone, when it was published, and the days whose zone rules it needs."""

    name: str
    language: str
    timezone: str
    changed_at: datetime
    first_day: date
    last_day: date


def write(feed: Feed, entries: Sequence[Entry]) -> bytes:
    """Write a calendar file."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", feed.name, parameters={"LANGUAGE": feed.language})
    calendar.add("X-WR-CALNAME", feed.name)
    calendar.add("X-WR-TIMEZONE", feed.timezone)
    calendar.add("REFRESH-INTERVAL", vDuration(_ASK_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(_ASK_AGAIN))
    days = [feed.first_day, feed.last_day, *(entry.starts.date() for entry in entries)]
    calendar.add_component(_zone_rules(feed.timezone, min(days), max(days)))
    for entry in entries:
        calendar.add_component(_event(feed, entry))
    return bytes(calendar.to_ical())


def _event(feed: Feed, entry: Entry) -> Event:
    event, language = Event(), {"LANGUAGE": feed.language}
    event.add("UID", entry.uid)
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", feed.changed_at.astimezone(UTC))
    event.add("LAST-MODIFIED", feed.changed_at.astimezone(UTC))
    event.add("DTSTART", _written(entry.starts))
    event.add("DTEND", _written(entry.ends))
    event.add("SUMMARY", entry.title, parameters=language)
    if entry.description:
        event.add("DESCRIPTION", entry.description, parameters=language)
    event.add("LOCATION", entry.place, parameters=language)
    event.add("CATEGORIES", [entry.category])
    event.add("URL", entry.url)
    event.add("STATUS", "CONFIRMED")
    if entry.part_of:
        event.add("RELATED-TO", entry.part_of)
    return event


def _written(moment: datetime) -> datetime:
    """Write a wall time; the second time round of an hour that the clocks repeat goes in UTC, since a wall time would mean the first."""
    again = moment.fold and moment.utcoffset() != moment.replace(fold=0).utcoffset()
    return moment.astimezone(UTC) if again else moment


def _zone_rules(name: str, first: date, last: date) -> Timezone:
    """Write the zone's offsets from the day before the first to the day after the last: one observance, and one more for each change of the clocks."""
    rules = Timezone()
    rules.add("TZID", name)
    at, end = (instant(day, datetime.min.time(), name) for day in (first - _A_DAY, last + 2 * _A_DAY))
    rules.add_component(_observance(at.astimezone(zone(name)), at.astimezone(zone(name))))
    while at < end:
        after = min(at + _A_DAY, end)
        if at.astimezone(zone(name)).utcoffset() != after.astimezone(zone(name)).utcoffset():
            change = _change(at, after, name)
            rules.add_component(_observance((change - timedelta(seconds=1)).astimezone(zone(name)), change.astimezone(zone(name))))
        at = after
    return rules


def _change(before: datetime, after: datetime, name: str) -> datetime:
    """Find the instant between two at which the offset changes, to the second."""
    old = before.astimezone(zone(name)).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(zone(name)).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def _observance(before: datetime, since: datetime) -> TimezoneStandard:
    """Write one offset and since when it holds; its start is read on the clock before the change, as RFC 5545 has it."""
    old, new = before.utcoffset() or timedelta(), since.utcoffset() or timedelta()
    observance = TimezoneStandard()
    observance.add("DTSTART", (since.astimezone(UTC) + old).replace(tzinfo=None))
    observance.add("TZOFFSETFROM", old)
    observance.add("TZOFFSETTO", new)
    observance.add("TZNAME", since.tzname() or "")
    return observance
