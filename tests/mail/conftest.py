"""A real mail server in a thread, and apps that send to it."""

import dataclasses
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from eventapp.core.db import transaction
from eventapp.mail import transport
from eventapp.mail.models import OutgoingMail
from eventapp.mail.outbox import queue_mail
from tests.support.server import free_port


class Mailbox:
    """What the mail server got, and how it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[list[str], EmailMessage]] = []
        self.to_reader = "250 OK"
        self.to_message = "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - the name that aiosmtpd calls
        if self.to_reader.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_reader

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the name that aiosmtpd calls
        if self.to_message.startswith("250"):
            self.got.append((list(envelope.rcpt_tos), BytesParser(policy=default).parsebytes(envelope.content)))
        return self.to_message


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    """A mail server that takes everything, and its address."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


@pytest.fixture
def mail_to(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Point the app's mail at a place."""
    monkeypatch.setattr(transport, "_silent", {})

    def point(url: str) -> None:
        monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], mail_url=url))

    return point


@pytest.fixture
def mail(app: Flask) -> Callable[..., OutgoingMail]:
    """Queue a mail, as an operation does."""

    def queue(to: str = "salma@atlas.example", template: str = "accounts/reset", language: str = "fr", **more: Any) -> OutgoingMail:
        with transaction():
            queued = queue_mail(to, template, language, **{"name": "Salma", "secret_path": "/accounts/reset/S3CRET", **more})
        assert queued is not None
        return queued

    return queue
