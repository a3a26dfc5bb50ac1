"""Staff and guests: hats, one badge, and how they leave."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.attendees.errors import AlreadyOnStaff, AskedAlready, BadgeOfAnotherKind, HatAlreadyWorn, NotAccepted, OnStaffNow, OtherBadge, RequestClosed, SaidNo
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import (
    add_attendee,
    add_staff,
    answer_request,
    register_visitor,
    withdraw_attendee,
    withdraw_request,
    withdraw_staff_member,
)
from eventapp.attendees.queries import asked_by, counts_by_category, staff_of
from eventapp.badges.models import Badge, Revocation
from eventapp.badges.queries import active_badge
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.doctor import examine
from eventapp.editions.models import Category, Edition
from eventapp.exhibitors.models import Exhibitor, ExhibitorMember
from eventapp.exhibitors.signals import exhibitor_withdrawn
from eventapp.mail.models import OutgoingMail
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


def joined(sistep: Edition, exhibitor: Exhibitor) -> Attendee:
    """Let Yasmine register as a visitor, be asked, and say yes."""
    register_visitor(sistep.id, **YASMINE, organisation="Atelier Bennani", now=EIGHT)
    add_staff(exhibitor.id, **YASMINE, actor_id=None, now=EIGHT)
    return answer_request(sistep.id, asked_by(exhibitor.id)[0][0].key, joins=True, now=LATER)


def test_a_visitor_whom_an_exhibitor_adds_is_asked_and_stays_what_they_are_until_their_yes(sistep: Edition, atlas: Exhibitor) -> None:
    visitor = register_visitor(sistep.id, **YASMINE, organisation="Atelier Bennani", language="ar", given_ar="ياسمين", family_ar="بناني", now=EIGHT)
    assert visitor is not None
    asked = add_staff(atlas.id, **YASMINE, actor_id=None, now=LATER)
    assert (asked.id, hats(asked), asked.exhibitor_id, asked.organisation_name, staff_of(atlas.id)) == (visitor.id, ["visitor"], None, "Atelier Bennani", [])
    assert badges(asked) == [(1, "active", "visitor", 1)]
    request = asked_by(atlas.id)[0][0]
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.to, mail.template, mail.language, mail.values["name"]) == ("yasmine@atlas.example", "attendees/join_staff", "ar", "ياسمين بناني")
    assert (mail.values["exhibitor"], mail.values["secret_path"]) == ("Atlas", f"/sistep-2018/join/{request.key}")
    with pytest.raises(AskedAlready):
        add_staff(atlas.id, **YASMINE, actor_id=None, now=LATER)
    assert breaches() == []


def test_a_no_leaves_everything_as_it_is_and_only_the_person_can_change_it(sistep: Edition, atlas: Exhibitor) -> None:
    register_visitor(sistep.id, **YASMINE, now=EIGHT)
    add_staff(atlas.id, **YASMINE, actor_id=None, now=EIGHT)
    key = asked_by(atlas.id)[0][0].key
    said_no = answer_request(sistep.id, key, joins=False, now=LATER)
    assert (badges(said_no), [request.state for request, _person in asked_by(atlas.id)]) == ([(1, "active", "visitor", 1)], ["declined"])
    with pytest.raises(SaidNo):
        add_staff(atlas.id, **YASMINE, actor_id=None, now=LATER)
    said_yes = answer_request(sistep.id, key, joins=True, now=LATER)
    assert (said_yes.exhibitor_id, asked_by(atlas.id), breaches()) == (atlas.id, [], [])
    with pytest.raises(OnStaffNow):
        answer_request(sistep.id, key, joins=False, now=LATER)


def test_a_question_that_was_taken_back_puts_nobody_on_a_staff_until_it_is_asked_again(sistep: Edition, atlas: Exhibitor, rif: Exhibitor) -> None:
    register_visitor(sistep.id, **YASMINE, now=EIGHT)
    person = add_staff(atlas.id, **YASMINE, actor_id=None, now=EIGHT)
    key = asked_by(atlas.id)[0][0].key
    with pytest.raises(NotThere):
        withdraw_request(rif.id, person.id, actor_id=None, now=EIGHT)
    withdraw_request(atlas.id, person.id, actor_id=None, now=EIGHT)
    with pytest.raises(RequestClosed):
        answer_request(sistep.id, key, joins=True, now=LATER)
    assert (asked_by(atlas.id), badges(person)) == ([], [(1, "active", "visitor", 1)])
    add_staff(atlas.id, **YASMINE, actor_id=None, now=LATER)
    assert answer_request(sistep.id, key, joins=True, now=LATER).exhibitor_id == atlas.id
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 1  # one mail a day, its link is the same


def test_of_two_exhibitors_who_ask_the_first_yes_counts(sistep: Edition, atlas: Exhibitor, rif: Exhibitor) -> None:
    register_visitor(sistep.id, **YASMINE, now=EIGHT)
    for exhibitor in (atlas, rif):
        add_staff(exhibitor.id, **YASMINE, actor_id=None, now=EIGHT)
    keys = [asked_by(exhibitor.id)[0][0].key for exhibitor in (atlas, rif)]
    answer_request(sistep.id, keys[0], joins=True, now=LATER)
    with pytest.raises(OtherBadge):
        answer_request(sistep.id, keys[1], joins=True, now=LATER)
    assert (len(staff_of(atlas.id)), staff_of(rif.id), breaches()) == (1, [], [])


@pytest.mark.parametrize("gone", ["exhibitor", "visitor"])
def test_nobody_joins_once_the_exhibitor_or_the_visitor_is_gone(sistep: Edition, atlas: Exhibitor, adil: User, gone: str) -> None:
    register_visitor(sistep.id, **YASMINE, now=EIGHT)
    person = add_staff(atlas.id, **YASMINE, actor_id=None, now=EIGHT)
    key = asked_by(atlas.id)[0][0].key
    with transaction():
        if gone == "exhibitor":
            exhibitor_withdrawn.send(exhibitor=atlas, actor_id=adil.id, now=LATER)
        else:
            withdraw_attendee(person.id, actor_id=None, now=LATER)
    with pytest.raises(RequestClosed):
        answer_request(sistep.id, key, joins=True, now=LATER)
    assert (asked_by(atlas.id), staff_of(atlas.id), breaches()) == ([], [], [])


def test_doctor_names_a_yes_of_somebody_who_is_on_no_staff(sistep: Edition, atlas: Exhibitor) -> None:
    register_visitor(sistep.id, **YASMINE, now=EIGHT)
    person = add_staff(atlas.id, **YASMINE, actor_id=None, now=EIGHT)
    with transaction():
        request = asked_by(atlas.id)[0][0]
        request.state, number = "accepted", request.id
    assert breaches() == [f"question {number} to attendee {person.id} for exhibitor {atlas.id} does not go with who they are"]


def test_a_visitor_who_joins_a_staff_keeps_one_badge_with_both_hats(sistep: Edition, atlas: Exhibitor) -> None:
    visitor = register_visitor(sistep.id, **YASMINE, now=EIGHT)
    assert visitor is not None
    staff = joined(sistep, atlas)
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
    staff = joined(sistep, atlas)
    assert staff.organisation_name == "Atlas"
    withdraw_staff_member(atlas.id, staff.id, actor_id=None, now=LATER)
    assert (staff.organisation_name, "atelier" in staff.search_text) == ("Atelier Bennani", True)
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
