"""Who is on the waiting list is told when a stand that fits the wish becomes free."""

from datetime import datetime, timedelta

from eventapp.audit.trail import record
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.exhibitors.queries import waiting_for
from eventapp.jobs.queue import enqueue
from eventapp.mail.outbox import queue_mail
from eventapp.stands import queries
from eventapp.stands.models import ClaimState, Stand, StandClaim
from eventapp.stands.rules.fitting import fits


def tell_waiting(stand: Stand, ended: StandClaim, *, actor_id: int | None, now: datetime) -> int:
    """Mail everybody on the waiting list whose wish a freed stand fits, each in their language and once for the claim that ended; say how many. Nobody is told after the show."""
    edition = db.session.get_one(Edition, stand.edition_id)
    if wall(now, edition.timezone).date() > edition.last_day:
        return 0
    waiting = [one for one in waiting_for(edition.id, stand.kind) if one.id != ended.exhibitor_id and fits(stand.area_m2, one.area_wished)]
    facts = queries.facts_of_stand(stand)
    facts |= {"path": f"/{edition.slug}/floor-plan/{stand.number}", "contact": edition.contact_email}
    occasion = f"stand-freed-{stand.id}-{ended.since:%Y%m%d%H%M%S%f}"
    told = [
        queue_mail(one.contact_email, "stands/freed", one.language, edition_id=edition.id, key=f"{occasion}-{one.id}", name=one.name(one.language), **facts)
        for one in waiting
        if not one.is_example
    ]
    count = sum(mail is not None for mail in told)
    if count:
        record("stand.waiting_told", "stand", stand.id, actor_id=actor_id, at=now, edition_id=edition.id, stand=stand.number, stand_id=stand.id, count=count)
    return count


def await_end(claim: StandClaim, now: datetime) -> None:
    """Have the worker look when a request ends by itself."""
    if claim.until is not None:
        enqueue("stands.tell_of_ended_request", claim.stand_id, claim.exhibitor_id, run_at=clock.real_now() + (claim.until - now) + timedelta(seconds=1))


def tell_of_ended_request(stand_id: int, exhibitor_id: int, *, now: datetime) -> None:
    """Tell the waiting list of a stand whose request ran out; one that was decided, or runs longer, is left alone. The request still counts while nobody else takes the stand."""
    with transaction():
        asked = queries.claim_to_change(stand_id)
        if asked is None or asked.exhibitor_id != exhibitor_id or asked.state != ClaimState.REQUESTED or asked.until is None:
            return
        if asked.until > now:
            await_end(asked, now)
            return
        tell_waiting(queries.stand_to_allocate(stand_id), asked, actor_id=None, now=now)
