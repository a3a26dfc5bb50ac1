"""What happens to invoices when something happens below, in the same transaction."""

from datetime import datetime
from typing import Any

from eventapp.exhibitors.models import Exhibitor
from eventapp.invoicing import operations, queries
from eventapp.invoicing.errors import PriceBilled
from eventapp.pricing.models import PriceItem


def on_exhibitor_withdrawn(_sender: Any, *, exhibitor: Exhibitor, actor_id: int | None, now: datetime) -> None:
    """Credit what the withdrawing exhibitor does not owe any more."""
    operations.credit_withdrawn(exhibitor, actor_id=actor_id, now=now)


def on_withdrawal_asked(_sender: Any, *, exhibitor: Exhibitor, now: datetime) -> dict[str, Any]:
    """Say for the letter what a withdrawal costs."""
    return {"money": operations.words_on(exhibitor, now=now)}


def on_price_leaving(_sender: Any, *, item: PriceItem) -> None:
    """Keep a price that invoices or contracts name: they say where it came from."""
    if queries.names_price(item.edition_id, item.code):
        raise PriceBilled(code=item.code)


def on_stands_changing(_sender: Any, *, exhibitor_id: int) -> None:
    """Refuse to change the stands that a balance invoice lists."""
    operations.keep_invoiced_stands(exhibitor_id)
