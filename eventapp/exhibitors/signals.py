"""What other rooms act on, inside this room's transaction."""

from typing import Any

from blinker import Signal

exhibitor_submitted = (
    Signal()
)  # receivers answer what the letter says beside; exhibitor=Exhibitor, wishes=tuple of stand ids in order, held=id of the stand held or None, now=datetime
exhibitor_decided = Signal()  # receivers answer what the letter says beside; accepted, put on the waiting list or refused; exhibitor=Exhibitor, actor_id=int | None, now=datetime
exhibitor_withdrawn = Signal()  # exhibitor=Exhibitor, actor_id=int | None, now=datetime
withdrawal_asked = Signal()  # before a withdrawal: receivers answer what the letter says beside, as what it costs; exhibitor=Exhibitor, now=datetime
exhibiting_rules_set = Signal()  # from when on badges can be had, and the like; edition_id=int
exhibitors_leaving = Signal()  # an import is undone: what it brought is about to be removed; exhibitor_ids=set of numbers


def said(answers: list[tuple[Any, dict[str, Any] | None]]) -> dict[str, Any]:
    """Put together what receivers add to a letter."""
    return {name: value for _receiver, facts in answers for name, value in (facts or {}).items()}
