"""Halls and zones: their codes, sizes, rules, and what keeps them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.doors.errors import ZoneHasGates
from eventapp.doors.models import Device, Gate
from eventapp.doors.operations import add_gate, prepare_device
from eventapp.editions import operations
from eventapp.editions.errors import NoMoreZones
from eventapp.editions.models import Category, Edition
from eventapp.editions.operations import NewEdition
from eventapp.editions.operations.halls import HallPlan
from eventapp.editions.operations.zones import ZonePlan
from eventapp.programme.errors import HallHasRooms
from eventapp.programme.operations import add_room
from eventapp.stands.errors import HallHasStands, StandsStickOut
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_stand

SETTINGS = "/organiser/sistep-2018/settings"
BY: dict[str, Any] = {"actor_id": None, "now": EIGHT}


def fresh(edition: Edition) -> Edition:
    db.session.rollback()
    return db.session.get_one(Edition, edition.id)


def plan(code: str = "C", width: str = "40", depth: str = "20.5") -> HallPlan:
    return HallPlan(code, same(f"Hall {code}"), Decimal(width), Decimal(depth))


def test_a_hall_is_added_changed_and_removed(client: FlaskClient, sistep: Edition, adil: User) -> None:
    sign_in_as(client, adil)
    fields = {"code": "C", "name_fr": "Hall C", "width_m": "40", "depth_m": "20,5"}
    assert send(client, f"{SETTINGS}/halls/new", **fields, version=fresh(sistep).version).status_code == 302
    hall = fresh(sistep).halls[1]
    assert (hall.code, hall.name, hall.width_m, hall.depth_m, hall.position) == ("C", {"fr": "Hall C"}, Decimal(40), Decimal("20.5"), 2)
    assert send(client, f"{SETTINGS}/halls/{hall.id}", **fields | {"code": "D"}, version=fresh(sistep).version).status_code == 302
    assert [one.code for one in fresh(sistep).halls] == ["B", "D"]
    assert send(client, f"{SETTINGS}/halls/{hall.id}", to=f"{SETTINGS}/halls/{hall.id}/remove").status_code == 302
    assert [one.code for one in fresh(sistep).halls] == ["B"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"code": "B"}, "There is already a hall with the code B."),
        ({"code": ""}, "Enter the code."),
        ({"code": "Hall C!"}, "Write the code with letters"),
        ({"code": "ABCDEFGHI"}, "Shorten it to 8 characters."),
        ({"name_fr": ""}, "Enter it in one language at least."),
        ({"width_m": "wide"}, "Enter the metres as a number"),
        ({"width_m": ""}, "Enter the width in metres."),
        ({"width_m": "0"}, "Give width and depth in metres"),
        ({"width_m": "NaN"}, "Give width and depth in metres"),
        ({"width_m": "1e9"}, "Give width and depth in metres"),
        ({"width_m": "10.55"}, "Give width and depth in metres"),
    ],
)
def test_a_bad_hall_is_named(client: FlaskClient, sistep: Edition, adil: User, change: dict[str, str], says: str) -> None:
    fields = {"code": "C", "name_fr": "Salle C", "width_m": "40", "depth_m": "20", **change}
    answer = send(sign_in_as(client, adil), f"{SETTINGS}/halls/new", **fields, version=fresh(sistep).version)
    assert (answer.status_code, says in answer.text, "Salle C" in answer.text or "name_fr" in change, len(fresh(sistep).halls)) == (422, True, True, 1)


def test_stands_and_rooms_keep_their_hall(sistep: Edition) -> None:
    hall = sistep.halls[0]
    stand = make_stand(sistep, "B12", x_m=Decimal(50))
    with pytest.raises(StandsStickOut) as refusal:
        operations.change_hall(sistep.id, hall.id, plan("B", "50", "30"), **BY)
    assert refusal.value.facts["stands"] == "B12"
    operations.change_hall(sistep.id, hall.id, plan("B", "56", "30"), **BY)
    with pytest.raises(HallHasStands):
        operations.remove_hall(sistep.id, hall.id, **BY)
    other = operations.add_hall(sistep.id, plan("C"), **BY)
    add_room(sistep.id, code="R1", name=same("Room"), capacity=10, hall_id=other.id, **BY)
    with pytest.raises(HallHasRooms):
        operations.remove_hall(sistep.id, other.id, **BY)
    assert ([one.code for one in fresh(sistep).halls], stand.hall_id) == (["B", "C"], hall.id)


def test_a_zone_lets_in_who_is_ticked(client: FlaskClient, sistep: Edition, adil: User) -> None:
    sign_in_as(client, adil)
    ticked = {"press_every": "y", "press_2018-04-13": "y", "student_2018-04-14": "y", "vip_2018-04-12": "y", "vip_2018-04-15": "y"}
    assert send(client, f"{SETTINGS}/zones/new", code="lounge", name_en="Lounge", **ticked, version=fresh(sistep).version).status_code == 302
    zone = next(one for one in fresh(sistep).zones if one.code == "lounge")
    rules = sorted((rule.category, rule.day) for rule in zone.rules if rule.day)
    assert (zone.bit, rules, [rule.category for rule in zone.rules if rule.day is None]) == (
        2,
        [("student", date(2018, 4, 14)), ("vip", date(2018, 4, 12)), ("vip", date(2018, 4, 15))],
        ["press"],
    )
    page = client.get(f"{SETTINGS}/zones/{zone.id}").text
    assert page.count(" checked ") == 4
    assert send(client, f"{SETTINGS}/zones/{zone.id}", code="lounge", name_en="Lounge", version=fresh(sistep).version).status_code == 302
    assert next(one for one in fresh(sistep).zones if one.code == "lounge").rules == []


def test_the_same_rules_again_change_nothing(sistep: Edition) -> None:
    zone = sistep.zones[1]
    before = sorted(rule.id for rule in zone.rules)
    operations.change_zone(sistep.id, zone.id, ZonePlan("vip", same("VIP"), [(Category(rule.category), rule.day) for rule in zone.rules]), **BY)
    assert sorted(rule.id for rule in fresh(sistep).zones[1].rules) == before


def test_a_badge_has_room_for_sixteen_zones(sistep: Edition) -> None:
    for number in range(14):
        operations.add_zone(sistep.id, ZonePlan(f"z{number}", same("Zone"), []), **BY)
    with pytest.raises(NoMoreZones):
        operations.add_zone(sistep.id, ZonePlan("one-more", same("Zone"), []), **BY)
    assert sorted(zone.bit for zone in fresh(sistep).zones) == list(range(16))


def test_a_code_is_taken_once(client: FlaskClient, sistep: Edition, adil: User) -> None:
    answer = send(sign_in_as(client, adil), f"{SETTINGS}/zones/new", code="vip", name_en="Again", version=fresh(sistep).version)
    assert (answer.status_code, "There is already a zone with the code vip." in answer.text) == (422, True)


@pytest.mark.parametrize("kind", ["halls", "zones"])
def test_another_editions_area_looks_missing(client: FlaskClient, sistep: Edition, other_edition: Edition, adil: User, kind: str) -> None:
    foreign = (other_edition.halls if kind == "halls" else other_edition.zones)[0].id
    sign_in_as(client, adil)
    assert [client.get(f"{SETTINGS}/{kind}/{number}").status_code for number in (foreign, 999_999)] == [404, 404]
    assert [send(client, "/account", to=f"{SETTINGS}/{kind}/{number}/{act}").status_code for number in (foreign, 999_999) for act in ("remove",)] == [404, 404]
    assert [len(fresh(other_edition).halls), len(fresh(other_edition).zones)] == [1, 2]


@pytest.mark.parametrize("kind", ["halls", "zones"])
def test_the_second_of_two_is_told(client: FlaskClient, sistep: Edition, adil: User, kind: str) -> None:
    area = (sistep.halls if kind == "halls" else sistep.zones)[0]
    seen, area_id = fresh(sistep).version, area.id
    operations.add_hall(sistep.id, plan("Z"), **BY)
    fields: dict[str, Any] = {"code": "NEW", "name_fr": "Typed", "width_m": "40", "depth_m": "20", "version": seen}
    answer = send(sign_in_as(client, adil), f"{SETTINGS}/{kind}/{area_id}", **fields)
    assert (answer.status_code, "Somebody changed this" in answer.text, "Typed" in answer.text) == (422, True, True)


def test_gates_come_along_and_keep_their_zone(sistep: Edition) -> None:
    zone = sistep.zones[0]
    gate = add_gate(sistep.id, code="main", name=same("Main gate"), zone_id=zone.id, **BY)
    prepare_device(sistep.id, gate_id=gate.id, label="Phone", actor_id=None, now=EIGHT, real_now=EIGHT)
    new = NewEdition("sistep-2027", same("SISTEP 2027"), same("Whole"), date(2027, 4, 7), date(2027, 4, 8), "c@show.example")
    made = operations.make_edition(new, copied_from=sistep.id, reserved=(), **BY)
    copied = db.session.scalars(select(Gate).where(Gate.edition_id == made.id)).one()
    assert (copied.code, copied.name, copied.zone_id) == ("main", same("Main gate"), made.zones[0].id)
    assert db.session.scalars(select(Device.edition_id)).all() == [sistep.id]
    with pytest.raises(ZoneHasGates) as refusal:
        operations.remove_zone(sistep.id, zone.id, **BY)
    assert refusal.value.facts["gates"] == "main"
    operations.remove_zone(sistep.id, sistep.zones[1].id, **BY)
    assert [one.code for one in fresh(sistep).zones] == ["show"]
