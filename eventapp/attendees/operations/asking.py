"""An exhibitor asks a registered visitor to join its staff; the visitor answers by a personal link."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, update

from eventapp.attendees import queries, rules
from eventapp.attendees.errors import AlreadyOnStaff, AskedAlready, NoBadgesLeft, OnStaffNow, OtherBadge, QuotaUsedUp, RequestClosed, SaidNo, StaffFull
from eventapp.attendees.models import Attendee, StaffRequest
from eventapp.attendees.operations.seats import refuse_without_seat, take_seat
from eventapp.attendees.operations.writing import make_findable, note, put_on
from eventapp.attendees.signals import attendee_changed
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import NotThere
from eventapp.core.ids import new_secret
from eventapp.editions.models import Category, Edition
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.mail.outbox import queue_mail


def ask_to_join(attendee: Attendee, exhibitor: Exhibitor, actor_id: int | None, now: datetime, *, extra: bool) -> None:
    """Ask somebody by mail whether they join a staff, inside the exhibitor's operation; an open question is not asked again.

    There must be a badge for them now; the seat is taken on their yes.
    """
    refuse_without_seat(queries.quota_of(exhibitor), extra=extra)
    row: dict[str, Any] = {"edition_id": exhibitor.edition_id, "exhibitor_id": exhibitor.id, "attendee_id": attendee.id, "key": new_secret(), "state": "open"}
    is_new = insert_new(cast("Table", StaffRequest.__table__), [{**row, "extra": extra, "organisation_before": "", "asked_at": now}], ["exhibitor_id", "attendee_id"])
    asked = queries.request_to_change(exhibitor.id, attendee.id)
    if asked is None:
        raise AssertionError("a question written a moment ago is gone")
    if not is_new:
        _ask_again(asked, attendee, now)
        asked.extra = extra
    note("asked_to_join", attendee, actor_id, now)
    _mail(asked, attendee, exhibitor, now)


def _ask_again(asked: StaffRequest, attendee: Attendee, now: datetime) -> None:
    """Open a question that was taken back; an open one, and a no, stay as they are."""
    if asked.state == "open":
        raise AskedAlready(name=attendee.person.name())
    if asked.state == "declined":
        raise SaidNo(name=attendee.person.name())
    asked.state, asked.asked_at, asked.answered_at = "open", now, None


def _mail(asked: StaffRequest, attendee: Attendee, exhibitor: Exhibitor, now: datetime) -> None:
    """Mail the question in the person's language, once a day at most."""
    edition = db.session.get_one(Edition, exhibitor.edition_id)
    values: dict[str, Any] = {"name": attendee.person.name(attendee.language), "exhibitor": exhibitor.name(attendee.language)}
    queue_mail(
        str(attendee.email),
        "attendees/join_staff",
        attendee.language,
        edition_id=edition.id,
        key=f"join-staff-{asked.id}-{now:%Y%m%d}",
        secret_path=f"/{edition.slug}/join/{asked.key}",
        **values,
    )


def answer_request(edition_id: int, key: str, *, joins: bool, now: datetime) -> Attendee:
    """Write down what somebody answers; on a yes they are on the staff, with one badge for all that they are there for."""
    with transaction():
        found, _attendee, _exhibitor = queries.asked_with_key(edition_id, key)
        exhibitor = exhibitor_to_change(found.exhibitor_id)
        attendee = queries.attendee_to_change(found.attendee_id)
        asked = queries.request_to_change(exhibitor.id, attendee.id)
        if asked is None or asked.state == "withdrawn" or exhibitor.state != ApplicationState.ACCEPTED or attendee.withdrawn_at is not None:
            raise RequestClosed
        if asked.state == "accepted":
            if not joins:
                raise OnStaffNow
            return attendee
        asked.state, asked.answered_at = "accepted" if joins else "declined", now
        if joins:
            _say_yes(asked, attendee, exhibitor, now)
        else:
            note("declined_to_join", attendee, None, now)
    return attendee


def _say_yes(asked: StaffRequest, attendee: Attendee, exhibitor: Exhibitor, now: datetime) -> None:
    if not rules.may_join_staff([hat.category for hat in attendee.hats], attendee.exhibitor_id, exhibitor.id):
        raise OtherBadge
    asked.organisation_before = attendee.organisation_name
    put_on(attendee, Category.EXHIBITOR)
    _take_their_seat(asked, attendee, exhibitor)
    join_staff(attendee, exhibitor, None, now)


def _take_their_seat(asked: StaffRequest, attendee: Attendee, exhibitor: Exhibitor) -> None:
    try:
        take_seat(attendee, exhibitor, extra=asked.extra)
    except (QuotaUsedUp, NoBadgesLeft) as full:
        raise StaffFull(exhibitor=exhibitor.public_name) from full


def join_staff(attendee: Attendee, exhibitor: Exhibitor, actor_id: int | None, now: datetime) -> None:
    """Put an attendee who has the exhibitor's hat on the staff; the badge is another."""
    attendee.exhibitor_id, attendee.organisation_name = exhibitor.id, exhibitor.public_name
    make_findable(attendee)
    note("added", attendee, actor_id, now, category=Category.EXHIBITOR)
    attendee_changed.send(attendee=attendee, actor_id=actor_id, now=now)


def withdraw_request(exhibitor_id: int, attendee_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Take a question back that was not answered with yes; the link in its mail opens no staff any more. Doing it twice changes nothing."""
    with transaction():
        exhibitor_to_change(exhibitor_id)
        asked = queries.request_to_change(exhibitor_id, attendee_id)
        if asked is None:
            raise NotThere
        if asked.state == "accepted":
            raise AlreadyOnStaff(name=queries.attendee_to_change(attendee_id).person.name())
        if asked.state != "withdrawn":
            asked.state = "withdrawn"
            note("question_withdrawn", queries.attendee_to_change(attendee_id), actor_id, now)


def close_requests(*, exhibitor_id: int | None = None, attendee_id: int | None = None) -> None:
    """Close every question of an exhibitor, or to an attendee, who is gone."""
    whose = [column == given for column, given in ((StaffRequest.exhibitor_id, exhibitor_id), (StaffRequest.attendee_id, attendee_id)) if given is not None]
    db.session.execute(update(StaffRequest).where(*whose).values(state="withdrawn").execution_options(synchronize_session="fetch"))


def what_they_had_said(attendee: Attendee, exhibitor: Exhibitor) -> str:
    """Say which organisation to write for who leaves a staff: what they said before they joined, unless somebody corrected it since."""
    asked = queries.request_to_change(exhibitor.id, attendee.id)
    if attendee.organisation_name != exhibitor.public_name:
        return attendee.organisation_name
    return asked.organisation_before if asked is not None else ""
