"""When a session may be: on the grid, on a day of the show, at a time that exists."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, time

from babel.dates import format_date

from eventapp.core.texts import pick
from eventapp.core.zones import zone
from eventapp.programme.errors import ClosedThatDay, LengthOffGrid, NoSuchTime, NotADayOfTheShow, OffGrid, OutsideHours, PastMidnight
from eventapp.programme.rules.details import Placement
from eventapp.programme.rules.slots import GRID_MINUTES, wall_start

_DAY_MINUTES = 24 * 60
_MOST_LISTED = 5
_LOCALES = {"fr": "fr", "ar": "ar_MA", "en": "en_GB"}


def check_day(day: date, first: date, last: date, open_days: Collection[date]) -> None:
    """Refuse a day outside the edition, or one on which it is closed (an edition without hours has no closed day)."""
    if not first <= day <= last:
        raise NotADayOfTheShow(first=first, last=last)
    if open_days and day not in open_days:
        raise ClosedThatDay(day=day)


def check_hours(placement: Placement, opens: time, closes: time) -> None:
    """Refuse a time that does not lie within a day's opening hours; a part is where its whole is."""
    first, last = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    if placement.parent_id is None and not first <= placement.start <= placement.start + placement.length <= last:
        raise OutsideHours(day=placement.day, opens=opens, closes=closes)


def check_placement(placement: Placement, tz: str) -> Placement:
    """Refuse a time off the grid, past midnight or jumped over by the clocks; a fold that means nothing is dropped."""
    start, length = placement.start, placement.length
    if not 0 <= start < _DAY_MINUTES or start % GRID_MINUTES:
        raise OffGrid
    if start + length > _DAY_MINUTES:
        raise PastMidnight
    if length < GRID_MINUTES or length % GRID_MINUTES:
        raise LengthOffGrid
    first, second = (wall_start(placement.day, start, tz, fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(zone(tz)).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise NoSuchTime(day=placement.day, time=time(start // 60, start % 60))
    repeated = first.utcoffset() != second.utcoffset()
    return placement.with_fold(placement.fold if repeated else 0)


def listed(sessions: Sequence[tuple[Mapping[str, str], date]]) -> dict[str, str]:
    """Write some sessions with their days for the readers of each language; of many only the first ones, and how many more."""
    more = f" +{len(sessions) - _MOST_LISTED}" if len(sessions) > _MOST_LISTED else ""
    first = sessions[:_MOST_LISTED]
    return {code: ", ".join(f"“{pick(title, code)}” ({format_date(day, 'd MMMM', locale=locale)})" for title, day in first) + more for code, locale in _LOCALES.items()}
