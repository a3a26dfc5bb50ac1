"""Make and change gates."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, select

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.doors import queries
from eventapp.doors.errors import GateCodeTaken
from eventapp.doors.models import Gate
from eventapp.editions.models import Edition


def add_gate(edition_id: int, *, code: str, name: dict[str, str], zone_id: int, actor_id: int | None, now: datetime) -> Gate:
    """Make a gate into a zone; its code is its own in the edition."""
    with transaction():
        zone = queries.zone_to_use(edition_id, zone_id)
        row = {"edition_id": edition_id, "zone_id": zone.id, "code": code, "name": name, "position": queries.next_position(edition_id)}
        if not insert_new(cast("Table", Gate.__table__), [row], ["edition_id", "code"]):
            raise GateCodeTaken(code=code)
        gate = db.session.scalars(select(Gate).where(Gate.edition_id == edition_id, Gate.code == code)).one()
        record("gate.added", "gate", gate.id, actor_id=actor_id, at=now, edition_id=edition_id, zone_id=zone.id)
    return gate


def change_gate(gate_id: int, *, name: dict[str, str], zone_id: int, version: int | None = None, actor_id: int | None, now: datetime) -> Gate:
    """Rename a gate, or let it lead into another zone; what was scanned there stays with the zone of then."""
    with transaction():
        gate = queries.gate_to_change(gate_id)
        if version is not None and version != gate.version:
            raise ChangedMeanwhile
        zone = queries.zone_to_use(gate.edition_id, zone_id)
        gate.name, gate.zone_id = name, zone.id
        record("gate.changed", "gate", gate.id, actor_id=actor_id, at=now, edition_id=gate.edition_id, zone_id=zone.id)
    return gate


def copy_gates(old_edition_id: int, new: Edition, *, actor_id: int | None, now: datetime) -> None:
    """Give a new edition the gates of an old one, into the zones of the same code."""
    zones = {zone.code: zone.id for zone in new.zones}
    with transaction():
        for gate, zone in queries.gates_to_copy(old_edition_id):
            if zone in zones:
                add_gate(new.id, code=gate.code, name=dict(gate.name), zone_id=zones[zone], actor_id=actor_id, now=now)
