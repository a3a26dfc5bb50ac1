"""A visitor registers."""

from datetime import datetime
from typing import Unpack

from eventapp.attendees import queries, rules
from eventapp.attendees.errors import RegistrationClosed
from eventapp.attendees.models import Attendee, Consent
from eventapp.attendees.operations.writing import Details, come_back, new_attendee, note
from eventapp.attendees.signals import attendee_registered, registered_again
from eventapp.core.db import db, transaction
from eventapp.core.zones import wall
from eventapp.editions.models import Category, Edition
from eventapp.editions.rules import registration_is_open


def register_visitor(edition_id: int, *, given: str, family: str, email: str, marketing_version: str = "", now: datetime, **details: Unpack[Details]) -> Attendee | None:
    """Register a visitor, who gets a badge at once; None when this name and address are registered already.

    Then the badge is mailed again to its holder, and the caller, who may be anybody, learns nothing more.
    `marketing_version` names the consent's text that was agreed to, nothing when it was not.
    """
    email = email.lower()
    with transaction():
        edition = db.session.get_one(Edition, edition_id)
        if not registration_is_open(edition, "visit", wall(now, edition.timezone).date()):
            raise RegistrationClosed(contact=edition.contact_email)
        known = queries.same_attendee(edition_id, email, rules.folded_name(given, family))
        attendee = None if known else new_attendee(edition_id, Category.VISITOR, given, family, email, details, now)
        if attendee is None:
            _again(known or queries.same_attendee(edition_id, email, rules.folded_name(given, family)), now)
            return None
        if marketing_version:
            _agree(attendee, marketing_version, now)
        note("registered", attendee, None, now)
        attendee_registered.send(attendee=attendee, now=now)
    return attendee


def _again(attendee: Attendee | None, now: datetime) -> None:
    """Mail the badge again; who was withdrawn with an exhibitor comes back as a visitor."""
    if attendee is None:
        raise AssertionError("an attendee that was there a moment ago is gone")
    if attendee.withdrawn_at is None:
        registered_again.send(attendee=attendee, now=now)
        return
    come_back(attendee, Category.VISITOR, now)
    attendee.exhibitor_id = None
    note("registered", attendee, None, now)
    attendee_registered.send(attendee=attendee, now=now)


def _agree(attendee: Attendee, version: str, now: datetime) -> None:
    """Keep the proof that the visitor agreed to be written to."""
    db.session.add(Consent(attendee_id=attendee.id, purpose="marketing", text_version=version, language=attendee.language, given_at=now))
