"""Documents to provide: of whom they are asked, how they stand, when somebody is reminded."""

from datetime import date
from enum import StrEnum

from eventapp.exhibitors.models import DocumentState

FIRST_REMINDER, LAST_REMINDER = 7, 1  # days before a document is due


class Standing(StrEnum):
    """How a document stands on a day."""

    AWAITED = "awaited"
    LATE = "late"
    WAITING = "waiting"  # for the organiser
    REFUSED = "refused"
    APPROVED = "approved"

    @property
    def is_done(self) -> bool:
        """Say whether the exhibitor has nothing to do."""
        return self in {Standing.WAITING, Standing.APPROVED}


def is_asked_of(for_stands: str, kinds: set[str]) -> bool:
    """Say whether a document is asked of who has stands of these kinds."""
    return for_stands == "all" or for_stands in kinds


def standing(state: str | None, due_on: date, today: date) -> Standing:
    """Say how a document stands: what was provided (None for nothing) in a state, due on a day."""
    if state == DocumentState.WAITING:
        return Standing.WAITING
    if state == DocumentState.APPROVED:
        return Standing.APPROVED
    if state == DocumentState.REFUSED:
        return Standing.REFUSED
    return Standing.LATE if today > due_on else Standing.AWAITED


def reminder_due(how: Standing, due_on: date, today: date) -> int | None:
    """Say of how many days before a document is due its exhibitor is to be reminded by now; None while there is no need, or no use any more."""
    left = (due_on - today).days
    if how.is_done or not 0 <= left <= FIRST_REMINDER:
        return None
    return LAST_REMINDER if left <= LAST_REMINDER else FIRST_REMINDER
