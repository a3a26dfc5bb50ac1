"""The price list of an edition."""

from datetime import datetime

from eventapp.demo.rules import prices as rules
from eventapp.editions.models import Edition
from eventapp.pricing.operations import add_price, set_quota, set_terms


def add_prices(edition: Edition, actor_id: int, now: datetime) -> None:
    """Give an edition its price list, its terms and its badge table."""
    for plan in rules.PRICES:
        add_price(edition.id, plan, actor_id=actor_id, now=now)
    set_terms(edition.id, rules.TERMS, actor_id=actor_id, now=now)
    set_quota(edition.id, rules.QUOTA, rules.EXTRA_BADGE, actor_id=actor_id, now=now)
