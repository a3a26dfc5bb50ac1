"""Every act of drawing is written down with how things were before and after, so that the last one can be undone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Hall
from eventapp.exhibitors.models import Exhibitor
from eventapp.stands import queries
from eventapp.stands.errors import ChangedSince, NothingToUndo, OutsideTheHall, StandInUse, StandNumberTaken, StandsOverlap
from eventapp.stands.models import ClaimState, FloorFeature, PlanChange, Stand, StandCell, StandClaim
from eventapp.stands.operations.claiming import tell
from eventapp.stands.rules import shapes
from eventapp.stands.signals import stands_changing

_CELLS = cast("Table", StandCell.__table__)
State = dict[str, Any]


def state_of(stand: Stand, claims: Sequence[StandClaim] = ()) -> State:
    """Write down how a stand is drawn, and who has it where the act changes that."""
    state: State = {"stand": stand.id, "number": stand.number, "hall_id": stand.hall_id, "outline": [list(point) for point in stand.outline]}
    state |= {"open_on": stand.open_on, "kind": stand.kind, "retired": stand.retired_at is not None}
    theirs = next((claim for claim in claims if claim.stand_id == stand.id), None)
    return state | ({"exhibitor_id": theirs.exhibitor_id} if theirs else {})


def feature_state(feature: FloorFeature) -> State:
    """Write down how something beside stands is drawn."""
    drawn = {"kind": feature.kind, "hall_id": feature.hall_id, "outline": [list(point) for point in feature.outline], "label": dict(feature.label)}
    return {"feature": feature.id, **drawn}


def note_change(edition_id: int, act: str, before: Sequence[State], after: Sequence[State], *, actor_id: int | None, now: datetime) -> None:
    """Write an act of drawing down."""
    db.session.add(PlanChange(edition_id=edition_id, act=act, before=list(before), after=list(after), at=now, by_user_id=actor_id))
    db.session.flush()


def holder_of_redrawn(stand: Stand, before: State) -> Exhibitor | None:
    """Find who has a stand that is not the same to them any more: another shape, kind or number of open sides; where it lies they see on the plan."""
    theirs = queries.claim_to_change(stand.id) if stand.retired_at is None else None
    kept = (stand.kind, stand.open_sides) == (before["kind"], len(before["open_on"])) and shapes.same_shape(stand.outline, before["outline"])
    return db.session.get_one(Exhibitor, theirs.exhibitor_id) if theirs is not None and theirs.state == ClaimState.ALLOCATED and not kept else None


def claim_cells(stand: Stand, hall: Hall, corners: shapes.Outline) -> None:
    """Cover the outline's cells; refuse what leaves the hall, or who covers some of them already."""
    left, back, right, front = shapes.box(corners)
    if left < 0 or back < 0 or shapes.metres(right) > hall.width_m or shapes.metres(front) > hall.depth_m:
        raise OutsideTheHall(stand=stand.number, hall=hall.code)
    rows = [{"hall_id": hall.id, "x": x, "y": y, "stand_id": stand.id} for x, y in shapes.cells_of(corners)]
    if len(insert_new(_CELLS, rows, ["hall_id", "x", "y"])) < len(rows):
        raise StandsOverlap(stand=stand.number, others=", ".join(queries.numbers_on(hall.id, [(row["x"], row["y"]) for row in rows], stand.id)))


def give_up_cells(stand: Stand) -> None:
    """Leave the floor that a stand covers."""
    db.session.execute(delete(StandCell).where(StandCell.stand_id == stand.id))


def undo_last(hall: Hall, *, seen: int | None = None, actor_id: int | None, now: datetime) -> PlanChange:
    """Undo the last act of drawing in a hall; refuse when something it drew was changed since, or somebody has it.

    `seen` is the act that the page showed as the last one.
    """
    edition_id = hall.edition_id
    with transaction():
        queries.lock_floor(edition_id)
        change = queries.last_change(hall)
        if change is None:
            raise NothingToUndo
        if seen is not None and seen != change.id:
            raise ChangedMeanwhile
        stands = [queries.stand_as_it_is(stand_id) for stand_id in sorted({state["stand"] for state in (*change.before, *change.after) if "stand" in state})]
        claims = queries.claims_on([stand.id for stand in stands])
        _check_as_left(change, stands, claims, now)
        for theirs in claims.values():
            if theirs.state == ClaimState.ALLOCATED:
                stands_changing.send(exhibitor_id=theirs.exhibitor_id)
        _put_back_features(edition_id, change)
        _put_back_stands(edition_id, change, stands, now)
        _put_back_claims(edition_id, change, claims, actor_id, now)
        change.undone_at = now
        record("edition.drawing_undone", "edition", edition_id, actor_id=actor_id, at=now, edition_id=edition_id, hall=hall.code)
        _tell_new_numbers(change, stands)
        for stand in stands:
            drawn = next((state for state in change.after if state.get("stand") == stand.id), None)
            holder = holder_of_redrawn(stand, drawn) if drawn and not drawn["retired"] else None
            if holder is not None:
                tell(holder, stand, drawn_before=drawn)
        for stand in stands:
            record("stand.undone", "stand", stand.id, actor_id=actor_id, at=now, edition_id=edition_id, stand=stand.number)
    return change


