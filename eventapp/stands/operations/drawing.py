"""Stands on the floor: each claims its half-metre cells, so that no two overlap."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.editions.models import Edition, Hall
from eventapp.exhibitors.models import Exhibitor
from eventapp.pricing.queries import price_list
from eventapp.pricing.rules import Space, quote_of_stand
from eventapp.stands import queries, rules
from eventapp.stands.errors import HolderFirst, HolderFirstPriced, StandInUse, StandNumberTaken
from eventapp.stands.models import ClaimState, FloorFeature, Stand, StandCell
from eventapp.stands.operations.changes import State, claim_cells, give_up_cells, holder_of_redrawn, note_change, state_of
from eventapp.stands.operations.claiming import tell
from eventapp.stands.rules import cutting, shapes
from eventapp.stands.signals import stands_changing

_STANDS, _CELLS = cast("Table", Stand.__table__), cast("Table", StandCell.__table__)


def add_stand(hall: Hall, number: str, outline: Sequence[Sequence[int]], *, open_on: str, kind: str, actor_id: int | None, now: datetime) -> Stand:
    """Add a stand to a hall; the outline is in half metres from the hall's back left corner."""
    number, corners = rules.new_number(number), shapes.outline_of(outline)
    row = {"edition_id": hall.edition_id, "hall_id": hall.id, "number": number, "outline": [list(point) for point in corners], "area_m2": shapes.area_m2(corners)}
    with transaction():
        queries.lock_floor(hall.edition_id)
        if not insert_new(_STANDS, [{**row, "open_on": open_on, "kind": kind, "version": 1}], ["edition_id", "number"], where=Stand.retired_at.is_(None)):
            raise StandNumberTaken(stand=number)
        stand = queries.stand_numbered(hall.edition_id, number)
        claim_cells(stand, hall, corners)
        note_change(hall.edition_id, "added", [], [state_of(stand)], actor_id=actor_id, now=now)
        record("stand.added", "stand", stand.id, actor_id=actor_id, at=now, edition_id=hall.edition_id)
    return stand


def stand_to_draw(stand_id: int, version: int | None) -> Stand:
    """Load a stand for an act of drawing, as the page showed it."""
    queries.lock_floor(queries.edition_of_stand(stand_id))
    stand = queries.stand_to_draw(stand_id)
    if version is not None and stand.version != version:
        raise ChangedMeanwhile
    return stand


def sides_on_aisles(hall: Hall, outline: Sequence[Sequence[int]], but: Sequence[int]) -> str:
    """Offer the open sides of an outline by what lies around it: other stands than these, and the hall's walls."""
    return shapes.open_faces(outline, queries.cells_but(hall.id, but), shapes.half_metres(hall.width_m), shapes.half_metres(hall.depth_m))


def reshape_stand(
    stand_id: int,
    outline: Sequence[Sequence[int]],
    *,
    hall: Hall | None = None,
    open_on: str | None = None,
    version: int | None = None,
    agreed: str | None = None,
    actor_id: int | None,
    now: datetime,
) -> Stand:
    """Move or draw a stand anew, in its hall or another one of the edition; open sides that followed from the drawing follow it again.

    `agreed` is the mark of what the page showed that a stand which somebody has would become.
    """
    corners = shapes.outline_of(outline)
    with transaction():
        stand = stand_to_draw(stand_id, version)
        before, stood_in = state_of(stand), db.session.get_one(Hall, stand.hall_id)
        if shapes.area_m2(corners) != stand.area_m2:
            _tell_the_holder(stand)
        followed = sides_on_aisles(stood_in, stand.outline, [stand.id]) == stand.open_on
        give_up_cells(stand)
        hall = hall or stood_in
        stand.hall_id, stand.outline, stand.area_m2 = hall.id, [list(point) for point in corners], shapes.area_m2(corners)
        db.session.flush()
        claim_cells(stand, hall, corners)
        stand.open_on = open_on or (sides_on_aisles(hall, corners, [stand.id]) if followed else "") or stand.open_on
        if stand.open_sides != len(before["open_on"]):
            _tell_the_holder(stand)
        db.session.flush()
        _settle_with_holder(stand, before, agreed)
        note_change(stand.edition_id, "reshaped", [before], [state_of(stand)], actor_id=actor_id, now=now)
        record("stand.reshaped", "stand", stand.id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number)
    return stand


def _tell_the_holder(stand: Stand) -> None:
    """Let whoever bills the stand say no before it is another one."""
    holder = queries.holder_of(stand.id)
    if holder is not None:
        stands_changing.send(exhibitor_id=holder[0])


