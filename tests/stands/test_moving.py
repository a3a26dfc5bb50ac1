"""Who has a stand moves to a free one or swaps with somebody, however many organisers press at once."""

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.operations import withdraw
from eventapp.mail.models import OutgoingMail
from eventapp.stands import operations, queries
from eventapp.stands.errors import AlreadyTheirs, NotTheirs, OffThePlan, StandBlocked, StandTaken
from eventapp.stands.models import Stand, StandClaim
from eventapp.stands.operations import allocate_stand, block_stand, claiming, move_exhibitor, swap_stands, take_off_the_plan
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.racing import at_once, claim_without_looking, tally, without_keys, without_locks


@pytest.fixture
def placed(sistep: Edition, stranger: User) -> list[tuple[Stand, Exhibitor]]:
    """Three exhibitors, each on a stand."""
    found = [(make_stand(sistep, f"B{number}"), make_exhibitor(sistep, name, stranger)) for number, name in enumerate(("Atlas", "Rif", "Souss"), start=1)]
    for stand, exhibitor in found:
        allocate_stand(stand.id, exhibitor.id, actor_id=None, now=EIGHT)
    return found


def who_has_what() -> dict[str, str]:
    query = select(Stand.number, Exhibitor.public_name).join(StandClaim, StandClaim.stand_id == Stand.id).join(Exhibitor, Exhibitor.id == StandClaim.exhibitor_id)
    db.session.rollback()
    return {row[0]: row[1] for row in db.session.execute(query.order_by(Stand.number))}


def told() -> list[tuple[str, str | None, str | None]]:
    query = select(OutgoingMail).where(OutgoingMail.template == "stands/moved").order_by(OutgoingMail.id)
    return [(mail.values["name"], mail.values["before"], mail.values["stand"]) for mail in db.session.scalars(query)]


def test_who_moves_has_the_other_stand_and_is_told(sistep: Edition, adil: User, placed: list[tuple[Stand, Exhibitor]]) -> None:
    (b1, atlas), free = placed[0], make_stand(sistep, "B9")
    move_exhibitor(atlas.id, b1.id, free.id, actor_id=adil.id, now=EIGHT)
    assert who_has_what() == {"B2": "Rif", "B3": "Souss", "B9": "Atlas"}
    assert told() == [("Atlas", "B1", "B9")]
    assert [(entry.action, by, name) for entry, by, name in queries.history_of_stand(free)][:1] == [("stand.moved", "Adil Administrator", "Atlas")]
    assert [entry.action for entry, _by, _name in queries.history_of_stand(b1)] == ["stand.left", "stand.allocated", "stand.added"]


def test_nobody_moves_to_a_stand_that_is_not_free(sistep: Edition, placed: list[tuple[Stand, Exhibitor]]) -> None:
    (b1, atlas), (b2, _rif), blocked = placed[0], placed[1], make_stand(sistep, "B9")
    block_stand(blocked.id, "Emergency exit", actor_id=None, now=EIGHT)
    for stand, refusal in ((b2, StandTaken), (blocked, StandBlocked), (b1, AlreadyTheirs)):
        with pytest.raises(refusal):
            move_exhibitor(atlas.id, b1.id, stand.id, actor_id=None, now=EIGHT)
    assert (who_has_what(), told()) == ({"B1": "Atlas", "B2": "Rif", "B3": "Souss"}, [])


def test_a_move_from_a_page_of_before_is_refused(sistep: Edition, placed: list[tuple[Stand, Exhibitor]]) -> None:
    (b1, atlas), (_b2, rif), free, gone = placed[0], placed[1], make_stand(sistep, "B8"), make_stand(sistep, "B9")
    with pytest.raises(NotTheirs):
        move_exhibitor(rif.id, b1.id, free.id, actor_id=None, now=EIGHT)
    take_off_the_plan(gone.id, actor_id=None, now=EIGHT)
    with pytest.raises(OffThePlan):
        move_exhibitor(atlas.id, b1.id, gone.id, actor_id=None, now=EIGHT)
    withdraw(atlas.id, note="", actor_id=None, now=EIGHT)
    with pytest.raises(NotTheirs):
        move_exhibitor(atlas.id, b1.id, free.id, actor_id=None, now=EIGHT)
    assert who_has_what() == {"B2": "Rif", "B3": "Souss"}


