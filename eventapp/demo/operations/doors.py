"""Gates, devices and the scans of the first hour, with who is inside and who came: what recording them one by one would have stored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert

from eventapp.badges.token import Payload, keyring, read
from eventapp.core.db import Model, db
from eventapp.core.ids import hash_secret, new_secret
from eventapp.core.zones import zone
from eventapp.demo.operations.attendees import scan_id
from eventapp.demo.rules import editions as facts
from eventapp.demo.rules.crowd import Guest, Passage
from eventapp.doors.models import Device, Gate, Presence, Scan, Visit
from eventapp.doors.operations import add_gate
from eventapp.doors.rules import presence
from eventapp.doors.rules.presence import State
from eventapp.doors.rules.verdicts import Issued, Reason, counts_as_visitor, objection, outcome_of
from eventapp.editions.models import Edition

Row = dict[str, Any]
_LABELS = {"main": ("Téléphone 1 (exemple)", "Téléphone 2 (exemple)"), "hall-c": ("Téléphone 3 (exemple)",), "vip": ("Téléphone 4 (exemple)",)}


@dataclass
class _Day:
    """The first hour as it is told: facts, and what follows from them."""

    edition: Edition
    gates: Mapping[str, Gate]
    devices: Mapping[str, Sequence[int]]
    rules: Mapping[int, frozenset[str]]
    scans: list[Row] = field(default_factory=list)
    states: dict[tuple[int, int], State] = field(default_factory=dict)
    visits: dict[tuple[int, date], datetime] = field(default_factory=dict)


def add_doors(rng: Random, edition: Edition, guests: Sequence[Guest], badges: Sequence[tuple[int, str]], passages: Sequence[Passage], opens: datetime) -> None:
    """Make the gates with their telephones, and tell the first hour: `badges` has id and token of each guest, `passages` come in order of time."""
    zones = {one.code: one for one in edition.zones}
    gates = {code: add_gate(edition.id, code=code, name=name, zone_id=zones[into].id, actor_id=None, now=edition.created_at) for code, into, name in facts.GATES}
    devices = {code: _devices(gate, opens) for code, gate in gates.items()}
    day = _Day(edition, gates, devices, {one.id: frozenset(rule.category for rule in one.rules) for one in edition.zones})
    for passage in passages:
        _read(day, rng, passage, None if passage.guest is None else (guests[passage.guest], *badges[passage.guest]))
    _store(Scan, day.scans)
    _store(Presence, [{"edition_id": edition.id, "attendee_id": who, "zone_id": where, **asdict(state)} for (who, where), state in day.states.items()])
    _store(Visit, [{"edition_id": edition.id, "attendee_id": who, "day": on, "first_at": at} for (who, on), at in day.visits.items()])


def _store(model: type[Model], rows: Sequence[Row]) -> None:
    if rows:
        db.session.execute(insert(cast("Table", model.__table__)), list(rows))


def _devices(gate: Gate, opens: datetime) -> list[int]:
    """Enrol a gate's telephones before the doors open; nobody knows their tokens."""
    at = opens - timedelta(minutes=25)
    shared: Row = {"edition_id": gate.edition_id, "gate_id": gate.id, "created_at": at, "enrolled_at": at + timedelta(minutes=4), "last_seen_at": opens + timedelta(minutes=59)}
    rows = [Device(**shared, label=label, token_hash=hash_secret(new_secret())) for label in _LABELS[gate.code]]
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]


def _read(day: _Day, rng: Random, passage: Passage, holder: tuple[Guest, int, str] | None) -> None:
    """Let a gate read a badge, or a code that is none."""
    gate, number = day.gates[passage.gate], scan_id(rng)
    moment = presence.Passage(passage.at, number, passage.direction, passage.at.astimezone(zone(day.edition.timezone)).date(), gate.id)
    device = rng.choice(day.devices[passage.gate])
    row: Row = {"device_id": device, "received_at": passage.at + timedelta(milliseconds=rng.randint(20, 200)), **_nobody(day.edition, gate, moment, number)}
    if holder is not None:
        guest, attendee_id, token = holder
        row |= _judged(day, gate, moment, guest, attendee_id, read(token, keyring().public_keys))
    day.scans.append(row)


def _nobody(edition: Edition, gate: Gate, moment: presence.Passage, number: UUID) -> Row:
    """Write the fact of a code that is no badge."""
    told: Row = {"id": number, "edition_id": edition.id, "gate_id": gate.id, "zone_id": gate.zone_id, "direction": moment.direction, "day": moment.day, "verdict": ""}
    clock: Row = {"scanned_at": moment.at, "clock_offset_ms": 0, "happened_at": moment.at, "clock_doubtful": False}
    empty: Row = {"attendee_id": None, "serial": None, "counter": None, "since_at": None, "since_gate_id": None, "passed": False, "counted": False}
    return {**told, **clock, **empty, "outcome": "refused", "reason": Reason.UNKNOWN_CODE}


def _judged(day: _Day, gate: Gate, moment: presence.Passage, guest: Guest, attendee_id: int, payload: Payload) -> Row:
    """Answer for a badge, and let its holder pass if they may."""
    hats, rules, key = frozenset({guest.category}), day.rules[gate.zone_id], (attendee_id, gate.zone_id)
    before = day.states.get(key)
    objected = objection(payload, Issued(attendee_id, "active", None, hats), direction=moment.direction, day=moment.day, rules=rules, at=None)
    reason = objected or presence.reason_for(before, moment)
    known: Row = {"attendee_id": attendee_id, "serial": payload.serial, "counter": payload.counter, "outcome": outcome_of("", reason), "reason": reason}
    if objected is not None:
        return known
    day.states[key] = presence.after(before, moment)
    counted = moment.direction == "in" and counts_as_visitor(hats)
    if counted:
        day.visits.setdefault((attendee_id, moment.day), moment.at)
    since: Row = {"since_at": before.changed_at, "since_gate_id": before.gate_id} if before and reason == Reason.ALREADY_INSIDE else {}
    return {**known, **since, "passed": True, "counted": counted}
