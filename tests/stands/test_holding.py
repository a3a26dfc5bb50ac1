"""A stand is held for some minutes while the application is filled in, then asked for, then allocated."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations as exhibitors
from eventapp.exhibitors.models import ExhibitingRules, Exhibitor
from eventapp.exhibitors.operations import save_step, submit_registration
from eventapp.exhibitors.rules import mark
from eventapp.stands import queries
from eventapp.stands.errors import AlreadyRenewed, HoldRanOut, NoHold, NoHoldsHere, StandBlocked, StandHeld, StandTaken
from eventapp.stands.models import Stand, StandClaim
from eventapp.stands.operations import allocate_stand, block_stand, hold_stand, release_hold, renew_hold, unblock_stand
from tests.support.cast import EIGHT
from tests.support.exhibiting import answers, make_exhibitor, make_stand
from tests.support.racing import race

SOON, LATE = EIGHT + timedelta(minutes=10), EIGHT + timedelta(minutes=21)


@pytest.fixture
def b12(sistep: Edition) -> Stand:
    """A stand of 18 m²."""
    return make_stand(sistep, "B12")


@pytest.fixture(autouse=True)
def first_come(sistep: Edition) -> ExhibitingRules:
    """The edition's stands can be held."""
    with transaction():
        rules = ExhibitingRules(edition_id=sistep.id, stand_way="first_come", hold_minutes=20, request_days=14)
        db.session.add(rules)
    return rules


def draft(edition: Edition, key: str) -> Exhibitor:
    """Begin a registration; the exhibitor is a draft."""
    names = {"name": f"Firm {key}", "ice": "", "contact_email": f"{key}@firm.example"}
    for step, given in answers(**names).items():
        registration = save_step(edition.id, key, step, given, now=EIGHT)
    return db.session.get_one(Exhibitor, registration.exhibitor_id)


def send(edition: Edition, key: str, held: int | None = None, *, now: datetime = SOON) -> Exhibitor:
    """Send a registration that believes to hold a stand."""
    return submit_registration(edition.id, key, seen=mark(EIGHT), held=held, user_id=None, now=now, real_now=now)


def claims() -> list[tuple[int | None, str]]:
    db.session.rollback()
    return [(row[0], row[1]) for row in db.session.execute(select(StandClaim.exhibitor_id, StandClaim.state).order_by(StandClaim.stand_id))]


def test_a_draft_holds_a_stand_for_twenty_minutes(sistep: Edition, b12: Stand) -> None:
    atlas = draft(sistep, "atlas")
    held = hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    assert (held.exhibitor_id, held.until) == (atlas.id, EIGHT + timedelta(minutes=20))
    assert [queries.free_stands(sistep.id, now) == [] for now in (EIGHT, SOON, LATE)] == [True, True, False]


def test_somebody_else_is_told_and_not_whose_it_is(sistep: Edition, b12: Stand) -> None:
    hold_stand(b12.id, draft(sistep, "atlas").id, actor_id=None, now=EIGHT)
    with pytest.raises(StandHeld) as refusal:
        hold_stand(b12.id, draft(sistep, "rif").id, actor_id=None, now=SOON)
    assert refusal.value.facts == {"stand": "B12"}


def test_holding_the_same_stand_again_changes_nothing(sistep: Edition, b12: Stand) -> None:
    atlas = draft(sistep, "atlas")
    first = hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT).until
    assert hold_stand(b12.id, atlas.id, actor_id=None, now=SOON).until == first


def test_another_stand_ends_the_hold_before(sistep: Edition, b12: Stand) -> None:
    atlas, b13 = draft(sistep, "atlas"), make_stand(sistep, "B13")
    hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    hold_stand(b13.id, atlas.id, actor_id=None, now=SOON)
    assert [(line.number) for line in queries.free_stands(sistep.id, SOON)] == ["B12"]
    assert claims() == [(atlas.id, "held")]