def _check_as_left(change: PlanChange, stands: Sequence[Stand], claims: dict[int, StandClaim], now: datetime) -> None:
    """Refuse to undo what somebody changed since, and to take from the plan what somebody has."""
    left, back = ({state["stand"]: state for state in states if "stand" in state} for states in (change.after, change.before))
    for stand in stands:
        then = left[stand.id]
        if state_of(stand) != {name: value for name, value in then.items() if name != "exhibitor_id"}:
            raise ChangedSince(what=stand.number)
        theirs = claims.get(stand.id)
        goes = not then["retired"] and back.get(stand.id, {"retired": True})["retired"]
        if goes and theirs is not None and (theirs.until is None or theirs.until > now) and theirs.exhibitor_id != then.get("exhibitor_id", 0):
            raise StandInUse(stand=stand.number)
        if goes and "exhibitor_id" in then and (theirs is None or theirs.state != ClaimState.ALLOCATED):
            raise ChangedSince(what=stand.number)
    for state in (one for one in change.after if "feature" in one):
        found = queries.feature(state["feature"])
        if found is None or feature_state(found) != state:
            raise ChangedSince(what=str(state["kind"]))


def _put_back_features(edition_id: int, change: PlanChange) -> None:
    for state in change.after:
        found = queries.feature(state["feature"]) if "feature" in state else None
        if found is not None:
            db.session.delete(found)
    db.session.flush()
    for state in change.before:
        if "feature" in state:
            drawn = {name: state[name] for name in ("kind", "hall_id", "outline", "label")}
            db.session.add(FloorFeature(id=state["feature"], edition_id=edition_id, **drawn))
    db.session.flush()


def _put_back_stands(edition_id: int, change: PlanChange, stands: Sequence[Stand], now: datetime) -> None:
    """Take what the act drew from the floor, then draw what was there before."""
    back = {state["stand"]: state for state in change.before if "stand" in state}
    for stand in stands:
        give_up_cells(stand)
        stand.retired_at = now  # so that numbers can change places
    db.session.flush()
    kept = {stand.id: stand for stand in stands}
    numbers = [state["number"] for state in back.values() if not state["retired"]]
    taken = queries.numbers_in_use(edition_id, numbers, list(kept))
    if taken:
        raise StandNumberTaken(stand=taken[0])
    for stand_id, state in back.items():
        stand = kept[stand_id]
        stand.number, stand.hall_id, stand.outline, stand.open_on, stand.kind = (state[name] for name in ("number", "hall_id", "outline", "open_on", "kind"))
        stand.area_m2, stand.retired_at = shapes.area_m2(state["outline"]), None if not state["retired"] else now
    db.session.flush()
    for stand_id, state in back.items():
        if not state["retired"]:
            claim_cells(kept[stand_id], db.session.get_one(Hall, state["hall_id"]), shapes.outline_of(state["outline"]))


def _put_back_claims(edition_id: int, change: PlanChange, claims: dict[int, StandClaim], actor_id: int | None, now: datetime) -> None:
    """Give the parts of a merged stand back to who has it."""
    theirs = [state for state in change.before if state.get("exhibitor_id")]
    if not theirs:
        return
    for state in change.after:
        if state.get("exhibitor_id"):
            db.session.delete(claims[state["stand"]])
    for state in theirs:
        row = {"stand_id": state["stand"], "edition_id": edition_id, "exhibitor_id": state["exhibitor_id"]}
        db.session.add(StandClaim(**row, state=ClaimState.ALLOCATED, since=now, by_user_id=actor_id, renewed=False, reason=""))
    db.session.flush()


def _tell_new_numbers(change: PlanChange, stands: Sequence[Stand]) -> None:
    """Tell who has a stand that its number is another one again."""
    left = {state["stand"]: state for state in change.after if "stand" in state}
    merged = [state["number"] for state in change.after if state.get("exhibitor_id")]
    for stand in stands:
        theirs = queries.claim_to_change(stand.id) if stand.retired_at is None else None
        before = merged[0] if merged else left[stand.id]["number"]
        if theirs is not None and theirs.state == ClaimState.ALLOCATED and (merged or before != stand.number):
            tell(db.session.get_one(Exhibitor, theirs.exhibitor_id), stand, before=before)
