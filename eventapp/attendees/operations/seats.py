"""The badges that come with a stand: each is a numbered seat, so that however many are added at once the quota holds."""

from typing import cast

from sqlalchemy import Table, delete

from eventapp.attendees import queries
from eventapp.attendees.errors import NoBadgesLeft, QuotaUsedUp
from eventapp.attendees.models import Attendee, StaffSeat
from eventapp.core.db import db, insert_new
from eventapp.exhibitors.models import Exhibitor

_SEATS = cast("Table", StaffSeat.__table__)


def take_seat(attendee: Attendee, exhibitor: Exhibitor, *, extra: bool) -> None:
    """Give an exhibitor's new staff the lowest free seat; beyond the quota an extra badge, when it was asked for and there is a price for it."""
    quota = queries.quota_of(exhibitor)
    taken = queries.seats_taken(exhibitor.id)
    last = quota.badges if quota.badges is not None else len(taken) + 1
    for seat in (number for number in range(1, last + 1) if number not in taken):
        row = {"exhibitor_id": exhibitor.id, "seat": seat, "edition_id": exhibitor.edition_id, "attendee_id": attendee.id}
        if insert_new(_SEATS, [row], ["exhibitor_id", "seat"]):
            return
    _beyond(quota, last, extra=extra)


def refuse_without_seat(quota: queries.StaffQuota, *, extra: bool) -> None:
    """Refuse to ask somebody for whom there is no badge left."""
    if quota.badges is not None and quota.used_up:
        _beyond(quota, quota.badges, extra=extra)


def _beyond(quota: queries.StaffQuota, last: int, *, extra: bool) -> None:
    """Refuse a badge beyond the quota, unless it has a price and was asked for."""
    if quota.extra_amount is None:
        raise NoBadgesLeft(quota=last)
    if not extra:
        raise QuotaUsedUp(quota=last)


def leave_seat(attendee_id: int) -> None:
    """Free the seat of who leaves the staff."""
    db.session.execute(delete(StaffSeat).where(StaffSeat.attendee_id == attendee_id))
