"""A device that keeps a ledger: what it sent, and what the server acknowledged."""

import http.client
import json
import random
import threading
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from tests.faults.conftest import Struck
from tests.load.doors import BEARER, SCANS

Scan = dict[str, Any]


def scans_of(struck: Struck, dice: random.Random, started: datetime | None = None) -> Iterator[Scan]:
    """Write endless scans of the installation's badges, in and out."""
    while True:
        at = (started or datetime.now(UTC)).isoformat()
        yield {
            "id": str(uuid.UUID(int=dice.getrandbits(128), version=4)),
            "token": dice.choice(struck.tokens),
            "gate": struck.gate,
            "direction": dice.choice(("in", "out")),
            "scanned_at": at,
            "clock_offset_ms": 0,
            "verdict": "",
        }


def send(port: int, scans: Sequence[Scan], timeout: float = 5) -> tuple[int, list[dict[str, Any]]]:
    """Send a batch; return the status and the answers, which are none when it is not 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        headers = {"Authorization": f"Bearer {BEARER}", "Content-Type": "application/json"}
        connection.request("POST", SCANS, json.dumps({"scans": scans}), headers)
        answer = connection.getresponse()
        body = answer.read()
        return answer.status, json.loads(body)["scans"] if answer.status == 200 else []
    finally:
        connection.close()


class Ledger:
    """What devices sent, and which answer each scan got; safe for several threads."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.in_doubt: dict[str, Scan] = {}
        self.statuses: list[int] = []
        self.changed: list[str] = []
        self._lock = threading.Lock()

    def sending(self, scan: Scan) -> None:
        """Note a scan before it is sent."""
        with self._lock:
            self.in_doubt[scan["id"]] = scan

    def answered(self, status: int, answers: Sequence[dict[str, Any]]) -> None:
        """Note answers; an id that got another one before has changed."""
        with self._lock:
            self.statuses.append(status)
            for answer in answers:
                if self.answers.setdefault(answer["id"], answer["outcome"]) != answer["outcome"]:
                    self.changed.append(answer["id"])
                self.in_doubt.pop(answer["id"], None)


def keep_scanning(struck: Struck, ledger: Ledger, stop: threading.Event, seed: int) -> None:
    """Scan one badge after the other until told to stop; what is cut off stays in doubt."""
    for scan in scans_of(struck, random.Random(seed)):
        if stop.is_set():
            return
        ledger.sending(scan)
        try:
            ledger.answered(*send(struck.server.port, [scan]))
        except (OSError, http.client.HTTPException, ValueError):
            stop.wait(0.02)


def send_again(struck: Struck, ledger: Ledger) -> None:
    """Send everything in doubt once more, as a device does when the network is back."""
    doubtful = list(ledger.in_doubt.values())
    for start in range(0, len(doubtful), 100):
        ledger.answered(*send(struck.server.port, doubtful[start : start + 100]))
