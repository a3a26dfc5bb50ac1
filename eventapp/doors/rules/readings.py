"""What a device tells of one reading of a badge, and when it happened."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

DIRECTIONS = ("in", "out")
VERDICTS = ("", "enter", "look", "stop")
AHEAD = timedelta(minutes=2)  # how far a device's clock may be before the server's
ASKED_AGO = timedelta(hours=12)  # how old a question to the server may be
DECIDED_AGO = timedelta(days=30)  # how old what a device decided by itself may be
_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LARGEST_ID = 2**31
_LARGEST_OFFSET_MS = 100 * 366 * 86_400_000  # the demo's clock stands years before the device's


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading, as the device tells it; `text` is what the code said, `offset_ms` the server's clock minus the device's."""

    id: UUID
    text: str
    gate_id: int
    direction: str
    scanned_at: datetime
    offset_ms: int
    verdict: str


def reading_of(given: object) -> Reading | None:
    """Check the shape of one reading; None for what cannot be a fact."""
    if not isinstance(given, Mapping):
        return None
    number, text, gate, at = _id(given.get("id")), given.get("token"), given.get("gate"), _instant(given.get("scanned_at"))
    direction, verdict, offset = given.get("direction"), given.get("verdict", ""), given.get("clock_offset_ms", 0)
    if number is None or at is None or type(gate) is not int or not 0 < gate < _LARGEST_ID or type(offset) not in {int, float} or not isinstance(text, str):
        return None
    if direction not in DIRECTIONS or verdict not in VERDICTS or not abs(offset) <= _LARGEST_OFFSET_MS:  # nan is not
        return None
    return Reading(number, text, gate, direction, at, round(offset), verdict)


def _id(given: object) -> UUID | None:
    return UUID(given) if isinstance(given, str) and _ID.fullmatch(given) else None


def _instant(given: object) -> datetime | None:
    """Read an ISO instant that says its offset."""
    if not isinstance(given, str):
        return None
    try:
        at = datetime.fromisoformat(given)
        return at.astimezone(UTC) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def when(reading: Reading, received_at: datetime, place: int = 0) -> tuple[datetime, bool]:
    """Say when a reading happened, and whether the device's clock was of no use: then it is the server's time, in the order of the batch."""
    try:
        at = reading.scanned_at + timedelta(milliseconds=reading.offset_ms)
        if received_at - (DECIDED_AGO if reading.verdict else ASKED_AGO) <= at <= received_at + AHEAD:
            return at, False
    except OverflowError:
        pass
    return received_at + timedelta(microseconds=place), True