def test_a_hold_that_somebody_elses_claim_stops_keeps_the_one_before(sistep: Edition, b12: Stand) -> None:
    atlas, b13 = draft(sistep, "atlas"), make_stand(sistep, "B13")
    hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    hold_stand(b13.id, draft(sistep, "rif").id, actor_id=None, now=EIGHT)
    with pytest.raises(StandHeld):
        hold_stand(b13.id, atlas.id, actor_id=None, now=SOON)
    held = queries.hold_of(atlas.id)
    assert held is not None
    assert held.stand_id == b12.id


def test_a_hold_is_made_longer_once_while_it_lasts(sistep: Edition, b12: Stand) -> None:
    atlas = draft(sistep, "atlas")
    hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    assert renew_hold(atlas.id, actor_id=None, now=SOON).until == SOON + timedelta(minutes=20)
    with pytest.raises(AlreadyRenewed):
        renew_hold(atlas.id, actor_id=None, now=SOON)
    with pytest.raises(NoHold):
        renew_hold(atlas.id, actor_id=None, now=SOON + timedelta(minutes=20))


def test_a_hold_that_ended_gives_way_and_a_released_one_at_once(sistep: Edition, b12: Stand) -> None:
    atlas, rif = draft(sistep, "atlas"), draft(sistep, "rif")
    hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    hold_stand(b12.id, rif.id, actor_id=None, now=LATE)
    assert claims() == [(rif.id, "held")]
    release_hold(rif.id, actor_id=None, now=LATE)
    release_hold(rif.id, actor_id=None, now=LATE)
    assert claims() == []


def test_a_sent_application_asks_for_the_stand_it_held(sistep: Edition, b12: Stand) -> None:
    atlas = draft(sistep, "atlas")
    hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    assert send(sistep, "atlas", b12.id).id == atlas.id
    claim = db.session.scalars(select(StandClaim)).one()
    assert (claim.state, claim.until) == ("requested", SOON + timedelta(days=14))
    with pytest.raises(StandHeld):
        hold_stand(b12.id, draft(sistep, "rif").id, actor_id=None, now=LATE)


def test_a_hold_that_ran_out_counts_while_nobody_took_the_stand(sistep: Edition, b12: Stand) -> None:
    atlas = draft(sistep, "atlas")
    hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    send(sistep, "atlas", b12.id, now=LATE)
    assert claims() == [(atlas.id, "requested")]


def test_a_hold_that_ran_out_and_was_taken_is_said_and_nothing_is_sent(sistep: Edition, b12: Stand) -> None:
    atlas, rif = draft(sistep, "atlas"), draft(sistep, "rif")
    hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    hold_stand(b12.id, rif.id, actor_id=None, now=LATE)
    with pytest.raises(HoldRanOut):
        send(sistep, "atlas", b12.id, now=LATE)
    assert (claims(), db.session.get_one(Exhibitor, atlas.id).state) == ([(rif.id, "held")], "draft")


@pytest.mark.parametrize(("verb", "after"), [("accept", "allocated"), ("refuse", None), ("waitlist", None), ("withdraw", None)])
def test_a_request_follows_the_decision(sistep: Edition, b12: Stand, verb: str, after: str | None) -> None:
    atlas = draft(sistep, "atlas")
    hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    send(sistep, "atlas", b12.id)
    getattr(exhibitors, verb)(atlas.id, actor_id=None, now=LATE)
    assert claims() == ([(atlas.id, after)] if after else [])
    assert queries.held_by_the_gone() == []


def test_where_the_edition_accepts_at_once_the_held_stand_is_theirs_on_sending(sistep: Edition, b12: Stand, first_come: ExhibitingRules) -> None:
    with transaction():
        first_come.accepts_at_once = True
    atlas = draft(sistep, "atlas")
    hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    assert send(sistep, "atlas", b12.id).state == "accepted"
    assert claims() == [(atlas.id, "allocated")]
    draft(sistep, "rif")
    assert send(sistep, "rif").state == "submitted"


