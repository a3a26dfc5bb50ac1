"""Wall time and instants. Zone rules come from the locked tzdata package, never from the machine."""

import zoneinfo
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath([])


@cache
def zone(name: str) -> ZoneInfo:
    """Load a time zone by its IANA name."""
    return ZoneInfo(name)


def instant(day: date, at: time, tz: str, fold: int = 0) -> datetime:
    """Turn wall time into an instant in UTC."""
    return datetime.combine(day, at, tzinfo=zone(tz)).replace(fold=fold).astimezone(UTC)


def wall(moment: datetime, tz: str) -> datetime:
    """Turn an instant into wall time, aware of its zone."""
    return moment.astimezone(zone(tz))


def offset_text(moment: datetime, tz: str) -> str:
    """Write a zone's offset at an instant, as in UTC+1 or UTC+5:30."""
    offset = wall(moment, tz).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
