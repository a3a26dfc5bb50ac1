"""What recording a scan has to know, in one statement: the device, its edition, the gate, the badge, its holder, and whether they are inside.

Written by hand, because every scan waits for it; one statement serves one scan or five hundred.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from eventapp.badges.token import Payload
from eventapp.doors.models import Gate, Scan
from eventapp.doors.queries.dialects import is_sqlite, read_day, read_id, read_instant
from eventapp.doors.rules.presence import Passage, State
from eventapp.doors.rules.readings import Reading
from eventapp.doors.rules.verdicts import Issued

Texts = Mapping[str, str]
_LATE_OR_MANY = 718281828  # the lock of scans that look into the journal, and of batches
Past = tuple[Mapping[tuple[int, int], Sequence[Passage]], Mapping[int, Texts]]


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """The device that asks, and its edition."""

    id: int
    edition_id: int
    revoked: bool
    token_number: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Since:
    """When and where somebody went in."""

    at: datetime
    gate: Texts
    gate_id: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Who carries a badge: what a steward may see of them."""

    name: str
    organisation: str
    category: str


@dataclass(frozen=True, slots=True)
class Before:
    """The answer that this scan got before; `ours` is false when its id is taken by another edition's."""

    outcome: str
    reason: str
    since: Since | None
    ours: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of one reading."""

    before: Before | None
    zone_id: int | None
    rules: frozenset[str]
    gate: Texts
    issued: Issued | None
    holder: Holder | None
    state: State | None
    since: Texts  # the name of the gate in `state`


_GIVEN_ONE = {
    "sqlite": "SELECT :id AS id, :serial AS serial, :counter AS counter, :gate AS gate_id",
    "postgresql": "SELECT CAST(%(id)s AS uuid) AS id, CAST(%(serial)s AS bigint) AS serial, CAST(%(counter)s AS int) AS counter, CAST(%(gate)s AS int) AS gate_id",
}
_GIVEN_MANY = {
    "sqlite": "SELECT json_extract(value, '$.id') AS id, json_extract(value, '$.serial') AS serial, json_extract(value, '$.counter') AS counter,"
    " json_extract(value, '$.gate') AS gate_id FROM json_each(:given)",
    "postgresql": "SELECT id, serial, counter, gate AS gate_id FROM jsonb_to_recordset(CAST(%(given)s AS jsonb)) AS one(id uuid, serial bigint, counter int, gate int)",
}
_KNOWN = """
WITH given AS ({given})
SELECT d.id AS device_id, d.edition_id AS edition_id, d.revoked_at AS revoked_at, e.token_number AS token_number, e.timezone AS timezone,
  given.id AS id, g.zone_id AS zone_id, CAST(g.name AS TEXT) AS gate,
  (SELECT {join}(CASE WHEN r.day IS NULL THEN r.category ELSE r.category || '@' || CAST(r.day AS TEXT) END, ',') FROM zone_rules r WHERE r.zone_id = g.zone_id) AS rules,
  s.outcome AS outcome, s.reason AS reason, s.edition_id AS scan_edition_id, s.since_at AS since_at, s.since_gate_id AS since_gate_id,
  b.attendee_id AS attendee_id, b.state AS state, b.ended_at AS ended_at,
  (SELECT {join}(h.category, ',') FROM attendee_hats h WHERE h.attendee_id = b.attendee_id) AS hats,
  a.organisation_name AS organisation, a.category AS category,
  (SELECT n.given || ' ' || n.family FROM person_names n WHERE n.person_id = a.person_id ORDER BY n.script <> {script}, n.position LIMIT 1) AS name,
  p.inside AS inside, p.day AS day, p.changed_at AS changed_at, p.gate_id AS changed_gate_id, p.scan_id AS changed_scan_id, p.last_at AS last_at, p.last_scan_id AS last_scan_id,
  CAST(pg.name AS TEXT) AS changed_gate
