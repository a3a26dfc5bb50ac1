"""Put mail into the outbox, inside an operation."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db, writing
from eventapp.core.ids import new_secret
from eventapp.jobs.queue import enqueue
from eventapp.mail.models import MailAttachment, OutgoingMail

Attachment = tuple[str, str, bytes]  # file name, content type, content


def queue_mail(
    to: str, template: str, language: str, *, edition_id: int | None = None, key: str | None = None, attachments: Sequence[Attachment] = (), **values: Any
) -> OutgoingMail | None:
    """Queue a mail in the reader's language; `template` is `room/name` (templates/room/mail/name.jinja), `values` plain JSON.

    A mail whose `key` was queued before is not queued again: None.
    """
    if not writing():
        raise RuntimeError("mail is queued inside an operation")
    if key is not None and db.session.scalar(select(OutgoingMail.id).where(OutgoingMail.key == key)) is not None:
        return None
    now = clock.real_now()
    mail = OutgoingMail(to=to, template=template, language=language, edition_id=edition_id, key=key, values=values, created_at=now, next_try_at=now, message_id=new_secret())
    mail.attachments = [MailAttachment(filename=name, content_type=kind, content=content) for name, kind, content in attachments]
    db.session.add(mail)
    db.session.flush()
    enqueue("mail.deliver", mail.id)
    return mail
