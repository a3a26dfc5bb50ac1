"""The door supervisor's pages, over HTTP."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from eventapp.accounts.models import Role, User
from eventapp.attendees.models import Attendee
from eventapp.core.db import db
from eventapp.doors import operations
from eventapp.doors.models import Device, Gate
from eventapp.doors.rules.plots import STEPS, bars, hour_until, in_steps
from eventapp.editions.models import Edition
from tests.doors.conftest import NINE, TEN, Post, make_gate, make_holder, make_post, minutes, record, scan, token_of
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.statements import statements

DOORS = "/organiser/sistep-2018/doors"
NAMES = {"name_fr": "Porte 3", "name_ar": "البوابة 3", "name_en": "Gate 3"}


@pytest.fixture
def omar(client: FlaskClient, sistep: Edition) -> User:
    """The door supervisor, signed in."""
    user = grant(make_user("omar@show.example", "Omar Doors"), sistep, Role.DOOR_SUPERVISOR)
    sign_in_as(client, user)
    return user


def text_of(client: FlaskClient, path: str, status: int = 200) -> str:
    page = client.get(path)
    assert page.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def zone_of(sistep: Edition, code: str) -> str:
    return next(str(zone.id) for zone in sistep.zones if zone.code == code)


@pytest.mark.usefixtures("omar")
def test_without_gates_the_page_says_what_to_do(client: FlaskClient) -> None:
    assert "There is no gate yet" in text_of(client, DOORS)
    assert "add the gate first" in text_of(client, f"{DOORS}/devices/new")
    assert "Nothing was scanned yet" in text_of(client, f"{DOORS}/scans")


@pytest.mark.usefixtures("omar", "ten_o_clock")
def test_the_page_tells_who_is_inside_who_came_and_what_each_gate_read(client: FlaskClient, sistep: Edition, main: Post, vip: Post) -> None:
    for number in range(3):
        record(main, scan(main, token_of(make_holder(sistep, f"Visitor {number}")), minutes(number)))
    record(vip, scan(vip, token_of(make_holder(sistep, "Visitor Four")), minutes(50)))
    shown = text_of(client, DOORS)
    assert "3 people inside: Show floor" in shown
    assert "0 people inside: VIP lounge" in shown
    assert "3 visits today" in shown
    assert "0 in 0 out 0 inside already 1 refused" in shown


@pytest.mark.usefixtures("omar")
def test_a_gate_is_added_renamed_and_led_elsewhere(client: FlaskClient, sistep: Edition) -> None:
    assert send(client, f"{DOORS}/gates/new", **NAMES, code="gate-3", zone=zone_of(sistep, "show")).status_code == 302
    gate = db.session.scalars(select(Gate)).one()
    assert (gate.code, gate.name["ar"], str(gate.zone_id)) == ("gate-3", "البوابة 3", zone_of(sistep, "show"))
    changed: dict[str, Any] = {**NAMES, "name_en": "North gate", "version": gate.version, "zone": zone_of(sistep, "vip")}
    assert send(client, f"{DOORS}/gates/{gate.id}", **changed).status_code == 302
    db.session.refresh(gate)
    assert (gate.name["en"], str(gate.zone_id)) == ("North gate", zone_of(sistep, "vip"))


@pytest.mark.usefixtures("omar")
def test_a_stale_page_changes_no_gate_and_loses_nothing(client: FlaskClient, sistep: Edition) -> None:
    gate = make_gate(sistep, "main")
    shown = gate.version
    operations.change_gate(gate.id, name=NAMES, zone_id=gate.zone_id, actor_id=None, now=EIGHT)
    answer = send(client, f"{DOORS}/gates/{gate.id}", **{**NAMES, "name_en": "Mine"}, version=shown, zone=zone_of(sistep, "show"))
    assert (answer.status_code, "Somebody changed this" in answer.text, 'value="Mine"' in answer.text) == (422, True, True)
    db.session.refresh(gate)
    assert gate.name == NAMES


@pytest.mark.usefixtures("omar")
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name_fr": ""}, "Enter the gate&#39;s name in French."),
        ({"name_en": "x" * 61}, "60 characters at most"),
        ({"code": ""}, "Enter a code for the gate."),
        ({"code": "Gate 3"}, "Use small letters, digits and hyphens"),
        ({"code": "x" * 21}, "20 characters at most"),
        ({"code": "a\u0663"}, "Use small letters, digits and hyphens"),
        ({"code": "main"}, "Another gate has the code main."),
        ({"zone": "999"}, "Choose a zone of this edition."),
        ({"zone": "x"}, "Choose a zone of this edition."),
        ({"zone": "9" * 40}, "Choose a zone of this edition."),
    ],
)
def test_a_wrong_gate_is_explained_at_its_field_and_nothing_typed_is_lost(client: FlaskClient, sistep: Edition, change: dict[str, str], message: str) -> None:
    make_gate(sistep, "main")
    answer = send(client, f"{DOORS}/gates/new", **{**NAMES, "code": "gate-3", "zone": zone_of(sistep, "show"), **change})
    assert (answer.status_code, message in answer.text, "البوابة 3" in answer.text) == (422, True, True)
    assert db.session.scalar(select(func.count()).select_from(Gate)) == 1


@pytest.mark.usefixtures("omar")
def test_a_prepared_phone_shows_its_code_large_with_a_symbol_and_to_nobody_else(client: FlaskClient, sistep: Edition, adil: User) -> None:
    gate = make_gate(sistep, "main")
    answer = send(client, f"{DOORS}/devices/new", gate=gate.id, label="Omar's phone")
    device = db.session.scalars(select(Device)).one()
    assert (answer.status_code, answer.location) == (302, f"{DOORS}/devices/{device.id}")
    page = client.get(answer.location)
    found = re.search(r'enrol__code"[^>]*>([2-9A-Z]{4}-[2-9A-Z]{4})<', page.text)
    assert found
    assert (page.headers["Cache-Control"], "http://localhost/door/" in page.text, "enrol__symbol" in page.text) == ("no-store", True, True)
    other = sign_in_as(client.application.test_client(), adil).get(answer.location)
    assert found.group(1) not in other.text
    assert operations.enrol(found.group(1), "", now=EIGHT, real_now=datetime.now(TEN.tzinfo)).device_id == device.id
    assert found.group(1) not in client.get(answer.location).text


@pytest.mark.usefixtures("omar")
@pytest.mark.parametrize("change", [{"gate": "999"}, {"gate": ""}, {"gate": "x"}, {"label": "x" * 61}])
def test_a_phone_that_cannot_be_prepared_is_explained(client: FlaskClient, sistep: Edition, change: dict[str, str]) -> None:
    gate = make_gate(sistep, "main")
    answer = send(client, f"{DOORS}/devices/new", **{"gate": str(gate.id), "label": "Omar", **change})
    assert (answer.status_code, db.session.scalar(select(func.count()).select_from(Device))) == (422, 0)


@pytest.mark.usefixtures("omar")
def test_a_phone_is_moved_and_taken_out_of_use_after_a_second_question(client: FlaskClient, sistep: Edition, main: Post, vip: Post) -> None:
    assert send(client, f"{DOORS}/devices/{main.device}", gate=vip.gate).status_code == 302
    device = db.session.get_one(Device, main.device)
    assert device.gate_id == vip.gate
    assert "Take main phone out of use?" in text_of(client, f"{DOORS}/devices/{main.device}/revoke")
    revoked = select(Device.revoked_at).where(Device.id == main.device)
    assert db.session.scalars(revoked).one() is None
    assert send(client, f"{DOORS}/devices/{main.device}/revoke").status_code == 302
    assert db.session.scalars(revoked).one() is not None
    assert "Out of use" in text_of(client, DOORS)


@pytest.mark.usefixtures("omar", "ten_o_clock")
def test_the_journal_is_narrowed_by_gate_and_answer(client: FlaskClient, sistep: Edition, main: Post, salma: Attendee) -> None:
    side = make_post(sistep, "side")
    record(main, scan(main, token_of(salma), minutes(1)), scan(main, "no badge", minutes(2)))
    record(side, scan(side, token_of(salma), minutes(3)))
    rows = {
        query: client.get(f"{DOORS}/scans?{query}").text.count('<th scope="row">')
        for query in ("", f"gate={main.gate}", "outcome=refused", f"gate={side.gate}&outcome=refused", "gate=x&outcome=x", f"gate={'9' * 30}")
    }
    assert list(rows.values()) == [3, 2, 1, 0, 3, 3]
    assert "No scan is like that" in text_of(client, f"{DOORS}/scans?gate={side.gate}&outcome=refused")


@pytest.mark.parametrize(("role", "linked"), [(Role.HELP_DESK, True), (Role.DOOR_SUPERVISOR, False)])
def test_the_help_desk_reads_and_goes_to_the_attendee(client: FlaskClient, sistep: Edition, main: Post, salma: Attendee, role: Role, linked: bool) -> None:
    record(main, scan(main, token_of(salma)))
    sign_in_as(client, grant(make_user("imane@show.example", "Imane Desk"), sistep, role))
    page = client.get(f"{DOORS}/scans").text
    assert ("Salma Visitor" in page, f"/attendees/{salma.id}" in page) == (True, linked)
    assert ("Prepare a phone" in client.get(DOORS).text) is not linked


@pytest.mark.usefixtures("omar", "ten_o_clock")
def test_pages_need_as_many_statements_for_three_as_for_one(client: FlaskClient, sistep: Edition) -> None:
    counts = []
    for number in (1, 2, 3):
        post = make_post(sistep, f"gate-{number}")
        record(post, scan(post, token_of(make_holder(sistep, f"Visitor {number}")), minutes(number)))
        with statements() as sent:
            client.get(DOORS)
            client.get(f"{DOORS}/scans")
        counts.append(len(sent))
    assert counts[0] == counts[2]


def test_the_last_hour_is_drawn_by_five_minutes() -> None:
    steps = hour_until(TEN + timedelta(minutes=2, seconds=9))
    assert (len(steps), steps[0], steps[-1]) == (STEPS, NINE + timedelta(minutes=5), TEN)
    counts = in_steps([(1, TEN), (1, TEN + timedelta(minutes=1)), (1, NINE), (2, NINE + timedelta(minutes=5))], steps)
    assert counts == {1: [0] * 11 + [2], 2: [1] + [0] * 11}
    plain, mirrored = bars(counts[1], 2, mirrored=False), bars(counts[1], 2, mirrored=True)
    assert (plain[-1].height, plain[-1].y, plain[0].height) == (64.0, 0.0, 0.0)
    assert mirrored[-1].x == plain[0].x
    assert [bar.height for bar in bars([0] * 12, 0, mirrored=False)] == [0.0] * 12
