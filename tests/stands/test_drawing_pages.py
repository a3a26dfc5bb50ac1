"""The pages on which the floor is drawn: every act is a plain form, and every refusal is said in words."""

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role, User
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition, Hall
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import write
from eventapp.pricing.operations import add_price
from eventapp.stands import queries
from eventapp.stands.models import FloorFeature, Stand
from eventapp.stands.operations import allocate_stand, describe_stand, reshape_stand, take_off_the_plan
from eventapp.stands.rules.shapes import moved
from tests.support.browsing import csrf_of, sign_in_as
from tests.support.cast import EIGHT, grant, make_user, same
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.forms import press, press_on
from tests.support.pricing import EQUIPPED, plan

STANDS = "/organiser/sistep-2018/stands"


@pytest.fixture
def desk(client: FlaskClient, sistep: Edition) -> FlaskClient:
    """The exhibitor manager's browser."""
    return sign_in_as(client, grant(make_user("mona@show.example", "Mona Manager"), sistep, Role.EXHIBITOR_MANAGER))


@pytest.fixture
def stands(sistep: Edition) -> list[Stand]:
    """Three stands of 6 by 3 metres in a row."""
    return [make_stand(sistep, f"B{number}") for number in (1, 2, 3)]


@pytest.fixture
def hall(sistep: Edition) -> str:
    """The page that draws in the hall."""
    return f"{STANDS}/draw/{sistep.halls[0].id}"


def drawn() -> dict[str, list[int]]:
    db.session.rollback()
    return {stand.number: list(stand.outline[0]) for stand in db.session.scalars(select(Stand).where(Stand.retired_at.is_(None)).order_by(Stand.number))}


def page_of(stand: Stand) -> str:
    return f"{STANDS}/{stand.id}/draw"


def test_a_stand_is_drawn_with_its_sides_from_what_lies_around(desk: FlaskClient, sistep: Edition, stands: list[Stand], hall: str) -> None:
    answer = press(desk, hall, "Draw it", number="b 9", kind="Bare", x="18", y="0", width="4,5", depth="3")
    assert (answer.status_code, answer.location) == (302, hall)
    new = queries.stand_numbered(sistep.id, "B9")
    assert (new.outline, new.open_on, new.kind) == ([[36, 0], [45, 0], [45, 6], [36, 6]], "ES", "bare")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"x": "5"}, "Stand B9 would overlap B1, B2."),
        ({"x": "58"}, "Stand B9 would leave hall B."),
        ({"x": "-1", "y": "20"}, "Stand B9 would leave hall B."),
        ({"x": "4.2"}, "Enter metres in steps of half a metre"),
        ({"x": "wide"}, "Enter metres in steps of half a metre"),
        ({"x": ""}, "Enter the metres."),
        ({"x": "30", "width": "0"}, "A stand is one shape with right angles"),
        ({"x": "30", "number": "B1"}, "There is already a stand B1"),
        ({"x": "30", "number": ""}, "Enter a number, for instance B12."),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_typed_is_lost(desk: FlaskClient, stands: list[Stand], hall: str, typed: dict[str, str], words: str) -> None:
    answer = press(desk, hall, "Draw it", **{"number": "B9", "kind": "Bare", "y": "0", "width": "3", "depth": "2.5", **typed})
    assert (answer.status_code, words in answer.text, 'value="2.5"' in answer.text) == (422, True, True)
    assert list(drawn()) == ["B1", "B2", "B3"]


def test_a_stand_is_moved_resized_and_given_another_shape(desk: FlaskClient, stands: list[Stand], hall: str) -> None:
    assert press(desk, page_of(stands[2]), "Move or resize", x="30", y="10.5", width="4", depth="4").location == hall
    assert drawn()["B3"] == [60, 21]
    assert press(desk, page_of(stands[2]), "Draw it anew", outline="30 10\n34 10\n34 12\n32 12\n32 14\n30 14").status_code == 302
    db.session.rollback()
    assert (db.session.get_one(Stand, stands[2].id).area_m2, queries.wrong_cells()) == (Decimal(12), [])
    assert press(desk, page_of(stands[2]), "Draw it anew", outline="30 10; 34 10; 34").status_code == 422
    assert press(desk, page_of(stands[2]), "Draw it anew", outline="0 0; 4 0; 4 2; 0 2").status_code == 422


def test_a_page_of_before_draws_nothing(desk: FlaskClient, stands: list[Stand]) -> None:
    page = desk.get(page_of(stands[2]))
    reshape_stand(stands[2].id, moved(stands[2].outline, 4, 0), actor_id=None, now=EIGHT)
    answer = press_on(desk, page, "Move or resize", x="30", y="10")
    assert (answer.status_code, "Somebody changed this while you had the page open" in answer.text, drawn()["B3"]) == (422, True, [28, 0])


