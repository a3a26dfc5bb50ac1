"""What happens to stands when something happens below, in the same transaction."""

from datetime import datetime
from typing import Any

from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.stands import operations


def on_exhibitor_submitted(_sender: Any, *, exhibitor: Exhibitor, wishes: tuple[int, ...], **_rest: Any) -> None:
    """Keep the stands wished."""
    operations.keep_wishes(exhibitor, wishes)


def on_exhibitor_withdrawn(_sender: Any, *, exhibitor: Exhibitor, actor_id: int | None, now: datetime) -> None:
    """Free the stands of who withdraws."""
    operations.free_stands_of(exhibitor.id, actor_id=actor_id, now=now)


def on_edition_copied(_sender: Any, *, old: Edition, new: Edition, **_rest: Any) -> None:
    """Give the new edition the old one's stands."""
    operations.copy_stands(old.id, new)
