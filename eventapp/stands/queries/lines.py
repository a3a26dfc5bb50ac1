"""Loaders of stands and claims."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, tuple_

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.editions.models import Hall
from eventapp.exhibitors.models import Exhibitor
from eventapp.stands.errors import NoSuchStand, OffThePlan
from eventapp.stands.models import ClaimState, FloorFeature, Stand, StandCell, StandClaim, StandWish
from eventapp.stands.rules import shapes, stand_number


@dataclass(frozen=True)
class StandLine:
    """A stand as lists show it."""

    id: int
    number: str
    hall_id: int
    hall: dict[str, str]
    area_m2: Decimal
    open_sides: int
    kind: str
    taken_by: str | None = None
    holder_id: int | None = None


_LINE = (Stand, Hall.name)


def _line(stand: Stand, hall: dict[str, str], taken_by: str | None = None, holder_id: int | None = None) -> StandLine:
    return StandLine(stand.id, stand.number, stand.hall_id, hall, stand.area_m2, stand.open_sides, stand.kind, taken_by, holder_id)


def _lines(edition_id: int) -> Select[*tuple[Any, ...]]:
    lines: Select[*tuple[Any, ...]] = select(*_LINE).join(Hall, Hall.id == Stand.hall_id)
    return lines.where(Stand.edition_id == edition_id, Stand.retired_at.is_(None)).order_by(Hall.position, Hall.id, func.length(Stand.number), Stand.number)


def lives(now: datetime) -> ColumnElement[bool]:
    """Match claims that count: holds and requests end by themselves."""
    return or_(StandClaim.until.is_(None), StandClaim.until > now)


def free_stands(edition_id: int, now: datetime) -> list[StandLine]:
    """List an edition's free stands, by hall and number."""
    taken = select(StandClaim.stand_id).where(StandClaim.edition_id == edition_id, lives(now))
    return [_line(*row) for row in db.session.execute(_lines(edition_id).where(Stand.id.not_in(taken)))]


def stand_of_edition(edition_id: int, stand_id: int) -> Stand:
    """Load a stand of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(Stand).where(Stand.id == stand_id, Stand.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def stand_numbered(edition_id: int, typed: str) -> Stand:
    """Load the stand that a typed number means."""
    number = stand_number(typed)
    found = db.session.scalar(select(Stand).where(Stand.edition_id == edition_id, Stand.number == number, Stand.retired_at.is_(None)))
    if found is None:
        raise NoSuchStand(stand=number)
    return found


def numbers_on_plan(edition_id: int) -> dict[str, int]:
    """Tell which stand each number of an edition's plan means."""
    rows = db.session.execute(select(Stand.number, Stand.id).where(Stand.edition_id == edition_id, Stand.retired_at.is_(None)))
    return {row[0]: row[1] for row in rows}


def stand_to_allocate(stand_id: int) -> Stand:
    """Load a stand by its id alone, for an operation that checks the edition."""
    found = db.session.get(Stand, stand_id)
    if found is None:
        raise NotThere
    if found.retired_at is not None:
        raise OffThePlan(stand=found.number)
    return found


def facts_of_stand(stand: Stand) -> dict[str, Any]:
    """Give what letters say of a stand."""
    return {"stand": stand.number, "hall": db.session.get_one(Hall, stand.hall_id).name, "area": float(stand.area_m2), "open_sides": stand.open_sides}


