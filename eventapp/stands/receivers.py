"""What happens to stands when something happens below, in the same transaction."""

from datetime import datetime
from typing import Any

from eventapp.core.db import db
from eventapp.core.zones import wall
from eventapp.editions.models import Edition, Hall
from eventapp.exhibitors.models import Exhibitor
from eventapp.stands import operations, queries
from eventapp.stands.errors import HallHasStands, StandsStickOut


def on_exhibitor_submitted(_sender: Any, *, exhibitor: Exhibitor, wishes: tuple[int, ...], held: int | None, now: datetime) -> dict[str, Any]:
    """Keep the stands wished, and turn the hold into a request; the letter names it."""
    operations.keep_wishes(exhibitor, wishes)
    operations.settle_hold(exhibitor, held, actor_id=None, now=now)
    asked = queries.request_of(exhibitor.id, now)
    if asked is None:
        return {}
    until = wall(asked.until, db.session.get_one(Edition, exhibitor.edition_id).timezone).date()
    return {"requested": queries.facts_of_stand(queries.stand_to_allocate(asked.stand.id)) | {"until": until.isoformat()}}


def on_exhibitor_decided(_sender: Any, *, exhibitor: Exhibitor, actor_id: int | None, now: datetime) -> dict[str, Any]:
    """Allocate or free the stand that was asked for; the letter names what is allocated."""
    given = operations.settle_request(exhibitor, actor_id=actor_id, now=now)
    return {"allocated": [queries.facts_of_stand(stand) for stand in given]} if given else {}


def on_exhibitor_withdrawn(_sender: Any, *, exhibitor: Exhibitor, actor_id: int | None, now: datetime) -> None:
    """Free the stands of who withdraws."""
    operations.free_stands_of(exhibitor.id, actor_id=actor_id, now=now)


def on_exhibitors_leaving(_sender: Any, *, exhibitor_ids: set[int]) -> None:
    """Forget what was wished by exhibitors that are removed with the import that brought them."""
    operations.forget_wishes(exhibitor_ids)


def on_edition_made_from(_sender: Any, *, old: Edition, new: Edition, **_rest: Any) -> None:
    """Give the new edition the old one's floor."""
    operations.copy_floor(old.id, new)


def on_hall_changing(_sender: Any, *, hall: Hall) -> None:
    """Refuse a hall that its stands would stick out of."""
    outside = queries.stands_outside(hall)
    if outside:
        raise StandsStickOut(stands=", ".join(outside))


def on_hall_leaving(_sender: Any, *, hall: Hall) -> None:
    """Refuse to remove a hall in which stands are."""
    count = queries.count_in_hall(hall.id)
    if count:
        raise HallHasStands(count=count, hall=hall.code)
