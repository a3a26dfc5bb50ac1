"""What happens to exhibitors when something happens below, in the same transaction."""

from datetime import datetime
from typing import Any

from eventapp.accounts.models import Invitation, User
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, queries
from eventapp.exhibitors.errors import PriceOrdered
from eventapp.exhibitors.operations.papers import copy_documents
from eventapp.pricing.models import PriceItem


def on_invitation_accepted(_sender: Any, *, invitation: Invitation, user: User, now: datetime) -> None:
    """Let the invited colleague act for the exhibitor."""
    if invitation.kind == "exhibitor":
        operations.add_member(invitation.subject["exhibitor_id"], user.id, now=now)


def on_price_leaving(_sender: Any, *, item: PriceItem) -> None:
    """Keep a price that somebody ordered at."""
    if queries.is_ordered(item.id):
        raise PriceOrdered(code=item.code)


def on_edition_made_from(_sender: Any, *, old: Edition, new: Edition, **_rest: Any) -> None:
    """Give the new edition the old one's rules, its conditions and what it asked to be provided."""
    operations.copy_settings(old.id, new.id, now=new.created_at)
    copy_documents(old.id, new.id, new.first_day - old.first_day, now=new.created_at)
