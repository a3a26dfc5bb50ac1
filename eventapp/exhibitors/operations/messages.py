"""Messages between organiser and exhibitors: written to many or to one, answered, read. Each stands in the exhibitor's file and goes by mail."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.texts import pick
from eventapp.editions.models import Edition
from eventapp.exhibitors import queries, rules
from eventapp.exhibitors.errors import NobodyChosen
from eventapp.exhibitors.models import Circular, Exhibitor, ExhibitorMessage
from eventapp.exhibitors.queries import desk
from eventapp.exhibitors.queries import messages as threads
from eventapp.mail.outbox import queue_mail

Texts = Mapping[str, str]


def write_to_many(
    edition_id: int, exhibitor_ids: Sequence[int], subject: Texts, text: Texts, *, stands: Mapping[int, str], is_example: bool = False, actor_id: int | None, now: datetime
) -> Circular:
    """Write one message to some exhibitors of an edition; each gets it in its own language, else in the first of the edition's languages that has it.

    `stands` tells the stands of those who have one, for the placeholder.
    """
    with transaction():
        edition = db.session.get_one(Edition, edition_id)
        readers = desk.applications_numbered(edition_id, exhibitor_ids)
        rules.check_message(subject, text, edition.languages[0])
        if not readers:
            raise NobodyChosen
        circular = Circular(edition_id=edition_id, subject=dict(subject), text=dict(text), by_user_id=actor_id, at=now, is_example=is_example)
        db.session.add(circular)
        db.session.flush()
        record("circular.sent", "circular", circular.id, actor_id=actor_id, at=now, edition_id=edition_id, count=len(readers))
        for exhibitor in readers:
            language, title, words = written_for(exhibitor, edition, subject, text, stands.get(exhibitor.id, ""))
            _keep(exhibitor, edition, language=language, subject=title, text=words, circular_id=circular.id, actor_id=actor_id, now=now)
    return circular


def written_for(exhibitor: Exhibitor, edition: Edition, subject: Texts, text: Texts, stand: str) -> tuple[str, str, str]:
    """Write a message for one reader: in which language, its subject, its text, with the placeholders filled in."""
    language = next((code for code in (exhibitor.language, *edition.languages) if text.get(code)), exhibitor.language)
    values = {"name": exhibitor.name(language), "stand": stand or rules.NO_STAND}
    return language, rules.fill(pick(subject, language, edition.languages), values)[: rules.LONGEST_SUBJECT], rules.fill(text.get(language, ""), values)


def _keep(exhibitor: Exhibitor, edition: Edition, *, language: str, subject: str, text: str, circular_id: int | None, actor_id: int | None, now: datetime) -> None:
    """Keep a message of the organiser in the file, and mail it to the contact; examples get no mail."""
    of: dict[str, Any] = {"edition_id": edition.id, "exhibitor_id": exhibitor.id, "circular_id": circular_id, "language": language}
    db.session.add(ExhibitorMessage(**of, from_organiser=True, subject=subject, text=text, by_user_id=actor_id, at=now))
    record("exhibitor.written_to", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=edition.id)
    if not exhibitor.is_example:
        template, facts = message_letter(exhibitor, edition, subject, text)
        queue_mail(exhibitor.contact_email, template, language, edition_id=edition.id, **facts)


def message_letter(exhibitor: Exhibitor, edition: Edition, subject: str, text: str) -> tuple[str, dict[str, Any]]:
    """Name the mail that brings a message of the organiser, and what it says."""
    path = f"/exhibitor/{edition.slug}/{exhibitor.id}/messages"
    return "exhibitors/message", {"title": subject, "text": text, "reference": exhibitor.reference, "path": path}


def write_to_one(exhibitor_id: int, text: str, *, read_up_to: int = 0, actor_id: int, now: datetime) -> None:
    """Write to one exhibitor, in its thread; what the page showed of its answers is read then."""
    with transaction():
        exhibitor = queries.exhibitor_to_change(exhibitor_id)
        edition = db.session.get_one(Edition, exhibitor.edition_id)
        _keep(exhibitor, edition, language=exhibitor.language, subject="", text=text, circular_id=None, actor_id=actor_id, now=now)
        _read(exhibitor_id, read_up_to, now)


def answer(exhibitor_id: int, text: str, *, actor_id: int | None, now: datetime) -> None:
    """Write to the organiser, as one of the exhibitor's people; a mail tells of the first answer that nobody read yet."""
    with transaction():
        exhibitor = queries.exhibitor_to_change(exhibitor_id)
        edition = db.session.get_one(Edition, exhibitor.edition_id)
        told_before = bool(threads.unread_of([exhibitor_id]))
        of: dict[str, Any] = {"edition_id": edition.id, "exhibitor_id": exhibitor.id, "language": exhibitor.language}
        db.session.add(ExhibitorMessage(**of, from_organiser=False, text=text, by_user_id=actor_id, at=now))
        record("exhibitor.answered", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=edition.id)
        if not told_before and not exhibitor.is_example:
            writer = threads.last_writer(exhibitor_id)
            to, language = (writer.email, writer.language) if writer else (edition.contact_email, edition.languages[0])
            path = f"/organiser/{edition.slug}/exhibitors/{exhibitor.id}/messages"
            queue_mail(to, "exhibitors/answer", language, edition_id=edition.id, name=exhibitor.public_name, reference=exhibitor.reference, text=text, path=path)


def read_answers(exhibitor_id: int, up_to: int, *, actor_id: int, now: datetime) -> None:
    """Note that an organiser read an exhibitor's answers as far as the page showed them."""
    with transaction():
        exhibitor = queries.exhibitor_to_change(exhibitor_id)
        if _read(exhibitor_id, up_to, now):
            record("exhibitor.answers_read", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id)


def _read(exhibitor_id: int, up_to: int, now: datetime) -> int:
    unread = threads.unread_to_change(exhibitor_id, up_to)
    for message in unread:
        message.read_at = now
    return len(unread)
