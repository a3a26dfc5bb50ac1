"""Holding a stand for some minutes, and what the hold becomes when the application is sent and decided."""

from datetime import datetime, timedelta

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.operations import accept
from eventapp.exhibitors.queries import exhibiting_rules, exhibitor_to_change
from eventapp.exhibitors.rules import ENDED
from eventapp.stands import queries
from eventapp.stands.errors import AlreadyRenewed, HoldRanOut, NoHold, NoHoldsHere, StandBlocked, StandHeld, StandTaken
from eventapp.stands.models import ClaimState, Stand, StandClaim
from eventapp.stands.operations.claiming import allocate_stand, claim, free
from eventapp.stands.operations.waiting import await_end


def hold_stand(stand_id: int, exhibitor_id: int, *, actor_id: int | None, now: datetime) -> StandClaim:
    """Hold a free stand for the edition's number of minutes; the exhibitor's hold before that ends. Holding the same one again changes nothing."""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)
        rules = exhibiting_rules(exhibitor.edition_id)
        stand = queries.stand_to_allocate(stand_id)
        if stand.edition_id != exhibitor.edition_id or exhibitor.state in ENDED:
            raise NotThere
        if not rules.first_come:
            raise NoHoldsHere
        for theirs in queries.claims_of(exhibitor_id):
            if theirs.stand_id == stand_id and (theirs.until is None or theirs.until > now):
                return theirs
            if theirs.state == ClaimState.HELD:
                free(theirs, actor_id, now)
        try:
            claim(stand, ClaimState.HELD, exhibitor_id, until=now + timedelta(minutes=rules.hold_minutes), actor_id=actor_id, now=now)
        except (StandTaken, StandBlocked) as refusal:  # the public is not told whose it is
            raise StandHeld(stand=stand.number) from refusal
        record("stand.held", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number, stand_id=stand.id)
        held = queries.hold_of(exhibitor_id)
        if held is None:
            raise NoHold
    return held


def renew_hold(exhibitor_id: int, *, actor_id: int | None, now: datetime) -> StandClaim:
    """Make a hold longer by the edition's minutes, once, while it lasts."""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)
        held = queries.hold_of(exhibitor_id)
        if held is None or held.until is None or held.until <= now:
            raise NoHold
        if held.renewed:
            raise AlreadyRenewed
        held.until, held.renewed = now + timedelta(minutes=exhibiting_rules(exhibitor.edition_id).hold_minutes), True
        record("stand.hold_renewed", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id)
    return held


def release_hold(exhibitor_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Let the held stand go; nothing happens when none is held."""
    with transaction():
        exhibitor_to_change(exhibitor_id)
        held = queries.hold_of(exhibitor_id)
        if held is not None:
            free(held, actor_id, now)


def settle_hold(exhibitor: Exhibitor, stand_id: int | None, *, actor_id: int | None, now: datetime) -> None:
    """Turn the hold of an application that is sent into an exclusive request, or into an allocation where the edition accepts at once.

    A hold that ran out still counts while nobody else took the stand. `stand_id` is the stand that the applicant believes to hold.
    """
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor.id)
        rules, held = exhibiting_rules(exhibitor.edition_id), queries.hold_of(exhibitor.id)
        if stand_id is not None and (held is None or held.stand_id != stand_id):
            raise HoldRanOut(stand=queries.stand_to_allocate(stand_id).number)
        if held is None:
            return
        held.state, held.since, held.until = ClaimState.REQUESTED, now, now + timedelta(days=rules.request_days)
        db.session.flush()
        await_end(held, now)
        stand = queries.stand_to_allocate(held.stand_id)
        record("stand.requested", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id, stand=stand.number, stand_id=stand.id)
        if rules.accepts_at_once:
            accept(exhibitor.id, actor_id=None, now=now)


def settle_request(exhibitor: Exhibitor, *, actor_id: int | None, now: datetime) -> list[Stand]:
    """Allocate what an accepted exhibitor asked for, and return it for the letter that says so; free what one that was not accepted asked for."""
    given = []
    with transaction():
        for theirs in queries.claims_of(exhibitor.id):
            if theirs.state != ClaimState.REQUESTED:
                continue
            if exhibitor.state == ApplicationState.ACCEPTED:
                given.append(allocate_stand(theirs.stand_id, exhibitor.id, by_letter=False, actor_id=actor_id, now=now))
            else:
                free(theirs, actor_id, now)
    return given
