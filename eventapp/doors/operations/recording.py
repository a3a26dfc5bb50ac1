"""Record scans: every reading gets its answer, every fact is stored once, and presence and visits follow from the facts."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from eventapp.badges.errors import BadToken
from eventapp.badges.token import Payload, PublicKeys, read, token_in
from eventapp.core.db import direct_transaction
from eventapp.core.errors import Busy
from eventapp.core.ids import hash_secret
from eventapp.core.zones import zone
from eventapp.doors.errors import DeviceRevoked, NoDevice
from eventapp.doors.operations.storing import store
from eventapp.doors.queries import recording as queries
from eventapp.doors.queries.dialects import is_sqlite, told_instant
from eventapp.doors.queries.recording import Holder, Known, KnownDevice, Since
from eventapp.doors.rules import presence
from eventapp.doors.rules.presence import Passage, State
from eventapp.doors.rules.readings import Reading, reading_of, when
from eventapp.doors.rules.verdicts import CODE_REASONS, Reason, counts_as_visitor, objection, outcome_of, passes

_TRIES = 20
_LONGEST_ID = 100
Opened = Payload | Reason
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device is told about one reading; `since` says when and where somebody who is inside went in."""

    id: str | None
    outcome: str
    reason: str
    holder: Holder | None = None
    since: Since | None = None


class _OvertakenError(Exception):
    """Another scan of the same badge was quicker; this one has to be decided anew."""


@dataclass(slots=True)
class _Fact:
    """One reading on its way into the journal."""

    reading: Reading
    known: Known
    zone_id: int
    at: datetime
    doubtful: bool
    day: date
    payload: Payload | None
    reason: Reason
    passed: bool = False
    since: Since | None = None

    @property
    def key(self) -> Key:
        """Say whose presence, and where, it may change."""
        return (self.known.issued.attendee_id if self.known.issued else 0, self.zone_id)

    @property
    def passage(self) -> Passage:
        """Tell it as a passage."""
        return Passage(self.at, self.reading.id, self.reading.direction, self.day, self.reading.gate_id)

    @property
    def counted(self) -> bool:
        """Say whether it makes a visit."""
        return self.passed and self.reading.direction == "in" and self.known.issued is not None and counts_as_visitor(self.known.issued.hats)


def record_scans(bearer: str, given: Sequence[object], *, keys: PublicKeys, language: str, now: datetime) -> tuple[str, list[Answer]]:
    """Record what a device read, in any order and however often it is sent; return the edition's zone and an answer for each, in the order given."""
    readings = [reading_of(one) for one in given]
    opened: dict[UUID, tuple[Reading, Opened]] = {}
    for reading in readings:
        if reading is not None and reading.id not in opened:  # the first of several with one id stands
            opened[reading.id] = (reading, _open(reading, keys))
    for _ in range(_TRIES):
        try:
            timezone, answers = _attempt(hash_secret(bearer), opened, language, now)
        except _OvertakenError:
            continue
        return timezone, [_answer(one, reading, answers) for one, reading in zip(given, readings, strict=True)]
    raise Busy


def _open(reading: Reading, keys: PublicKeys) -> Opened:
    """Read the code; say what is wrong with it instead."""
    try:
        return read(token_in(reading.text), keys)
    except BadToken as refusal:
        return CODE_REASONS[refusal.reason]


def _answer(given: object, reading: Reading | None, answers: Mapping[UUID, Answer]) -> Answer:
    said = given.get("id") if isinstance(given, Mapping) else None
    if reading is not None:
        return replace(answers[reading.id], id=said)  # in the device's own spelling
    return Answer(said if isinstance(said, str) and len(said) <= _LONGEST_ID else None, "refused", Reason.MALFORMED)


def _attempt(token_hash: str, opened: Mapping[UUID, tuple[Reading, Opened]], language: str, now: datetime) -> tuple[str, dict[UUID, Answer]]:
    """Decide and store in one transaction."""
    with direct_transaction() as connection:
        if len(opened) > 1:
            queries.hold_batches(connection)
        asked = [(reading, said if isinstance(said, Payload) else None) for reading, said in opened.values()]
        device, known = queries.known(connection, token_hash, asked, language)
        if device is None:
            raise NoDevice
        if device.revoked:
            raise DeviceRevoked
        facts = list(_facts(device, opened, known, now))
        passing = [fact for fact in facts if fact.passed]
        states = _states(passing, partial(queries.past, connection, device.edition_id))
        if not store(connection, _rows(device, facts, states, now, sqlite=is_sqlite(connection))):
            raise _OvertakenError
    settled = {fact.reading.id: _new_answer(fact) for fact in facts}
    return device.timezone, {number: settled.get(number) or _old_answer(known[number], reading) for number, (reading, _said) in opened.items()}


def _facts(device: KnownDevice, opened: Mapping[UUID, tuple[Reading, Opened]], known: Mapping[UUID, Known], now: datetime) -> Iterator[_Fact]:
    """Make facts of the readings that are new and at a gate of the edition."""
    for place, (reading, said) in enumerate(opened.values()):
        about = known[reading.id]
        if about.before is None and about.zone_id is not None:
            yield _fact(device, reading, said, about, about.zone_id, now, place)


def _fact(device: KnownDevice, reading: Reading, said: Opened, about: Known, zone_id: int, now: datetime, place: int) -> _Fact:
    at, doubtful = when(reading, now, place)
    fact = _Fact(reading, about, zone_id, at, doubtful, at.astimezone(zone(device.timezone)).date(), None, Reason.OK)
    if isinstance(said, Reason):
        fact.reason = said
    elif said.edition != device.token_number:
        fact.reason = Reason.OTHER_EDITION
    elif about.issued is None:
        fact.reason = Reason.UNKNOWN_CODE
    else:
        asked = at if reading.verdict and not doubtful else None
        objected = objection(said, about.issued, direction=reading.direction, day=fact.day, rules=about.rules, at=asked)
        fact.payload, fact.reason, fact.passed = said, objected or Reason.OK, passes(reading.verdict, objected)
        return fact
    fact.known = Known(None, zone_id, about.rules, about.gate, None, None, None, {})  # a serial that proves nothing names nobody
    return fact


