"""Delivery to a real mail server: one that takes mail, and ones that refuse, hang, or break off."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from eventapp import wiring
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.jobs.models import Job
from eventapp.jobs.runner import run_due
from eventapp.mail import transport
from eventapp.mail.models import OutgoingMail
from tests.mail.conftest import Mailbox
from tests.support.server import free_port

Queue = Callable[..., OutgoingMail]
Point = Callable[[str], None]


def states() -> list[tuple[str, int]]:
    db.session.rollback()
    return [(m.state, m.tries) for m in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))]


def make_due() -> None:
    """Let the time of the next tries come."""
    with transaction():
        for job in db.session.scalars(select(Job)):
            job.run_at = datetime.now(UTC)


def test_the_reader_gets_the_mail_and_nobody_else(sistep: Edition, mail: Queue, mail_to: Point, mailbox: tuple[Mailbox, str]) -> None:
    box, url = mailbox
    mail_to(url)
    mail(edition_id=sistep.id)
    assert run_due(wiring.TASKS) == 1
    ((readers, message),) = box.got
    assert readers == ["salma@atlas.example"]
    assert str(message["Subject"]) == "Choisir un nouveau mot de passe"
    assert states() == [("sent", 1)]


def test_a_reader_whom_the_server_does_not_know_is_given_up(mail: Queue, mail_to: Point, mailbox: tuple[Mailbox, str]) -> None:
    box, url = mailbox
    mail_to(url)
    box.to_reader = "550 no such user"
    number = mail().id
    run_due(wiring.TASKS)
    assert states() == [("failed", 1)]
    assert "no such user" in str(db.session.get_one(OutgoingMail, number).last_error)


@pytest.mark.parametrize(("at", "answer"), [("to_reader", "451 try later"), ("to_message", "452 disk full"), ("to_message", "421 going down")])
def test_a_server_that_cannot_now_gets_the_mail_later_once(mail: Queue, mail_to: Point, mailbox: tuple[Mailbox, str], at: str, answer: str) -> None:
    box, url = mailbox
    mail_to(url)
    setattr(box, at, answer)
    mail()
    run_due(wiring.TASKS)
    assert (states(), box.got) == ([("waiting", 1)], [])
    setattr(box, at, "250 OK")
    make_due()
    run_due(wiring.TASKS)
    run_due(wiring.TASKS)
    assert (states(), len(box.got)) == ([("sent", 2)], 1)


def test_a_server_that_is_down_blocks_nothing_and_gets_each_mail_once_later(mail: Queue, mail_to: Point, mailbox: tuple[Mailbox, str], monkeypatch: pytest.MonkeyPatch) -> None:
    box, url = mailbox
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        mail_to(f"smtp://127.0.0.1:{closed.getsockname()[1]}")
        for _ in range(3):
            mail()
        assert run_due(wiring.TASKS) == 0
    assert states() == [("waiting", 1)] * 3
    mail_to(url)
    make_due()
    assert run_due(wiring.TASKS) == 3
    assert len({message["Message-ID"] for _readers, message in box.got}) == 3


@pytest.fixture
def hanging() -> Iterator[tuple[str, list[socket.socket]]]:
    """A server that takes connections and never says a word; its address and who called."""
    callers: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    callers.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}", callers
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for caller in callers:
            caller.close()


def test_a_server_that_hangs_is_waited_for_once_and_not_by_every_mail(
    mail: Queue, mail_to: Point, hanging: tuple[str, list[socket.socket]], mailbox: tuple[Mailbox, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, callers = hanging
    monkeypatch.setattr(transport, "SECONDS", 0.2)
    mail_to(url)
    for _ in range(5):
        mail()
    assert run_due(wiring.TASKS) == 0
    assert states() == [("waiting", 1)] * 5
    assert len(callers) == 1
    box, good = mailbox
    monkeypatch.setattr(transport, "SECONDS", 10)  # a good server may be slow
    mail_to(good)
    make_due()
    assert run_due(wiring.TASKS) == 5
    assert len(box.got) == 5


def test_with_the_memory_of_silent_servers_off_every_mail_waits(mail: Queue, mail_to: Point, hanging: tuple[str, list[socket.socket]], monkeypatch: pytest.MonkeyPatch) -> None:
    url, callers = hanging
    monkeypatch.setattr(transport, "SECONDS", 0.2)
    monkeypatch.setattr(transport, "QUIET_SECONDS", 0)
    mail_to(url)
    for _ in range(3):
        mail()
    run_due(wiring.TASKS)
    assert len(callers) == 3


def test_a_server_that_breaks_off_after_it_took_the_message_has_it(mail: Queue, mail_to: Point) -> None:
    box = Mailbox()

    class Rude(SMTP):
        async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802 - the name that aiosmtpd calls
            await self.push("500 what?")
            assert self.transport is not None
            self.transport.close()

    class RudeController(Controller):
        def factory(self) -> SMTP:
            return Rude(self.handler)

    controller = RudeController(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    mail_to(f"smtp://127.0.0.1:{controller.port}")
    mail()
    run_due(wiring.TASKS)
    controller.stop()
    assert (states(), len(box.got)) == ([("sent", 1)], 1)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate and its key for localhost, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "server.pem"
    file.write_bytes(private + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def guarded(certificate: Path) -> Iterator[tuple[Mailbox, str]]:
    """A server that wants encryption and a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (b"show", b"p@ss:word"))

    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True, auth_required=True, authenticator=check)
    controller.start()
    yield box, f"localhost:{controller.port}?starttls=1"
    controller.stop()


def test_mail_goes_encrypted_and_signed_in(mail: Queue, mail_to: Point, guarded: tuple[Mailbox, str], certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box, place = guarded
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    mail_to(f"smtp://show:p%40ss%3Aword@{place}")
    mail()
    assert run_due(wiring.TASKS) == 1
    assert len(box.got) == 1


def test_a_server_without_a_trusted_certificate_gets_no_password(mail: Queue, mail_to: Point, guarded: tuple[Mailbox, str]) -> None:
    box, place = guarded
    mail_to(f"smtp://show:p%40ss%3Aword@{place}")
    number = mail().id
    assert run_due(wiring.TASKS) == 0
    assert "CERTIFICATE_VERIFY_FAILED" in str(db.session.get_one(OutgoingMail, number).last_error)
    assert box.got == []


def test_a_wrong_mail_password_is_noted_and_tried_again(mail: Queue, mail_to: Point, guarded: tuple[Mailbox, str], certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box, place = guarded
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    mail_to(f"smtp://show:wrong@{place}")
    mail()
    assert run_due(wiring.TASKS) == 0
    assert (states(), box.got) == ([("waiting", 1)], [])