def test_two_exhibitors_swap_and_both_are_told(placed: list[tuple[Stand, Exhibitor]]) -> None:
    (b1, atlas), (b2, rif), _other = placed
    swap_stands((b1.id, b2.id), (atlas.id, rif.id), actor_id=None, now=EIGHT)
    assert who_has_what() == {"B1": "Rif", "B2": "Atlas", "B3": "Souss"}
    assert told() == [("Atlas", "B1", "B2"), ("Rif", "B2", "B1")]
    with pytest.raises(NotTheirs):
        swap_stands((b1.id, b2.id), (atlas.id, rif.id), actor_id=None, now=EIGHT)
    assert who_has_what() == {"B1": "Rif", "B2": "Atlas", "B3": "Souss"}


def test_an_exhibitor_does_not_swap_with_itself_nor_with_another_edition(sistep: Edition, other_edition: Edition, stranger: User, placed: list[tuple[Stand, Exhibitor]]) -> None:
    (b1, atlas), second, far = placed[0], make_stand(sistep, "B8"), make_stand(other_edition, "B1")
    allocate_stand(second.id, atlas.id, actor_id=None, now=EIGHT)
    with pytest.raises(AlreadyTheirs):
        swap_stands((b1.id, second.id), (atlas.id, atlas.id), actor_id=None, now=EIGHT)
    neighbour = make_exhibitor(other_edition, "Neighbour", stranger)
    allocate_stand(far.id, neighbour.id, actor_id=None, now=EIGHT)
    with pytest.raises(NotThere):
        swap_stands((b1.id, far.id), (atlas.id, neighbour.id), actor_id=None, now=EIGHT)
    with pytest.raises(NotThere):
        move_exhibitor(atlas.id, b1.id, make_stand(other_edition, "B2").id, actor_id=None, now=EIGHT)


MOVERS = 8


def all_move_to_one(app: Flask, edition: Edition, owner: User) -> dict[str, int]:
    """Let eight exhibitors move to the one free stand at the same moment."""
    pairs = [(make_stand(edition, f"B{number}"), make_exhibitor(edition, f"Exhibitor {number}", owner)) for number in range(MOVERS)]
    for stand, exhibitor in pairs:
        allocate_stand(stand.id, exhibitor.id, actor_id=None, now=EIGHT)
    free = make_stand(edition, "B99")
    works = [partial(operations.move_exhibitor, exhibitor.id, stand.id, free.id, actor_id=None, now=EIGHT) for stand, exhibitor in pairs]
    return tally(at_once(app, works))


def test_eight_move_to_one_stand_and_one_arrives(app: Flask, sistep: Edition, stranger: User) -> None:
    assert all_move_to_one(app, sistep, stranger) == {"won": 1, "StandTaken": MOVERS - 1}
    assert (len(who_has_what()), queries.sold_twice()) == (MOVERS, [])


def test_without_the_key_eight_arrive(app: Flask, sistep: Edition, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    without_keys("stand_claims")
    claim_without_looking(monkeypatch, claiming, "stand_claims")
    assert all_move_to_one(app, sistep, stranger)["won"] > 1
    assert len(queries.sold_twice()) > 0


def swap_across(app: Flask, placed: list[tuple[Stand, Exhibitor]]) -> dict[str, int]:
    """Let one organiser swap the first stand with the second while another swaps the second with the third."""
    (b1, atlas), (b2, rif), (b3, souss) = [(stand.id, exhibitor.id) for stand, exhibitor in placed]
    pairs = [((b1, b2), (atlas, rif)), ((b2, b3), (rif, souss))]
    return tally(at_once(app, [partial(operations.swap_stands, stands, people, actor_id=None, now=EIGHT) for stands, people in pairs]))


def test_of_two_swaps_of_one_stand_one_is_done(app: Flask, placed: list[tuple[Stand, Exhibitor]]) -> None:
    assert swap_across(app, placed) == {"won": 1, "NotTheirs": 1}
    assert sorted(who_has_what().values()) == ["Atlas", "Rif", "Souss"]


def test_without_locks_two_swaps_leave_somebody_without_a_stand(app: Flask, placed: list[tuple[Stand, Exhibitor]], monkeypatch: pytest.MonkeyPatch) -> None:
    without_locks(monkeypatch, queries, "claims_on", 2)
    assert swap_across(app, placed) == {"won": 2}
    assert sorted(who_has_what().values()) != ["Atlas", "Rif", "Souss"]
