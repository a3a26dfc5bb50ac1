"""Exhibitors add their staff, organisers anybody."""

from datetime import datetime
from typing import Unpack

from eventapp.attendees import queries, rules
from eventapp.attendees.errors import AlreadyOnStaff, BadgeOfAnotherKind, HatAlreadyWorn, NameThere, NotAccepted
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations.asking import ask_to_join, join_staff
from eventapp.attendees.operations.seats import take_seat
from eventapp.attendees.operations.writing import Details, come_back, new_attendee, note, put_on
from eventapp.attendees.signals import attendee_changed, attendee_registered
from eventapp.core.db import transaction
from eventapp.editions.models import Category
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change


def add_staff(
    exhibitor_id: int, *, given: str, family: str, email: str | None = None, extra: bool = False, actor_id: int | None, now: datetime, **details: Unpack[Details]
) -> Attendee:
    """Add somebody to an accepted exhibitor's staff.

    A visitor who is registered under this name and address is asked first: returned as they are, on no staff and in no seat before their yes.
    The badge is one of those that come with the stand; beyond them it is an extra one, when `extra` is asked for.
    """
    email = email.lower() if email else None
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)
        if exhibitor.state != ApplicationState.ACCEPTED:
            raise NotAccepted
        details.setdefault("organisation", exhibitor.public_name)
        known = _known_staff(exhibitor, given, family, email)
        attendee = None if known else new_attendee(exhibitor.edition_id, Category.EXHIBITOR, given, family, email, details, now, exhibitor_id)
        if attendee is None:
            known = known or queries.same_attendee(exhibitor.edition_id, email or "", rules.folded_name(given, family))
            attendee = _take_on(known, exhibitor, extra, actor_id, now)
            if attendee.exhibitor_id == exhibitor.id:
                take_seat(attendee, exhibitor, extra=extra)
            return attendee
        take_seat(attendee, exhibitor, extra=extra)
        note("added", attendee, actor_id, now, category=Category.EXHIBITOR)
        attendee_registered.send(attendee=attendee, now=now)
    return attendee


def _known_staff(exhibitor: Exhibitor, given: str, family: str, email: str | None) -> Attendee | None:
    """Find who is meant: of this name and address in the edition, or of this name on the staff when there is no address."""
    folded = rules.folded_name(given, family)
    if email:
        return queries.same_attendee(exhibitor.edition_id, email, folded)
    found = queries.staff_named(exhibitor.id, folded)
    return found if found is None or found.email is None or found.withdrawn_at is None else None


def _take_on(attendee: Attendee | None, exhibitor: Exhibitor, extra: bool, actor_id: int | None, now: datetime) -> Attendee:
    """Put somebody back on the staff, or ask a visitor to join it; any other badge is none of the exhibitor's business."""
    if attendee is None:
        raise AssertionError("an attendee that was there a moment ago is gone")
    hats = [hat.category for hat in attendee.hats]
    name = attendee.person.name()
    if attendee.withdrawn_at is not None:
        come_back(attendee, Category.EXHIBITOR, now)
        join_staff(attendee, exhibitor, actor_id, now)
    elif attendee.exhibitor_id == exhibitor.id:
        raise AlreadyOnStaff(name=name)
    elif rules.may_join_staff(hats, attendee.exhibitor_id, exhibitor.id):
        ask_to_join(attendee, exhibitor, actor_id, now, extra=extra)
    else:
        raise BadgeOfAnotherKind(name=name)
    return attendee


def add_attendee(
    edition_id: int,
    category: Category,
    *,
    given: str,
    family: str,
    email: str | None = None,
    certain: bool = True,
    actor_id: int | None,
    now: datetime,
    **details: Unpack[Details],
) -> Attendee:
    """Add an attendee by hand; somebody registered with this name and address gets one more hat on the one badge.

    Unless the caller is `certain`, a namesake is asked about where one of the two has no address to tell them apart.
    """
    email = email.lower() if email else None
    with transaction():
        folded = rules.folded_name(given, family)
        if not certain:
            _ask_about_namesake(edition_id, folded, email)
        known = queries.same_attendee(edition_id, email, folded) if email else None
        attendee = None if known else new_attendee(edition_id, category, given, family, email, details, now)
        if attendee is None:
            known = known or queries.same_attendee(edition_id, email or "", folded)
            return _one_more_hat(known, category, actor_id, now)
        note("added", attendee, actor_id, now, category=category)
        attendee_registered.send(attendee=attendee, now=now)
    return attendee


def _ask_about_namesake(edition_id: int, folded: str, email: str | None) -> None:
    there = queries.namesake(edition_id, folded, only_without_address=email is not None)
    if there is not None:
        raise NameThere(name=there.person.name(), reference=there.reference)


def _one_more_hat(attendee: Attendee | None, category: Category, actor_id: int | None, now: datetime) -> Attendee:
    """Give a known attendee another reason to be there."""
    if attendee is None:
        raise AssertionError("an attendee that was there a moment ago is gone")
    if attendee.withdrawn_at is not None:
        come_back(attendee, category, now)
    elif category in {hat.category for hat in attendee.hats}:
        raise HatAlreadyWorn(name=attendee.person.name())
    else:
        put_on(attendee, category)
    note("added", attendee, actor_id, now, category=category)
    attendee_changed.send(attendee=attendee, actor_id=actor_id, now=now)
    return attendee
