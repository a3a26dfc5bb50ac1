"""Delivery into a folder: once, whole, with the right headers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp import wiring
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.jobs.models import Job
from eventapp.jobs.runner import run_due
from eventapp.mail import delivery
from eventapp.mail.models import OutgoingMail
from eventapp.mail.outbox import lost_mails, queue_mail, send_again
from tests.support.cast import EIGHT
from tests.support.racing import at_once, race

Queue = Callable[..., OutgoingMail]


@pytest.fixture
def folder(tmp_path: Path, mail_to: Callable[[str], None]) -> Path:
    """An empty folder that mail goes into."""
    mail_to(f"file://{tmp_path / 'out box'}")
    return tmp_path / "out box"


def delivered(folder: Path) -> list[EmailMessage]:
    return [message_from_bytes(file.read_bytes(), policy=default) for file in sorted(folder.glob("*.eml"))]


def states() -> list[tuple[str, int]]:
    db.session.rollback()
    return [(m.state, m.tries) for m in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))]


def test_a_queued_mail_lands_in_the_folder_with_text_html_and_headers(app: Flask, sistep: Edition, mail: Queue, folder: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    queued = mail(edition_id=sistep.id)
    assert run_due(wiring.TASKS) == 1
    (message,) = delivered(folder)
    headers = {name: str(message[name]) for name in ("From", "To", "Subject", "Reply-To", "Message-ID", "Auto-Submitted", "List-Id", "Content-Language")}
    assert headers == {
        "From": "SISTEP-2018 <eventapp@localhost>",
        "To": "salma@atlas.example",
        "Subject": "Choisir un nouveau mot de passe",
        "Reply-To": "contact@show.example",
        "Message-ID": f"<{queued.message_id}@localhost>",
        "Auto-Submitted": "auto-generated",
        "List-Id": "<sistep-2018.localhost>",
        "Content-Language": "fr",
    }
    assert before <= message["Date"].datetime <= datetime.now(UTC)
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert states() == [("sent", 1)]
    assert lost_mails() == []


def test_the_date_of_a_mail_is_real_while_the_show_replays_the_past(app: Flask, sistep: Edition, mail: Queue, folder: Path) -> None:
    with transaction():
        db.session.add(clock.ClockAnchor(real_at=datetime.now(UTC), show_at=EIGHT))
    clock.forget_anchor()
    assert clock.show_now().year == 2018
    mail()
    run_due(wiring.TASKS)
    assert delivered(folder)[0]["Date"].datetime.year == datetime.now(UTC).year


def test_files_travel_with_the_mail(mail: Queue, folder: Path) -> None:
    mail(attachments=[("بطاقة badge.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")])
    run_due(wiring.TASKS)
    (file,) = delivered(folder)[0].iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == ("بطاقة badge.pdf", "application/pdf", b"%PDF-1.7 \x00\xff")


def test_a_sent_mail_is_not_sent_again_by_a_second_job(mail: Queue, folder: Path) -> None:
    queued = mail()
    run_due(wiring.TASKS)
    (file,) = folder.iterdir()
    file.unlink()
    delivery.deliver(queued.id)
    assert list(folder.iterdir()) == []
    assert states() == [("sent", 1)]


def test_four_workers_at_once_send_a_mail_once(app: Flask, mail: Queue, folder: Path) -> None:
    number = mail().id

    def work(_worker: int) -> str:
        delivery.deliver(number)
        return "done"

    ended = race(app, work, range(4))
    assert ended["done"] + ended.get("NotDeliveredError", 0) == 4
    assert states() == [("sent", 1)]


def test_without_the_claim_each_of_them_would_send_it(mail: Queue, folder: Path) -> None:
    number = mail().id
    for _ in range(2):
        with transaction():
            db.session.get_one(OutgoingMail, number).state = "waiting"
        delivery.deliver(number)
    assert states() == [("sent", 2)]


def test_a_mail_whose_worker_died_is_taken_over_after_its_lease_and_not_before(mail: Queue, folder: Path) -> None:
    number = mail().id
    delivery._claim(number)
    with pytest.raises(delivery.NotDeliveredError, match="another worker"):
        delivery.deliver(number)
    with transaction():
        db.session.get_one(OutgoingMail, number).next_try_at = datetime.now(UTC) - timedelta(seconds=1)
    delivery.deliver(number)
    assert states() == [("sent", 2)]
    assert len(delivered(folder)) == 1


def test_a_failure_is_noted_and_tried_again_later(mail: Queue, mail_to: Callable[[str], None], folder: Path) -> None:
    mail_to("file:///proc/nowhere")
    number = mail().id
    assert run_due(wiring.TASKS) == 0
    assert states() == [("waiting", 1)]
    assert db.session.get_one(OutgoingMail, number).last_error.startswith("FileNotFoundError")  # type: ignore[union-attr]
    assert lost_mails() == []
    assert run_due(wiring.TASKS) == 0, "not before its time"
    mail_to(f"file://{folder}")
    with transaction():
        db.session.scalars(select(Job)).one().run_at = datetime.now(UTC)
    assert run_due(wiring.TASKS) == 1
    assert states() == [("sent", 2)]
    assert db.session.get_one(OutgoingMail, number).last_error is None


def test_after_the_last_try_a_mail_stays_and_can_be_sent_again_by_hand(sistep: Edition, mail: Queue, mail_to: Callable[[str], None], folder: Path) -> None:
    mail_to("file:///proc/nowhere")
    number = mail(edition_id=sistep.id).id
    with transaction():
        db.session.get_one(OutgoingMail, number).tries = delivery.MOST_TRIES - 1
    run_due(wiring.TASKS)
    assert states() == [("failed", delivery.MOST_TRIES)]
    mail_to(f"file://{folder}")
    send_again(number, edition_id=sistep.id, actor_id=1, now=EIGHT)
    assert run_due(wiring.TASKS) == 1
    assert states() == [("sent", 1)]


def test_a_mail_of_another_edition_cannot_be_sent_again(sistep: Edition, other_edition: Edition, mail: Queue) -> None:
    number = mail(edition_id=sistep.id).id
    with transaction():
        db.session.get_one(OutgoingMail, number).state = "failed"
    with pytest.raises(NotThere):
        send_again(number, edition_id=other_edition.id, actor_id=1, now=EIGHT)
    assert states() == [("failed", 0)]


@pytest.mark.parametrize("address", ["no address", "a@b@c", "salma@atlas.example\r\nBcc: all@show.example", "سلمى@atlas.example", "<salma@atlas.example>", ""])
def test_what_is_no_address_is_given_up_and_harms_nobody(mail: Queue, folder: Path, address: str) -> None:
    mail(to=address)
    mail()
    run_due(wiring.TASKS)
    assert states() == [("failed", 1), ("sent", 1)]
    assert [message["To"] for message in delivered(folder)] == ["salma@atlas.example"]


def test_an_international_domain_is_written_for_mail_servers(mail: Queue, folder: Path) -> None:
    mail(to="salma@société.example")
    run_due(wiring.TASKS)
    assert delivered(folder)[0]["To"] == "salma@xn--socit-esab.example"


def test_nobody_adds_a_header_through_the_name_of_an_edition(sistep: Edition, mail: Queue, folder: Path) -> None:
    with transaction():
        db.session.get_one(Edition, sistep.id).name = dict.fromkeys(("fr", "ar", "en"), "SISTEP\r\nBcc: all@show.example")
    mail(edition_id=sistep.id, template="accounts/confirm")
    run_due(wiring.TASKS)
    (message,) = delivered(folder)
    assert message["Bcc"] is None
    assert str(message["From"]) == '"SISTEP Bcc: all@show.example" <eventapp@localhost>'


def test_the_link_that_opens_an_account_is_forgotten_once_it_was_sent(mail: Queue, folder: Path) -> None:
    number = mail().id
    run_due(wiring.TASKS)
    assert "S3CRET" in delivered(folder)[0].as_string()
    assert db.session.get_one(OutgoingMail, number).values == {"name": "Salma", "secret_path": "/…"}


def test_a_mail_with_a_key_is_queued_once_even_by_four_at_once(app: Flask, folder: Path) -> None:
    def queue() -> bool:
        with transaction():
            return queue_mail("salma@atlas.example", "accounts/reset", "fr", key="once", name="Salma", secret_path="/x") is not None

    assert sorted(at_once(app, [queue] * 4)) == [False, False, False, True]
    assert states() == [("waiting", 0)]


def test_mail_is_queued_inside_an_operation_only(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="inside an operation"):
        queue_mail("salma@atlas.example", "accounts/reset", "fr")


def test_a_waiting_mail_that_no_job_sends_is_found(mail: Queue) -> None:
    number = mail().id
    with transaction():
        db.session.delete(db.session.scalars(select(Job)).one())
    assert lost_mails() == [f"mail {number} waits, and no job sends it"]
