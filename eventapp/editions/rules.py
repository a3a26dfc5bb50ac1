"""Decisions about editions, on plain values."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Literal
from zoneinfo import available_timezones

from eventapp.editions.errors import CodeOdd, HallSizeOdd, LastDayFirst, NoMoreZones, NoSuchZone, OddYear, RegistrationUpsideDown, SlugOdd, SlugReserved, TextMissing, TooManyDays
from eventapp.editions.models import Edition

MOST_DAYS = 31
ZONE_BITS = 16
OPENS, CLOSES = time(9), time(18)
Hours = tuple[time, time]

_EARLIEST, _LATEST = date(1990, 1, 1), date(2099, 12, 31)
_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
_SHORTEST_SLUG, _LONGEST_SLUG = 3, 40
_LARGEST_HALL = Decimal(2000)


def registration_is_open(edition: Edition, kind: Literal["visit", "exhibit"], today: date) -> bool:
    """Say whether people can register today: the organiser's switch is on, and today lies within the dates, where there are any."""
    switch, first, last = getattr(edition, f"{kind}_open"), getattr(edition, f"{kind}_from"), getattr(edition, f"{kind}_until")
    return bool(switch) and (first is None or first <= today) and (last is None or today <= last)


def check_slug(slug: str, reserved: Collection[str]) -> str:
    """Refuse an address that is not plain, or that the program itself uses."""
    if not _SHORTEST_SLUG <= len(slug) <= _LONGEST_SLUG or not _SLUG.fullmatch(slug):
        raise SlugOdd
    if slug in reserved:
        raise SlugReserved(slug=slug)
    return slug


def check_code(code: str) -> str:
    """Refuse a code that is not plain."""
    if not _CODE.fullmatch(code):
        raise CodeOdd
    return code


def check_days(first: date, last: date) -> None:
    """Refuse days of no show: upside down, too many, in another century."""
    if not (_EARLIEST <= first <= _LATEST and _EARLIEST <= last <= _LATEST):
        raise OddYear
    if last < first:
        raise LastDayFirst
    if (last - first).days >= MOST_DAYS:
        raise TooManyDays(most=MOST_DAYS)


def check_timezone(name: str) -> str:
    """Refuse a time zone that does not exist."""
    if name not in available_timezones():
        raise NoSuchZone
    return name


def check_texts(values: Mapping[str, object], needed: Iterable[str]) -> None:
    """Refuse a text that every page needs and that is empty in every language."""
    for name in needed:
        if name in values and not any(dict(values[name]).values()):  # type: ignore[call-overload]
            raise TextMissing(name)


def check_registration(values: Mapping[str, object]) -> None:
    """Refuse a registration that ends before it begins."""
    for kind in ("exhibit", "visit"):
        first, last = values.get(f"{kind}_from"), values.get(f"{kind}_until")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            raise RegistrationUpsideDown(kind)


def check_size(width: Decimal, depth: Decimal) -> None:
    """Refuse the size of no hall; sizes are in metres, on the grid of ten centimetres."""
    for metres in (width, depth):
        if not metres.is_finite() or not 1 <= metres <= _LARGEST_HALL or metres != metres.quantize(Decimal("0.1")):
            raise HallSizeOdd


def days_between(first: date, last: date) -> list[date]:
    """List the days from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def hours_for(days: list[date], known: Mapping[date, Hours]) -> dict[date, Hours]:
    """Give each day its hours: those it has, else those of the day before that has some, else the first ones known, else 9 to 18; without any known there are none to keep."""
    latest = known[min(known)] if known else (OPENS, CLOSES)
    found = {}
    for day in days:
        latest = known.get(day, latest)
        found[day] = latest
    return found


def shifted(known: Mapping[date, Hours], old_first: date, new_first: date) -> dict[date, Hours]:
    """Move hours from an old edition's days to a new one's, day by day."""
    return {new_first + (day - old_first): hours for day, hours in known.items()}


def free_bit(taken: Collection[int]) -> int:
    """Find the lowest bit that no zone of the edition has."""
    free = sorted(set(range(ZONE_BITS)) - set(taken))
    if not free:
        raise NoMoreZones
    return free[0]