def test_an_edition_with_wish_lists_holds_nothing(sistep: Edition, b12: Stand, first_come: ExhibitingRules) -> None:
    with transaction():
        first_come.stand_way = "wish_list"
    with pytest.raises(NoHoldsHere):
        hold_stand(b12.id, draft(sistep, "atlas").id, actor_id=None, now=EIGHT)


def test_a_stand_of_another_edition_and_an_application_that_is_over_hold_nothing(sistep: Edition, other_edition: Edition, b12: Stand, stranger: User) -> None:
    gone = make_exhibitor(sistep, "Gone", stranger, state="refused")
    for stand, exhibitor in ((make_stand(other_edition, "C1"), draft(sistep, "atlas")), (b12, gone)):
        with pytest.raises(NotThere):
            hold_stand(stand.id, exhibitor.id, actor_id=None, now=EIGHT)
    assert claims() == []


def test_a_blocked_stand_is_for_nobody_until_it_is_free_again(sistep: Edition, b12: Stand, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    block_stand(b12.id, "Fire exit", actor_id=None, now=EIGHT)
    with pytest.raises(StandBlocked):
        allocate_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    with pytest.raises(StandHeld):
        hold_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    with pytest.raises(StandBlocked):
        block_stand(b12.id, "Again", actor_id=None, now=EIGHT)
    unblock_stand(b12.id, actor_id=None, now=EIGHT)
    unblock_stand(b12.id, actor_id=None, now=EIGHT)
    allocate_stand(b12.id, atlas.id, actor_id=None, now=EIGHT)
    with pytest.raises(StandTaken):
        block_stand(b12.id, "Too late", actor_id=None, now=EIGHT)
    assert claims() == [(atlas.id, "allocated")]


def test_an_organiser_cannot_allocate_what_somebody_holds_and_may_once_it_ended(sistep: Edition, b12: Stand, stranger: User) -> None:
    rif = make_exhibitor(sistep, "Rif", stranger)
    hold_stand(b12.id, draft(sistep, "atlas").id, actor_id=None, now=EIGHT)
    with pytest.raises(StandTaken):
        allocate_stand(b12.id, rif.id, actor_id=None, now=SOON)
    allocate_stand(b12.id, rif.id, actor_id=None, now=LATE)
    assert claims() == [(rif.id, "allocated")]


def hold_at_once(app: Flask, exhibitors: list[int], stand_id: int, now: datetime = EIGHT) -> dict[str, int]:
    def hold(exhibitor_id: int) -> str:
        try:
            hold_stand(stand_id, exhibitor_id, actor_id=None, now=now)
        except StandHeld:
            return "told"
        return "held"

    return race(app, hold, exhibitors)


def test_eight_people_on_one_stand_one_holds_and_seven_are_told(app: Flask, sistep: Edition, b12: Stand) -> None:
    drafts = [draft(sistep, f"firm{number}").id for number in range(8)]
    assert hold_at_once(app, drafts, b12.id) == {"held": 1, "told": 7}
    assert hold_at_once(app, drafts, b12.id, LATE) == {"held": 1, "told": 7}
    assert len(claims()) == 1


def hold_in_many_windows(app: Flask, exhibitor_id: int, stands: list[int]) -> dict[str, int]:
    def hold(stand_id: int) -> str:
        hold_stand(stand_id, exhibitor_id, actor_id=None, now=EIGHT)
        return "held"

    return race(app, hold, stands)


def test_eight_windows_of_one_applicant_hold_one_stand(app: Flask, sistep: Edition) -> None:
    atlas, stands = draft(sistep, "atlas").id, [make_stand(sistep, f"B{number}").id for number in range(8)]
    assert hold_in_many_windows(app, atlas, stands) == {"held": 8}
    assert claims() == [(atlas, "held")]


def test_without_index_and_lock_the_same_windows_hold_many(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    atlas, stands = draft(sistep, "atlas").id, [make_stand(sistep, f"B{number}").id for number in range(8)]
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX uq_stand_claims_hold")
    monkeypatch.setattr(queries, "claims_of", lambda _exhibitor_id: [])
    hold_in_many_windows(app, atlas, stands)
    assert claims() == [(atlas, "held")] * 8
