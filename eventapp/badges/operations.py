"""Verbs on badges: issue, replace, revoke, send."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete

from eventapp.attendees.models import Attendee
from eventapp.attendees.queries import attendee_to_change
from eventapp.audit.trail import record
from eventapp.badges import queries, rules, token
from eventapp.badges.errors import AttendeeGone, NoBadge, NoEmail
from eventapp.badges.models import Badge, HeldMail, Revocation
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.core.ids import new_serial
from eventapp.core.texts import days_in_words, pick
from eventapp.editions.models import Category, Edition
from eventapp.exhibitors.queries import exhibitor_to_change, lock_exhibitors
from eventapp.invoicing.queries import badges_wait_for
from eventapp.jobs.queue import enqueue
from eventapp.mail.outbox import queue_mail


def issue_badge(attendee_id: int, *, actor_id: int | None = None, now: datetime) -> Badge:
    """Issue an attendee's badge; who has an active one keeps it."""
    with transaction():
        attendee = attendee_to_change(attendee_id)
        if attendee.withdrawn_at is not None:
            raise AttendeeGone
        active = queries.active_badge(attendee_id)
        return active if active is not None else _write(attendee, actor_id, now)


def reissue_badge(attendee_id: int, *, instead_of: int | None = None, actor_id: int | None, now: datetime) -> Badge:
    """Issue a new badge, with the rights of now, and have it mailed; the one before it opens no door any more.

    `instead_of` is the badge that the page showed (0 for none), so that one press of a button makes one badge.
    """
    with transaction():
        attendee = attendee_to_change(attendee_id)
        if attendee.withdrawn_at is not None:
            raise AttendeeGone
        active = _still_shown(attendee_id, instead_of)
        if active is not None:
            _end(active, "replaced", actor_id, now)
        written = _write(attendee, actor_id, now)
        ask_for_mail(attendee, f"issued-{written.id}")
    return written


def revoke_badge(attendee_id: int, *, shown: int | None = None, actor_id: int | None, now: datetime) -> Badge:
    """Take an attendee's badge out of use; `shown` is the one that the page showed."""
    with transaction():
        attendee_to_change(attendee_id)
        active = _still_shown(attendee_id, shown)
        if active is None:
            raise NoBadge
        _end(active, "revoked", actor_id, now)
    return active


def _still_shown(attendee_id: int, shown: int | None) -> Badge | None:
    """Load the active badge, unless the page showed another one."""
    active = queries.active_badge(attendee_id)
    if shown is not None and shown != (active.id if active else 0):
        raise ChangedMeanwhile
    return active


def _end(badge: Badge, state: str, actor_id: int | None, now: datetime) -> None:
    """End a badge and put it on the revocation list, whose numbers have no gap."""
    badge.state, badge.ended_at = state, now
    sequence = queries.next_revocation(badge.edition_id)
    db.session.add(Revocation(edition_id=badge.edition_id, sequence=sequence, serial=badge.serial, up_to_counter=badge.counter, at=now))
    record(f"badge.{state}", "badge", badge.id, actor_id=actor_id, at=now, edition_id=badge.edition_id, attendee_id=badge.attendee_id)
    db.session.flush()


def _write(attendee: Attendee, actor_id: int | None, now: datetime) -> Badge:
    """Write the next badge of an attendee; a serial that somebody has is drawn again."""
    edition = db.session.get_one(Edition, attendee.edition_id)
    zones = rules.zone_mask(queries.zone_bits(edition.id, [hat.category for hat in attendee.hats]))
    last = queries.last_badge(attendee.id)
    serial, counter = rules.next_counter(last.serial, last.counter) if last else (None, 1)
    while not _claim(attendee, edition, serial or (drawn := new_serial()), counter, zones, now):
        pass
    badge, _holder = queries.badge_named(edition.id, serial or drawn, counter) or (None, None)
    if badge is None:
        raise AssertionError("a badge written a moment ago is gone")
    record("badge.issued", "badge", badge.id, actor_id=actor_id, at=now, edition_id=edition.id, attendee_id=attendee.id, counter=counter)
    return badge


def _claim(attendee: Attendee, edition: Edition, serial: int, counter: int, zones: int, now: datetime) -> bool:
    """Write a badge under this serial and counter, unless they are somebody's."""
    said: dict[str, Any] = {"serial": serial, "counter": counter, "zones": zones, "first_day": edition.first_day, "last_day": edition.last_day}
    signed = token.keyring().issue(edition=edition.token_number, category=Category(attendee.category).number, **said)
    row = {**said, "edition_id": edition.id, "attendee_id": attendee.id, "category": attendee.category, "state": "active", "token": signed, "issued_at": now}
    return bool(insert_new(cast("Table", Badge.__table__), [row], ["edition_id", "serial", "counter"]))


