"""Verbs on an edition's halls."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new
from eventapp.editions import queries, rules
from eventapp.editions.errors import HallCodeTaken
from eventapp.editions.models import Hall
from eventapp.editions.operations.changing import changing
from eventapp.editions.signals import hall_changing, hall_leaving


@dataclass(frozen=True)
class HallPlan:
    """A hall as it is drawn: code, name, width and depth in metres."""

    code: str
    name: Mapping[str, str]
    width_m: Decimal
    depth_m: Decimal

    def checked(self) -> "HallPlan":
        """Return it; refuse an odd code, an odd size, or no name at all."""
        rules.check_code(self.code)
        rules.check_size(self.width_m, self.depth_m)
        rules.check_texts({"name": self.name}, ("name",))
        return self


def add_hall(edition_id: int, plan: HallPlan, *, version: int | None = None, actor_id: int | None, now: datetime) -> Hall:
    """Add a hall; its code is its own in the edition."""
    plan.checked()
    with changing(edition_id, version, actor_id=actor_id, now=now, fields=["halls"], hall=plan.code) as edition:
        position = max((hall.position for hall in edition.halls), default=0) + 1
        row = {"edition_id": edition_id, "code": plan.code, "name": dict(plan.name), "width_m": plan.width_m, "depth_m": plan.depth_m, "position": position}
        if not insert_new(cast("Table", Hall.__table__), [row], ["edition_id", "code"]):
            raise HallCodeTaken(code=plan.code)
        db.session.expire(edition, ["halls"])
        return next(hall for hall in edition.halls if hall.code == plan.code)


def change_hall(edition_id: int, hall_id: int, plan: HallPlan, *, version: int | None = None, actor_id: int | None, now: datetime) -> Hall:
    """Change a hall; stands that would stick out of it refuse."""
    plan.checked()
    with changing(edition_id, version, actor_id=actor_id, now=now, fields=["halls"], hall=plan.code) as edition:
        hall = queries.hall_of_edition(edition_id, hall_id)
        if any(other.code == plan.code for other in edition.halls if other.id != hall_id):
            raise HallCodeTaken(code=plan.code)
        hall.code, hall.name, hall.width_m, hall.depth_m = plan.code, dict(plan.name), plan.width_m, plan.depth_m
        hall_changing.send(hall=hall)
    return hall


def remove_hall(edition_id: int, hall_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Remove a hall that nothing stands in."""
    hall = queries.hall_of_edition(edition_id, hall_id)
    with changing(edition_id, None, actor_id=actor_id, now=now, fields=["halls"], hall=hall.code) as edition:
        hall = queries.hall_of_edition(edition_id, hall_id)
        hall_leaving.send(hall=hall)
        edition.halls.remove(hall)
        record("hall.removed", "hall", hall_id, actor_id=actor_id, at=now, edition_id=edition_id)