FROM devices d JOIN editions e ON e.id = d.edition_id CROSS JOIN given
LEFT JOIN gates g ON g.id = given.gate_id AND g.edition_id = d.edition_id
LEFT JOIN scans s ON s.id = given.id
LEFT JOIN badges b ON b.edition_id = d.edition_id AND b.serial = given.serial AND b.counter = given.counter
LEFT JOIN attendees a ON a.id = CASE WHEN s.id IS NULL THEN b.attendee_id WHEN s.edition_id = d.edition_id THEN s.attendee_id END
LEFT JOIN presence p ON p.attendee_id = b.attendee_id AND p.zone_id = g.zone_id
LEFT JOIN gates pg ON pg.id = CASE WHEN s.id IS NULL THEN p.gate_id ELSE s.since_gate_id END
WHERE d.token_hash = {token}
"""


def _statement(sqlite: bool, many: bool) -> str:
    name = "sqlite" if sqlite else "postgresql"
    given = (_GIVEN_MANY if many else _GIVEN_ONE)[name]
    script, token = (":script", ":token") if sqlite else ("%(script)s", "%(token)s")
    return _KNOWN.format(given=given, join="group_concat" if sqlite else "string_agg", script=script, token=token)


_STATEMENTS = {(sqlite, many): _statement(sqlite, many) for sqlite in (True, False) for many in (True, False)}


def known(connection: Connection, token_hash: str, opened: Sequence[tuple[Reading, Payload | None]], language: str) -> tuple[KnownDevice | None, dict[UUID, Known]]:
    """Load what is known of a device and of its readings; no device, and nothing known, for a token that nobody has."""
    given = [_given(reading, payload) for reading, payload in opened] or [{"id": None, "serial": None, "counter": None, "gate": None}]
    many = len(given) > 1
    values = {"token": token_hash, "script": "arab" if language == "ar" else "latn", **({"given": json.dumps(given)} if many else given[0])}
    rows = connection.exec_driver_sql(_STATEMENTS[is_sqlite(connection), many], values).all()
    if not rows:
        return None, {}
    first = rows[0]
    device = KnownDevice(first.device_id, first.edition_id, first.revoked_at is not None, first.token_number, first.timezone)
    return device, {read_id(row.id): _known(row) for row in rows if row.id is not None}


def _given(reading: Reading, payload: Payload | None) -> dict[str, Any]:
    return {"id": reading.id.hex, "serial": payload and payload.serial, "counter": payload and payload.counter, "gate": reading.gate_id}


def _known(row: Any) -> Known:
    holder = Holder((row.name or "").strip(), row.organisation, row.category) if row.category is not None else None
    gate = json.loads(row.changed_gate) if row.changed_gate is not None else {}
    before = issued = state = None
    if row.outcome is not None:
        since = Since(read_instant(row.since_at), gate, row.since_gate_id) if row.since_at is not None else None
        before = Before(row.outcome, row.reason, since, row.scan_edition_id == row.edition_id)
    if row.attendee_id is not None:
        ended = read_instant(row.ended_at) if row.ended_at is not None else None
        issued = Issued(row.attendee_id, row.state, ended, _split(row.hats))
    if row.inside is not None:
        state = State(
            bool(row.inside),
            read_day(row.day),
            read_instant(row.changed_at),
            row.changed_gate_id,
            read_id(row.changed_scan_id),
            read_instant(row.last_at),
            read_id(row.last_scan_id),
        )
    return Known(before, row.zone_id, _split(row.rules), json.loads(row.gate) if row.gate is not None else {}, issued, holder, state, gate)


def _split(joined: str | None) -> frozenset[str]:
    return frozenset(joined.split(",")) if joined else frozenset()


def past(connection: Connection, edition_id: int, attendee_ids: Iterable[int]) -> Past:
    """Load the names of the edition's gates, and every passage of some attendees from the journal, by attendee and zone; who looks there has waited for its turn."""
    asked = select(Gate.id, Gate.name).where(Gate.edition_id == edition_id)
    if not is_sqlite(connection):
        asked = asked.add_columns(func.pg_advisory_xact_lock(_LATE_OR_MANY))  # first: what is read next has what the others stored
    names = {row.id: row.name for row in connection.execute(asked)}
    columns = (Scan.attendee_id, Scan.zone_id, Scan.happened_at, Scan.id, Scan.direction, Scan.day, Scan.gate_id)
    found: dict[tuple[int, int], list[Passage]] = {}
    for row in connection.execute(select(*columns).where(Scan.passed, Scan.attendee_id.in_(sorted(attendee_ids)))):
        passage = Passage(row.happened_at, row.id, row.direction, row.day, row.gate_id)
        found.setdefault((row.attendee_id, row.zone_id), []).append(passage)
    return found, names


def hold_batches(connection: Connection) -> None:
    """Let batches be recorded one after the other: two that know the same badges would overtake each other for ever."""
    if not is_sqlite(connection):
        connection.execute(select(func.pg_advisory_xact_lock(_LATE_OR_MANY)))
