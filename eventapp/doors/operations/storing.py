"""Write scans and what follows from them: on PostgreSQL one statement for all three tables, on SQLite one for each."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection

from eventapp.doors.queries.dialects import is_sqlite

Row = Mapping[str, Any]

_SCANS = {
    "id": "uuid",
    "edition_id": "int",
    "gate_id": "int",
    "zone_id": "int",
    "device_id": "int",
    "attendee_id": "int",
    "serial": "bigint",
    "counter": "int",
    "direction": "text",
    "scanned_at": "timestamptz",
    "clock_offset_ms": "bigint",
    "happened_at": "timestamptz",
    "clock_doubtful": "boolean",
    "day": "date",
    "received_at": "timestamptz",
    "verdict": "text",
    "outcome": "text",
    "reason": "text",
    "passed": "boolean",
    "counted": "boolean",
    "since_at": "timestamptz",
    "since_gate_id": "int",
}
_PRESENCE = {
    "edition_id": "int",
    "attendee_id": "int",
    "zone_id": "int",
    "inside": "boolean",
    "day": "date",
    "changed_at": "timestamptz",
    "gate_id": "int",
    "scan_id": "uuid",
    "last_at": "timestamptz",
    "last_scan_id": "uuid",
}
_VISITS = {"edition_id": "int", "attendee_id": "int", "day": "date", "first_at": "timestamptz"}

_PRESENCE_KEY = ("attendee_id", "zone_id")
_ONE_VISIT_A_DAY = "ON CONFLICT (attendee_id, day) DO UPDATE SET first_at = excluded.first_at WHERE excluded.first_at < visits.first_at"


def _source(columns: Mapping[str, str], *, sqlite: bool, parameter: str) -> str:
    """Write the rows of a JSON text as a table."""
    if sqlite:
        return f"SELECT {', '.join(f'json_extract(value, {_path(name)})' for name in columns)} FROM json_each(:{parameter}) WHERE true"  # noqa: S608 - our own names
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    return f"SELECT {', '.join(columns)} FROM jsonb_to_recordset(CAST(%({parameter})s AS jsonb)) AS one({typed})"  # noqa: S608 - our own names


def _path(name: str) -> str:
    return f"'$.{name}'"


def _insert(table: str, columns: Mapping[str, str], conflict: str, *, sqlite: bool) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) {_source(columns, sqlite=sqlite, parameter=table)} {conflict}"


def _presence_conflict(*, sqlite: bool) -> str:
    """Let a state follow only the one it was computed from: another scan may have been quicker."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in _PRESENCE if name not in {*_PRESENCE_KEY, "edition_id"})
    keyed = f"ON CONFLICT ({', '.join(_PRESENCE_KEY)}) DO UPDATE SET {changes}"
    if sqlite:  # the write lock lets nobody be quicker
        return keyed
    seen = "jsonb_to_recordset(CAST(%(presence)s AS jsonb)) AS one(attendee_id int, zone_id int, seen uuid, seen_last uuid)"
    same = "(presence.scan_id, presence.last_scan_id)"  # the last one alone stays when a late scan changes who is inside
    return f"{keyed} WHERE {same} = (SELECT seen, seen_last FROM {seen} WHERE one.attendee_id = excluded.attendee_id AND one.zone_id = excluded.zone_id)"  # noqa: S608 - our own names


def statements(*, sqlite: bool) -> dict[str, str]:
    """Write the insert of each table."""
    return {
        "presence": _insert("presence", _PRESENCE, _presence_conflict(sqlite=sqlite), sqlite=sqlite),
        "scans": _insert("scans", _SCANS, "ON CONFLICT (id) DO NOTHING", sqlite=sqlite),
        "visits": _insert("visits", _VISITS, _ONE_VISIT_A_DAY, sqlite=sqlite),
    }


_ON_SQLITE = statements(sqlite=True)
_ON_POSTGRES = statements(sqlite=False)


@cache
def _at_once(tables: tuple[str, ...]) -> str:
    """Write the inserts of some tables as one statement, which counts the facts and states written."""
    parts = [f"{table}_written AS ({_ON_POSTGRES[table]} RETURNING 1)" for table in tables]
    counts = [f"(SELECT count(*) FROM {table}_written)" for table in tables if table != "visits"]  # noqa: S608 - our own names
    return f"WITH {', '.join(parts)} SELECT {' + '.join(counts)}"


def store(connection: Connection, rows: Mapping[str, Sequence[Row]]) -> bool:
    """Write rows of `scans`, `presence` and `visits`; False when another scan was quicker and all has to be decided anew."""
    filled = {table: json.dumps(found) for table, found in rows.items() if found}
    if not filled:
        return True
    if is_sqlite(connection):
        for table, given in filled.items():
            connection.exec_driver_sql(_ON_SQLITE[table], {table: given})
        return True
    written = connection.exec_driver_sql(_at_once(tuple(filled)), filled).scalar_one()
    return bool(written == len(rows["scans"]) + len(rows["presence"]))
