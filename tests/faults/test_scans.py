"""Scans under faults: what was acknowledged is there, once, and the figures equal the facts."""

import random
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.faults.conftest import Counts, Struck
from tests.faults.device import Ledger, Scan, keep_scanning, scans_of, send, send_again
from tests.support.databases import named

DEVICES = 4


@contextmanager
def devices_scanning(struck: Struck, ledger: Ledger) -> Iterator[None]:
    """Let several devices scan while the block runs."""
    stop = threading.Event()
    threads = [threading.Thread(target=keep_scanning, args=(struck, ledger, stop, number)) for number in range(DEVICES)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)


def at_work(ledger: Ledger) -> None:
    """Wait until one more scan was acknowledged, so that a kill strikes a server at work however slowly it starts."""
    before, patience = len(ledger.answers), time.monotonic() + 60
    while len(ledger.answers) == before:
        assert time.monotonic() < patience, "no scan was acknowledged for a minute"
        time.sleep(0.005)


def stored(struck: Struck) -> dict[str, str]:
    """Read the scans of the database: id and outcome."""
    engine = create_engine(struck.server.database_url)
    try:
        with engine.connect() as connection:
            return {str(uuid.UUID(str(row[0]))): row[1] for row in connection.execute(text("SELECT id, outcome FROM scans"))}
    finally:
        engine.dispose()


def lost(ledger: Ledger, found: dict[str, str]) -> list[str]:
    """List acknowledged scans that the database does not have, or has with another outcome."""
    return sorted(scan for scan, outcome in ledger.answers.items() if found.get(scan) != outcome)


def test_killing_the_server_during_scans_loses_nothing_that_was_acknowledged(struck: Struck, counts: Counts) -> None:
    ledger, dice = Ledger(), random.Random(1)
    with devices_scanning(struck, ledger):
        for _ in range(counts.kills):
            at_work(ledger)
            threading.Event().wait(dice.random() * 0.15)
            struck.server.kill()
            struck.server.start()
        at_work(ledger)
    assert len(ledger.answers) > counts.kills
    assert lost(ledger, stored(struck)) == []
    send_again(struck, ledger)
    found = stored(struck)
    assert (lost(ledger, found), ledger.changed, set(found) - set(ledger.answers)) == ([], [], set())
    struck.server.flask("doctor")


def test_a_lost_scan_would_be_noticed() -> None:
    ledger = Ledger()
    ledger.answered(200, [{"id": "a", "outcome": "admitted"}, {"id": "b", "outcome": "refused"}, {"id": "c", "outcome": "admitted"}])
    ledger.answered(200, [{"id": "c", "outcome": "refused"}])
    assert (lost(ledger, {"a": "admitted", "b": "admitted"}), ledger.changed) == (["b", "c"], ["c"])


def deliveries(struck: Struck, amount: int) -> list[Scan]:
    """Write a third as many scans as deliveries, in an hour of the past, each delivered up to several times, in any order."""
    dice, started = random.Random(2), datetime.now(UTC) - timedelta(hours=1)
    unique = [next(scans_of(struck, dice, started + timedelta(seconds=number))) for number in range(amount // 3)]
    again = [dice.choice(unique) for _ in range(amount - len(unique))]
    mixed = [*unique, *again]
    dice.shuffle(mixed)
    return mixed


def deliver(struck: Struck, ledger: Ledger, scans: list[Scan]) -> None:
    """Send scans in batches of any size, with nothing twice in one batch."""
    dice = random.Random(len(scans))
    while scans:
        size = dice.randint(1, 60)
        batch, scans = {scan["id"]: scan for scan in scans[:size]}, scans[size:]
        ledger.answered(*send(struck.server.port, list(batch.values()), timeout=30))


def test_scans_delivered_twice_and_out_of_order_are_counted_once(struck: Struck, counts: Counts) -> None:
    ledger, mixed = Ledger(), deliveries(struck, counts.deliveries)
    shares = [mixed[number::DEVICES] for number in range(DEVICES)]
    threads = [threading.Thread(target=deliver, args=(struck, ledger, share)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(600)
    found = stored(struck)
    assert set(ledger.statuses) == {200}
    assert (lost(ledger, found), ledger.changed, len(found)) == ([], [], counts.deliveries // 3)
    struck.server.flask("doctor")


@pytest.mark.parametrize("struck", ["postgresql"], indirect=True)
def test_terminated_connections_are_taken_up_again(struck: Struck, counts: Counts, postgres_server: str) -> None:
    ledger = Ledger()
    database = struck.server.database_url.rpartition("/")[2].partition("?")[0]
    with devices_scanning(struck, ledger), psycopg.connect(named(postgres_server, "postgres"), autocommit=True) as control:
        for _ in range(counts.terminations):
            threading.Event().wait(0.3)
            control.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (database,))
        threading.Event().wait(0.5)
    send_again(struck, ledger)
    assert set(ledger.statuses) <= {200, 503}
    assert (lost(ledger, stored(struck)), ledger.changed) == ([], [])
    assert ledger.statuses[-1] == 200
    struck.server.flask("doctor")
