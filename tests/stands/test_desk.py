"""The organiser's plan and the pages of its stands: who has what, who gets one, who moves, what is kept back."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role, User
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ExhibitingRules, Exhibitor
from eventapp.exhibitors.operations import begin_registration
from eventapp.stands.models import Stand, StandClaim, StandWish
from eventapp.stands.operations import allocate_stand, block_stand, free_stand, hold_stand, take_off_the_plan
from tests.support.browsing import csrf_of, sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.forms import press, press_on

PLAN = "/organiser/sistep-2018/stands"


@pytest.fixture
def manager(sistep: Edition) -> User:
    """The exhibitor manager of the edition of 2018."""
    return grant(make_user("mona@show.example", "Mona Manager"), sistep, Role.EXHIBITOR_MANAGER)


@pytest.fixture
def desk(client: FlaskClient, manager: User) -> FlaskClient:
    """The exhibitor manager's browser."""
    return sign_in_as(client, manager)


@pytest.fixture
def stands(sistep: Edition) -> list[Stand]:
    """Four stands in a row."""
    return [make_stand(sistep, f"B{number}") for number in range(1, 5)]


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An accepted exhibitor."""
    return make_exhibitor(sistep, "Atlas", stranger)


def page_of(stand: Stand) -> str:
    return f"{PLAN}/{stand.id}"


def holder(stand: Stand) -> str | None:
    db.session.rollback()
    return db.session.scalar(select(Exhibitor.public_name).join(StandClaim, StandClaim.exhibitor_id == Exhibitor.id).where(StandClaim.stand_id == stand.id))


def rows(page: str) -> list[str]:
    return [part.split("<", 1)[0] for part in page.split('<span class="stand-sign" translate="no">')[1:]]


def test_the_plan_tells_who_has_holds_and_why_it_is_kept_back(desk: FlaskClient, sistep: Edition, stands: list[Stand], atlas: Exhibitor) -> None:
    with transaction():
        db.session.add(ExhibitingRules(edition_id=sistep.id, stand_way="first_come", hold_minutes=20))
    allocate_stand(stands[0].id, atlas.id, actor_id=None, now=EIGHT)
    draft = begin_registration(sistep.id, "somebody", now=clock.show_now())
    hold_stand(stands[1].id, draft.exhibitor_id or 0, actor_id=None, now=clock.show_now())
    block_stand(stands[2].id, "Emergency exit", actor_id=None, now=EIGHT)
    page = desk.get(PLAN).text
    assert [words in page for words in ("Atlas", "application not sent yet", "until ", "Emergency exit", "since ")] == [True] * 5
    assert rows(page) == ["B1", "B2", "B3", "B4"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=allocated", ["B1"]),
        ("state=free", ["B2", "B4"]),
        ("state=blocked", ["B3"]),
        ("q=atlas", ["B1"]),
        ("q=b4", ["B4"]),
        ("state=gone&hall=Z&kind=x", ["B1", "B2", "B3", "B4"]),
        ("kind=bare", []),
    ],
)
def test_the_plan_is_narrowed(desk: FlaskClient, stands: list[Stand], atlas: Exhibitor, asked: str, found: list[str]) -> None:
    allocate_stand(stands[0].id, atlas.id, actor_id=None, now=EIGHT)
    block_stand(stands[2].id, "Emergency exit", actor_id=None, now=EIGHT)
    page = desk.get(f"{PLAN}?{asked}")
    assert (page.status_code, rows(page.text)) == (200, found)


def test_a_free_stand_is_given_to_who_wished_it_first(desk: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand], atlas: Exhibitor) -> None:
    rif, souss = (make_exhibitor(sistep, name, stranger) for name in ("Rif", "Souss"))
    with transaction():
        db.session.add_all(StandWish(exhibitor_id=one.id, stand_id=stands[1].id, edition_id=sistep.id, rank=rank) for one, rank in ((souss, 1), (rif, 2)))
    allocate_stand(stands[0].id, rif.id, actor_id=None, now=EIGHT)
    page = desk.get(page_of(stands[1])).text.split('name="exhibitor"')[1].split("</select>")[0]
    assert [page.index(word) for word in ("Wished this stand", "Souss", "Accepted, without a stand", "Atlas")] == sorted(
        page.index(word) for word in ("Wished this stand", "Souss", "Accepted, without a stand", "Atlas")
    )
    assert "Rif" not in page
    answer = press(desk, page_of(stands[1]), "Allocate", exhibitor="Souss")
    assert (answer.location, holder(stands[1])) == (page_of(stands[1]), "Souss")


def test_nobody_is_chosen_is_said_at_the_field(desk: FlaskClient, stands: list[Stand], atlas: Exhibitor) -> None:
    answer = press(desk, page_of(stands[0]), "Allocate", exhibitor="")
    assert (answer.status_code, 'id="exhibitor-error"' in answer.text, holder(stands[0])) == (422, True, None)


def test_of_two_organisers_the_second_is_told_who_has_it(desk: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand], atlas: Exhibitor) -> None:
    make_exhibitor(sistep, "Rif", stranger)
    page = desk.get(page_of(stands[0]))
    allocate_stand(stands[0].id, atlas.id, actor_id=None, now=EIGHT)
    answer = press_on(desk, page, "Allocate", exhibitor="Rif")
    assert (answer.status_code, "Stand B1 is already allocated to Atlas" in answer.text, holder(stands[0])) == (422, True, "Atlas")


def test_an_exhibitor_moves_by_the_page(desk: FlaskClient, stands: list[Stand], atlas: Exhibitor) -> None:
    allocate_stand(stands[0].id, atlas.id, actor_id=None, now=EIGHT)
    answer = press(desk, page_of(stands[0]), "Move", to="B3")
    assert (answer.location, holder(stands[0]), holder(stands[2])) == (page_of(stands[2]), None, "Atlas")
    page = desk.get(page_of(stands[0])).text
    assert ["Left for another stand" in page, "to B3" in page] == [True, True]


def test_a_page_of_before_does_not_move_somebody_else(desk: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand], atlas: Exhibitor) -> None:
    allocate_stand(stands[0].id, atlas.id, actor_id=None, now=EIGHT)
    page = desk.get(page_of(stands[0]))
    free_stand(stands[0].id, actor_id=None, now=EIGHT)
    allocate_stand(stands[0].id, make_exhibitor(sistep, "Rif", stranger).id, actor_id=None, now=EIGHT)
    answer = press_on(desk, page, "Move", to="B3")
    assert (answer.status_code, "not allocated to this exhibitor any more" in answer.text, holder(stands[0])) == (422, True, "Rif")
    freed = press_on(desk, page, "Free stand B1")
    assert (freed.status_code, holder(stands[0])) == (302, "Rif")


def test_two_exhibitors_swap_by_the_page(desk: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand], atlas: Exhibitor) -> None:
    allocate_stand(stands[0].id, atlas.id, actor_id=None, now=EIGHT)
    allocate_stand(stands[1].id, make_exhibitor(sistep, "Rif", stranger).id, actor_id=None, now=EIGHT)
    assert press(desk, page_of(stands[0]), "Swap", other="Rif").status_code == 302
    assert [holder(stand) for stand in stands[:2]] == ["Rif", "Atlas"]


def test_a_stand_is_kept_back_with_a_reason_and_let_go(desk: FlaskClient, stands: list[Stand]) -> None:
    assert press(desk, page_of(stands[0]), "Block the stand", reason="").status_code == 422
    assert press(desk, page_of(stands[0]), "Block the stand", reason="Emergency exit").status_code == 302
    assert "Emergency exit" in desk.get(page_of(stands[0])).text
    assert press(desk, page_of(stands[0]), "Unblock the stand").status_code == 302
    assert db.session.scalars(select(StandClaim)).all() == []


def test_a_hold_is_ended_by_the_organiser(desk: FlaskClient, sistep: Edition, stands: list[Stand]) -> None:
    with transaction():
        db.session.add(ExhibitingRules(edition_id=sistep.id, stand_way="first_come", hold_minutes=20))
    draft = begin_registration(sistep.id, "somebody", now=clock.show_now() - timedelta(minutes=1))
    hold_stand(stands[0].id, draft.exhibitor_id or 0, actor_id=None, now=clock.show_now())
    page = desk.get(page_of(stands[0])).text
    assert ["End the hold" in page, "Move to a free stand" in page] == [True, False]
    assert press(desk, page_of(stands[0]), "Free stand B1").status_code == 302
    assert db.session.scalars(select(StandClaim)).all() == []


def test_a_stand_off_the_plan_keeps_its_page_and_takes_nobody(desk: FlaskClient, stands: list[Stand], atlas: Exhibitor) -> None:
    page = desk.get(page_of(stands[0]))
    take_off_the_plan(stands[0].id, actor_id=None, now=EIGHT)
    answer = press_on(desk, page, "Allocate", exhibitor="Atlas")
    assert (answer.status_code, "Stand B1 was taken off the plan meanwhile." in answer.text) == (422, True)
    shown = desk.get(page_of(stands[0])).text
    assert ["This stand is not on the plan any more." in shown, "Allocate" in shown] == [True, False]


def test_finance_reads_and_changes_nothing(client: FlaskClient, sistep: Edition, stands: list[Stand], atlas: Exhibitor) -> None:
    allocate_stand(stands[0].id, atlas.id, actor_id=None, now=EIGHT)
    finance = sign_in_as(client, grant(make_user("fatima@show.example", "Fatima Finance"), sistep, Role.FINANCE))
    page = finance.get(page_of(stands[0]))
    assert (page.status_code, "Atlas" in page.text, f"{page_of(stands[0])}/free" in page.text) == (200, True, False)


def test_an_exhibitor_of_another_edition_is_not_there(desk: FlaskClient, other_edition: Edition, stranger: User, stands: list[Stand], atlas: Exhibitor) -> None:
    far = make_exhibitor(other_edition, "Far", stranger)
    assert desk.post(f"{page_of(stands[0])}/allocate", data={"csrf_token": csrf_of(desk.get(page_of(stands[0]))), "exhibitor": far.id}).status_code == 404
    assert desk.get(f"{PLAN}/{make_stand(other_edition, 'B1').id}").status_code == 404