def stand_to_draw(stand_id: int) -> Stand:
    """Load a stand as it is now, locked until the operation ends."""
    found = db.session.scalar(select(Stand).where(Stand.id == stand_id).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    if found.retired_at is not None:
        raise OffThePlan(stand=found.number)
    return found


def numbers_on(hall_id: int, cells: Sequence[shapes.Cell], but: int) -> list[str]:
    """Name the other stands that cover some of these cells."""
    found: set[str] = set()
    for start in range(0, len(cells), 500):
        on = tuple_(StandCell.x, StandCell.y).in_(cells[start : start + 500])
        found.update(db.session.scalars(select(Stand.number).join(StandCell, StandCell.stand_id == Stand.id).where(StandCell.hall_id == hall_id, on, Stand.id != but)))
    return sorted(found, key=lambda number: (len(number), number))


def drop_ended_claims(stand_ids: Sequence[int], now: datetime) -> None:
    """Remove the holds and requests on these stands that have ended by themselves."""
    db.session.execute(delete(StandClaim).where(StandClaim.stand_id.in_(stand_ids), StandClaim.until <= now).execution_options(synchronize_session="fetch"))


def living_claim(stand_id: int, now: datetime) -> StandClaim | None:
    """Find the claim on a stand that counts now."""
    return db.session.scalar(select(StandClaim).where(StandClaim.stand_id == stand_id, lives(now)))


def hold_of(exhibitor_id: int) -> StandClaim | None:
    """Find an exhibitor's hold, also one that ran out and that nobody took."""
    return db.session.scalar(select(StandClaim).where(StandClaim.exhibitor_id == exhibitor_id, StandClaim.state == ClaimState.HELD))


def claim_to_change(stand_id: int) -> StandClaim | None:
    """Load the claim on a stand, locked until the operation ends."""
    return db.session.scalar(select(StandClaim).where(StandClaim.stand_id == stand_id).with_for_update().execution_options(populate_existing=True))


@dataclass(frozen=True)
class Request:
    """A stand that an application asks for; `lasts` is false once the request ran out and nobody else took the stand."""

    stand: StandLine
    until: datetime
    lasts: bool


def request_of(exhibitor_id: int, now: datetime) -> Request | None:
    """Find the stand that an application asks for."""
    query: Select[*tuple[Any, ...]] = select(*_LINE, StandClaim.until).join(Hall, Hall.id == Stand.hall_id).join(StandClaim, StandClaim.stand_id == Stand.id)
    row = db.session.execute(query.where(StandClaim.exhibitor_id == exhibitor_id, StandClaim.state == ClaimState.REQUESTED)).first()
    return Request(_line(row[0], row[1]), row[2] or now, row[2] is None or row[2] > now) if row else None


def claims_of(exhibitor_id: int) -> Sequence[StandClaim]:
    """Load the claims of an exhibitor, locked until the operation ends."""
    return db.session.scalars(select(StandClaim).where(StandClaim.exhibitor_id == exhibitor_id).order_by(StandClaim.stand_id).with_for_update()).all()


def claims_on(stand_ids: Sequence[int]) -> dict[int, StandClaim]:
    """Load the claims on some stands, locked in the order of the stands until the operation ends."""
    query = select(StandClaim).where(StandClaim.stand_id.in_(stand_ids)).order_by(StandClaim.stand_id)
    return {claim.stand_id: claim for claim in db.session.scalars(query.with_for_update().execution_options(populate_existing=True))}


def holder_of(stand_id: int) -> tuple[int, str] | None:
    """Say who has a stand: the exhibitor's id and name."""
    row = db.session.execute(select(Exhibitor.id, Exhibitor.public_name).join(StandClaim, StandClaim.exhibitor_id == Exhibitor.id).where(StandClaim.stand_id == stand_id)).first()
    return (row[0], row[1]) if row else None


def stands_of(exhibitor_ids: Iterable[int]) -> dict[int, list[StandLine]]:
    """List the stands allocated to some exhibitors, in one query."""
    query: Select[*tuple[Any, ...]] = select(StandClaim.exhibitor_id, *_LINE).join(Stand, Stand.id == StandClaim.stand_id).join(Hall, Hall.id == Stand.hall_id)
    query = query.where(StandClaim.exhibitor_id.in_(list(exhibitor_ids)), StandClaim.state == ClaimState.ALLOCATED)
    found: dict[int, list[StandLine]] = defaultdict(list)
    for exhibitor_id, stand, hall in db.session.execute(query.order_by(func.length(Stand.number), Stand.number)):
        found[exhibitor_id].append(_line(stand, hall))
    return found


def kinds_of(exhibitor_ids: Iterable[int]) -> dict[int, set[str]]:
    """Say which kinds of stands are allocated to some exhibitors, in one query."""
    query = select(StandClaim.exhibitor_id, Stand.kind).join(Stand, Stand.id == StandClaim.stand_id)
    found: dict[int, set[str]] = defaultdict(set)
    for row in db.session.execute(query.where(StandClaim.exhibitor_id.in_(list(exhibitor_ids)), StandClaim.state == ClaimState.ALLOCATED)):
        found[row[0] or 0].add(row[1])
    return found


def wishes_of(exhibitor_id: int) -> list[StandLine]:
    """List the stands that an exhibitor wished, in order, with who has them."""
    query = (
        select(*_LINE, Exhibitor.public_name)
        .join(Hall, Hall.id == Stand.hall_id)
        .join(StandWish, StandWish.stand_id == Stand.id)
        .outerjoin(StandClaim, (StandClaim.stand_id == Stand.id) & (StandClaim.state == ClaimState.ALLOCATED))
        .outerjoin(Exhibitor, Exhibitor.id == StandClaim.exhibitor_id)
        .where(StandWish.exhibitor_id == exhibitor_id)
        .order_by(StandWish.rank)
    )
    return [_line(*row) for row in db.session.execute(query)]


def lines_of(edition_id: int, stand_ids: Sequence[int]) -> list[StandLine]:
    """List some stands of an edition in the order given, with who has them."""
    query = (
        _lines(edition_id)
        .add_columns(Exhibitor.public_name)
        .outerjoin(StandClaim, (StandClaim.stand_id == Stand.id) & (StandClaim.state == ClaimState.ALLOCATED))
        .outerjoin(Exhibitor, Exhibitor.id == StandClaim.exhibitor_id)
        .where(Stand.id.in_(stand_ids))
    )
    found = {line.id: line for line in (_line(*row) for row in db.session.execute(query))}
    return [found[stand_id] for stand_id in stand_ids if stand_id in found]


def placed_stands(edition_id: int) -> list[StandLine]:
    """List an edition's allocated stands with who has them, by hall and number."""
    query = (
        _lines(edition_id)
        .add_columns(Exhibitor.public_name, Exhibitor.id)
        .join(StandClaim, StandClaim.stand_id == Stand.id)
        .join(Exhibitor, Exhibitor.id == StandClaim.exhibitor_id)
    )
    return [_line(*row) for row in db.session.execute(query.where(StandClaim.state == ClaimState.ALLOCATED))]


def mark_of_stands(exhibitor_id: int) -> str:
    """Mark which stands an exhibitor has, for the page that shows them."""
    theirs = select(StandClaim.stand_id).where(StandClaim.exhibitor_id == exhibitor_id, StandClaim.state == ClaimState.ALLOCATED)
    return "-".join(str(stand_id) for stand_id in db.session.scalars(theirs.order_by(StandClaim.stand_id)))


def stands_to_copy(edition_id: int) -> list[tuple[Stand, str]]:
    """List an edition's stands with their halls' codes."""
    query = select(Stand, Hall.code).join(Hall, Hall.id == Stand.hall_id).where(Stand.edition_id == edition_id, Stand.retired_at.is_(None)).order_by(Stand.id)
    return [(stand, code) for stand, code in db.session.execute(query)]


def features_to_copy(edition_id: int) -> list[tuple[FloorFeature, str]]:
    """List what else is drawn on an edition's floor, with the halls' codes."""
    query = select(FloorFeature, Hall.code).join(Hall, Hall.id == FloorFeature.hall_id).where(FloorFeature.edition_id == edition_id).order_by(FloorFeature.id)
    return [(feature, code) for feature, code in db.session.execute(query)]


def stands_outside(hall: Hall) -> list[str]:
    """List the stands that do not lie within a hall as it is now."""
    outside = (StandCell.x >= int(hall.width_m * 2)) | (StandCell.y >= int(hall.depth_m * 2))
    query = select(Stand.number).where(Stand.id.in_(select(StandCell.stand_id).where(StandCell.hall_id == hall.id, outside)))
    return list(db.session.scalars(query.order_by(func.length(Stand.number), Stand.number)))


def count_in_hall(hall_id: int) -> int:
    """Count the stands in a hall."""
    return db.session.scalar(select(func.count()).select_from(Stand).where(Stand.hall_id == hall_id)) or 0


def count_stands(edition_id: int) -> tuple[int, int]:
    """Count an edition's stands: all, and allocated ones."""
    every = db.session.scalar(select(func.count()).select_from(Stand).where(Stand.edition_id == edition_id, Stand.retired_at.is_(None))) or 0
    allocated = select(func.count()).select_from(StandClaim).where(StandClaim.edition_id == edition_id, StandClaim.state == ClaimState.ALLOCATED)
    return every, db.session.scalar(allocated) or 0
