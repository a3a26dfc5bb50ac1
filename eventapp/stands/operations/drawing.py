"""Stands on the floor: each claims its half-metre cells, so that no two overlap."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition, Hall
from eventapp.stands import queries, rules
from eventapp.stands.errors import OutsideTheHall, StandInUse, StandNumberTaken, StandsOverlap
from eventapp.stands.models import FloorFeature, Stand, StandCell
from eventapp.stands.rules import shapes
from eventapp.stands.signals import stands_changing

_STANDS, _CELLS = cast("Table", Stand.__table__), cast("Table", StandCell.__table__)


def add_stand(hall: Hall, number: str, outline: Sequence[Sequence[int]], *, open_on: str, kind: str, actor_id: int | None, now: datetime) -> Stand:
    """Add a stand to a hall; the outline is in half metres from the hall's back left corner."""
    number, corners = rules.stand_number(number), shapes.outline_of(outline)
    row = {"edition_id": hall.edition_id, "hall_id": hall.id, "number": number, "outline": [list(point) for point in corners], "area_m2": shapes.area_m2(corners)}
    with transaction():
        if not insert_new(_STANDS, [{**row, "open_on": open_on, "kind": kind, "version": 1}], ["edition_id", "number"], where=Stand.retired_at.is_(None)):
            raise StandNumberTaken(stand=number)
        stand = queries.stand_numbered(hall.edition_id, number)
        _claim_cells(stand, hall, corners)
        record("stand.added", "stand", stand.id, actor_id=actor_id, at=now, edition_id=hall.edition_id)
    return stand


def _claim_cells(stand: Stand, hall: Hall, corners: shapes.Outline) -> None:
    """Cover the outline's cells; refuse what leaves the hall, or who covers some of them already."""
    left, back, right, front = shapes.box(corners)
    if left < 0 or back < 0 or shapes.metres(right) > hall.width_m or shapes.metres(front) > hall.depth_m:
        raise OutsideTheHall(stand=stand.number, hall=hall.code)
    rows = [{"hall_id": hall.id, "x": x, "y": y, "stand_id": stand.id} for x, y in shapes.cells_of(corners)]
    if len(insert_new(_CELLS, rows, ["hall_id", "x", "y"])) < len(rows):
        raise StandsOverlap(stand=stand.number, others=", ".join(queries.numbers_on(hall.id, [(row["x"], row["y"]) for row in rows], stand.id)))


def reshape_stand(
    stand_id: int, outline: Sequence[Sequence[int]], *, hall: Hall | None = None, open_on: str | None = None, version: int | None = None, actor_id: int | None, now: datetime
) -> Stand:
    """Move or draw a stand anew, in its hall or another one of the edition."""
    corners = shapes.outline_of(outline)
    with transaction():
        stand = queries.stand_to_draw(stand_id)
        if version is not None and stand.version != version:
            raise ChangedMeanwhile
        if shapes.area_m2(corners) != stand.area_m2:
            _tell_the_holder(stand)
        db.session.execute(delete(StandCell).where(StandCell.stand_id == stand.id))
        hall = hall or db.session.get_one(Hall, stand.hall_id)
        stand.hall_id, stand.outline, stand.area_m2 = hall.id, [list(point) for point in corners], shapes.area_m2(corners)
        stand.open_on = open_on or stand.open_on
        db.session.flush()
        _claim_cells(stand, hall, corners)
        record("stand.reshaped", "stand", stand.id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number)
    return stand


def _tell_the_holder(stand: Stand) -> None:
    """Let whoever bills the stand say no before its area changes."""
    holder = queries.holder_of(stand.id)
    if holder is not None:
        stands_changing.send(exhibitor_id=holder[0])


def take_off_the_plan(stand_id: int, *, version: int | None = None, actor_id: int | None, now: datetime) -> Stand:
    """Retire a stand that nobody has: its cells and its number are free, its row stays for what was written about it."""
    with transaction():
        stand = queries.stand_to_draw(stand_id)
        if version is not None and stand.version != version:
            raise ChangedMeanwhile
        if queries.living_claim(stand.id, now) is not None:
            raise StandInUse(stand=stand.number)
        db.session.execute(delete(StandCell).where(StandCell.stand_id == stand.id))
        stand.retired_at = now
        record("stand.retired", "stand", stand.id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number)
    return stand


def add_feature(hall: Hall, kind: str, outline: Sequence[Sequence[int]], label: Mapping[str, str], *, actor_id: int | None, now: datetime) -> FloorFeature:
    """Draw an aisle, a pillar, a door, a wall or a service on a hall's floor."""
    corners = shapes.outline_of(outline)
    with transaction():
        feature = FloorFeature(edition_id=hall.edition_id, hall_id=hall.id, kind=kind, outline=[list(point) for point in corners], label=dict(label))
        db.session.add(feature)
        db.session.flush()
        record("edition.floor_drawn", "edition", hall.edition_id, actor_id=actor_id, at=now, edition_id=hall.edition_id)
    return feature


def copy_floor(old_edition_id: int, new: Edition) -> None:
    """Give a new edition the stands and the features of an old one, in the halls of the same code."""
    halls = {hall.code: hall.id for hall in new.halls}
    with transaction():
        for stand, code in queries.stands_to_copy(old_edition_id):
            if code in halls:
                drawn = {"outline": stand.outline, "area_m2": stand.area_m2, "open_on": stand.open_on, "kind": stand.kind}
                copied = Stand(edition_id=new.id, hall_id=halls[code], number=stand.number, **drawn)
                db.session.add(copied)
                db.session.flush()
                _copy_cells(copied, shapes.cells_of(stand.outline))
        for feature, code in queries.features_to_copy(old_edition_id):
            if code in halls:
                db.session.add(FloorFeature(edition_id=new.id, hall_id=halls[code], kind=feature.kind, outline=feature.outline, label=feature.label))


def _copy_cells(stand: Stand, cells: Iterable[shapes.Cell]) -> None:
    insert_new(_CELLS, [{"hall_id": stand.hall_id, "x": x, "y": y, "stand_id": stand.id} for x, y in cells], ["hall_id", "x", "y"])
