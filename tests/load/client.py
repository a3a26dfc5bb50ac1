"""A load client that is not the bottleneck on two cores.

It is one process of its own, with one selector over keep-alive sockets; requests are bytes written beforehand, and an answer is parsed no further than its
status and length. So it needs a tenth of the time that the quickest Flask page needs. Every connection has one request under way at a time, as a device has.
"""

import atexit
import multiprocessing
import selectors
import socket
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

TIMEOUT = 60.0


@dataclass(frozen=True)
class Answer:
    """One answer: how long it took in seconds, its status and its body."""

    seconds: float
    status: int
    body: bytes


@dataclass(frozen=True)
class Run:
    """All answers of one run, and how long the whole took."""

    seconds: float
    answers: Sequence[Answer]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds

    def percentile(self, share: float) -> float:
        """The time in seconds within which that share of the requests was answered."""
        ordered = sorted(a.seconds for a in self.answers)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def get(path: str, port: int, **headers: str) -> bytes:
    """Write a GET request."""
    return _request("GET", path, port, b"", headers)


def post(path: str, port: int, body: bytes, **headers: str) -> bytes:
    """Write a POST request with a JSON body."""
    return _request("POST", path, port, body, {"Content_Type": "application/json", **headers})


def _request(method: str, path: str, port: int, body: bytes, headers: dict[str, str]) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items())]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


class _Connection:
    """One keep-alive socket that sends its next request as soon as the last one is answered."""

    def __init__(self, port: int, todo: deque[bytes]) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.todo, self.buffer, self.sent_at = todo, bytearray(), 0.0

    def send_next(self) -> bool:
        """Send the next request; False when there is none left."""
        if not self.todo:
            return False
        self.buffer.clear()
        self.sent_at = time.perf_counter()
        self.socket.sendall(self.todo.popleft())
        return True

    def read(self) -> Answer | None:
        """Read what has come; return the answer once it is whole."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise ConnectionError("the server closed a connection")
        self.buffer += chunk
        head, found, _ = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
        if len(self.buffer) < len(head) + 4 + length:
            return None
        return Answer(time.perf_counter() - self.sent_at, int(head.split(b" ", 2)[1]), bytes(self.buffer[len(head) + 4 :]))


def drive(port: int, requests: Sequence[bytes], clients: int) -> Run:
    """Send all requests over that many connections, each one at a time; return every answer."""
    todo = deque(requests)
    connections = [_Connection(port, todo) for _ in range(clients)]
    started = time.perf_counter()
    answers = _collect(connections)
    took = time.perf_counter() - started
    for connection in connections:
        connection.socket.close()
    return Run(took, answers)


def _collect(connections: Sequence[_Connection]) -> list[Answer]:
    """Keep every connection busy until nothing is left to send; return the answers as they came."""
    answers: list[Answer] = []
    with selectors.DefaultSelector() as waiting:
        for connection in connections:
            if connection.send_next():
                waiting.register(connection.socket, selectors.EVENT_READ, connection)
        while waiting.get_map():
            ready = waiting.select(TIMEOUT)
            if not ready:
                raise TimeoutError("the server does not answer")
            for key, _ in ready:
                answer = key.data.read()
                if answer is None:
                    continue
                answers.append(answer)
                if not key.data.send_next():
                    waiting.unregister(key.fileobj)
    return answers


@cache
def _apart() -> Any:
    """Start the client's process once; its start takes longer than a run."""
    pool = multiprocessing.get_context("spawn").Pool(1)
    atexit.register(pool.terminate)
    return pool


def drive_apart(port: int, requests: Sequence[bytes], clients: int) -> Run:
    """Drive from a process of its own, so that the client's work does not wait for this one's."""
    result: Any = _apart().apply(drive, (port, list(requests), clients))
    return Run(result.seconds, result.answers)
