"""What becomes of an application, and who acts for it."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile, NotAllowed, NotThere
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, queries
from eventapp.exhibitors.errors import AlreadyApplied, AlreadyInTeam, NotPossibleNow, OwnerStays
from eventapp.exhibitors.models import Exhibitor
from eventapp.mail.models import OutgoingMail
from eventapp.stands.models import StandClaim
from eventapp.stands.operations import allocate_stand
from tests.support.cast import EIGHT, make_user
from tests.support.exhibiting import make_exhibitor, make_stand

WAYS = {
    "submitted": {"accept": "accepted", "waitlist": "waitlisted", "refuse": "refused", "withdraw": "withdrawn"},
    "waitlisted": {"accept": "accepted", "refuse": "refused", "withdraw": "withdrawn"},
    "accepted": {"withdraw": "withdrawn"},
    "refused": {"accept": "accepted", "waitlist": "waitlisted"},
    "withdrawn": {},
}
VERBS = ("accept", "waitlist", "refuse", "withdraw")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", WAYS)
def test_a_verb_leads_to_its_state_or_is_refused(sistep: Edition, stranger: User, adil: User, state: str, verb: str) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger, state=state)
    decide = getattr(operations, verb)
    after = WAYS[state].get(verb)
    if after is None:
        with pytest.raises(NotPossibleNow):
            decide(atlas.id, actor_id=adil.id, now=EIGHT)
        assert (atlas.state, db.session.scalars(select(OutgoingMail)).all()) == (state, [])
        return
    decide(atlas.id, note="As agreed on the telephone", actor_id=adil.id, now=EIGHT)
    assert (atlas.state, atlas.decision_note, atlas.decided_at) == (after, "As agreed on the telephone", EIGHT)
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.to, mail.template, mail.language, mail.values["note"]) == (atlas.contact_email, f"exhibitors/{after}", "en", "As agreed on the telephone")
    trail = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "exhibitor")).one()
    assert (trail.action, trail.actor_id, trail.subject_id, trail.edition_id, trail.details) == (f"exhibitor.{after}", adil.id, atlas.id, sistep.id, {})


def test_of_two_organisers_the_second_one_is_told(sistep: Edition, stranger: User, adil: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger, state="submitted")
    seen = atlas.version
    operations.waitlist(atlas.id, version=seen, actor_id=adil.id, now=EIGHT)
    with pytest.raises(ChangedMeanwhile):
        operations.refuse(atlas.id, version=seen, actor_id=adil.id, now=EIGHT)
    assert atlas.state == "waitlisted"


def test_a_refused_application_is_not_accepted_beside_a_new_one(sistep: Edition, stranger: User) -> None:
    old = make_exhibitor(sistep, "Atlas", stranger, state="refused", number=1)
    make_exhibitor(sistep, "Atlas", stranger, state="submitted", number=2)
    with pytest.raises(AlreadyApplied):
        operations.accept(old.id, actor_id=None, now=EIGHT)


def test_what_was_declared_fills_the_record_once_it_is_accepted(sistep: Edition, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger, state="submitted", ice="001561191000066", website="https://atlas.example", public_name_ar="الأطلس")
    assert (atlas.organisation.ice, atlas.organisation.website) == (None, None)
    operations.accept(atlas.id, actor_id=None, now=EIGHT)
    assert (atlas.organisation.ice, atlas.organisation.website, atlas.organisation.name_ar) == ("001561191000066", "https://atlas.example", "الأطلس")


def test_the_stand_of_who_withdraws_is_free_in_the_same_moment(sistep: Edition, stranger: User) -> None:
    atlas, b12 = make_exhibitor(sistep, "Atlas", stranger), make_stand(sistep, "B12")
    allocate_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    operations.withdraw(atlas.id, actor_id=stranger.id, now=EIGHT)
    assert db.session.scalars(select(StandClaim)).all() == []
    assert db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "exhibitor").order_by(AuditEntry.id)).all() == [
        "stand.allocated",
        "exhibitor.withdrawn",
        "stand.freed",
    ]


def test_an_example_gets_no_mail(sistep: Edition, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger, state="submitted", is_example=True)
    operations.accept(atlas.id, actor_id=None, now=EIGHT)
    allocate_stand(make_stand(sistep, "B12").id, atlas.id, actor_id=None, now=EIGHT)
    assert db.session.scalars(select(OutgoingMail)).all() == []


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An accepted exhibitor, owned by Sam Stranger."""
    return make_exhibitor(sistep, "Atlas", stranger)