def test_number_kind_and_sides_are_changed_and_the_drawing_says_which_lie_on_an_aisle(desk: FlaskClient, sistep: Edition, stands: list[Stand]) -> None:
    page = desk.get(page_of(stands[1]))
    assert "By the drawing, these sides lie on an aisle: towards the front." in page.text
    assert press_on(desk, page, "Save", number="B7", kind="Bare", open_on=["S"]).status_code == 302
    changed = queries.stand_numbered(sistep.id, "B7")
    assert (changed.id, changed.kind, changed.open_on) == (stands[1].id, "bare", "S")
    answer = press(desk, page_of(stands[0]), "Save", number="B7", open_on=[])
    assert (answer.status_code, "A stand has one open side at least" in answer.text) == (422, True)


def test_neighbours_become_one_and_one_is_cut_in_two(desk: FlaskClient, sistep: Edition, stands: list[Stand]) -> None:
    assert press(desk, page_of(stands[0]), "Make them one", others=[f"{stands[1].id}-{stands[1].version}"], number="B1").status_code == 302
    new = queries.stand_numbered(sistep.id, "B1")
    history = desk.get(f"{STANDS}/{new.id}").text
    assert [words in history for words in ("Made of:", f"{STANDS}/{stands[0].id}", f"{STANDS}/{stands[1].id}")] == [True] * 3
    assert "It became:" in desk.get(f"{STANDS}/{stands[1].id}").text
    assert press(desk, page_of(new), "Cut", across="from back to front", at="6", number="B8").status_code == 302
    assert drawn() == {"B1": [0, 0], "B3": [24, 0], "B8": [12, 0]}


def test_a_neighbour_that_somebody_has_is_named(desk: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand]) -> None:
    allocate_stand(stands[1].id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
    answer = press(desk, page_of(stands[0]), "Make them one", others=[f"{stands[1].id}-{stands[1].version}"], number="B1")
    assert (answer.status_code, "Stand B2 belongs to Atlas, and the others do not." in answer.text) == (422, True)
    kept = press(desk, page_of(stands[1]), "Take stand B2 off the plan")
    assert (kept.status_code, "Stand B2 is not free." in kept.text, len(drawn())) == (422, True, 3)


def test_a_row_is_numbered_and_the_numbering_undone(desk: FlaskClient, stands: list[Stand], hall: str) -> None:
    assert press(desk, hall, "Number them", first="C10", stands=[str(stand.id) for stand in stands]).status_code == 302
    assert list(drawn()) == ["C10", "C11", "C12"]
    page = desk.get(hall)
    assert "Undo: Stands numbered" in page.text
    assert press_on(desk, page, "Undo").status_code == 302
    assert list(drawn()) == ["B1", "B2", "B3"]


def test_who_has_a_stand_is_named_before_it_changes_and_told_after(desk: FlaskClient, sistep: Edition, stranger: User, stands: list[Stand], hall: str) -> None:
    (add_price(sistep.id, plan(EQUIPPED), actor_id=None, now=EIGHT), take_off_the_plan(stands[2].id, actor_id=None, now=EIGHT))
    describe_stand(stands[1].id, number="B2", kind="equipped", open_on="S", actor_id=None, now=EIGHT)
    allocate_stand(stands[1].id, make_exhibitor(sistep, "Atlas", stranger).id, actor_id=None, now=EIGHT)
    larger = {"x": "6", "y": "0", "width": "8", "depth": "3"}
    asked = press(desk, page_of(stands[1]), "Move or resize", **larger)
    said = "Area: 24.00 m² instead of 18.00; open sides: 1 instead of 1; price by the list, without tax: 60,000.00 MAD instead of 45,000.00. Confirm"
    assert (asked.status_code, said in asked.text, told()) == (422, True, [])
    mark = re.search(r'name="agreed" value="([^"]+)"', asked.text)
    assert mark
    other = press_on(desk, asked, "Move or resize", **larger | {"width": "9"}, agreed=mark[1])  # agreed to something else
    assert (other.status_code, "Area: 27.00 m²" in other.text, told()) == (422, True, [])
    assert press_on(desk, asked, "Move or resize", **larger, agreed=mark[1]).status_code == 302
    assert told() == [("stands/redrawn", 24, 18)]
    assert press(desk, page_of(stands[1]), "Move or resize", **larger | {"y": "1"}).status_code == 302  # the same stand elsewhere
    assert ("Atlas has stand B2." in press(desk, page_of(stands[1]), "Save", open_on=["E", "S"]).text, len(told())) == (True, 1)
    for _time in range(2):
        press(desk, hall, "Undo")
    assert told() == [("stands/redrawn", 24, 18), ("stands/redrawn", 18, 24)]
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "stands/redrawn").order_by(OutgoingMail.id)).first()
    assert mail is not None
    assert "24 m² nets, auparavant 18 m²" in write(mail.template, "fr", mail.to, mail.edition_id, mail.values).text.replace("\xa0", " ").replace("\u202f", " ")


