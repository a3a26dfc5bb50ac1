"""What doctor asks about badges."""

from collections.abc import Iterator

from sqlalchemy import func, select

from eventapp.attendees.models import Attendee
from eventapp.badges import token
from eventapp.badges.errors import BadToken, KeysError
from eventapp.badges.models import Badge, HeldMail, Revocation
from eventapp.core.db import db
from eventapp.editions.models import Category, Edition
from eventapp.invoicing.queries import badges_wait_for


def doubled() -> Iterator[str]:
    """List attendees with two active badges, and serials that two attendees share: breaches."""
    active = select(Badge.attendee_id, func.count()).where(Badge.state == "active").group_by(Badge.attendee_id).having(func.count() > 1)
    yield from (f"attendee {attendee_id} has {count} active badges" for attendee_id, count in db.session.execute(active))
    holders = func.count(Badge.attendee_id.distinct())
    shared = select(Badge.edition_id, Badge.serial, holders).group_by(Badge.edition_id, Badge.serial).having(holders > 1)
    yield from (f"serial {serial} of edition {edition_id} is on badges of {count} attendees" for edition_id, serial, count in db.session.execute(shared))


def badges_across_editions() -> Iterator[str]:
    """List badges of another edition than the attendee who carries them: breaches."""
    astray = select(Badge.id, Attendee.id).join(Attendee, Attendee.id == Badge.attendee_id).where(Attendee.edition_id != Badge.edition_id)
    yield from (f"badge {badge_id} is of another edition than attendee {attendee_id}" for badge_id, attendee_id in db.session.execute(astray))


def wrong_tokens() -> Iterator[str]:
    """List badges whose token is not ours, or says something else than the row: breaches."""
    if db.session.scalar(select(Badge.id).limit(1)) is None:
        return
    try:
        keys = token.keyring().public_keys
    except KeysError as error:
        yield str(error)
        return
    numbers = dict(db.session.execute(select(Edition.id, Edition.token_number)).all())
    for badge in db.session.scalars(select(Badge).order_by(Badge.id).execution_options(yield_per=1000)):
        try:
            said = token.read(badge.token, keys)
        except BadToken as refusal:
            yield f"badge {badge.id}: its token is refused ({refusal.reason})"
            continue
        row = (numbers[badge.edition_id], badge.serial, badge.counter, Category(badge.category).number, badge.zones, badge.first_day, badge.last_day)
        if row != (said.edition, said.serial, said.counter, said.category, said.zones, said.first_day, said.last_day):
            yield f"badge {badge.id}: its token says something else than the row"


def gaps_in_revocations() -> Iterator[str]:
    """List editions whose revocation numbers have a gap or are given twice, and ended badges that no revocation names: breaches."""
    counts = select(Revocation.edition_id, func.count(), func.count(Revocation.sequence.distinct()), func.min(Revocation.sequence), func.max(Revocation.sequence))
    for edition_id, count, different, first, last in db.session.execute(counts.group_by(Revocation.edition_id)):
        if (different, first, last) != (count, 1, count):
            yield f"edition {edition_id}: {count} revocations are numbered from {first} to {last}{'' if different == count else ', some twice'}"
    covered = (
        select(Revocation.id)
        .where(Revocation.edition_id == Badge.edition_id, Revocation.serial == Badge.serial, Revocation.up_to_counter >= Badge.counter)
        .correlate(Badge)
        .exists()
    )
    yield from (f"badge {badge_id} has ended and is not on the revocation list" for badge_id in db.session.scalars(select(Badge.id).where(Badge.state != "active", ~covered)))
    yield from (f"badge {badge_id} is active and on the revocation list" for badge_id in db.session.scalars(select(Badge.id).where(Badge.state == "active", covered)))


def badges_of_the_gone() -> Iterator[str]:
    """List withdrawn attendees who could still enter, and badges in another edition than their holder: breaches."""
    joined = select(Badge.id, Attendee.id).join(Attendee, Attendee.id == Badge.attendee_id)
    gone = joined.where(Badge.state == "active", Attendee.withdrawn_at.is_not(None))
    yield from (f"attendee {attendee_id} was withdrawn and badge {badge_id} is active" for badge_id, attendee_id in db.session.execute(gone))
    astray = joined.where(Badge.edition_id != Attendee.edition_id)
    yield from (f"badge {badge_id} is of another edition than attendee {attendee_id}" for badge_id, attendee_id in db.session.execute(astray))


def held_after_payment() -> Iterator[str]:
    """List mails with badges that wait though their exhibitor has paid what the edition asks for: breaches."""
    for edition_id, exhibitor_id in db.session.execute(select(HeldMail.edition_id, HeldMail.exhibitor_id).distinct().order_by(HeldMail.exhibitor_id)):
        if badges_wait_for(edition_id, exhibitor_id) is None:
            yield f"exhibitor {exhibitor_id} has paid, and badges of its staff are not mailed"