def roles(exhibitor: Exhibitor) -> dict[str, str]:
    return {user.email: member.role for member, user in queries.team(exhibitor.id)}


def test_a_colleague_joins_once(app: Flask, atlas: Exhibitor) -> None:
    karim = make_user("karim@atlas.example", "Karim")
    operations.add_member(atlas.id, karim.id, now=EIGHT)
    operations.add_member(atlas.id, karim.id, now=EIGHT)
    assert roles(atlas) == {"stranger@show.example": "owner", "karim@atlas.example": "member"}


def test_nobody_joins_an_exhibitor_that_withdrew(atlas: Exhibitor) -> None:
    karim = make_user("karim@atlas.example", "Karim")
    operations.withdraw(atlas.id, actor_id=None, now=EIGHT)
    with pytest.raises(NotPossibleNow):
        operations.add_member(atlas.id, karim.id, now=EIGHT)
    with pytest.raises(NotPossibleNow):
        operations.invite_colleague(atlas.id, "k@atlas.example", language="fr", actor_id=1, now=EIGHT)


def test_who_is_in_the_team_is_not_invited_again(atlas: Exhibitor, stranger: User) -> None:
    with pytest.raises(AlreadyInTeam):
        operations.invite_colleague(atlas.id, " Stranger@Show.example ", language="fr", actor_id=stranger.id, now=EIGHT)


def test_the_ownership_is_handed_over_and_there_is_one_owner(atlas: Exhibitor, stranger: User) -> None:
    karim = make_user("karim@atlas.example", "Karim")
    operations.add_member(atlas.id, karim.id, now=EIGHT)
    operations.hand_over(atlas.id, karim.id, actor_id=stranger.id, now=EIGHT)
    assert roles(atlas) == {"stranger@show.example": "member", "karim@atlas.example": "owner"}
    assert queries.without_one_owner() == []
    with pytest.raises(NotThere):
        operations.hand_over(atlas.id, 999, actor_id=karim.id, now=EIGHT)


def test_a_member_can_be_removed_and_the_owner_not(atlas: Exhibitor, stranger: User) -> None:
    karim = make_user("karim@atlas.example", "Karim")
    operations.add_member(atlas.id, karim.id, now=EIGHT)
    with pytest.raises(OwnerStays):
        operations.remove_member(atlas.id, stranger.id, actor_id=stranger.id, now=EIGHT)
    operations.remove_member(atlas.id, karim.id, actor_id=stranger.id, now=EIGHT)
    assert roles(atlas) == {"stranger@show.example": "owner"}
    with pytest.raises(NotThere):
        operations.remove_member(atlas.id, karim.id, actor_id=stranger.id, now=EIGHT)


def test_loaders_find_only_what_the_reader_acts_for(sistep: Edition, other_edition: Edition, atlas: Exhibitor, stranger: User) -> None:
    karim, outsider = make_user("karim@atlas.example", "Karim"), make_user("omar@rif.example", "Omar")
    operations.add_member(atlas.id, karim.id, now=EIGHT)
    assert queries.own_exhibitor(karim.id, sistep.id, atlas.id).id == atlas.id
    assert queries.owned_exhibitor(stranger.id, sistep.id, atlas.id).id == atlas.id
    with pytest.raises(NotAllowed):
        queries.owned_exhibitor(karim.id, sistep.id, atlas.id)
    for user_id, edition_id, exhibitor_id in [(outsider.id, sistep.id, atlas.id), (stranger.id, other_edition.id, atlas.id), (stranger.id, sistep.id, 999)]:
        with pytest.raises(NotThere):
            queries.own_exhibitor(user_id, edition_id, exhibitor_id)
    with pytest.raises(NotThere):
        queries.exhibitor_of_edition(other_edition.id, atlas.id)
