"""What devices talk to, over HTTP."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.attendees.models import Attendee
from eventapp.core.db import db
from eventapp.doors import operations
from eventapp.doors.models import Device, Scan
from eventapp.editions.models import Edition
from tests.doors.conftest import NINE, TEN, Post, make_gate, make_holder, make_post, minutes, scan, token_of
from tests.support.cast import EIGHT
from tests.support.server import installation

ROOT = "/api/v1/door"


def bearer(post: Post) -> dict[str, str]:
    return {"Authorization": f"Bearer {post.token}"}


def send(client: FlaskClient, post: Post, *scans: Any, **headers: str) -> TestResponse:
    return client.post(f"{ROOT}/scans", json={"scans": scans}, headers={**bearer(post), **headers})


def told_of(answer: TestResponse) -> list[dict[str, Any]]:
    told: Any = answer.get_json()
    return list(told["scans"])


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    told: dict[str, Any] = answer.get_json(force=True)
    assert (told["status"], set(told)) == (status, {"type", "title", "status", "detail"})
    return told


def prepared_code(edition: Edition) -> str:
    gate = make_gate(edition, "main")
    return operations.prepare_device(edition.id, gate_id=gate.id, label="Phone 1", actor_id=None, now=EIGHT, real_now=datetime.now(TEN.tzinfo)).code


def test_a_phone_is_enrolled_and_told_where_it_stands(client: FlaskClient, sistep: Edition, ten_o_clock: datetime) -> None:
    answer = client.post(f"{ROOT}/enrolments", json={"code": prepared_code(sistep), "label": "Omar"})
    told: Any = answer.get_json()
    device = db.session.scalars(select(Device)).one()
    assert (answer.status_code, len(told.pop("token"))) == (201, 43)
    assert told == {
        "device": {"id": device.id, "label": "Omar"},
        "gate": {"id": device.gate_id, "code": "main", "name": "main gate"},
        "edition": {"slug": "sistep-2018", "name": "SISTEP-2018", "timezone": "Africa/Casablanca"},
        "zone": {"name": "Show floor"},
        "now": "2018-04-12T09:00:00.000+00:00",
        "utc_offset": 60,
    }


def test_the_state_tells_the_same_without_the_token_and_who_is_inside(client: FlaskClient, sistep: Edition, main: Post, ten_o_clock: datetime) -> None:
    for number in range(3):
        send(client, main, scan(main, token_of(make_holder(sistep, f"Visitor {number}")), minutes(number)))
    told: Any = client.get(f"{ROOT}/state", headers=bearer(main)).get_json()
    assert {"device", "gate", "edition", "zone", "now", "utc_offset", "inside"} == set(told)
    assert (told["inside"], told["gate"]["code"]) == (3, "main")


def test_the_state_is_a_sign_of_life(client: FlaskClient, main: Post, ten_o_clock: datetime) -> None:
    client.get(f"{ROOT}/state", headers=bearer(main))
    assert db.session.scalars(select(Device.last_seen_at)).all() == [TEN]


def test_a_device_that_moved_learns_its_new_gate(client: FlaskClient, sistep: Edition, main: Post, vip: Post, ten_o_clock: datetime) -> None:
    operations.move_device(main.device, gate_id=vip.gate, actor_id=None, now=TEN)
    told: Any = client.get(f"{ROOT}/state", headers=bearer(main)).get_json()
    assert (told["gate"]["id"], told["zone"]["name"]) == (vip.gate, "VIP lounge")


def test_scans_are_answered_in_the_readers_language(client: FlaskClient, main: Post, salma: Attendee, ten_o_clock: datetime) -> None:
    first, again = scan(main, token_of(salma), minutes(2)), scan(main, token_of(salma), minutes(42))
    holder = {"name": "Salma Visitor", "organisation": "", "category": "Visiteur"}
    assert send(client, main, first, **{"Accept-Language": "fr"}).get_json() == {
        "scans": [{"id": first["id"], "outcome": "admitted", "reason": "ok", "holder": holder, "since": None}]
    }
    (told,) = told_of(send(client, main, again, **{"Accept-Language": "ar"}))
    assert told["since"] == {"at": "2018-04-12T09:02:00+01:00", "time": "09:02", "gate": "main gate"}
    assert told["holder"]["category"] == "زائر"


def test_answers_come_in_the_order_of_the_scans(client: FlaskClient, main: Post, salma: Attendee, ten_o_clock: datetime) -> None:
    batch: list[Any] = [scan(main, token_of(salma), minutes(9), "out"), {"id": "odd"}, scan(main, token_of(salma), minutes(2)), None]
    told = told_of(send(client, main, *batch))
    assert [(one["id"], one["reason"]) for one in told] == [(batch[0]["id"], "ok"), ("odd", "malformed"), (batch[2]["id"], "ok"), (None, "malformed")]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer nobody's"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/state"), ("POST", "/scans")])
def test_without_a_devices_token_nothing_is_told(client: FlaskClient, main: Post, salma: Attendee, header: str | None, method: str, path: str) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = client.open(f"{ROOT}{path}", method=method, headers=headers, json={"scans": [scan(main, token_of(salma))]})
    problem(answer, 401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
    assert db.session.scalars(select(Scan.id)).all() == []


def test_a_revoked_device_is_told_so(client: FlaskClient, main: Post, salma: Attendee) -> None:
    operations.revoke_device(main.device, actor_id=None, now=EIGHT)
    answer = send(client, main, scan(main, token_of(salma)))
    assert problem(answer, 401)["title"] == "This device was taken out of use"
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="door", error="invalid_token"'
    problem(client.get(f"{ROOT}/state", headers=bearer(main)), 401)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"[" * 100_000, 400),
        (b"{}", 422),
        (b'{"scans": {}}', 422),
        (b'{"scans": []}', 422),
        (json.dumps({"scans": [None] * 501}).encode(), 413),
        (b'{"scans": ["' + b"x" * 1_000_001 + b'"]}', 413),
    ],
)
def test_a_body_that_is_no_list_of_scans_is_a_problem_document(client: FlaskClient, main: Post, body: bytes, status: int) -> None:
    problem(client.post(f"{ROOT}/scans", data=body, content_type="application/json", headers=bearer(main)), status)


def test_a_form_of_another_site_reaches_nothing(client: FlaskClient, main: Post, sistep: Edition) -> None:
    problem(client.post(f"{ROOT}/scans", data={"scans": "[]"}, headers=bearer(main)), 415)
    problem(client.post(f"{ROOT}/enrolments", data='{"code": "ABCD-2345"}', content_type="text/plain"), 415)


@pytest.mark.parametrize("given", [{}, {"code": None}, {"code": 7}, {"code": "ABCD-2345", "label": 7}, {"code": "ABCD-2345"}, {"code": "\x00"}, {"code": "\ud800" * 8}])
def test_a_wrong_code_enrols_nothing(client: FlaskClient, sistep: Edition, given: dict[str, Any]) -> None:
    prepared_code(sistep)
    problem(client.post(f"{ROOT}/enrolments", json=given), 422)
    assert db.session.scalars(select(Device.token_hash)).all() == [None]


def test_what_is_typed_as_label_is_cleaned_and_cut(client: FlaskClient, sistep: Edition) -> None:
    client.post(f"{ROOT}/enrolments", json={"code": prepared_code(sistep), "label": "\x00\u202e" + "x" * 500})
    assert db.session.scalars(select(Device.label)).all() == ["x" * 60]


def test_no_cookie_is_needed_and_none_is_set(client: FlaskClient, main: Post, salma: Attendee) -> None:
    answer = send(client, main, scan(main, token_of(salma)))
    assert (answer.status_code, "Set-Cookie" in answer.headers, answer.headers["Cache-Control"]) == (200, False, "no-store")


def test_tries_of_enrolment_are_limited(tmp_path: Path) -> None:
    statuses = []
    with installation(tmp_path, app_env="demo") as server:
        server.start()
        for _ in range(32):
            ask = Request(f"{server.base}{ROOT}/enrolments", b'{"code": "ABCD-2345"}', {"Content-Type": "application/json"})
            with pytest.raises(HTTPError) as refused:
                urlopen(ask, timeout=10)
            statuses.append(refused.value.code)
            refused.value.close()
    assert statuses == [422] * 30 + [429] * 2


def test_a_device_of_another_edition_records_nothing_here(client: FlaskClient, main: Post, salma: Attendee, other_edition: Edition, ten_o_clock: datetime) -> None:
    theirs = make_post(other_edition, "theirs")
    (told,) = told_of(send(client, theirs, scan(main, token_of(salma), NINE)))
    assert (told["reason"], told["holder"]) == ("wrong_gate", None)
    (told,) = told_of(send(client, theirs, scan(theirs, token_of(salma), NINE)))
    assert (told["reason"], told["holder"]) == ("other_edition", None)