def ask_for_mail(attendee: Attendee, occasion: str) -> None:
    """Let the worker mail the badge, inside the running operation; nothing for who has no address or is an example. While the exhibitor's payment is waited for, the mail waits too."""
    if not attendee.email or attendee.is_example:
        return
    forget_held(attendee.id)
    if attendee.exhibitor_id is not None:
        exhibitor_to_change(attendee.exhibitor_id)  # so that no payment comes between the look and the row that waits for it
        if badges_wait_for(attendee.edition_id, attendee.exhibitor_id) is not None:
            db.session.add(HeldMail(attendee_id=attendee.id, edition_id=attendee.edition_id, exhibitor_id=attendee.exhibitor_id, occasion=occasion))
            db.session.flush()
            return
    enqueue("badges.send_badge", attendee.id, occasion)


def forget_held(attendee_id: int) -> None:
    """Let nothing wait for an attendee any more, inside an operation."""
    db.session.execute(delete(HeldMail).where(HeldMail.attendee_id == attendee_id))


def release_held(exhibitor_id: int) -> int:
    """Have the mails sent that waited for an exhibitor's payment, once nothing is waited for any more; each goes once. Say how many."""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)
        if badges_wait_for(exhibitor.edition_id, exhibitor_id) is not None:
            return 0
        taken = db.session.execute(delete(HeldMail).where(HeldMail.exhibitor_id == exhibitor_id).returning(HeldMail.attendee_id, HeldMail.occasion)).all()
        for attendee_id, occasion in sorted(taken):
            enqueue("badges.send_badge", attendee_id, occasion)
    return len(taken)


def release_all(edition_id: int) -> None:
    """Do so for every exhibitor of an edition whose rule was changed."""
    with transaction():
        for exhibitor_id in lock_exhibitors(edition_id):
            release_held(exhibitor_id)


def send_again(attendee_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Mail an attendee's badge once more, as an organiser asks."""
    with transaction():
        attendee = attendee_to_change(attendee_id)
        badge = queries.active_badge(attendee_id)
        if badge is None:
            raise NoBadge
        if not attendee.email:
            raise NoEmail
        record("badge.sent_again", "badge", badge.id, actor_id=actor_id, at=now, edition_id=badge.edition_id, attendee_id=attendee_id)
        forget_held(attendee_id)
        enqueue("badges.send_badge", attendee_id, f"by-hand-{now:%Y%m%d%H%M%S}")


def mail_badge(attendee_id: int, occasion: str) -> None:
    """Queue the mail with an attendee's badge as PDF; the same occasion is mailed once, however often the job runs."""
    attendee = db.session.get_one(Attendee, attendee_id)
    badge = queries.active_badge(attendee_id)
    if badge is None or not attendee.email:
        _say_why_not(attendee, occasion)
        return
    pdf = queries.badge_pdf([attendee_id])
    edition = db.session.get_one(Edition, attendee.edition_id)
    language = attendee.language
    days, place = days_in_words(edition.first_day, edition.last_day, language), " · ".join(pick(t, language) for t in (edition.venue, edition.address, edition.city))
    with transaction():
        queue_mail(
            str(attendee.email),
            "badges/your_badge",
            language,
            edition_id=edition.id,
            key=f"badge-{attendee_id}-{badge.id}-{occasion}",
            attachments=[(f"badge-{edition.slug}-{attendee.reference}.pdf", "application/pdf", pdf)],
            name=attendee.person.name(language),
            reference=attendee.reference,
            replaces=len(queries.badges_of(attendee_id)) > 1,
            days=days,
            where=place,
            secret_path=personal_path(edition, attendee),
        )


def _say_why_not(attendee: Attendee, occasion: str) -> None:
    """Tell somebody who asks for a badge that the organiser took it back; without a question there is nothing to say."""
    if not attendee.email or not occasion.startswith("again"):
        return
    edition = db.session.get_one(Edition, attendee.edition_id)
    values: dict[str, Any] = {"name": attendee.person.name(attendee.language), "reference": attendee.reference, "contact": edition.contact_email}
    with transaction():
        queue_mail(attendee.email, "badges/no_badge", attendee.language, edition_id=edition.id, key=f"no-badge-{attendee.id}-{occasion}", **values)


def mail_my_page(edition_id: int, serial: int, counter: int, email: str, *, now: datetime) -> None:
    """Mail the way to their page to the holder of a badge, if this is their address; the caller learns nothing. Once an hour at most."""
    with transaction():
        found = queries.badge_named(edition_id, serial, counter)
        if found is None or found[1].email != email.lower() or found[1].withdrawn_at is not None:
            return
        attendee, edition = found[1], db.session.get_one(Edition, edition_id)
        values: dict[str, Any] = {"name": attendee.person.name(attendee.language), "secret_path": personal_path(edition, attendee)}
        queue_mail(email.lower(), "badges/my_page", attendee.language, edition_id=edition_id, key=f"my-page-{attendee.id}-{now:%Y%m%d%H}", **values)


def personal_path(edition: Edition, attendee: Attendee) -> str:
    """Name the holder's own page."""
    return f"/{edition.slug}/my/{attendee.personal_key}"
