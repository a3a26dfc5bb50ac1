"""What doctor asks about stands."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, func, or_, select

from eventapp.core.db import db
from eventapp.editions.models import Hall
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.jobs.models import Job
from eventapp.stands.models import UNDER_WAY, AssignmentRun, ClaimState, KeptApart, Stand, StandCell, StandClaim, StandWish
from eventapp.stands.rules import shapes


def _with_names(*where: Any) -> Sequence[Row[*tuple[Any, ...]]]:
    query: Select[*tuple[Any, ...]] = select(Stand.number, Exhibitor.id).join(StandClaim, StandClaim.stand_id == Stand.id).join(Exhibitor, Exhibitor.id == StandClaim.exhibitor_id)
    return db.session.execute(query.where(*where)).all()


def sold_twice() -> list[str]:
    """List stands with more than one claim: a breach."""
    query = select(StandClaim.stand_id, func.count()).group_by(StandClaim.stand_id).having(func.count() > 1)
    return [f"stand {stand_id} is allocated {count} times" for stand_id, count in db.session.execute(query)]


def allocated_to_others_than_accepted() -> list[str]:
    """List allocations to exhibitors that are not accepted: a breach."""
    return [
        f"stand {number} is allocated to exhibitor {exhibitor_id}, which is not accepted"
        for number, exhibitor_id in _with_names(StandClaim.state == ClaimState.ALLOCATED, Exhibitor.state != ApplicationState.ACCEPTED)
    ]


def allocated_across_editions() -> list[str]:
    """List allocations and wishes whose stand and exhibitor are of two editions: a breach."""
    wishes: Select[*tuple[Any, ...]] = select(Stand.number, Exhibitor.id).join(StandWish, StandWish.stand_id == Stand.id).join(Exhibitor, Exhibitor.id == StandWish.exhibitor_id)
    both = [*_with_names(Exhibitor.edition_id != Stand.edition_id), *db.session.execute(wishes.where(Exhibitor.edition_id != Stand.edition_id))]
    return [f"stand {number} and exhibitor {exhibitor_id} are of two editions" for number, exhibitor_id in both]


def held_by_the_gone() -> list[str]:
    """List holds and requests of applications that are over: a breach."""
    gone = and_(StandClaim.state.in_([ClaimState.HELD, ClaimState.REQUESTED]), Exhibitor.state.in_([ApplicationState.WITHDRAWN, ApplicationState.REFUSED]))
    return [f"stand {number} is kept for exhibitor {exhibitor_id}, whose application is over" for number, exhibitor_id in _with_names(gone)]


def wrong_cells() -> list[str]:
    """List stands whose cells are not those of their outline, and stands off the plan that are on it: a breach."""
    covered: dict[int, set[shapes.Cell]] = defaultdict(set)
    for stand_id, x, y in db.session.execute(select(StandCell.stand_id, StandCell.x, StandCell.y)):
        covered[stand_id].add((x, y))
    found = []
    for stand in db.session.scalars(select(Stand).order_by(Stand.id)):
        expected = set(shapes.cells_of(stand.outline)) if stand.retired_at is None else set()
        if covered[stand.id] != expected:
            found.append(f"stand {stand.number} covers {len(covered[stand.id])} cells, its outline has {len(expected)}")
        elif stand.area_m2 != shapes.area_m2(stand.outline):
            found.append(f"stand {stand.number} says {stand.area_m2} m2, its outline has {shapes.area_m2(stand.outline)}")
    return found


def outside_their_halls() -> list[str]:
    """List stands that leave their hall: a breach."""
    outside = or_(StandCell.x >= Hall.width_m * 2, StandCell.y >= Hall.depth_m * 2)
    query = select(Stand.number, Hall.code).join(StandCell, StandCell.stand_id == Stand.id).join(Hall, Hall.id == StandCell.hall_id).where(outside).distinct()
    return [f"stand {number} leaves hall {code}" for number, code in db.session.execute(query)]


def searches_without_a_job() -> list[str]:
    """List searches under way that no worker will take up: a breach."""
    asked = {job.arguments[0] for job in db.session.scalars(select(Job).where(Job.task == "stands.propose", Job.state.in_(["waiting", "running"])))}
    under_way = db.session.scalars(select(AssignmentRun.id).where(AssignmentRun.state.in_(UNDER_WAY)).order_by(AssignmentRun.id))
    return [f"search {run} for stands is under way and has no job" for run in under_way if run not in asked]


def pairs_in_disorder() -> list[str]:
    """List pairs kept apart that are written the wrong way round, so that one could be there twice: a breach."""
    query = select(KeptApart.one_id, KeptApart.other_id).where(KeptApart.one_id > KeptApart.other_id)
    return [f"exhibitors {one} and {other} are kept apart with the larger number first" for one, other in db.session.execute(query)]