def _settle_with_holder(stand: Stand, before: State, agreed: str | None) -> None:
    """Show first what a stand that somebody has becomes, then tell who has it."""
    holder = holder_of_redrawn(stand, before)
    if holder is None:
        return
    mark = f"{stand.area_m2}-{stand.open_on}-{stand.kind}"
    if agreed is not None and agreed != mark:
        prices = price_list(stand.edition_id)
        is_now = Space(stand.area_m2, stand.kind, stand.open_sides)
        was = Space(shapes.area_m2(before["outline"]), before["kind"], len(before["open_on"]))
        now, then = (quote_of_stand(space, prices.on_sale, prices.vat_percent) for space in (is_now, was))
        facts: dict[str, Any] = {"name": holder.public_name, "stand": before["number"], "mark": mark}
        facts |= {"area": is_now.area_m2, "area_before": was.area_m2, "sides": is_now.open_sides, "sides_before": was.open_sides}
        if now is None or then is None:
            raise HolderFirst(**facts)
        raise HolderFirstPriced(**facts, price=now.net, price_before=then.net, currency=prices.currency)
    tell(holder, stand, drawn_before=before)


def describe_stand(stand_id: int, *, number: str, kind: str, open_on: str, version: int | None = None, agreed: str | None = None, actor_id: int | None, now: datetime) -> Stand:
    """Give a stand another number, kind or open sides; who has it is told."""
    number = rules.new_number(number)
    with transaction():
        stand = stand_to_draw(stand_id, version)
        before = state_of(stand)
        if queries.numbers_in_use(stand.edition_id, [number], [stand.id]):
            raise StandNumberTaken(stand=number)
        if (kind, len(open_on)) != (stand.kind, stand.open_sides):
            _tell_the_holder(stand)
        stand.number, stand.kind, stand.open_on = number, kind, open_on
        db.session.flush()
        _settle_with_holder(stand, before, agreed)
        note_change(stand.edition_id, "described", [before], [state_of(stand)], actor_id=actor_id, now=now)
        record("stand.described", "stand", stand.id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number)
        tell_new_number(stand, before["number"])
    return stand


def tell_new_number(stand: Stand, before: str) -> None:
    """Tell who has a stand that it has another number."""
    theirs = queries.claim_to_change(stand.id)
    if before != stand.number and theirs is not None and theirs.state == ClaimState.ALLOCATED:
        tell(db.session.get_one(Exhibitor, theirs.exhibitor_id), stand, before=before)


def number_stands(hall: Hall, stand_ids: Sequence[int], first: str, *, actor_id: int | None, now: datetime) -> list[Stand]:
    """Give some stands of a hall new numbers at once, counting on from the first number, as one reads: from the back to the front, from left to right."""
    with transaction():
        queries.lock_floor(hall.edition_id)
        stands = [queries.stand_to_draw(stand_id) for stand_id in sorted(set(stand_ids))]
        if any(stand.hall_id != hall.id for stand in stands):
            raise NotThere
        stands.sort(key=lambda stand: cutting.reading_order(stand.outline))
        numbers = cutting.numbers_from(rules.new_number(first), len(stands))
        taken = queries.numbers_in_use(hall.edition_id, numbers, [stand.id for stand in stands])
        if taken:
            raise StandNumberTaken(stand=taken[0])
        before = [state_of(stand) for stand in stands]
        for stand in stands:
            stand.number = f"#{stand.id % 10**7}"  # so that numbers can change places
        db.session.flush()
        for stand, number in zip(stands, numbers, strict=True):
            stand.number = number
        db.session.flush()
        note_change(hall.edition_id, "numbered", before, [state_of(stand) for stand in stands], actor_id=actor_id, now=now)
        for stand, old in zip(stands, before, strict=True):
            record("stand.described", "stand", stand.id, actor_id=actor_id, at=now, edition_id=hall.edition_id, stand=stand.number)
            tell_new_number(stand, old["number"])
    return stands


def take_off_the_plan(stand_id: int, *, version: int | None = None, actor_id: int | None, now: datetime) -> Stand:
    """Retire a stand that nobody has: its cells and its number are free, its row stays for what was written about it."""
    with transaction():
        stand = stand_to_draw(stand_id, version)
        before = state_of(stand)
        if queries.living_claim(stand.id, now) is not None:
            raise StandInUse(stand=stand.number)
        give_up_cells(stand)
        stand.retired_at = now
        db.session.flush()
        note_change(stand.edition_id, "retired", [before], [state_of(stand)], actor_id=actor_id, now=now)
        record("stand.retired", "stand", stand.id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number)
    return stand


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
