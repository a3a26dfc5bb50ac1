"""Loaders for whoever draws the floor."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import func, select

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition, Hall
from eventapp.stands.models import FloorFeature, PlanChange, Stand, StandCell
from eventapp.stands.rules.shapes import Cell

_SHOWN = 20
_READ_AT_ONCE = 100


def lock_floor(edition_id: int) -> None:
    """Let one act of drawing of an edition happen at a time; nobody else waits for it."""
    db.session.execute(select(Edition.id).where(Edition.id == edition_id).with_for_update(key_share=True))


def cells_but(hall_id: int, stand_ids: Sequence[int]) -> set[Cell]:
    """List the cells of a hall that other stands than these cover."""
    return {(x, y) for x, y in db.session.execute(select(StandCell.x, StandCell.y).where(StandCell.hall_id == hall_id, StandCell.stand_id.not_in(stand_ids)))}


def numbers_in_use(edition_id: int, numbers: Sequence[str], but: Sequence[int]) -> list[str]:
    """List which of some numbers other stands on the plan have."""
    query = select(Stand.number).where(Stand.edition_id == edition_id, Stand.retired_at.is_(None), Stand.number.in_(numbers), Stand.id.not_in(but))
    return list(db.session.scalars(query.order_by(func.length(Stand.number), Stand.number)))


def feature_of_edition(edition_id: int, feature_id: int) -> FloorFeature:
    """Load what is drawn beside stands; another edition's and a missing one look the same."""
    found = db.session.scalar(select(FloorFeature).where(FloorFeature.id == feature_id, FloorFeature.edition_id == edition_id).execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def feature(feature_id: int) -> FloorFeature | None:
    """Find what is drawn beside stands, as it is now."""
    return db.session.scalar(select(FloorFeature).where(FloorFeature.id == feature_id).execution_options(populate_existing=True))


def edition_of_stand(stand_id: int) -> int:
    """Say of which edition a stand is."""
    found = db.session.scalar(select(Stand.edition_id).where(Stand.id == stand_id))
    if found is None:
        raise NotThere
    return found


def is_on_plan(stand_id: int) -> bool:
    """Say whether a stand is on the plan at this moment, whatever was read before."""
    return db.session.scalar(select(Stand.id).where(Stand.id == stand_id, Stand.retired_at.is_(None))) is not None


def stand_as_it_is(stand_id: int) -> Stand:
    """Load a stand, on the plan or not, as it is now."""
    return db.session.scalars(select(Stand).where(Stand.id == stand_id).with_for_update().execution_options(populate_existing=True)).one()


def last_change(hall: Hall) -> PlanChange | None:
    """Find the last act of drawing in a hall that was not undone."""
    return next((change for change, _by in _changes_in(hall) if change.undone_at is None), None)


def change_of_edition(edition_id: int, change_id: int) -> PlanChange:
    """Load an act of drawing of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(PlanChange).where(PlanChange.id == change_id, PlanChange.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def changes_of(hall: Hall) -> list[tuple[PlanChange, str | None]]:
    """List the last acts of drawing in a hall and who did them, the latest first."""
    return list(islice(_changes_in(hall), _SHOWN))


def _changes_in(hall: Hall) -> Iterator[tuple[PlanChange, str | None]]:
    """Load the acts of drawing in a hall, the latest first; what went from one hall to another is an act in both."""
    query = select(PlanChange, User.name).outerjoin(User, User.id == PlanChange.by_user_id).where(PlanChange.edition_id == hall.edition_id)
    before: int | None = None
    while True:
        older = query if before is None else query.where(PlanChange.id < before)
        rows: Any = db.session.execute(older.order_by(PlanChange.id.desc()).limit(_READ_AT_ONCE).execution_options(populate_existing=True)).all()
        yield from ((row[0], row[1]) for row in rows if any(state["hall_id"] == hall.id for state in (*row[0].before, *row[0].after)))
        if len(rows) < _READ_AT_ONCE:
            return
        before = rows[-1][0].id
