"""Prepare, enrol, move and revoke devices."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.ids import hash_secret, new_code, new_secret
from eventapp.core.texts import clean
from eventapp.doors import queries
from eventapp.doors.errors import DeviceGone, NoSuchCode
from eventapp.doors.models import Device
from eventapp.doors.rules.codes import CODE_LASTS, code_as_typed, code_as_written

LONGEST_LABEL = 60
_SIGN_EVERY = timedelta(seconds=20)


@dataclass(frozen=True)
class Prepared:
    """A device that waits for its code; the code is known here and nowhere else."""

    device: Device
    code: str


@dataclass(frozen=True)
class Enrolled:
    """A device with its token, which is known here and nowhere else."""

    device_id: int
    token: str


def prepare_device(edition_id: int, *, gate_id: int, label: str, actor_id: int | None, now: datetime, real_now: datetime) -> Prepared:
    """Prepare a device for a gate: a code that is good once, for a short while of real time."""
    code = new_code()
    with transaction():
        gate = queries.gate_to_use(edition_id, gate_id)
        device = Device(edition_id=edition_id, gate_id=gate.id, label=clean(label)[:LONGEST_LABEL], created_at=now)
        device.code_hash, device.code_expires_at = hash_secret(code), real_now + CODE_LASTS
        db.session.add(device)
        db.session.flush()
        record("device.prepared", "device", device.id, actor_id=actor_id, at=now, edition_id=edition_id, gate_id=gate.id)
    return Prepared(device, code_as_written(code))


def enrol(code: str, label: str, *, now: datetime, real_now: datetime) -> Enrolled:
    """Turn a code into a device's token; the code is used up."""
    typed = code_as_typed(code)
    token = new_secret()
    with transaction():
        device = queries.device_with_code(hash_secret(typed)) if typed else None
        if device is None or device.revoked_at is not None or device.code_expires_at is None or device.code_expires_at <= real_now:
            raise NoSuchCode
        device.code_hash = device.code_expires_at = None
        device.token_hash, device.enrolled_at, device.last_seen_at = hash_secret(token), now, now
        device.label = clean(label)[:LONGEST_LABEL] or device.label
        record("device.enrolled", "device", device.id, actor_id=None, at=now, edition_id=device.edition_id, gate_id=device.gate_id)
    return Enrolled(device.id, token)


def revoke_device(device_id: int, *, actor_id: int | None, now: datetime) -> Device:
    """Take a device out of use, enrolled or only prepared; one that is out of use already stays so."""
    with transaction():
        device = queries.device_to_change(device_id)
        if device.revoked_at is None:
            device.revoked_at, device.code_hash, device.code_expires_at = now, None, None
            record("device.revoked", "device", device.id, actor_id=actor_id, at=now, edition_id=device.edition_id)
    return device


def move_device(device_id: int, *, gate_id: int, actor_id: int | None, now: datetime) -> Device:
    """Let a device stand at another gate of its edition; the phone learns of it within seconds."""
    with transaction():
        device = queries.device_to_change(device_id)
        if device.revoked_at is not None:
            raise DeviceGone
        gate = queries.gate_to_use(device.edition_id, gate_id)
        if device.gate_id == gate.id:
            return device
        device.gate_id = gate.id
        record("device.moved", "device", device.id, actor_id=actor_id, at=now, edition_id=device.edition_id, gate_id=gate.id)
    return device


def note_sign_of_life(device: Device, now: datetime) -> None:
    """Note that a device asked for its state, a few times a minute at most."""
    if device.last_seen_at is not None and abs(now - device.last_seen_at) < _SIGN_EVERY:
        return
    with transaction():
        queries.device_to_change(device.id).last_seen_at = now
