"""A real worker in a process of its own, killed in the middle of its work."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from eventapp import create_app
from eventapp.core.db import db, transaction
from eventapp.mail.outbox import queue_mail
from tests.support.databases import Store, test_settings
from tests.support.server import Server, free_port, installation


class Box:
    """Counts what arrives."""

    def __init__(self) -> None:
        self.got: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the name that aiosmtpd calls
        self.got.append(str(envelope.rcpt_tos[0]))
        return "250 OK"


def wait_for(reached: Callable[[], bool]) -> None:
    """Wait for another process; it has a minute, far more than it needs."""
    until = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < until
        time.sleep(0.05)


@contextmanager
def silent_server(port: int) -> Iterator[list[socket.socket]]:
    """Take connections and never answer."""
    callers: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", port)) as server:

        def listen() -> None:
            while True:
                try:
                    callers.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=listen)
        thread.start()
        yield callers
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for caller in callers:
            caller.close()


def queue_one(folder: Path, url: str) -> None:
    app = create_app(test_settings(folder, url))
    with app.app_context():
        with transaction():
            queue_mail("salma@atlas.example", "accounts/reset", "fr", name="Salma", secret_path="/x")
        db.session.remove()
        db.engine.dispose()


def mail_state(engine: Engine) -> str:
    with engine.connect() as connection:
        return str(connection.execute(text("SELECT state FROM outgoing_mails")).scalar_one())


@pytest.fixture
def place(store: Store, tmp_path: Path) -> Iterator[tuple[Server, Engine, int]]:
    """An installation whose mail goes to a port of its own, and a look into its database."""
    port = free_port()
    if store.kind == "postgresql":
        store.reset()
    url = store.url if store.kind == "postgresql" else f"sqlite:///{tmp_path / 'whole.sqlite'}"
    engine = create_engine(url)
    with installation(tmp_path, url, MAIL_URL=f"smtp://127.0.0.1:{port}") as server:
        yield server, engine, port
    engine.dispose()


def test_mail_of_a_killed_worker_is_sent_once_by_the_next_one(place: tuple[Server, Engine, int]) -> None:
    server, engine, port = place
    queue_one(server.folder, server.database_url)
    with silent_server(port) as callers:
        server.start_worker()
        wait_for(lambda: bool(callers))
        assert mail_state(engine) == "sending"
        assert server.worker is not None
        os.killpg(server.worker.pid, signal.SIGKILL)
        server.worker.wait(10)
        server.worker = None
    assert mail_state(engine) == "sending"
    with engine.begin() as connection:  # the time passes after which job and mail count as left alone
        long_ago = datetime.now(UTC).replace(tzinfo=None) - timedelta(hours=1)
        connection.execute(text("UPDATE jobs SET started_at = :at"), {"at": long_ago})
        connection.execute(text("UPDATE outgoing_mails SET next_try_at = :at"), {"at": long_ago})
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    server.start_worker()
    wait_for(lambda: mail_state(engine) == "sent")
    server.stop()
    controller.stop()
    assert box.got == ["salma@atlas.example"]
    assert "BREACH" not in server.flask("doctor")
