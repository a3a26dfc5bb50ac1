"""Put mail into the outbox, inside an operation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select

from eventapp.audit.trail import record
from eventapp.core import clock
from eventapp.core.db import db, insert_new, transaction, writing
from eventapp.core.errors import N_, NotThere, Refusal
from eventapp.core.ids import new_secret
from eventapp.jobs.models import Job
from eventapp.jobs.queue import enqueue
from eventapp.mail.models import MailAttachment, OutgoingMail

Attachment = tuple[str, str, bytes]  # file name, content type, content


class NotFailed(Refusal):
    """Only a mail that was given up is tried again by hand."""

    message = N_("This mail did not fail, or is being sent again already.")


def queue_mail(
    to: str, template: str, language: str, *, edition_id: int | None = None, key: str | None = None, attachments: Sequence[Attachment] = (), **values: Any
) -> OutgoingMail | None:
    """Queue a mail in the reader's language; `template` is `room/name` (templates/room/mail/name.jinja), `values` plain JSON.

    A mail whose `key` was queued before is not queued again: None.
    """
    if not writing():
        raise RuntimeError("mail is queued inside an operation")
    now = clock.real_now()
    row: dict[str, Any] = {"to": to, "template": template, "language": language, "edition_id": edition_id, "key": key, "values": values, "message_id": new_secret()}
    row |= {"state": "waiting", "tries": 0, "created_at": now, "next_try_at": now}
    if key is not None and not insert_new(cast("Table", OutgoingMail.__table__), [row], ["key"]):
        return None
    mail = OutgoingMail(**row) if key is None else db.session.scalars(select(OutgoingMail).where(OutgoingMail.key == key)).one()
    mail.attachments = [MailAttachment(filename=name, content_type=kind, content=content) for name, kind, content in attachments]
    db.session.add(mail)
    db.session.flush()
    enqueue("mail.deliver", mail.id)
    return mail


def send_again(mail_id: int, *, edition_id: int | None, actor_id: int, now: datetime) -> None:
    """Try a failed mail of an edition once more."""
    with transaction():
        wanted = select(OutgoingMail).where(OutgoingMail.id == mail_id, OutgoingMail.edition_id == edition_id)
        mail = db.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
        if mail is None:
            raise NotThere
        if mail.state != "failed":
            raise NotFailed
        mail.state, mail.tries, mail.next_try_at = "waiting", 0, clock.real_now()
        record("mail.sent_again", "mail", mail.id, actor_id=actor_id, at=now, edition_id=mail.edition_id)
        enqueue("mail.deliver", mail.id)


def lost_mails() -> list[str]:
    """List mails that wait with no job to send them, or that went at no time."""
    running = select(Job.arguments).where(Job.task == "mail.deliver", Job.state.in_(("waiting", "running")))
    cared_for = {arguments[0] for arguments in db.session.scalars(running)}
    waiting = db.session.scalars(select(OutgoingMail.id).where(OutgoingMail.state.in_(("waiting", "sending"))).order_by(OutgoingMail.id))
    timeless = db.session.scalars(select(OutgoingMail.id).where((OutgoingMail.state == "sent") != OutgoingMail.sent_at.is_not(None)).order_by(OutgoingMail.id))
    return [f"mail {number} waits, and no job sends it" for number in waiting if number not in cared_for] + [f"mail {number} has a wrong time of sending" for number in timeless]
