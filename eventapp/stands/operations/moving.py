"""Who has a stand moves to another one, or swaps with somebody."""

from datetime import datetime
from typing import Any

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.stands import queries
from eventapp.stands.errors import AlreadyTheirs, NotTheirs
from eventapp.stands.models import ClaimState, Stand, StandClaim
from eventapp.stands.operations.claiming import claim, tell
from eventapp.stands.operations.waiting import tell_waiting
from eventapp.stands.signals import stands_changing


def move_exhibitor(exhibitor_id: int, from_stand_id: int, to_stand_id: int, *, actor_id: int | None, now: datetime) -> Stand:
    """Give an exhibitor a free stand instead of the one it has, and tell its contact."""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)
        before, after = (_of_edition(stand_id, exhibitor) for stand_id in (from_stand_id, to_stand_id))
        if before.id == after.id:
            raise AlreadyTheirs(stand=after.number)
        theirs = _allocated(queries.claims_on([before.id, after.id]), before, exhibitor_id)
        claim(after, ClaimState.ALLOCATED, exhibitor_id, actor_id=actor_id, now=now)
        tell_waiting(before, theirs, actor_id=actor_id, now=now)
        db.session.delete(theirs)
        db.session.flush()
        _note("stand.moved", exhibitor, before, after, actor_id, now)
    return after


def swap_stands(stand_ids: tuple[int, int], exhibitor_ids: tuple[int, int], *, actor_id: int | None, now: datetime) -> tuple[Stand, Stand]:
    """Give two exhibitors each other's stand, and tell both; who has which must be as the organiser saw it."""
    with transaction():
        people = {exhibitor_id: exhibitor_to_change(exhibitor_id) for exhibitor_id in sorted(set(exhibitor_ids))}
        one, other = (people[exhibitor_id] for exhibitor_id in exhibitor_ids)
        first, second = (_of_edition(stand_id, one) for stand_id in stand_ids)
        if one is other:
            raise AlreadyTheirs(stand=second.number)
        claims = queries.claims_on(stand_ids)
        ours, theirs = _allocated(claims, first, one.id), _allocated(claims, second, other.id)
        for changed, exhibitor in ((ours, other), (theirs, one)):
            changed.exhibitor_id, changed.since, changed.by_user_id = exhibitor.id, now, actor_id
        db.session.flush()
        _note("stand.swapped", one, first, second, actor_id, now)
        _note("stand.swapped", other, second, first, actor_id, now)
    return first, second


def _of_edition(stand_id: int, exhibitor: Exhibitor) -> Stand:
    stand = queries.stand_to_allocate(stand_id)
    if stand.edition_id != exhibitor.edition_id:
        raise NotThere
    return stand


def _allocated(claims: dict[int, StandClaim], stand: Stand, exhibitor_id: int) -> StandClaim:
    """Find the allocation of a stand to an exhibitor, which is about to change."""
    theirs = claims.get(stand.id)
    if theirs is None or theirs.exhibitor_id != exhibitor_id or theirs.state != ClaimState.ALLOCATED:
        raise NotTheirs(stand=stand.number)
    stands_changing.send(exhibitor_id=exhibitor_id)
    return theirs


def _note(action: str, exhibitor: Exhibitor, before: Stand, after: Stand, actor_id: int | None, now: datetime) -> None:
    """Write it into the trail, and tell the contact."""
    at: dict[str, Any] = {"actor_id": actor_id, "at": now, "edition_id": exhibitor.edition_id}
    record(action, "exhibitor", exhibitor.id, **at, stand=after.number, stand_id=after.id, instead_of=before.number)
    record("stand.left", "exhibitor", exhibitor.id, **at, stand=before.number, stand_id=before.id, instead=after.number)
    tell(exhibitor, after, before=before.number)
