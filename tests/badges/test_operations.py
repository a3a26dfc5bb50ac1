"""Badges are issued, replaced, revoked and counted."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from eventapp import wiring
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee, withdraw_attendee
from eventapp.badges import operations, rules, token
from eventapp.badges.errors import AttendeeGone, NoBadge, NoEmail
from eventapp.badges.models import Badge
from eventapp.badges.queries import active_badge, revocation_list
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.doctor import examine
from eventapp.editions.models import Category, Edition
from eventapp.jobs.runner import run_due
from eventapp.mail.models import OutgoingMail
from tests.support.cast import EIGHT

LATER = EIGHT + timedelta(hours=1)


@pytest.fixture
def nora(sistep: Edition) -> Attendee:
    """A journalist with a badge."""
    return add_attendee(sistep.id, Category.PRESS, given="Nora", family="Alaoui", email="nora@press.example", actor_id=None, now=EIGHT)


def states(attendee: Attendee) -> list[tuple[int, str]]:
    return [(badge.counter, badge.state) for badge in db.session.scalars(select(Badge).where(Badge.attendee_id == attendee.id).order_by(Badge.counter))]


def breaches() -> list[str]:
    return [breach for found in examine().values() for breach in found]


def test_the_token_says_what_the_row_says(nora: Attendee, sistep: Edition) -> None:
    badge = active_badge(nora.id)
    assert badge is not None
    said = token.read(badge.token, token.keyring().public_keys)
    assert (said.edition, said.serial, said.counter, said.category, said.zones) == (sistep.token_number, badge.serial, 1, Category.PRESS.number, 1)
    assert (said.first_day, said.last_day) == (sistep.first_day, sistep.last_day)


def test_issuing_twice_gives_the_same_badge(nora: Attendee) -> None:
    first = active_badge(nora.id)
    assert first is not None
    assert operations.issue_badge(nora.id, now=LATER).id == first.id


def test_a_reissue_keeps_the_serial_raises_the_counter_and_lists_the_old_badge(nora: Attendee, sistep: Edition) -> None:
    first = active_badge(nora.id)
    assert first is not None
    second = operations.reissue_badge(nora.id, actor_id=None, now=LATER)
    assert (second.serial, second.counter, states(nora)) == (first.serial, 2, [(1, "replaced"), (2, "active")])
    assert [(line.sequence, line.serial, line.up_to_counter) for line in revocation_list(sistep.id)] == [(1, first.serial, 1)]
    assert breaches() == []


def test_a_revoked_badge_can_be_replaced_but_not_revoked_again(nora: Attendee, sistep: Edition) -> None:
    operations.revoke_badge(nora.id, actor_id=None, now=EIGHT)
    with pytest.raises(NoBadge):
        operations.revoke_badge(nora.id, actor_id=None, now=EIGHT)
    operations.reissue_badge(nora.id, actor_id=None, now=LATER)
    assert states(nora) == [(1, "revoked"), (2, "active")]
    assert [line.sequence for line in revocation_list(sistep.id)] == [1]
    assert [line.sequence for line in revocation_list(sistep.id, after=1)] == []
    assert breaches() == []


def test_one_press_makes_one_badge(nora: Attendee) -> None:
    shown = active_badge(nora.id)
    assert shown is not None
    operations.reissue_badge(nora.id, instead_of=shown.id, actor_id=None, now=LATER)
    with pytest.raises(ChangedMeanwhile):
        operations.reissue_badge(nora.id, instead_of=shown.id, actor_id=None, now=LATER)
    with pytest.raises(ChangedMeanwhile):
        operations.revoke_badge(nora.id, shown=shown.id, actor_id=None, now=LATER)
    assert states(nora) == [(1, "replaced"), (2, "active")]


def test_after_255_badges_a_new_serial_is_drawn(nora: Attendee) -> None:
    first = active_badge(nora.id)
    assert first is not None
    with transaction():
        first.counter = 255
        first.token = token.keyring().issue(
            edition=11, serial=first.serial, counter=255, category=Category.PRESS.number, zones=1, first_day=first.first_day, last_day=first.last_day
        )
    second = operations.reissue_badge(nora.id, actor_id=None, now=LATER)
    assert (second.serial != first.serial, second.counter, breaches()) == (True, 1, [])
    assert rules.next_counter(7, 254) == (7, 255)


def test_a_serial_that_somebody_has_is_drawn_again(nora: Attendee, sistep: Edition, other_edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = active_badge(nora.id)
    assert taken is not None
    draws = iter([taken.serial, taken.serial, 4242])
    monkeypatch.setattr(operations, "new_serial", lambda: next(draws))
    other = add_attendee(sistep.id, Category.PRESS, given="Ali", family="Alaoui", actor_id=None, now=EIGHT)
    badge = active_badge(other.id)
    assert badge is not None
    assert (badge.serial, breaches()) == (4242, [])


def test_who_was_withdrawn_gets_no_badge(nora: Attendee) -> None:
    withdraw_attendee(nora.id, actor_id=None, now=EIGHT)
    for verb in (lambda: operations.issue_badge(nora.id, now=LATER), lambda: operations.reissue_badge(nora.id, actor_id=None, now=LATER)):
        with pytest.raises(AttendeeGone):
            verb()
    with pytest.raises(NotThere):
        operations.issue_badge(999_999, now=LATER)


def test_sending_needs_a_badge_and_an_address(nora: Attendee, sistep: Edition) -> None:
    ali = add_attendee(sistep.id, Category.PRESS, given="Ali", family="Alaoui", actor_id=None, now=EIGHT)
    with pytest.raises(NoEmail):
        operations.send_again(ali.id, actor_id=None, now=LATER)
    operations.revoke_badge(nora.id, actor_id=None, now=EIGHT)
    with pytest.raises(NoBadge):
        operations.send_again(nora.id, actor_id=None, now=LATER)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE badges SET zones = 7", "its token says something else than the row"),
        ("UPDATE badges SET token = replace(token, substr(token, 60, 3), 'AAA')", "its token is refused"),
        ("UPDATE attendees SET withdrawn_at = registered_at", "was withdrawn and badge"),
        ("UPDATE badges SET state = 'revoked'", "is not on the revocation list"),
        ("UPDATE attendees SET category = 'visitor'", "is visitor and wears press"),
        ("INSERT INTO revocations (edition_id, sequence, serial, up_to_counter, at) SELECT edition_id, 2, 1, 1, issued_at FROM badges", "numbered from 2 to 2"),
    ],
)
def test_doctor_finds_what_is_wrong(nora: Attendee, damage: str, says: str) -> None:
    assert breaches() == []
    with db.engine.begin() as connection:
        connection.execute(text(damage))
    db.session.rollback()
    assert [says in breach for breach in breaches()] == [True]


def test_the_database_itself_keeps_one_active_badge(nora: Attendee) -> None:
    with pytest.raises(Exception, match=r"(?i)unique"), db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO badges (edition_id, attendee_id, serial, counter, category, zones, first_day, last_day, state, token, issued_at) "
                "SELECT edition_id, attendee_id, 5, 1, category, zones, first_day, last_day, 'active', token, issued_at FROM badges"
            )
        )


def test_the_mail_after_a_reissue_says_that_the_badge_before_is_dead(sistep: Edition, nora: Attendee) -> None:
    run_due(wiring.TASKS)
    operations.reissue_badge(nora.id, actor_id=None, now=LATER)
    run_due(wiring.TASKS)
    mails = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "badges/your_badge").order_by(OutgoingMail.id)).all()
    assert [mail.values["replaces"] for mail in mails] == [False, True]