def _states(passing: Sequence[_Fact], past: Callable[[Collection[int]], queries.Past]) -> dict[Key, State]:
    """Compute who is inside after these facts; what comes late is put in its place among the facts of the journal."""
    by_key: dict[Key, list[_Fact]] = {}
    for fact in passing:
        by_key.setdefault(fact.key, []).append(fact)
    late = {key for key, facts in by_key.items() if any(presence.is_late(fact.known.state, fact.passage) for fact in facts)}
    names = {fact.reading.gate_id: fact.known.gate for fact in passing} | {fact.known.state.gate_id: fact.known.since for fact in passing if fact.known.state}
    journal: Mapping[Key, Sequence[Passage]] = {}
    if late:
        journal, more = past({key[0] for key in late})
        names = {**more, **names}
    return {key: _walk(facts, journal.get(key, ()) if key in late else None, names) for key, facts in by_key.items()}


def _walk(facts: Sequence[_Fact], journal: Sequence[Passage] | None, names: Mapping[int, queries.Texts]) -> State:
    """Walk through the passages of one holder and zone in the order they happened in, and tell each new one how it met the state before it."""
    state = facts[0].known.state if journal is None else None
    new = {fact.reading.id: fact for fact in facts}
    for passage in sorted([*(journal or ()), *(fact.passage for fact in facts)], key=lambda one: one.place):
        fact = new.get(passage.scan_id)
        if fact is not None and fact.reason == Reason.OK:
            fact.reason = presence.reason_for(state, passage)
            if fact.reason == Reason.ALREADY_INSIDE and state is not None:
                fact.since = Since(state.changed_at, names.get(state.gate_id, {}), state.gate_id)
        state = presence.after(state, passage)
    if state is None:
        raise AssertionError("there is no holder without a passage")
    return state


def _new_answer(fact: _Fact) -> Answer:
    return Answer(str(fact.reading.id), outcome_of(fact.reading.verdict, fact.reason), fact.reason, fact.known.holder, fact.since)


def _old_answer(known: Known, reading: Reading) -> Answer:
    """Give the answer that this scan got before; a gate that is not the edition's has none."""
    before = known.before
    if before is None:
        return Answer(str(reading.id), "refused", Reason.WRONG_GATE)
    if not before.ours:
        return Answer(str(reading.id), "refused", Reason.MALFORMED)
    return Answer(str(reading.id), before.outcome, before.reason, known.holder, before.since)


def _rows(device: KnownDevice, facts: Sequence[_Fact], states: Mapping[Key, State], now: datetime, *, sqlite: bool) -> dict[str, list[dict[str, Any]]]:
    """Write what is to be stored: states first, whose keys stop who was overtaken; all in key order, so that nobody waits in a ring."""
    seen = {fact.key: fact.known.state for fact in facts if fact.passed}
    first: dict[tuple[int, date], datetime] = {}
    for fact in facts:
        if fact.counted:
            key = (fact.key[0], fact.day)
            first[key] = min(fact.at, first.get(key, fact.at))
    tell = partial(told_instant, sqlite=sqlite)
    return {
        "presence": [_state_row(device, key, states[key], seen[key], tell) for key in sorted(states)],
        "scans": [_scan_row(device, fact, now, tell) for fact in facts],
        "visits": [{"edition_id": device.edition_id, "attendee_id": who, "day": day.isoformat(), "first_at": tell(at)} for (who, day), at in sorted(first.items())],
    }


def _state_row(device: KnownDevice, key: Key, state: State, seen: State | None, tell: Callable[[datetime], str]) -> dict[str, Any]:
    return {
        "edition_id": device.edition_id,
        "attendee_id": key[0],
        "zone_id": key[1],
        "inside": state.inside,
        "day": state.day.isoformat(),
        "changed_at": tell(state.changed_at),
        "gate_id": state.gate_id,
        "scan_id": state.scan_id.hex,
        "last_at": tell(state.last_at),
        "last_scan_id": state.last_scan_id.hex,
        "seen": seen.scan_id.hex if seen else None,
        "seen_last": seen.last_scan_id.hex if seen else None,
    }


def _scan_row(device: KnownDevice, fact: _Fact, now: datetime, tell: Callable[[datetime], str]) -> dict[str, Any]:
    reading, payload = fact.reading, fact.payload
    return {
        "id": reading.id.hex,
        "edition_id": device.edition_id,
        "gate_id": reading.gate_id,
        "zone_id": fact.zone_id,
        "device_id": device.id,
        "attendee_id": fact.known.issued.attendee_id if fact.known.issued else None,
        "serial": payload.serial if payload else None,
        "counter": payload.counter if payload else None,
        "direction": reading.direction,
        "scanned_at": tell(reading.scanned_at),
        "clock_offset_ms": reading.offset_ms,
        "happened_at": tell(fact.at),
        "clock_doubtful": fact.doubtful,
        "day": fact.day.isoformat(),
        "received_at": tell(now),
        "verdict": reading.verdict,
        "outcome": outcome_of(reading.verdict, fact.reason),
        "reason": fact.reason,
        "passed": fact.passed,
        "counted": fact.counted,
        "since_at": tell(fact.since.at) if fact.since else None,
        "since_gate_id": fact.since.gate_id if fact.since else None,
    }
