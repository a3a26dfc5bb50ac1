"""The floor plan as it is now: halls, what is drawn in them, and who has which stand."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import and_, func, select

from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.editions.models import Hall
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.organisations.models import Organisation
from eventapp.stands.models import ClaimState, FloorFeature, Stand, StandClaim
from eventapp.stands.queries.lines import hold_of, lives
from eventapp.stands.rules import shapes
from eventapp.stands.rules.likeness import Candidate, nearest_like

FREE = "free"
_AROUND_M = 18


@dataclass(frozen=True)
class PlanStand:
    """A stand on the plan; the public is told who has it only once it is allocated."""

    id: int
    number: str
    hall_id: int
    outline: Sequence[Sequence[int]]
    area_m2: Decimal
    open_on: str
    kind: str
    state: str
    exhibitor_id: int | None = None
    name: str = ""
    name_ar: str | None = None
    sector: str = ""
    country: str = ""
    version: int = 1
    since: datetime | None = None
    until: datetime | None = None
    reason: str = ""
    is_sent: bool = True

    @property
    def open_sides(self) -> int:
        """Count the open sides."""
        return len(self.open_on)

    @property
    def path(self) -> str:
        """Write the outline for SVG, in metres."""
        return shapes.path(self.outline)

    @property
    def open_path(self) -> str:
        """Write the open sides for SVG, in metres."""
        return "".join(f"M{one[0] / 2:g} {one[1] / 2:g}L{other[0] / 2:g} {other[1] / 2:g}" for face, one, other in shapes.edges(self.outline) if face in self.open_on)

    @property
    def box_m(self) -> tuple[float, float, float, float]:
        """Give x, y, width and depth of the box around, in metres."""
        left, back, right, front = shapes.box(self.outline)
        return left / 2, back / 2, (right - left) / 2, (front - back) / 2

    @property
    def middle_m(self) -> tuple[float, float]:
        """Give the middle of the widest part, in metres: where the number is written."""
        x, y, width, depth = shapes.heart(self.outline)
        return x / 2 + width / 4, y / 2 + depth / 4

    @property
    def room_m(self) -> tuple[float, float]:
        """Give width and depth of the widest part, in metres."""
        _x, _y, width, depth = shapes.heart(self.outline)
        return width / 2, depth / 2

    def name_for(self, language: str) -> str:
        """Write who has the stand, in Arabic for an Arabic reader where it is known."""
        return (self.name_ar if language == "ar" else None) or self.name

    @property
    def candidate(self) -> Candidate:
        """Give what likeness needs."""
        return Candidate(self.id, self.hall_id, self.middle_m, self.area_m2, self.open_sides, self.kind)


@dataclass(frozen=True)
class PlanFeature:
    """An aisle, a pillar, a door, a wall or a service."""

    id: int
    kind: str
    outline: Sequence[Sequence[int]]
    label: dict[str, str]

    @property
    def path(self) -> str:
        """Write the outline for SVG, in metres."""
        return shapes.path(self.outline)

    @property
    def middle_m(self) -> tuple[float, float]:
        """Give the middle of the box around, in metres."""
        left, back, right, front = shapes.box(self.outline)
        return (left + right) / 4, (back + front) / 4

    @property
    def upright(self) -> bool:
        """Say whether it is deeper than wide."""
        left, back, right, front = shapes.box(self.outline)
        return front - back > right - left


@dataclass(frozen=True)
class PlanHall:
    """A hall with what is drawn in it."""

    id: int
    code: str
    name: dict[str, str]
    width_m: Decimal
    depth_m: Decimal
    stands: list[PlanStand]
    features: list[PlanFeature]

    def window(self, stand: PlanStand) -> tuple[float, float, float, float]:
        """Give x, y, width and depth of what is shown around a stand, in metres: the stand with its surroundings, within the hall."""
        x, y, width, depth = stand.box_m
        whole_width, whole_depth = float(self.width_m) + 2, float(self.depth_m) + 2
        seen_width, seen_depth = min(width + _AROUND_M, whole_width), min(depth + _AROUND_M * 2 / 3, whole_depth)
        left, back = x + width / 2 - seen_width / 2, y + depth / 2 - seen_depth / 2
        return min(max(left, -1), whole_width - 1 - seen_width), min(max(back, -1), whole_depth - 1 - seen_depth), seen_width, seen_depth


def floor_plan(edition_id: int, now: datetime, *, for_desk: bool = False) -> list[PlanHall]:
    """Load an edition's plan in three statements; `for_desk` tells also who holds or asked for a stand, until when, and why one is blocked."""
    stands: dict[int, list[PlanStand]] = defaultdict(list)
    for stand in _stands(edition_id, now, for_desk=for_desk):
        stands[stand.hall_id].append(stand)
    features: dict[int, list[PlanFeature]] = defaultdict(list)
    for feature in db.session.scalars(select(FloorFeature).where(FloorFeature.edition_id == edition_id).order_by(FloorFeature.id)):
        features[feature.hall_id].append(PlanFeature(feature.id, feature.kind, feature.outline, feature.label))
    halls = db.session.scalars(select(Hall).where(Hall.edition_id == edition_id).order_by(Hall.position, Hall.id))
    return [PlanHall(hall.id, hall.code, hall.name, hall.width_m, hall.depth_m, stands[hall.id], features[hall.id]) for hall in halls]


