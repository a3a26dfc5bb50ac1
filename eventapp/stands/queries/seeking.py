"""What a search for a proposal goes by: who wants a stand and what, which stands there are, who is kept apart."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.stands.assignment import Place, Problem, Seeker, Weights
from eventapp.stands.models import ClaimState, KeptApart, Stand, StandClaim, StandOrigin, StandWish
from eventapp.stands.queries.lines import lives
from eventapp.stands.rules.nearness import neighbours_of_all


def problem_of(edition_id: int, weights: Weights, now: datetime) -> Problem:
    """Load what a search goes by: every accepted exhibitor without a stand, and every stand on the plan."""
    rows = db.session.execute(select(KeptApart.one_id, KeptApart.other_id).where(KeptApart.edition_id == edition_id).order_by(KeptApart.one_id, KeptApart.other_id))
    return Problem(tuple(_seekers(edition_id)), tuple(_places(edition_id, now)), tuple((one, other) for one, other in rows), weights)


def count_seekers(edition_id: int) -> int:
    """Count the accepted exhibitors without a stand."""
    return db.session.scalar(select(func.count()).select_from(Exhibitor).where(*_seeks(edition_id))) or 0


def _seeks(edition_id: int) -> tuple[ColumnElement[bool], ...]:
    has_one = exists().where(StandClaim.exhibitor_id == Exhibitor.id, StandClaim.state == ClaimState.ALLOCATED)
    return Exhibitor.edition_id == edition_id, Exhibitor.state == ApplicationState.ACCEPTED, ~has_one


def _seekers(edition_id: int) -> Iterator[Seeker]:
    wishes, before = _wishes(edition_id), _earlier_editions(edition_id)
    seeking = db.session.scalars(select(Exhibitor).where(*_seeks(edition_id)).order_by(Exhibitor.submitted_at, Exhibitor.id))
    for turn, one in enumerate(seeking):
        wanted: dict[str, Any] = {"kind": one.stand_kind, "area": one.area_wished, "open_sides": one.open_sides_wished, "sector": one.sector}
        yield Seeker(one.id, **wanted, wishes=tuple(wishes[one.id]), editions=before.get(one.organisation_id, 0), turn=turn)


def _wishes(edition_id: int) -> dict[int, list[int]]:
    """List the stands that each exhibitor wished, in order; who wished a part of a stand wished the stand that it became."""
    became: dict[int, list[int]] = defaultdict(list)
    for part, whole in db.session.execute(select(StandOrigin.made_of_id, StandOrigin.stand_id).where(StandOrigin.edition_id == edition_id).order_by(StandOrigin.stand_id)):
        became[part].append(whole)
    there = set(db.session.scalars(select(Stand.id).where(Stand.edition_id == edition_id, Stand.retired_at.is_(None))))
    found: dict[int, list[int]] = defaultdict(list)
    for exhibitor, stand in db.session.execute(select(StandWish.exhibitor_id, StandWish.stand_id).where(StandWish.edition_id == edition_id).order_by(StandWish.rank)):
        found[exhibitor] += [one for one in _now(stand, became, there) if one not in found[exhibitor]]
    return found


def _now(stand: int, became: dict[int, list[int]], there: set[int]) -> list[int]:
    """Say what a stand is now: itself, or what it became; one that was taken off the plan stays what it was."""
    if stand in there or stand not in became:
        return [stand]
    return [one for whole in became[stand] for one in _now(whole, became, there)]


def _earlier_editions(edition_id: int) -> dict[int | None, int]:
    """Count at how many editions before this one each organisation exhibited."""
    this, earlier = aliased(Edition), aliased(Edition)
    query = select(Exhibitor.organisation_id, func.count()).join(earlier, earlier.id == Exhibitor.edition_id).join(this, this.id == edition_id)
    query = query.where(earlier.last_day < this.first_day, Exhibitor.state == ApplicationState.ACCEPTED)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Exhibitor.organisation_id))}


def _places(edition_id: int, now: datetime) -> Iterator[Place]:
    query = select(Stand, StandClaim.state, Exhibitor.id, Exhibitor.sector).outerjoin(StandClaim, and_(StandClaim.stand_id == Stand.id, lives(now)))
    query = query.outerjoin(Exhibitor, Exhibitor.id == StandClaim.exhibitor_id).where(Stand.edition_id == edition_id, Stand.retired_at.is_(None))
    rows = db.session.execute(query.order_by(Stand.id)).all()
    outlines: dict[int, dict[int, list[list[int]]]] = defaultdict(dict)
    for stand, *_claim in rows:
        outlines[stand.hall_id][stand.id] = stand.outline
    beside = {stand: near for hall in outlines.values() for stand, near in neighbours_of_all(hall).items()}
    for stand, state, exhibitor, sector in rows:
        held: dict[str, Any] = {"blocked": state == ClaimState.BLOCKED, "taken_by": exhibitor, "sector": sector or ""}
        yield Place(stand.id, stand.area_m2, stand.kind, stand.open_sides, beside[stand.id], **held)
