"""What happens to prices when something happens below, in the same transaction."""

from typing import Any

from eventapp.editions.models import Edition
from eventapp.pricing import operations


def on_edition_made_from(_sender: Any, *, old: Edition, new: Edition, **_rest: Any) -> None:
    """Give the new edition the old one's price list."""
    operations.copy_prices(old.id, new.id)