def _stands(edition_id: int, now: datetime, *, for_desk: bool) -> list[PlanStand]:
    query = select(Stand, StandClaim, Exhibitor, Organisation.country).outerjoin(StandClaim, and_(StandClaim.stand_id == Stand.id, lives(now)))
    query = query.outerjoin(Exhibitor, Exhibitor.id == StandClaim.exhibitor_id).outerjoin(Organisation, Organisation.id == Exhibitor.organisation_id)
    query = query.where(Stand.edition_id == edition_id, Stand.retired_at.is_(None))
    return [_plan_stand(*row, for_desk=for_desk) for row in db.session.execute(query.order_by(func.length(Stand.number), Stand.number))]


def _plan_stand(stand: Stand, claim: StandClaim | None, exhibitor: Exhibitor | None, country: str | None, *, for_desk: bool) -> PlanStand:
    told: dict[str, Any] = {}
    if exhibitor is not None and (for_desk or (claim and claim.state == ClaimState.ALLOCATED)):
        told |= {"exhibitor_id": exhibitor.id, "name": exhibitor.public_name, "name_ar": exhibitor.public_name_ar, "sector": exhibitor.sector, "country": country}
        told["is_sent"] = exhibitor.state != ApplicationState.DRAFT
    if claim is not None and for_desk:
        told |= {"since": claim.since, "until": claim.until, "reason": claim.reason}
    drawn = (stand.id, stand.number, stand.hall_id, stand.outline, stand.area_m2, stand.open_on, stand.kind)
    return PlanStand(*drawn, claim.state if claim else FREE, version=stand.version, **told)


def stand_states(edition_id: int, now: datetime) -> dict[str, str]:
    """Tell the state of every stand that is not free, by its number."""
    query = select(Stand.number, StandClaim.state).join(StandClaim, StandClaim.stand_id == Stand.id).where(Stand.edition_id == edition_id, Stand.retired_at.is_(None), lives(now))
    return {row[0]: row[1] for row in db.session.execute(query)}


def free_like(stand_id: int, plan: Sequence[PlanHall], most: int = 3) -> list[PlanStand]:
    """Choose the free stands of a plan that are most like one of its stands."""
    every = {stand.id: stand for hall in plan for stand in hall.stands}
    free = [stand.candidate for stand in every.values() if stand.state == FREE]
    return [every[one.id] for one in nearest_like(every[stand_id].candidate, free, most)] if stand_id in every else []


def neighbours_of(stand: PlanStand, hall: PlanHall) -> list[PlanStand]:
    """List the stands of the hall that share a side with one."""
    owners = {cell: other.id for other in hall.stands if other.id != stand.id for cell in shapes.cells_of(other.outline)}
    beside = shapes.neighbours(stand.outline, owners)
    return [other for other in hall.stands if other.id in beside]


@dataclass(frozen=True)
class Hold:
    """A stand held by an application that is not sent yet; `lasts` is false once it ran out and nobody else took the stand."""

    stand: Stand
    hall: dict[str, str]
    until: datetime
    seconds_left: int
    renewed: bool

    @property
    def lasts(self) -> bool:
        """Say whether the hold has not ended."""
        return self.seconds_left > 0

    @property
    def space(self) -> dict[str, str]:
        """Answer the registration's question for the stand's kind and area with those of this one."""
        area = self.stand.area_m2.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return {"stand_kind": self.stand.kind, "area": f"{area.normalize():f}"}


def lost_hold(exhibitor_id: int | None) -> Stand | None:
    """Find the stand that an application held last and has no more, unless it let the stand go itself."""
    if exhibitor_id is None or hold_of(exhibitor_id) is not None:
        return None
    acts = select(AuditEntry).where(AuditEntry.subject_kind == "exhibitor", AuditEntry.subject_id == exhibitor_id, AuditEntry.action.in_(("stand.held", "stand.released")))
    last = db.session.scalar(acts.order_by(AuditEntry.id.desc()).limit(1))
    let_go = last is None or (last.action == "stand.released" and last.actor_id is None)
    return None if last is None or let_go else db.session.get(Stand, last.details["stand_id"])


def held_stand(edition_id: int, exhibitor_id: int | None, now: datetime) -> Hold | None:
    """Find what an exhibitor of an edition holds."""
    query = select(Stand, Hall.name, StandClaim.until, StandClaim.renewed).join(StandClaim, StandClaim.stand_id == Stand.id).join(Hall, Hall.id == Stand.hall_id)
    query = query.where(StandClaim.exhibitor_id == exhibitor_id, StandClaim.edition_id == edition_id, StandClaim.state == ClaimState.HELD)
    row = db.session.execute(query).first() if exhibitor_id is not None else None
    if row is None:
        return None
    stand, hall, until, renewed = row
    left = (until - now).total_seconds() if until else 0
    return Hold(stand, hall, until or now, max(0, math.ceil(left)), renewed)
