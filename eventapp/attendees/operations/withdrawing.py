"""Attendees are taken away: one, one of a staff, or a whole staff."""

from datetime import datetime

from eventapp.attendees import queries
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations.asking import close_requests, what_they_had_said
from eventapp.attendees.operations.seats import leave_seat
from eventapp.attendees.operations.visas import forget_passports_of
from eventapp.attendees.operations.writing import make_findable, note, take_off
from eventapp.attendees.signals import attendee_changed, attendee_withdrawn
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.editions.models import Category
from eventapp.exhibitors.models import Exhibitor


def withdraw_attendee(attendee_id: int, *, actor_id: int | None, now: datetime) -> Attendee:
    """Withdraw a registration, whatever its hats; the badge is revoked with it. Doing it twice changes nothing."""
    with transaction():
        attendee = queries.attendee_to_change(attendee_id)
        if attendee.withdrawn_at is None:
            attendee.withdrawn_at = now
            leave_seat(attendee.id)
            close_requests(attendee_id=attendee.id)
            forget_passports_of(attendee.id)
            note("withdrawn", attendee, actor_id, now)
            attendee_withdrawn.send(attendee=attendee, actor_id=actor_id, now=now)
    return attendee


def withdraw_staff_member(exhibitor_id: int, attendee_id: int, *, actor_id: int | None, now: datetime) -> Attendee:
    """Take somebody off an exhibitor's staff; who has another reason to be there keeps a badge for that one."""
    with transaction():
        attendee = queries.attendee_to_change(attendee_id)
        if attendee.exhibitor_id != exhibitor_id or attendee.withdrawn_at is not None:
            raise NotThere
        _leave(attendee, actor_id, now)
    return attendee


def withdraw_staff(exhibitor_id: int, *, actor_id: int | None, now: datetime) -> int:
    """Take everybody off an exhibitor's staff, and say how many they were."""
    with transaction():
        staff = [attendee for attendee in queries.staff_to_change(exhibitor_id) if attendee.withdrawn_at is None]
        for attendee in staff:
            _leave(attendee, actor_id, now)
        close_requests(exhibitor_id=exhibitor_id)
    return len(staff)


def _leave(attendee: Attendee, actor_id: int | None, now: datetime) -> None:
    """Take the exhibitor's hat off; without another one the registration ends."""
    if len(attendee.hats) <= 1:
        withdraw_attendee(attendee.id, actor_id=actor_id, now=now)
        return
    take_off(attendee, Category.EXHIBITOR)
    attendee.organisation_name = what_they_had_said(attendee, db.session.get_one(Exhibitor, attendee.exhibitor_id))
    close_requests(exhibitor_id=attendee.exhibitor_id, attendee_id=attendee.id)
    forget_passports_of(attendee.id)
    attendee.exhibitor_id = None
    leave_seat(attendee.id)
    make_findable(attendee)
    note("left_staff", attendee, actor_id, now)
    attendee_changed.send(attendee=attendee, actor_id=actor_id, now=now)
