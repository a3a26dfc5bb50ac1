"""An edition's outbox, as its organisers see it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.core.texts import clean
from eventapp.mail.models import MailAttachment, OutgoingMail

STATES = ("waiting", "sending", "sent", "failed")


@dataclass(frozen=True)
class Outbox:
    """Whose mail somebody sees: an edition's, for the help desk only that about badges, for the owner of the installation also that of no edition."""

    edition_id: int
    with_general: bool = False
    only_badges: bool = False

    @property
    def own(self) -> ColumnElement[bool]:
        """Say which mails are in it."""
        here = OutgoingMail.edition_id == self.edition_id
        if self.only_badges:
            return and_(here, OutgoingMail.template.startswith("badges/"))
        return or_(here, OutgoingMail.edition_id.is_(None)) if self.with_general else here


@dataclass(frozen=True)
class Wanted:
    """How the list is narrowed."""

    q: str = ""
    state: str = ""


def _matching(outbox: Outbox, q: str) -> list[ColumnElement[bool]]:
    typed = clean(q).lower()
    words = or_(func.lower(OutgoingMail.to).contains(typed, autoescape=True), func.lower(OutgoingMail.subject).contains(typed, autoescape=True))
    return [outbox.own, words] if typed else [outbox.own]


def mails(outbox: Outbox, wanted: Wanted) -> Select[Any]:
    """Select the mails by reader or subject and by state, the latest first."""
    conditions = _matching(outbox, wanted.q)
    if wanted.state in STATES:
        conditions.append(OutgoingMail.state == wanted.state)
    return select(OutgoingMail).where(*conditions).order_by(OutgoingMail.id.desc())


def counts_by_state(outbox: Outbox, q: str) -> dict[str, int]:
    """Count the mails that a search finds, by state."""
    query = select(OutgoingMail.state, func.count()).where(*_matching(outbox, q)).group_by(OutgoingMail.state)
    return dict(db.session.execute(query).all())


def failed(outbox: Outbox) -> int:
    """Count the mails that were given up."""
    return counts_by_state(outbox, "").get("failed", 0)


def mail_of(outbox: Outbox, mail_id: int) -> OutgoingMail:
    """Load a mail; another edition's and a missing one look the same."""
    found = db.session.scalar(select(OutgoingMail).where(OutgoingMail.id == mail_id, outbox.own))
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class File:
    """An attachment as the page lists it, its size in bytes."""

    id: int
    filename: str
    size: int


def files_of(mail_id: int) -> list[File]:
    """List a mail's attachments, without their content."""
    query = select(MailAttachment.id, MailAttachment.filename, func.length(MailAttachment.content)).where(MailAttachment.mail_id == mail_id).order_by(MailAttachment.id)
    return [File(*row) for row in db.session.execute(query)]


def attachment_of(outbox: Outbox, mail_id: int, attachment_id: int) -> MailAttachment:
    """Load an attachment of a mail."""
    query = select(MailAttachment).join(OutgoingMail, OutgoingMail.id == MailAttachment.mail_id)
    found = db.session.scalar(query.where(MailAttachment.id == attachment_id, OutgoingMail.id == mail_id, outbox.own))
    if found is None:
        raise NotThere
    return found
