"""What tests of the doors share: gates, devices, holders of badges, and the show's clock."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee
from eventapp.badges.queries import active_badge
from eventapp.badges.token import keyring
from eventapp.core import clock
from eventapp.doors import operations
from eventapp.doors.models import Gate
from eventapp.doors.operations import Answer, add_gate
from eventapp.editions.models import Category, Edition
from tests.support.cast import EIGHT, same

NINE = EIGHT + timedelta(hours=1)
TEN = EIGHT + timedelta(hours=2)


def minutes(number: float) -> datetime:
    """Name a time after nine o'clock."""
    return NINE + timedelta(minutes=number)


@dataclass(frozen=True)
class Post:
    """A gate with an enrolled device."""

    gate: int
    device: int
    token: str


def make_gate(edition: Edition, code: str, zone: str = "show") -> Gate:
    """Store a gate into a zone."""
    zone_id = next(one.id for one in edition.zones if one.code == zone)
    return add_gate(edition.id, code=code, name=same(f"{code} gate"), zone_id=zone_id, actor_id=None, now=EIGHT)


def make_post(edition: Edition, code: str, zone: str = "show") -> Post:
    """Store a gate and enrol a device for it."""
    gate = make_gate(edition, code, zone).id
    prepared = operations.prepare_device(edition.id, gate_id=gate, label=f"{code} phone", actor_id=None, now=EIGHT, real_now=EIGHT)
    enrolled = operations.enrol(prepared.code, "", now=EIGHT, real_now=EIGHT)
    return Post(gate, enrolled.device_id, enrolled.token)


def make_holder(edition: Edition, name: str = "Salma Visitor", category: Category = Category.VISITOR) -> Attendee:
    """Register an attendee, who gets a badge."""
    given, family = name.split(" ", 1)
    return add_attendee(edition.id, category, given=given, family=family, actor_id=None, now=EIGHT, language="en")


def token_of(attendee: Attendee) -> str:
    """Read the token of an attendee's badge."""
    badge = active_badge(attendee.id)
    assert badge is not None
    return badge.token


def scan(post: Post, token: str, at: datetime = NINE, direction: str = "in", **more: Any) -> dict[str, Any]:
    """Write one scan as a device sends it."""
    known = {"id": str(uuid.uuid4()), "token": token, "gate": post.gate, "direction": direction, "scanned_at": at.isoformat(), "clock_offset_ms": 0, "verdict": ""}
    return known | more


def record(post: Post, *scans: Any, now: datetime = TEN, language: str = "en") -> list[Answer]:
    """Record scans as the address does."""
    return operations.record_scans(post.token, scans, keys=keyring().public_keys, language=language, now=now)[1]


def read(post: Post, token: str, at: datetime = NINE, direction: str = "in", **more: Any) -> str:
    """Record one scan; return its reason."""
    (answer,) = record(post, scan(post, token, at, direction, **more), now=at)
    return str(answer.reason)


@pytest.fixture
def ten_o_clock(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Let the show's clock stand at ten on the first day."""
    monkeypatch.setattr(clock, "show_now", lambda: TEN)
    return TEN


@pytest.fixture
def main(sistep: Edition) -> Post:
    """The main gate with a phone."""
    return make_post(sistep, "main")


@pytest.fixture
def vip(sistep: Edition) -> Post:
    """The lounge's gate with a phone."""
    return make_post(sistep, "vip", "vip")


@pytest.fixture
def salma(sistep: Edition) -> Attendee:
    """A visitor with a badge."""
    return make_holder(sistep)
