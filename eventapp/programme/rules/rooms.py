"""What a room must have, and how long it is cleared after a session."""

from collections.abc import Mapping

from eventapp.core.texts import clean
from eventapp.programme.errors import CapacityMissing, ClearingReasonMissing, ClearingTooLong, CodeMissing, NameMissing, TurnoverOffGrid
from eventapp.programme.rules.details import Texts, texts
from eventapp.programme.rules.slots import GRID_MINUTES

LONGEST_TURNOVER = 240
LARGEST_CAPACITY = 100_000
LONGEST_CODE = 20
LONGEST_REASON = 200


def checked_room(code: str, name: Mapping[str, str], capacity: int, turnover: int) -> tuple[str, Texts]:
    """Return a room's code and name cleaned; refuse one without code, name or seats, or with a clearing time off the grid."""
    code, named = clean(code)[:LONGEST_CODE], texts(name)
    if not code:
        raise CodeMissing
    if not named:
        raise NameMissing
    if not 1 <= capacity <= LARGEST_CAPACITY:
        raise CapacityMissing(most=LARGEST_CAPACITY)
    if not 0 <= turnover <= LONGEST_TURNOVER or turnover % GRID_MINUTES:
        raise TurnoverOffGrid
    return code, named


def checked_clearing(minutes: int, of_room: int, reason: str) -> str:
    """Return the reason for a shorter clearing time, cleaned; refuse one without a reason, and a time that is not shorter."""
    if not 0 <= minutes < of_room or minutes % GRID_MINUTES:
        raise ClearingTooLong(minutes=of_room)
    reason = " ".join(clean(reason).split())[:LONGEST_REASON]
    if not reason:
        raise ClearingReasonMissing
    return reason
