"""A device is prepared, enrolled once, moved and taken out of use."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.ids import hash_secret
from eventapp.doors import operations
from eventapp.doors.errors import DeviceGone, GateCodeTaken, NoGate, NoSuchCode, NoZone
from eventapp.doors.models import Device
from eventapp.doors.operations.devices import Prepared
from eventapp.doors.rules.codes import CODE_LASTS, code_as_typed
from eventapp.editions.models import Edition
from tests.doors.conftest import make_gate
from tests.support.cast import EIGHT, same

GONE = timedelta(seconds=1)


def prepare(edition: Edition, code: str = "main") -> Prepared:
    gate = make_gate(edition, code)
    return operations.prepare_device(edition.id, gate_id=gate.id, label="Phone 1", actor_id=None, now=EIGHT, real_now=EIGHT)


def enrol(code: str, after: timedelta = timedelta()) -> int:
    return operations.enrol(code, "", now=EIGHT, real_now=EIGHT + after).device_id


def test_a_code_makes_a_device_once(sistep: Edition) -> None:
    prepared = prepare(sistep)
    enrolled = operations.enrol(prepared.code, "Omar's phone", now=EIGHT, real_now=EIGHT)
    device = db.session.get_one(Device, enrolled.device_id)
    assert (device.label, device.token_hash, device.code_hash, device.enrolled_at) == ("Omar's phone", hash_secret(enrolled.token), None, EIGHT)
    with pytest.raises(NoSuchCode):
        enrol(prepared.code)


def test_neither_code_nor_token_is_in_the_database(sistep: Edition) -> None:
    prepared = prepare(sistep)
    before = str(db.session.execute(select(Device.__table__)).all())
    token = operations.enrol(prepared.code, "", now=EIGHT, real_now=EIGHT).token
    after = str(db.session.execute(select(Device.__table__)).all())
    trail = str(db.session.execute(select(AuditEntry.__table__)).all())
    assert [secret for secret in (prepared.code, prepared.code.replace("-", ""), token) if secret in before + after + trail] == []


@pytest.mark.parametrize(("after", "good"), [(CODE_LASTS - GONE, True), (CODE_LASTS, False)])
def test_a_code_is_good_for_half_an_hour(sistep: Edition, after: timedelta, good: bool) -> None:
    prepared = prepare(sistep)
    if good:
        assert enrol(prepared.code, after) == prepared.device.id
    else:
        with pytest.raises(NoSuchCode):
            enrol(prepared.code, after)


def test_a_code_is_read_however_it_is_typed(sistep: Edition) -> None:
    prepared = prepare(sistep)
    assert enrol(f" {prepared.code.lower().replace('-', ' ')} ") == prepared.device.id


@pytest.mark.parametrize("text", ["", "ABCD", "ABCD-23456", "\x00", "ÀBCD-2345", "x" * 9999])
def test_what_cannot_be_a_code_is_none(app: Flask, text: str) -> None:
    assert code_as_typed(text) is None
    with pytest.raises(NoSuchCode):
        enrol(text)


def test_a_revoked_device_cannot_be_enrolled_or_moved(sistep: Edition) -> None:
    prepared = prepare(sistep)
    operations.revoke_device(prepared.device.id, actor_id=None, now=EIGHT)
    with pytest.raises(NoSuchCode):
        enrol(prepared.code)
    with pytest.raises(DeviceGone):
        operations.move_device(prepared.device.id, gate_id=prepared.device.gate_id, actor_id=None, now=EIGHT)


def test_a_device_moves_to_gates_of_its_edition_only(sistep: Edition, other_edition: Edition) -> None:
    prepared, side, theirs = prepare(sistep), make_gate(sistep, "side"), make_gate(other_edition, "theirs")
    operations.move_device(prepared.device.id, gate_id=side.id, actor_id=None, now=EIGHT)
    assert db.session.get_one(Device, prepared.device.id).gate_id == side.id
    with pytest.raises(NoGate):
        operations.move_device(prepared.device.id, gate_id=theirs.id, actor_id=None, now=EIGHT)
    with pytest.raises(NoGate):
        operations.prepare_device(sistep.id, gate_id=theirs.id, label="", actor_id=None, now=EIGHT, real_now=EIGHT)


def test_two_gates_cannot_have_one_code_and_lead_into_zones_of_their_edition(sistep: Edition, other_edition: Edition) -> None:
    gate = make_gate(sistep, "main")
    with pytest.raises(GateCodeTaken):
        make_gate(sistep, "main")
    assert make_gate(other_edition, "main").id != gate.id
    with pytest.raises(NoZone):
        operations.change_gate(gate.id, name=same("Main"), zone_id=other_edition.zones[0].id, actor_id=None, now=EIGHT)


def test_every_act_is_in_the_trail(sistep: Edition) -> None:
    prepared = prepare(sistep)
    enrol(prepared.code)
    south = make_gate(sistep, "south")
    for _ in range(2):
        operations.move_device(prepared.device.id, gate_id=south.id, actor_id=None, now=EIGHT)
    for _ in range(2):
        operations.revoke_device(prepared.device.id, actor_id=None, now=EIGHT)
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind.in_(("gate", "device"))).order_by(AuditEntry.id)).all()
    assert actions == ["gate.added", "device.prepared", "device.enrolled", "gate.added", "device.moved", "device.revoked"]
