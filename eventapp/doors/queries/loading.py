"""Loaders of gates and devices, which also authorise."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.core.ids import hash_secret
from eventapp.doors.errors import DeviceRevoked, NoDevice, NoGate, NoZone
from eventapp.doors.models import Device, Gate, Scan
from eventapp.editions.models import Edition, Zone


@dataclass(frozen=True)
class Post:
    """Where a device stands: its edition, gate and zone."""

    device: Device
    edition: Edition
    gate: Gate
    zone: Zone


def post_of(device_id: int) -> Post:
    """Load where a device stands."""
    query = select(Device, Edition, Gate, Zone).join(Edition, Edition.id == Device.edition_id).join(Gate, Gate.id == Device.gate_id).join(Zone, Zone.id == Gate.zone_id)
    return Post(*db.session.execute(query.where(Device.id == device_id)).one())


def device_with_token(bearer: str) -> Device:
    """Load the device that has this token; refuse one that was taken out of use."""
    device = db.session.scalar(select(Device).where(Device.token_hash == hash_secret(bearer))) if bearer else None
    if device is None:
        raise NoDevice
    if device.revoked_at is not None:
        raise DeviceRevoked
    return device


def gate_of_edition(edition_id: int, gate_id: int) -> Gate:
    """Load a gate of an edition, for its organisers."""
    gate = db.session.scalar(select(Gate).where(Gate.id == gate_id, Gate.edition_id == edition_id))
    if gate is None:
        raise NotThere
    return gate


def gate_to_change(gate_id: int) -> Gate:
    """Load a gate as it is now, locked until the operation ends; scans at it go on."""
    gate = db.session.scalar(select(Gate).where(Gate.id == gate_id).with_for_update(key_share=True).execution_options(populate_existing=True))
    if gate is None:
        raise NotThere
    return gate


def gate_to_use(edition_id: int, gate_id: int) -> Gate:
    """Load the gate that somebody chose, which has to be the edition's."""
    gate = db.session.scalar(select(Gate).where(Gate.id == gate_id, Gate.edition_id == edition_id))
    if gate is None:
        raise NoGate
    return gate


def zone_to_use(edition_id: int, zone_id: int) -> Zone:
    """Load the zone that somebody chose, which has to be the edition's."""
    zone = db.session.scalar(select(Zone).where(Zone.id == zone_id, Zone.edition_id == edition_id))
    if zone is None:
        raise NoZone
    return zone


def device_of_edition(edition_id: int, device_id: int) -> Device:
    """Load a device of an edition, for its organisers."""
    device = db.session.scalar(select(Device).where(Device.id == device_id, Device.edition_id == edition_id).options(joinedload(Device.gate)))
    if device is None:
        raise NotThere
    return device


def device_to_change(device_id: int) -> Device:
    """Load a device as it is now, locked until the operation ends; its scans go on."""
    device = db.session.scalar(select(Device).where(Device.id == device_id).with_for_update(key_share=True).execution_options(populate_existing=True))
    if device is None:
        raise NotThere
    return device


def device_with_code(code_hash: str) -> Device | None:
    """Load the device that waits for an enrolment code, locked until the operation ends."""
    return db.session.scalar(select(Device).where(Device.code_hash == code_hash).with_for_update().execution_options(populate_existing=True))


def gates_of(edition_id: int) -> list[Gate]:
    """List an edition's gates in their order."""
    return list(db.session.scalars(select(Gate).where(Gate.edition_id == edition_id).order_by(Gate.position, Gate.id)))


def zones_of(edition_id: int) -> list[Zone]:
    """List an edition's zones in their order."""
    return list(db.session.scalars(select(Zone).where(Zone.edition_id == edition_id).order_by(Zone.bit)))


def next_position(edition_id: int) -> int:
    """Say where the next gate stands in the list."""
    return (db.session.scalar(select(func.max(Gate.position)).where(Gate.edition_id == edition_id)) or 0) + 1


def gates_to_copy(edition_id: int) -> list[tuple[Gate, str]]:
    """List an edition's gates in their order, with their zones' codes."""
    query = select(Gate, Zone.code).join(Zone, Zone.id == Gate.zone_id).where(Gate.edition_id == edition_id).order_by(Gate.position, Gate.id)
    return [(gate, code) for gate, code in db.session.execute(query)]


def gates_into(zone_id: int) -> list[str]:
    """List the codes of the gates that lead into a zone."""
    return list(db.session.scalars(select(Gate.code).where(Gate.zone_id == zone_id).order_by(Gate.position, Gate.id)))


def was_entered(zone_id: int) -> bool:
    """Say whether a badge was ever scanned at a gate that led into the zone then."""
    return db.session.scalar(select(Scan.id).where(Scan.zone_id == zone_id).limit(1)) is not None
