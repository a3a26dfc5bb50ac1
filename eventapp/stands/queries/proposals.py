"""Searches, what they proposed, and what stands in the way of accepting it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.editions.models import Hall
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.stands.models import UNDER_WAY, AssignmentLine, AssignmentRun, ClaimState, KeptApart, Stand, StandClaim
from eventapp.stands.queries.lines import lives


@dataclass(frozen=True)
class ProposalLine:
    """What a proposal gives one exhibitor, as the page shows it, and what stands in the way of accepting it."""

    exhibitor: Exhibitor
    stand: Stand | None
    hall: dict[str, str] | None
    kept: str
    by_hand: bool
    reason: dict[str, Any]
    accepted_at: datetime | None
    is_allocated: bool  # as this proposal was accepted, and not changed since
    obstacle: str = ""  # "taken", "blocked", "off the plan", "not accepted", "has another"
    taken_by: str | None = None

    @property
    def can_be_accepted(self) -> bool:
        """Say whether the exhibitor can get the stand now."""
        return self.stand is not None and self.accepted_at is None and not self.obstacle

    @property
    def area_m2(self) -> Decimal | None:
        """Give the stand's net area."""
        return self.stand.area_m2 if self.stand else None


def run_of_edition(edition_id: int, run_id: int) -> AssignmentRun:
    """Load a search of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(AssignmentRun).where(AssignmentRun.id == run_id, AssignmentRun.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def run_to_change(run_id: int) -> AssignmentRun:
    """Load a search as it is now, locked until the operation ends."""
    found = db.session.scalar(select(AssignmentRun).where(AssignmentRun.id == run_id).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def run_under_way(edition_id: int) -> AssignmentRun | None:
    """Find the search of an edition that has not ended."""
    query = select(AssignmentRun).where(AssignmentRun.edition_id == edition_id, AssignmentRun.state.in_(UNDER_WAY))
    return db.session.scalar(query.execution_options(populate_existing=True))


def runs_of(edition_id: int, most: int = 20) -> list[tuple[AssignmentRun, str | None, int]]:
    """List the last searches of an edition, who asked for each, and how many of its lines are accepted, the latest first."""
    accepted = select(func.count()).select_from(AssignmentLine).where(AssignmentLine.run_id == AssignmentRun.id, AssignmentLine.accepted_at.is_not(None)).scalar_subquery()
    query = select(AssignmentRun, User.name, accepted).outerjoin(User, User.id == AssignmentRun.by_user_id).where(AssignmentRun.edition_id == edition_id)
    rows: Any = db.session.execute(query.order_by(AssignmentRun.id.desc()).limit(most))
    return [(row[0], row[1], row[2]) for row in rows]


def lines_to_change(run_id: int) -> Sequence[AssignmentLine]:
    """Load the lines of a search, whose row is locked, as they are now."""
    query = select(AssignmentLine).where(AssignmentLine.run_id == run_id).order_by(AssignmentLine.exhibitor_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).all()


def line_of_run(run_id: int, exhibitor_id: int) -> AssignmentLine:
    """Load one line of a search."""
    found = db.session.get(AssignmentLine, (run_id, exhibitor_id))
    if found is None:
        raise NotThere
    return found


def proposal_lines(run_id: int, now: datetime) -> list[ProposalLine]:
    """List the lines of a search by name, each with what stands in its way, in one statement."""
    holder = aliased(Exhibitor)
    has_another = exists().where(StandClaim.exhibitor_id == AssignmentLine.exhibitor_id, StandClaim.state == ClaimState.ALLOCATED, StandClaim.stand_id != AssignmentLine.stand_id)
    query: Select[*tuple[Any, ...]] = select(AssignmentLine, Exhibitor, Stand, Hall.name, StandClaim, holder.public_name, has_another.correlate(AssignmentLine))
    query = query.join(Exhibitor, Exhibitor.id == AssignmentLine.exhibitor_id).outerjoin(Stand, Stand.id == AssignmentLine.stand_id).outerjoin(Hall, Hall.id == Stand.hall_id)
    query = query.outerjoin(StandClaim, and_(StandClaim.stand_id == Stand.id, lives(now))).outerjoin(holder, holder.id == StandClaim.exhibitor_id)
    rows = db.session.execute(query.where(AssignmentLine.run_id == run_id).order_by(Exhibitor.folded, Exhibitor.id))
    return [_proposal_line(*row) for row in rows]


def _proposal_line(
    line: AssignmentLine, exhibitor: Exhibitor, stand: Stand | None, hall: dict[str, str] | None, claim: StandClaim | None, by: str | None, another: bool
) -> ProposalLine:
    as_accepted = claim is not None and (claim.exhibitor_id, claim.state, claim.since) == (line.exhibitor_id, ClaimState.ALLOCATED, line.accepted_at)
    obstacle = "" if stand is None or line.accepted_at is not None else _obstacle(exhibitor, stand, claim, another=another)
    return ProposalLine(exhibitor, stand, hall, line.kept, line.by_hand, line.reason, line.accepted_at, as_accepted, obstacle, by if obstacle == "taken" else None)


def _obstacle(exhibitor: Exhibitor, stand: Stand, claim: StandClaim | None, *, another: bool) -> str:
    if exhibitor.state != ApplicationState.ACCEPTED:
        return "not accepted"
    if stand.retired_at is not None:
        return "off the plan"
    if claim is not None:
        return "blocked" if claim.state == ClaimState.BLOCKED else "has another" if claim.exhibitor_id == exhibitor.id else "taken"
    return "has another" if another else ""


def stand_numbers(stand_ids: Collection[int]) -> dict[int, str]:
    """Say how stands are numbered, on the plan or not."""
    return {row[0]: row[1] for row in db.session.execute(select(Stand.id, Stand.number).where(Stand.id.in_(stand_ids)))}


def exhibitors_named(exhibitor_ids: Collection[int]) -> dict[int, Exhibitor]:
    """Load exhibitors by their ids, to name them."""
    return {one.id: one for one in db.session.scalars(select(Exhibitor).where(Exhibitor.id.in_(exhibitor_ids)))}


@dataclass(frozen=True)
class Told:
    """Why an exhibitor has its stand, and the names of those whose stand is public too."""

    line: AssignmentLine
    stand: Stand
    exhibitors: dict[int, Exhibitor]
    numbers: dict[int, str]


def why_of(exhibitor_id: int) -> Told | None:
    """Find the proposal by which an exhibitor has its stand; None when it got it otherwise, or another one since."""
    as_accepted = and_(StandClaim.stand_id == AssignmentLine.stand_id, StandClaim.exhibitor_id == AssignmentLine.exhibitor_id, StandClaim.since == AssignmentLine.accepted_at)
    query = select(AssignmentLine, Stand).join(StandClaim, as_accepted).join(Stand, Stand.id == AssignmentLine.stand_id)
    query = query.where(AssignmentLine.exhibitor_id == exhibitor_id, StandClaim.state == ClaimState.ALLOCATED)
    row = db.session.execute(query.order_by(AssignmentLine.run_id.desc()).limit(1)).first()
    if row is None:
        return None
    line, stand = row
    missed = line.reason.get("missed", [])
    placed = exists().where(StandClaim.exhibitor_id == Exhibitor.id, StandClaim.state == ClaimState.ALLOCATED)
    people = {one["by"] for one in missed if one["by"]} | set(line.reason.get("neighbours", []))
    public = {one.id: one for one in db.session.scalars(select(Exhibitor).where(Exhibitor.id.in_(people), placed))}
    return Told(line, stand, public, stand_numbers({one["place"] for one in missed}))


def pairs_apart(edition_id: int) -> list[tuple[Exhibitor, Exhibitor]]:
    """List who is kept apart from whom, by name."""
    one, other = aliased(Exhibitor), aliased(Exhibitor)
    query = select(one, other).join(KeptApart, KeptApart.one_id == one.id).join(other, other.id == KeptApart.other_id).where(KeptApart.edition_id == edition_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(one.folded, other.folded))]


def exhibitors_to_keep_apart(edition_id: int) -> list[Exhibitor]:
    """List the exhibitors that take part or may, by name."""
    living = (ApplicationState.SUBMITTED, ApplicationState.WAITLISTED, ApplicationState.ACCEPTED)
    return list(db.session.scalars(select(Exhibitor).where(Exhibitor.edition_id == edition_id, Exhibitor.state.in_(living)).order_by(Exhibitor.folded, Exhibitor.id)))
