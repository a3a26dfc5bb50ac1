"""However many phones type a code at once, it enrols one."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db, transaction
from eventapp.core.ids import hash_secret
from eventapp.doors import operations, queries
from eventapp.doors.models import Device
from eventapp.editions.models import Edition
from tests.doors.conftest import make_gate
from tests.support.cast import EIGHT
from tests.support.doctor import breaches
from tests.support.racing import looked_before, race, without_locks

PHONES = 8


@pytest.fixture
def code(sistep: Edition) -> str:
    """A code that a phone may be enrolled with."""
    gate = make_gate(sistep, "main")
    return operations.prepare_device(sistep.id, gate_id=gate.id, label="Phone 1", actor_id=None, now=EIGHT, real_now=EIGHT).code


def typing(code: str, tokens: list[str]) -> Callable[[int], str]:
    def type_it(phone: int) -> str:
        tokens.append(operations.enrol(code, f"Phone {phone}", now=EIGHT, real_now=EIGHT).token)
        return "enrolled"

    return type_it


def works(token: str) -> bool:
    return db.session.scalar(select(Device.id).where(Device.token_hash == hash_secret(token))) is not None


def test_of_eight_phones_with_one_code_one_is_enrolled_and_works(app: Flask, code: str) -> None:
    tokens: list[str] = []
    assert race(app, typing(code, tokens), range(PHONES)) == {"enrolled": 1, "NoSuchCode": PHONES - 1}
    assert ([works(token) for token in tokens], breaches()) == ([True], [])


def test_a_phone_that_is_enrolled_and_taken_out_of_use_at_once_is_out_of_use(app: Flask, code: str) -> None:
    device_id = db.session.scalars(select(Device.id)).one()

    def act(what: str) -> str:
        if what == "revoke":
            operations.revoke_device(device_id, actor_id=None, now=EIGHT)
        else:
            operations.enrol(code, "", now=EIGHT, real_now=EIGHT)
        return what

    ended = race(app, act, ["revoke", "enrol"])
    assert ended in ({"revoke": 1, "enrol": 1}, {"revoke": 1, "NoSuchCode": 1})
    assert (db.session.get_one(Device, device_id).revoked_at, breaches()) == (EIGHT, [])


def test_without_holding_the_device_two_phones_are_enrolled_and_one_of_them_does_not_work(app: Flask, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens: list[str] = []
    without_locks(monkeypatch, queries, "device_with_code", 2)
    assert race(app, typing(code, tokens), range(2)) == {"enrolled": 2}
    assert sorted(works(token) for token in tokens) == [False, True]


def test_a_code_that_is_not_used_up_enrols_every_phone(app: Flask, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens: list[str] = []
    waiting = db.session.scalars(select(Device.code_hash)).one()

    def as_before(_code_hash: str) -> Device:
        device = db.session.scalars(select(Device)).one()
        device.code_hash, device.code_expires_at = waiting, datetime(2030, 1, 1, tzinfo=UTC)
        return device

    looked_before(monkeypatch, queries, "device_with_code", as_before)
    assert race(app, typing(code, tokens), range(PHONES)) == {"enrolled": PHONES}
    assert sorted(works(token) for token in tokens) == [False] * (PHONES - 1) + [True]


def test_doctor_sees_a_code_that_was_not_used_up(app: Flask, code: str) -> None:
    operations.enrol(code, "", now=EIGHT, real_now=EIGHT)
    device = db.session.scalars(select(Device)).one()
    with transaction():
        device.code_hash = hash_secret("left")
    assert breaches() == [f"device {device.id} still has its code"]