def told() -> list[tuple[str, float, float]]:
    """List the mails about stands that were drawn anew: area now and before."""
    db.session.rollback()
    mails = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "stands/redrawn").order_by(OutgoingMail.id))
    return [(mail.template, mail.values["area"], mail.values["area_before"]) for mail in mails]


def test_each_hall_has_its_own_last_act_which_the_button_names(desk: FlaskClient, sistep: Edition, stands: list[Stand], hall: str) -> None:
    with transaction():
        sistep.halls.append(Hall(code="A", name=same("Hall A"), width_m=Decimal(60), depth_m=Decimal(30), position=2))
    other = f"{STANDS}/draw/{sistep.halls[1].id}"
    assert ["Undo" in desk.get(other).text.split("<main")[1].split('id="changes-title"')[1], "drawn in this hall yet" in desk.get(other).text] == [False, True]
    reshape_stand(stands[2].id, moved(stands[2].outline, 4, 0), actor_id=None, now=EIGHT)
    make_stand(sistep, "A1", hall="A")
    shown, elsewhere = desk.get(hall), desk.get(other)
    assert ["Undo: Stand moved or drawn anew (B3)" in shown.text, "Undo: Stand added (A1)" in elsewhere.text] == [True, True]
    theirs = queries.last_change(sistep.halls[1])
    assert theirs is not None
    token = {"csrf_token": csrf_of(shown)}
    assert "Undone" not in desk.get(desk.post(f"{hall}/undo/{theirs.id}", data=token).location).text
    press_on(desk, shown, "Undo")
    assert drawn() == {"A1": [0, 0], "B1": [0, 0], "B2": [12, 0], "B3": [24, 0]}

    reshape_stand(stands[2].id, moved(stands[2].outline, 12, 12), hall=sistep.halls[1], actor_id=None, now=EIGHT)  # an act in both halls
    in_both = [[change.act for change, _by in queries.changes_of(one)] for one in sistep.halls]
    assert in_both == [["reshaped", "reshaped", "added", "added", "added"], ["reshaped", "added"]]
    press(desk, hall, "Undo")
    assert (queries.stand_numbered(sistep.id, "B3").hall_id, queries.wrong_cells()) == (sistep.halls[0].id, [])


def test_a_stand_leaves_the_plan_and_comes_back(desk: FlaskClient, stands: list[Stand], hall: str) -> None:
    assert press(desk, page_of(stands[1]), "Take stand B2 off the plan").location == hall
    assert list(drawn()) == ["B1", "B3"]
    assert desk.get(page_of(stands[1])).location == f"{STANDS}/{stands[1].id}"
    press(desk, hall, "Undo")
    assert (list(drawn()), queries.wrong_cells()) == (["B1", "B2", "B3"], [])


def test_an_aisle_is_drawn_moved_and_removed(desk: FlaskClient, hall: str) -> None:
    form = {"kind": "aisle", "x": "0", "y": "10", "width": "60", "depth": "3", "label_fr": "Allée 1"}
    page = desk.get(hall)
    token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    assert desk.post(f"{hall}/features", data={"csrf_token": token, **form}).status_code == 302
    aisle = db.session.scalars(select(FloorFeature)).one()
    address = f"{STANDS}/features/{aisle.id}"
    before = desk.get(address)
    assert press(desk, address, "Save", y="12").status_code == 302
    assert press_on(desk, before, "Save", y="14").status_code == 422
    db.session.rollback()
    assert db.session.scalars(select(FloorFeature.outline)).one()[0] == [0, 24]
    assert press(desk, address, "Remove").status_code == 302
    assert db.session.scalars(select(FloorFeature)).all() == []
    assert desk.get(address).location == STANDS


def test_a_stand_that_is_no_rectangle_is_drawn_by_its_corners_only(desk: FlaskClient, stands: list[Stand]) -> None:
    reshape_stand(stands[2].id, [(60, 20), (68, 20), (68, 24), (64, 24), (64, 28), (60, 28)], actor_id=None, now=EIGHT)
    page = desk.get(page_of(stands[2])).text
    assert ["Move or resize" in page, "34 10" in page] == [False, True]
