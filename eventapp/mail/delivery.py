"""Deliver the outbox: one worker claims a mail, writes it, hands it over and notes that it went."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

import structlog
from email_validator import validate_email
from flask import current_app
from sqlalchemy import select

from config import Settings
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.texts import pick
from eventapp.mail import transport
from eventapp.mail.editions import Show, show_of
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import SECRET, Written, write

LEASE = timedelta(minutes=5)  # longer than a hand-over can take, shorter than the time after which a job counts as lost
MOST_TRIES = 10

log = structlog.get_logger(__name__)


class NotDeliveredError(Exception):
    """The mail did not go; the job that asked for it tries again."""


@dataclass(frozen=True)
class Claimed:
    """A mail in this worker's hands, read whole so that no transaction stays open while the server is talked to."""

    id: int
    to: str
    language: str
    template: str
    values: dict[str, Any]
    edition_id: int | None
    message_id: str
    created_at: datetime
    attachments: tuple[tuple[str, str, bytes], ...]


def deliver(mail_id: int) -> None:
    """Send one mail, once; a failure is noted and raised, so that its job tries again later."""
    mail = _claim(mail_id)
    if mail is None:
        return
    settings: Settings = current_app.config["SETTINGS"]
    try:
        show = show_of(mail.edition_id)
        written = write(mail.template, mail.language, mail.to, mail.edition_id, mail.values)
        message = compose(mail, written, show, settings)
        db.session.rollback()
        transport.send(message, str(message["To"].addresses[0].addr_spec), settings.mail, f"{mail.created_at:%Y%m%dT%H%M%S}-{mail.id:06}.eml")
    except transport.RejectedError as error:
        log.warning("mail is refused for good", mail=mail_id, reason=type(error).__name__)
        _give_back(mail_id, error, final=True)
    except Exception as error:
        _give_back(mail_id, error, final=False)
        raise NotDeliveredError(f"mail {mail_id}: {error}") from error
    else:
        _note_sent(mail_id, written.subject, keep_secret=settings.app_env == "demo")


def _claim(mail_id: int) -> Claimed | None:
    """Take a mail for a while; None when it went already or never will."""
    now = clock.real_now()
    with transaction():
        mail = db.session.scalar(select(OutgoingMail).where(OutgoingMail.id == mail_id).with_for_update())
        if mail is None or mail.state in {"sent", "failed"}:
            return None
        if mail.state == "sending" and mail.next_try_at > now:
            raise NotDeliveredError(f"mail {mail_id}: another worker is sending it")
        mail.state, mail.tries, mail.next_try_at = "sending", mail.tries + 1, now + LEASE
        files = tuple((file.filename, file.content_type, file.content) for file in mail.attachments)
        return Claimed(mail.id, mail.to, mail.language, mail.template, dict(mail.values), mail.edition_id, mail.message_id, mail.created_at, files)


def compose(mail: Claimed, written: Written, show: Show | None, settings: Settings) -> EmailMessage:
    """Put a message together: headers, text, HTML, attachments."""
    host = urlsplit(settings.base_url).hostname or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(settings.mail_from, _sender(show, mail.language))
    message["To"] = _address(mail.to)
    message["Subject"] = written.subject
    message["Date"] = format_datetime(clock.real_now())
    message["Message-ID"] = f"<{mail.message_id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if show:
        message["Reply-To"] = _address(show.contact_email)
        message["List-Id"] = f"<{show.slug}.{host}>"
    message.set_content(written.text)
    message.add_alternative(written.html, subtype="html")
    for name, kind, content in mail.attachments:
        main, _, sub = kind.partition("/")
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    message["Content-Language"] = mail.language
    return message


def _sender(show: Show | None, language: str) -> str:
    """Name the sender: the edition, else the program."""
    return " ".join(pick(show.name, language).split()) if show else "eventapp"


def _address(address: str, name: str = "") -> Address:
    """Write an address for a header, its domain in ASCII; what is no address can never be written to."""
    try:
        plain = address if address.isascii() else validate_email(address, check_deliverability=False, test_environment=True, allow_smtputf8=False).ascii_email
        return Address(name, addr_spec=plain)
    except (ValueError, IndexError, MessageError) as error:
        raise transport.RejectedError(f"no mail can be sent to {address!r}: {error}") from error


def _note_sent(mail_id: int, subject: str, *, keep_secret: bool) -> None:
    """Mark a mail as sent, and forget the link in it that opens an account."""
    with transaction():
        mail = db.session.get_one(OutgoingMail, mail_id)
        mail.state, mail.sent_at, mail.subject, mail.last_error = "sent", clock.real_now(), subject, None
        if SECRET in mail.values and not keep_secret:
            mail.values = {**mail.values, SECRET: "/…"}


def _give_back(mail_id: int, error: Exception, *, final: bool) -> None:
    """Note why a mail did not go; after the last try it stays where it is, for the organiser to see."""
    db.session.rollback()
    with transaction():
        mail = db.session.get_one(OutgoingMail, mail_id)
        mail.last_error = f"{type(error).__name__}: {error}"[:2000]
        mail.state = "failed" if final or mail.tries >= MOST_TRIES else "waiting"
        mail.next_try_at = clock.real_now()
