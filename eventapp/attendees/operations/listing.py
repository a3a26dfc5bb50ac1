"""A whole list of staff at once: everybody, or nobody."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from eventapp.attendees.operations.adding import add_staff
from eventapp.core.db import transaction
from eventapp.core.errors import NotThere, Refusal


class _Undone(Exception):  # noqa: N818 - no fault: the list is only tried, or one of its rows was refused
    """Nothing of the list is stored."""


def add_staff_list(
    exhibitor_id: int, people: Iterable[tuple[int, Mapping[str, str]]], *, extra: bool = False, language: str = "fr", dry_run: bool = False, actor_id: int | None, now: datetime
) -> list[tuple[int, Refusal]]:
    """Add people, each with the row number of the list; return what is refused by row, and store nothing when anything is, or on a dry run."""
    refused: list[tuple[int, Refusal]] = []
    try:
        with transaction():
            for number, person in people:
                try:
                    add_staff(exhibitor_id, extra=extra, language=language, actor_id=actor_id, now=now, **person)  # type: ignore[arg-type]
                except NotThere:
                    raise
                except Refusal as refusal:
                    refused.append((number, refusal))
            _undo(bool(refused) or dry_run)
    except _Undone:
        pass
    return refused


def _undo(nothing_is_stored: bool) -> None:
    if nothing_is_stored:
        raise _Undone
