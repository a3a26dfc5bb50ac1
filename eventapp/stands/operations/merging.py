"""Several stands become one, and one becomes two; what they were made of is kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.editions.models import Hall
from eventapp.exhibitors.models import Exhibitor
from eventapp.stands import queries, rules
from eventapp.stands.errors import NotAllTheirs, NotBeside, StandInUse, StandNumberTaken
from eventapp.stands.models import ClaimState, Stand, StandClaim, StandOrigin
from eventapp.stands.operations.changes import claim_cells, give_up_cells, note_change, state_of
from eventapp.stands.operations.claiming import claim, tell
from eventapp.stands.operations.drawing import sides_on_aisles, stand_to_draw
from eventapp.stands.rules import cutting, shapes
from eventapp.stands.signals import stands_changing

_STANDS = cast("Table", Stand.__table__)


def merge_stands(seen: Sequence[tuple[int, int | None]], number: str, *, actor_id: int | None, now: datetime) -> Stand:
    """Make one stand of several that lie side by side, each with the version that the page showed; who has all of them has the new one."""
    with transaction():
        stands = [stand_to_draw(stand_id, version) for stand_id, version in sorted(dict(seen).items())]
        if len(stands) < 2 or len({stand.hall_id for stand in stands}) > 1:  # noqa: PLR2004 - one alone is no merge
            raise NotBeside
        corners = cutting.merged([stand.outline for stand in stands])
        queries.drop_ended_claims([stand.id for stand in stands], now)
        claims = queries.claims_on([stand.id for stand in stands])
        exhibitor = _whose(stands, claims)
        if exhibitor is not None:
            stands_changing.send(exhibitor_id=exhibitor.id)
        before = [state_of(stand, list(claims.values())) for stand in stands]
        for theirs in claims.values():
            db.session.delete(theirs)
        new = _instead_of(stands, [(rules.new_number(number), corners)], actor_id, now)[0]
        if exhibitor is not None:
            claim(new, ClaimState.ALLOCATED, exhibitor.id, actor_id=actor_id, now=now)
            record("stand.moved", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=new.edition_id, stand=new.number, stand_id=new.id)
            tell(exhibitor, new, before=", ".join(state["number"] for state in before))
        after = [state_of(stand) for stand in stands] + [state_of(new) | ({"exhibitor_id": exhibitor.id} if exhibitor else {})]
        note_change(new.edition_id, "merged", before, after, actor_id=actor_id, now=now)
    return new


def split_stand(stand_id: int, across: str, at: int, number: str, *, version: int | None = None, actor_id: int | None, now: datetime) -> tuple[Stand, Stand]:
    """Cut a stand that nobody has along a line `at` half metres from the hall's corner; the part behind or left of it keeps the number."""
    with transaction():
        stand = stand_to_draw(stand_id, version)
        pieces = cutting.cut(stand.number, stand.outline, across, at)
        if queries.living_claim(stand.id, now) is not None:
            raise StandInUse(stand=stand.number)
        before = state_of(stand)
        first, second = _instead_of([stand], [(stand.number, pieces[0]), (rules.new_number(number), pieces[1])], actor_id, now)
        note_change(stand.edition_id, "split", [before], [state_of(one) for one in (stand, first, second)], actor_id=actor_id, now=now)
    return first, second


def _whose(stands: Sequence[Stand], claims: dict[int, StandClaim]) -> Exhibitor | None:
    """Say who has all of the stands; refuse when somebody has only some, or when one is held, asked for or blocked."""
    for stand in stands:
        if stand.id in claims and claims[stand.id].state != ClaimState.ALLOCATED:
            raise StandInUse(stand=stand.number)
    first = next((stand for stand in stands if stand.id in claims), None)
    if first is None:
        return None
    exhibitor = db.session.get_one(Exhibitor, claims[first.id].exhibitor_id)
    if any(stand.id not in claims or claims[stand.id].exhibitor_id != exhibitor.id for stand in stands):
        raise NotAllTheirs(stand=first.number, name=exhibitor.public_name)
    return exhibitor


def _instead_of(stands: Sequence[Stand], drawn: Sequence[tuple[str, shapes.Outline]], actor_id: int | None, now: datetime) -> list[Stand]:
    """Retire stands and draw others in their place, which remember what they were made of."""
    for stand in stands:
        give_up_cells(stand)
        stand.retired_at = now
        record("stand.retired", "stand", stand.id, actor_id=actor_id, at=now, edition_id=stand.edition_id, stand=stand.number)
    db.session.flush()
    hall = db.session.get_one(Hall, stands[0].hall_id)
    return [_drawn(hall, number, corners, stands, actor_id, now) for number, corners in drawn]


def _drawn(hall: Hall, number: str, corners: shapes.Outline, origins: Sequence[Stand], actor_id: int | None, now: datetime) -> Stand:
    outline = [list(point) for point in corners]
    row = {"edition_id": hall.edition_id, "hall_id": hall.id, "number": number, "outline": outline, "area_m2": shapes.area_m2(corners), "kind": origins[0].kind, "version": 1}
    if not insert_new(_STANDS, [{**row, "open_on": origins[0].open_on}], ["edition_id", "number"], where=Stand.retired_at.is_(None)):
        raise StandNumberTaken(stand=number)
    new = queries.stand_numbered(hall.edition_id, number)
    claim_cells(new, hall, corners)
    new.open_on = sides_on_aisles(hall, corners, [new.id]) or new.open_on
    db.session.add_all(StandOrigin(stand_id=new.id, made_of_id=origin.id, edition_id=hall.edition_id, at=now) for origin in origins)
    db.session.flush()
    record("stand.added", "stand", new.id, actor_id=actor_id, at=now, edition_id=hall.edition_id)
    return new
