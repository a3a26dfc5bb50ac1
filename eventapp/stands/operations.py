"""Verbs on stands."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.editions.models import Edition, Hall
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.mail.outbox import queue_mail
from eventapp.stands import queries, rules
from eventapp.stands.errors import AlreadyTheirs, ExhibitorNotAccepted, NotTheirs, StandNumberTaken, StandTaken
from eventapp.stands.models import Stand, StandClaim, StandWish

_CLAIMS = cast("Table", StandClaim.__table__)


def add_stand(  # noqa: PLR0913 - a rectangle and its two kinds
    hall: Hall, number: str, *, x_m: Decimal, y_m: Decimal, width_m: Decimal, depth_m: Decimal, open_sides: int, kind: str, actor_id: int | None, now: datetime
) -> Stand:
    """Add a stand to a hall: a rectangle in metres from the hall's corner."""
    number = rules.stand_number(number)
    values = {"edition_id": hall.edition_id, "hall_id": hall.id, "number": number, "x_m": x_m, "y_m": y_m, "width_m": width_m, "depth_m": depth_m}
    with transaction():
        if not insert_new(cast("Table", Stand.__table__), [{**values, "open_sides": open_sides, "kind": kind}], ["edition_id", "number"]):
            raise StandNumberTaken(stand=number)
        stand = queries.stand_numbered(hall.edition_id, number)
        record("stand.added", "stand", stand.id, actor_id=actor_id, at=now, edition_id=hall.edition_id)
    return stand


def allocate_stand(stand_id: int, exhibitor_id: int, *, seen: str | None = None, actor_id: int | None, now: datetime) -> Stand:
    """Give a stand to an accepted exhibitor of the same edition; the key lets one exhibitor have it, however many ask at once.

    `seen` is the mark of the stands that the organiser's page showed as the exhibitor's.
    """
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)  # so that it is not withdrawn meanwhile
        stand = queries.stand_to_allocate(stand_id)
        if stand.edition_id != exhibitor.edition_id:
            raise NotThere
        if exhibitor.state != ApplicationState.ACCEPTED:
            raise ExhibitorNotAccepted(name=exhibitor.public_name)
        if seen is not None and seen != queries.mark_of_stands(exhibitor_id):
            raise ChangedMeanwhile
        claim = {"stand_id": stand_id, "edition_id": stand.edition_id, "exhibitor_id": exhibitor_id, "state": "allocated", "since": now, "by_user_id": actor_id}
        if not insert_new(_CLAIMS, [claim], ["stand_id"]):
            raise _taken(stand, exhibitor)
        record("stand.allocated", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number)
        if not exhibitor.is_example:
            _tell(exhibitor, stand)
    return stand


def _taken(stand: Stand, exhibitor: Exhibitor) -> StandTaken | AlreadyTheirs:
    holder = queries.holder_of(stand.id)
    if holder and holder[0] == exhibitor.id:
        return AlreadyTheirs(stand=stand.number)
    return StandTaken(stand=stand.number, by=holder[1] if holder else "…")


def _tell(exhibitor: Exhibitor, stand: Stand) -> None:
    """Tell the contact which stand it is."""
    edition = db.session.get_one(Edition, exhibitor.edition_id)
    facts: dict[str, Any] = {"stand": stand.number, "hall": db.session.get_one(Hall, stand.hall_id).name, "area": float(stand.area_m2), "open_sides": stand.open_sides}
    path = f"/exhibitor/{edition.slug}/{exhibitor.id}/"
    queue_mail(exhibitor.contact_email, "stands/allocated", exhibitor.language, edition_id=edition.id, name=exhibitor.public_name, path=path, **facts)


def free_stand(stand_id: int, exhibitor_id: int | None = None, *, actor_id: int | None, now: datetime) -> Stand:
    """Take a stand back; with an exhibitor, only from that one."""
    with transaction():
        stand = queries.stand_to_allocate(stand_id)
        claim = queries.claim_to_change(stand_id)
        if claim is None or exhibitor_id not in {None, claim.exhibitor_id}:
            raise NotTheirs(stand=stand.number)
        _free(claim, actor_id, now)
    return stand


def free_stands_of(exhibitor_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Take back every stand of an exhibitor."""
    with transaction():
        for claim in queries.claims_of(exhibitor_id):
            _free(claim, actor_id, now)


def _free(claim: StandClaim, actor_id: int | None, now: datetime) -> None:
    number = queries.stand_to_allocate(claim.stand_id).number
    record("stand.freed", "exhibitor", claim.exhibitor_id, actor_id=actor_id, at=now, edition_id=claim.edition_id, stand=number)
    db.session.delete(claim)
    db.session.flush()


def keep_wishes(exhibitor: Exhibitor, stand_ids: Sequence[int]) -> None:
    """Keep the stands that an exhibitor wishes, in order; they must be of its edition, and a wish blocks nothing."""
    wished = list(dict.fromkeys(stand_ids))
    with transaction():
        if len(queries.lines_of(exhibitor.edition_id, wished)) != len(wished):
            raise NotThere
        db.session.add_all(StandWish(exhibitor_id=exhibitor.id, stand_id=stand_id, edition_id=exhibitor.edition_id, rank=rank) for rank, stand_id in enumerate(wished, start=1))


def copy_stands(old_edition_id: int, new: Edition) -> None:
    """Give a new edition the stands of an old one, in the halls of the same code."""
    halls = {hall.code: hall.id for hall in new.halls}
    with transaction():
        for stand, code in queries.stands_to_copy(old_edition_id):
            if code in halls:
                shape = {"x_m": stand.x_m, "y_m": stand.y_m, "width_m": stand.width_m, "depth_m": stand.depth_m, "open_sides": stand.open_sides, "kind": stand.kind}
                db.session.add(Stand(edition_id=new.id, hall_id=halls[code], number=stand.number, **shape))
