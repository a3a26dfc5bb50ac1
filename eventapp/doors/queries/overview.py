"""What the door supervisor sees: the last hour, devices, the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.attendees.models import Attendee
from eventapp.core.db import db
from eventapp.doors.models import Device, Gate, Scan

OUTCOMES = ("admitted", "already_inside", "refused", "stored")


@dataclass(frozen=True)
class LastHour:
    """What one gate read in the last hour."""

    entered: int = 0
    left: int = 0
    looked: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Narrowed:
    """What the journal is narrowed to."""

    gate: int | None = None
    outcome: str = ""


def times_since(edition_id: int, since: datetime, until: datetime) -> list[tuple[int, datetime]]:
    """List gate and time of every reading since then."""
    query = select(Scan.gate_id, Scan.happened_at).where(Scan.edition_id == edition_id, Scan.happened_at >= since, Scan.happened_at <= until)
    return [(gate, at) for gate, at in db.session.execute(query)]


def last_hour(edition_id: int, now: datetime) -> dict[int, LastHour]:
    """Count what each gate read in the last hour."""
    query = select(Scan.gate_id, Scan.outcome, Scan.direction, func.count()).where(
        Scan.edition_id == edition_id, Scan.happened_at > now - timedelta(hours=1), Scan.happened_at <= now
    )
    counts: dict[int, dict[str, int]] = {}
    for gate, outcome, direction, count in db.session.execute(query.group_by(Scan.gate_id, Scan.outcome, Scan.direction)):
        kind = "refused" if outcome == "refused" else "looked" if outcome == "already_inside" else "entered" if direction == "in" else "left"
        found = counts.setdefault(gate, {})
        found[kind] = found.get(kind, 0) + count
    return {gate: LastHour(**found) for gate, found in counts.items()}


def devices_of(edition_id: int) -> list[tuple[Device, datetime | None]]:
    """List an edition's devices with when they were last heard of; those out of use come last."""
    latest = select(func.max(Scan.received_at)).where(Scan.device_id == Device.id).correlate(Device).scalar_subquery()
    query = select(Device, latest).where(Device.edition_id == edition_id).options(joinedload(Device.gate))
    rows = db.session.execute(query.order_by(Device.revoked_at.is_not(None), Device.gate_id, Device.id)).all()
    return [(device, max((at for at in (device.last_seen_at, scanned) if at is not None), default=None)) for device, scanned in rows]


def journal(edition_id: int, narrowed: Narrowed) -> Select[Any]:
    """Select the scans of an edition, the latest first."""
    conditions = [Scan.edition_id == edition_id]
    if narrowed.gate is not None:
        conditions.append(Scan.gate_id == narrowed.gate)
    if narrowed.outcome:
        conditions.append(Scan.outcome == narrowed.outcome)
    return select(Scan).where(*conditions).order_by(Scan.happened_at.desc(), Scan.id.desc())


def holders_of(scans: Sequence[Scan]) -> dict[int, Attendee]:
    """Load the holders that some scans name."""
    ids = {scan.attendee_id for scan in scans if scan.attendee_id is not None}
    found = db.session.scalars(select(Attendee).where(Attendee.id.in_(sorted(ids))).options(selectinload(Attendee.hats))).unique()
    return {attendee.id: attendee for attendee in found}


def device_labels(edition_id: int) -> dict[int, str]:
    """Name an edition's devices."""
    return dict(db.session.execute(select(Device.id, Device.label).where(Device.edition_id == edition_id)).all())


def gate_names(edition_id: int) -> dict[int, dict[str, str]]:
    """Name an edition's gates."""
    return dict(db.session.execute(select(Gate.id, Gate.name).where(Gate.edition_id == edition_id).order_by(Gate.position, Gate.id)).all())
