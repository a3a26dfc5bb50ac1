"""An organiser corrects what is written about an attendee."""

from collections.abc import Mapping
from datetime import datetime

from eventapp.attendees import queries, rules
from eventapp.attendees.errors import SameAsAnother
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations.writing import make_findable, note
from eventapp.attendees.signals import attendee_changed
from eventapp.core.db import transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.core.ids import new_secret
from eventapp.organisations.operations import correct_name

_COLUMNS = {"organisation": "organisation_name", "job_title": "job_title", "country": "country", "phone": "phone", "language": "language", "email": "email"}
_NAMES = ("given", "family", "given_ar", "family_ar")


def correct_attendee(attendee_id: int, corrected: Mapping[str, str | None], *, new_badge: bool = False, shown: str | None = None, actor_id: int | None, now: datetime) -> Attendee:
    """Write an attendee's details anew, named as in `queries.details_of`; what is not named stays.

    With a `new_badge` the one before it opens no door any more, and where the address is another, the old link to the holder's page opens nothing.
    `shown` is the stamp of the details that the page showed.
    """
    with transaction():
        queries.hold_names(attendee_id)
        attendee = queries.attendee_to_change(attendee_id)
        before = queries.details_of(attendee)
        if shown is not None and shown != rules.stamp(before):
            raise ChangedMeanwhile
        after = rules.corrected_details(before, corrected)
        changed = sorted(name for name in before if before[name] != after[name])
        _refuse_double(attendee, after)
        if {*_NAMES} & {*changed}:
            correct_name(attendee.person_id, **{name: str(after[name]) for name in _NAMES}, actor_id=actor_id, now=now)
        _write(attendee, after)
        if changed:
            note("corrected", attendee, actor_id, now, fields=changed)
        if new_badge:
            if "email" in changed:
                attendee.personal_key = new_secret()
            attendee_changed.send(attendee=attendee, actor_id=actor_id, now=now)
    return attendee


def _write(attendee: Attendee, details: Mapping[str, str | None]) -> None:
    for name, column in _COLUMNS.items():
        setattr(attendee, column, details[name])
    attendee.folded_name = rules.folded_name(str(details["given"]), str(details["family"]))
    make_findable(attendee)


def _refuse_double(attendee: Attendee, details: Mapping[str, str | None]) -> None:
    """Refuse a name and address that somebody else of the edition has."""
    name = rules.folded_name(str(details["given"]), str(details["family"]))
    there = queries.same_attendee(attendee.edition_id, details["email"], name) if details["email"] else None
    if there is not None and there.id != attendee.id:
        raise SameAsAnother(name=there.person.name(), reference=there.reference)
