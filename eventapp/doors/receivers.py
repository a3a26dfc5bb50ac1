"""What happens to the doors when something happens to their edition, in the same transaction."""

from datetime import datetime
from typing import Any

from eventapp.doors import operations, queries
from eventapp.doors.errors import ZoneHasGates, ZoneHasScans
from eventapp.editions.models import Edition, Zone


def on_edition_made_from(_sender: Any, *, old: Edition, new: Edition, actor_id: int | None, now: datetime) -> None:
    """Give the new edition the old one's gates; no device comes along."""
    operations.copy_gates(old.id, new, actor_id=actor_id, now=now)


def on_zone_leaving(_sender: Any, *, zone: Zone) -> None:
    """Refuse to remove a zone that a gate leads into, or that somebody was scanned into."""
    codes = queries.gates_into(zone.id)
    if codes:
        raise ZoneHasGates(gates=", ".join(codes))
    if queries.was_entered(zone.id):
        raise ZoneHasScans
