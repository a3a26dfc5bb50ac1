"""Exhibitors whose stands shall not be neighbours."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import NotThere
from eventapp.exhibitors.models import Exhibitor
from eventapp.stands.errors import SameTwice
from eventapp.stands.models import KeptApart

_PAIRS = cast("Table", KeptApart.__table__)


def keep_apart(edition_id: int, one_id: int, other_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Keep two exhibitors of an edition apart; a pair that is kept apart already stays so."""
    if one_id == other_id:
        raise SameTwice
    with transaction():
        first, second = sorted((one_id, other_id))
        if any(exhibitor is None or exhibitor.edition_id != edition_id for exhibitor in (db.session.get(Exhibitor, first), db.session.get(Exhibitor, second))):
            raise NotThere
        row = {"one_id": first, "other_id": second, "edition_id": edition_id, "at": now, "by_user_id": actor_id}
        if insert_new(_PAIRS, [row], ["one_id", "other_id"]):
            record("exhibitor.kept_apart", "exhibitor", first, actor_id=actor_id, at=now, edition_id=edition_id, from_id=second)


def let_be_neighbours(edition_id: int, one_id: int, other_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Keep two exhibitors apart no longer; a pair that is not kept apart stays as it is."""
    with transaction():
        first, second = sorted((one_id, other_id))
        pair = db.session.get(KeptApart, (first, second), with_for_update=True)
        if pair is not None and pair.edition_id == edition_id:
            db.session.delete(pair)
            record("exhibitor.let_be_neighbour", "exhibitor", first, actor_id=actor_id, at=now, edition_id=edition_id, from_id=second)
