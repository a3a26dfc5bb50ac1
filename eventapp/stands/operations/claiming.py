"""Giving stands away and taking them back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.mail.outbox import queue_mail
from eventapp.stands import queries
from eventapp.stands.errors import AlreadyTheirs, ExhibitorNotAccepted, NotTheirs, OffThePlan, StandBlocked, StandTaken
from eventapp.stands.models import ClaimState, Stand, StandClaim, StandWish
from eventapp.stands.operations.waiting import tell_waiting
from eventapp.stands.rules import shapes
from eventapp.stands.signals import stands_changing

_CLAIMS = cast("Table", StandClaim.__table__)


def allocate_stand(stand_id: int, exhibitor_id: int, *, seen: str | None = None, by_letter: bool = True, actor_id: int | None, now: datetime) -> Stand:
    """Give a stand to an accepted exhibitor of the same edition; the key lets one exhibitor have it, however many ask at once.

    `seen` is the mark of the stands that the organiser's page showed as the exhibitor's. The contact is told by a letter of its own, unless another one says it.
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
        stands_changing.send(exhibitor_id=exhibitor.id)
        claim(stand, ClaimState.ALLOCATED, exhibitor.id, actor_id=actor_id, now=now)
        record("stand.allocated", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number, stand_id=stand.id)
        if by_letter:
            tell(exhibitor, stand)
    return stand


def claim(stand: Stand, state: ClaimState, exhibitor_id: int | None, *, until: datetime | None = None, reason: str = "", actor_id: int | None, now: datetime) -> None:
    """Claim a stand by its key; what has ended of itself, or is the exhibitor's own, gives way. Refuse by who has it."""
    queries.drop_ended_claims([stand.id], now)
    row = {"stand_id": stand.id, "edition_id": stand.edition_id, "exhibitor_id": exhibitor_id, "state": state.value, "since": now, "until": until}
    if insert_new(_CLAIMS, [{**row, "renewed": False, "reason": reason, "by_user_id": actor_id}], ["stand_id"]):
        if not queries.is_on_plan(stand.id):  # it was taken off while this waited
            raise OffThePlan(stand=stand.number)
        return
    theirs = queries.claim_to_change(stand.id)
    if theirs is None or theirs.exhibitor_id != exhibitor_id or exhibitor_id is None:
        raise taken(stand, theirs)
    if theirs.state == ClaimState.ALLOCATED:
        raise AlreadyTheirs(stand=stand.number)
    theirs.state, theirs.since, theirs.until, theirs.by_user_id = state, now, until, actor_id
    db.session.flush()


def taken(stand: Stand, theirs: StandClaim | None) -> StandTaken | StandBlocked:
    """Say why a stand cannot be had: blocked, or whose it is."""
    if theirs is not None and theirs.state == ClaimState.BLOCKED:
        return StandBlocked(stand=stand.number)
    holder = queries.holder_of(stand.id)
    return StandTaken(stand=stand.number, by=holder[1] if holder else "…")


def tell(exhibitor: Exhibitor, stand: Stand, *, before: str | None = None, drawn_before: Mapping[str, Any] | None = None) -> None:
    """Tell the contact which stand it is, and instead of which one, or how the same one was drawn before."""
    if exhibitor.is_example:
        return
    edition = db.session.get_one(Edition, exhibitor.edition_id)
    facts = queries.facts_of_stand(stand)
    path = f"/exhibitor/{edition.slug}/{exhibitor.id}/"
    facts |= {"before": before} if before else {}
    template = "stands/moved" if before else "stands/allocated"
    if drawn_before:
        template = "stands/redrawn"
        facts |= {"kind": stand.kind, "area_before": float(shapes.area_m2(drawn_before["outline"])), "open_sides_before": len(drawn_before["open_on"])}
    queue_mail(exhibitor.contact_email, template, exhibitor.language, edition_id=edition.id, name=exhibitor.public_name, path=path, **facts)


def free_stand(stand_id: int, exhibitor_id: int | None = None, *, actor_id: int | None, now: datetime) -> Stand:
    """Take a stand back; with an exhibitor, only from that one."""
    with transaction():
        stand = queries.stand_to_allocate(stand_id)
        theirs = queries.claim_to_change(stand_id)
        if theirs is None or theirs.exhibitor_id is None or exhibitor_id not in {None, theirs.exhibitor_id}:
            raise NotTheirs(stand=stand.number)
        free(theirs, actor_id, now)
    return stand


def free_stands_of(exhibitor_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Take back every stand of an exhibitor, whether allocated, requested or held."""
    with transaction():
        for theirs in queries.claims_of(exhibitor_id):
            free(theirs, actor_id, now)


def free(theirs: StandClaim, actor_id: int | None, now: datetime) -> None:
    """End an exhibitor's claim."""
    verb = {ClaimState.HELD: "stand.released", ClaimState.REQUESTED: "stand.request_ended"}.get(ClaimState(theirs.state), "stand.freed")
    stand = queries.stand_to_allocate(theirs.stand_id)
    if theirs.state == ClaimState.ALLOCATED:
        stands_changing.send(exhibitor_id=theirs.exhibitor_id)
    record(verb, "exhibitor", cast("int", theirs.exhibitor_id), actor_id=actor_id, at=now, edition_id=theirs.edition_id, stand=stand.number, stand_id=stand.id)
    if theirs.state != ClaimState.HELD:  # a hold of some minutes takes no stand off the list
        tell_waiting(stand, theirs, actor_id=actor_id, now=now)
    db.session.delete(theirs)
    db.session.flush()


def block_stand(stand_id: int, reason: str, *, actor_id: int | None, now: datetime) -> Stand:
    """Keep a free stand for nobody, for a reason."""
    with transaction():
        stand = queries.stand_to_allocate(stand_id)
        claim(stand, ClaimState.BLOCKED, None, reason=reason, actor_id=actor_id, now=now)
        record("stand.blocked", "stand", stand.id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number, stand_id=stand.id)
    return stand


def unblock_stand(stand_id: int, *, actor_id: int | None, now: datetime) -> Stand:
    """Let a blocked stand be had again; one that is not blocked stays as it is."""
    with transaction():
        stand = queries.stand_to_allocate(stand_id)
        blocked = queries.claim_to_change(stand_id)
        if blocked is not None and blocked.state == ClaimState.BLOCKED:
            db.session.delete(blocked)
            record("stand.unblocked", "stand", stand.id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number, stand_id=stand.id)
    return stand


def forget_wishes(exhibitor_ids: Collection[int]) -> None:
    """Forget what exhibitors wished who are about to be removed."""
    with transaction():
        db.session.execute(delete(StandWish).where(StandWish.exhibitor_id.in_(exhibitor_ids)))


def keep_wishes(exhibitor: Exhibitor, stand_ids: Sequence[int]) -> None:
    """Keep the stands that an exhibitor wishes, in order; they must be of its edition, and a wish blocks nothing."""
    wished = list(dict.fromkeys(stand_ids))
    if not wished:
        return
    with transaction():
        if len(queries.lines_of(exhibitor.edition_id, wished)) != len(wished):
            raise NotThere
        db.session.add_all(StandWish(exhibitor_id=exhibitor.id, stand_id=stand_id, edition_id=exhibitor.edition_id, rank=rank) for rank, stand_id in enumerate(wished, start=1))
