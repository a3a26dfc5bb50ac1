"""What badges do when attendees come, change or go; each runs inside the sender's transaction."""

from datetime import datetime, timedelta

from eventapp.attendees.models import Attendee
from eventapp.badges import queries
from eventapp.badges.operations import ask_for_mail, forget_held, issue_badge, reissue_badge, release_all, release_held, revoke_badge

FIRST_MAIL_IS_ON_ITS_WAY = timedelta(minutes=15)


def on_registered(_sender: object, *, attendee: Attendee, now: datetime) -> None:
    """Issue the badge of a new attendee, and have it mailed."""
    ask_for_mail(attendee, f"issued-{issue_badge(attendee.id, now=now).id}")


def on_changed(_sender: object, *, attendee: Attendee, actor_id: int | None, now: datetime) -> None:
    """Replace the badge of an attendee who is somebody else now."""
    reissue_badge(attendee.id, actor_id=actor_id, now=now)


def on_withdrawn(_sender: object, *, attendee: Attendee, actor_id: int | None, now: datetime) -> None:
    """Revoke the badge of an attendee who is gone."""
    forget_held(attendee.id)
    if queries.active_badge(attendee.id) is not None:
        revoke_badge(attendee.id, actor_id=actor_id, now=now)


def on_registered_again(_sender: object, *, attendee: Attendee, now: datetime) -> None:
    """Mail the badge again, once an hour at most, and not while the first mail is fresh (a form sent twice)."""
    if now - attendee.registered_at > FIRST_MAIL_IS_ON_ITS_WAY:
        ask_for_mail(attendee, f"again-{now:%Y%m%d%H}")


def on_account_changed(_sender: object, *, exhibitor_id: int) -> None:
    """Mail the badges that waited for a payment, if this was it."""
    release_held(exhibitor_id)


def on_exhibiting_rules_set(_sender: object, *, edition_id: int) -> None:
    """Mail the badges that wait for nothing under the new rule."""
    release_all(edition_id)
