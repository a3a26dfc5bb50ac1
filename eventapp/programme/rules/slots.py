"""The five-minute grid of an edition's wall clock.

A slot is one number made of a local date, the index of five minutes in that date (0 to 287) and the fold (1 for the second
time round of an hour that the clocks repeat): `(date.toordinal() * 288 + minute // 5) * 2 + fold`. It is reversible
(`slot_moment`), sorts like the wall clock, and never mentions UTC: when zone rules change, wall times and slots stay.
"""

from datetime import UTC, date, datetime, time, timedelta

from eventapp.core.zones import instant, zone

GRID_MINUTES = 5
SLOTS_A_DAY = 24 * 60 // GRID_MINUTES
_STEP = timedelta(minutes=GRID_MINUTES)


def slot_number(day: date, minute: int, fold: int = 0) -> int:
    """Write a slot as one number; `minute` counts from midnight and lies on the grid."""
    return (day.toordinal() * SLOTS_A_DAY + minute // GRID_MINUTES) * 2 + fold


def slot_moment(number: int) -> tuple[date, int, int]:
    """Read a slot's date, minutes after midnight and fold."""
    index, fold = divmod(number, 2)
    day, within = divmod(index, SLOTS_A_DAY)
    return date.fromordinal(day), within * GRID_MINUTES, fold


def wall_start(day: date, minute: int, tz: str, fold: int = 0) -> datetime:
    """Say when a session starts: aware wall time."""
    return datetime.combine(day, time(minute // 60, minute % 60, fold=fold), tzinfo=zone(tz))


def wall_end(day: date, minute: int, length: int, tz: str, fold: int = 0) -> datetime:
    """Say when a session of that many minutes ends: aware wall time."""
    return (wall_start(day, minute, tz, fold).astimezone(UTC) + timedelta(minutes=length)).astimezone(zone(tz))


def slots(day: date, minute: int, length: int, tz: str, fold: int = 0) -> list[int]:
    """List the slots that a session takes, as the wall clock passes through them: an hour that the clocks repeat counts twice."""
    at, place = instant(day, time(minute // 60, minute % 60), tz, fold), zone(tz)
    found = []
    for _ in range(0, length, GRID_MINUTES):
        local = at.astimezone(place)
        found.append(slot_number(local.date(), local.hour * 60 + local.minute, local.fold))
        at += _STEP
    return found


def moved_along(part: datetime, before: datetime, after: datetime) -> tuple[date, int, int]:
    """Say where a part starts when its whole moves from one start to another: date, minutes after midnight, fold; the time between the two starts stays."""
    local = (after.astimezone(UTC) + (part.astimezone(UTC) - before.astimezone(UTC))).astimezone(after.tzinfo)
    return local.date(), local.hour * 60 + local.minute, local.fold
