"""Staff and guests: hats, one badge, and how they leave."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.attendees.errors import AlreadyOnStaff, BadgeOfAnotherKind, HatAlreadyWorn, NotAccepted
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee, add_staff, register_visitor, withdraw_attendee, withdraw_staff_member
from eventapp.attendees.queries import counts_by_category, staff_of
from eventapp.badges.models import Badge, Revocation
from eventapp.badges.queries import active_badge
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.doctor import examine
from eventapp.editions.models import Category, Edition
from eventapp.exhibitors.models import Exhibitor, ExhibitorMember
from eventapp.exhibitors.signals import exhibitor_withdrawn
from eventapp.organisations.operations import find_or_add_organisation
from tests.support.cast import EIGHT, make_user

YASMINE: dict[str, Any] = {"given": "Yasmine", "family": "Bennani", "email": "yasmine@atlas.example"}
LATER = EIGHT + timedelta(hours=1)


def make_exhibitor(edition: Edition, name: str, state: str = "accepted") -> Exhibitor:
    with transaction():
        organisation = find_or_add_organisation(name=name, country="MA", actor_id=None, now=EIGHT)
        exhibitor = Exhibitor(
            edition_id=edition.id, organisation_id=organisation.id, reference=f"E-{name[:8]}", state=state, public_name=name, contact_name="C", contact_email="c@atlas.example"
        )
        exhibitor.created_at = EIGHT
        exhibitor.members = [ExhibitorMember(user_id=make_user(f"owner@{name.lower()}.example", "Owner").id, role="owner", since=EIGHT)]
        db.session.add(exhibitor)
    return exhibitor


@pytest.fixture
def atlas(sistep: Edition) -> Exhibitor:
    """An accepted exhibitor."""
    return make_exhibitor(sistep, "Atlas")


@pytest.fixture
def rif(sistep: Edition) -> Exhibitor:
    """Another accepted exhibitor."""
    return make_exhibitor(sistep, "Rif")


def hats(attendee: Attendee) -> list[str]:
    return sorted(hat.category for hat in attendee.hats)


def badges(attendee: Attendee) -> list[tuple[int, str, str, int]]:
    rows = db.session.scalars(select(Badge).where(Badge.attendee_id == attendee.id).order_by(Badge.id))
    return [(badge.counter, badge.state, badge.category, badge.zones) for badge in rows]


def breaches() -> list[str]:
    return [breach for found in examine().values() for breach in found]


def test_staff_get_an_exhibitors_badge_with_the_stands_name(atlas: Exhibitor, adil: User) -> None:
    one = add_staff(atlas.id, **YASMINE, actor_id=adil.id, now=EIGHT)
    other = add_staff(atlas.id, given="Omar", family="Tazi", actor_id=adil.id, now=EIGHT)
    assert [(a.category, a.organisation_name, a.email) for a in (one, other)] == [("exhibitor", "Atlas", "yasmine@atlas.example"), ("exhibitor", "Atlas", None)]
    assert [attendee.id for attendee in staff_of(atlas.id)] == [other.id, one.id]
    assert breaches() == []


@pytest.mark.parametrize("email", ["yasmine@atlas.example", None])
def test_adding_the_same_person_twice_is_refused_and_changes_nothing(atlas: Exhibitor, email: str | None) -> None:
    person = {**YASMINE, "email": email}
    first = add_staff(atlas.id, **person, actor_id=None, now=EIGHT)
    with pytest.raises(AlreadyOnStaff):
        add_staff(atlas.id, **person, actor_id=None, now=LATER)
    assert badges(first) == [(1, "active", "exhibitor", 1)]


@pytest.mark.parametrize("state", ["submitted", "withdrawn", "refused"])
def test_only_an_accepted_exhibitor_has_staff(sistep: Edition, state: str) -> None:
    exhibitor = make_exhibitor(sistep, "Draft", state)
    with pytest.raises(NotAccepted):
        add_staff(exhibitor.id, **YASMINE, actor_id=None, now=EIGHT)


def test_a_visitor_who_joins_a_staff_keeps_one_badge_with_both_hats(sistep: Edition, atlas: Exhibitor) -> None:
    visitor = register_visitor(sistep.id, **YASMINE, now=EIGHT)
    assert visitor is not None
    staff = add_staff(atlas.id, **YASMINE, actor_id=None, now=LATER)
    assert (staff.id, hats(staff), staff.category) == (visitor.id, ["exhibitor", "visitor"], "exhibitor")
    assert badges(staff) == [(1, "replaced", "visitor", 1), (2, "active", "exhibitor", 1)]
    assert breaches() == []


def test_an_exhibitor_cannot_get_hold_of_the_badge_of_a_guest_of_honour(sistep: Edition, atlas: Exhibitor) -> None:
    guest = add_attendee(sistep.id, Category.VIP, **YASMINE, actor_id=None, now=EIGHT)
    with pytest.raises(BadgeOfAnotherKind):
        add_staff(atlas.id, **YASMINE, actor_id=None, now=LATER)
    assert (staff_of(atlas.id), badges(guest)) == ([], [(1, "active", "vip", 3)])


def test_an_exhibitor_cannot_take_anothers_staff(atlas: Exhibitor, rif: Exhibitor) -> None:
    add_staff(atlas.id, **YASMINE, actor_id=None, now=EIGHT)
    with pytest.raises(BadgeOfAnotherKind):
        add_staff(rif.id, **YASMINE, actor_id=None, now=LATER)
    assert (len(staff_of(atlas.id)), staff_of(rif.id)) == (1, [])


def test_a_second_hat_gives_the_rights_of_both(sistep: Edition) -> None:
    speaker = add_attendee(sistep.id, Category.SPEAKER, **YASMINE, actor_id=None, now=EIGHT)
    both = add_attendee(sistep.id, Category.SIGNATORY, **YASMINE, actor_id=None, now=LATER)
    assert (both.id, both.category, hats(both)) == (speaker.id, "signatory", ["signatory", "speaker"])
    assert badges(both) == [(1, "replaced", "speaker", 1), (2, "active", "signatory", 3)]
    with pytest.raises(HatAlreadyWorn):
        add_attendee(sistep.id, Category.SPEAKER, **YASMINE, actor_id=None, now=LATER)
    assert breaches() == []


def test_who_leaves_a_staff_and_has_another_reason_keeps_a_badge_for_that(sistep: Edition, atlas: Exhibitor) -> None:
    register_visitor(sistep.id, **YASMINE, now=EIGHT)
    staff = add_staff(atlas.id, **YASMINE, actor_id=None, now=EIGHT)
    withdraw_staff_member(atlas.id, staff.id, actor_id=None, now=LATER)
    assert (hats(staff), staff.category, staff.exhibitor_id, staff.withdrawn_at) == (["visitor"], "visitor", None, None)
    assert badges(staff)[-1] == (3, "active", "visitor", 1)
    assert breaches() == []


def test_another_exhibitors_staff_look_missing(atlas: Exhibitor, rif: Exhibitor) -> None:
    staff = add_staff(atlas.id, **YASMINE, actor_id=None, now=EIGHT)
    with pytest.raises(NotThere):
        withdraw_staff_member(rif.id, staff.id, actor_id=None, now=LATER)
    assert active_badge(staff.id) is not None


def test_staff_go_with_their_exhibitor(sistep: Edition, atlas: Exhibitor, rif: Exhibitor, adil: User) -> None:
    gone = [add_staff(atlas.id, given=name, family="Bennani", actor_id=None, now=EIGHT) for name in ("Yasmine", "Omar")]
    stays = add_staff(rif.id, given="Nora", family="Bennani", actor_id=None, now=EIGHT)
    with transaction():
        exhibitor_withdrawn.send(exhibitor=atlas, actor_id=adil.id, now=LATER)
    assert [badges(attendee) for attendee in gone] == [[(1, "revoked", "exhibitor", 1)]] * 2
    assert badges(stays) == [(1, "active", "exhibitor", 1)]
    assert list(db.session.scalars(select(Revocation.sequence).order_by(Revocation.sequence))) == [1, 2]
    assert (counts_by_category(sistep.id), breaches()) == ({"exhibitor": 1}, [])


def test_who_left_a_staff_can_come_back(atlas: Exhibitor) -> None:
    staff = add_staff(atlas.id, given="Omar", family="Tazi", actor_id=None, now=EIGHT)
    withdraw_staff_member(atlas.id, staff.id, actor_id=None, now=EIGHT)
    back = add_staff(atlas.id, given="Omar", family="Tazi", actor_id=None, now=LATER)
    assert (back.id, back.withdrawn_at, badges(back)[-1]) == (staff.id, None, (2, "active", "exhibitor", 1))
    assert breaches() == []


def test_withdrawing_twice_changes_nothing(sistep: Edition) -> None:
    guest = add_attendee(sistep.id, Category.PRESS, **YASMINE, actor_id=None, now=EIGHT)
    for _ in range(2):
        withdraw_attendee(guest.id, actor_id=None, now=LATER)
    assert (guest.withdrawn_at, badges(guest), breaches()) == (LATER, [(1, "revoked", "press", 1)], [])
