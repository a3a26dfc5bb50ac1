"""One page, pressed by several at the same moment, makes one thing, on both databases; and the control: without the guard it makes several."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from eventapp.accounts.access import MARK
from eventapp.accounts.models import Role
from eventapp.core import presses
from eventapp.core.db import db, transaction
from eventapp.core.presses import KEPT, Press
from eventapp.doors.models import Device
from eventapp.editions.models import Edition
from tests.doors.conftest import make_gate
from tests.support.browsing import csrf_of, sign_in_as
from tests.support.cast import EIGHT, grant, make_user

PREPARE = "/organiser/sistep-2018/doors/devices/new"
AT_ONCE, ROUNDS = 6, 4


@pytest.fixture
def supervisor(app: Flask, client: FlaskClient, sistep: Edition) -> FlaskClient:
    """The door supervisor, with a gate to prepare phones for."""
    make_gate(sistep, "main")
    return sign_in_as(client, grant(make_user("salma@show.example", "Salma"), sistep, Role.DOOR_SUPERVISOR))


def page(browser: FlaskClient) -> dict[str, str]:
    """Open the page and fill its form in."""
    shown = browser.get(PREPARE)
    press = shown.text.rsplit('name="press" value="', 1)[1].partition('"')[0]
    gate = shown.text.partition('<option value="')[2].partition('"')[0]
    return {"csrf_token": csrf_of(shown), "press": press, "label": "Telephone 4", "gate": gate}


def press_at_once(app: Flask, browser: FlaskClient, form: dict[str, str]) -> set[tuple[int, str | None]]:
    """Send one page from several threads at the same moment; return where they were led."""
    cookie = browser.get_cookie("session")
    assert cookie is not None
    barrier, answers = threading.Barrier(AT_ONCE), []

    def press() -> None:
        other = FlaskClient(app, app.response_class)
        other.set_cookie("session", cookie.value)
        barrier.wait()
        answer = other.post(PREPARE, data=form)
        answers.append((answer.status_code, answer.location))

    db.session.rollback()
    threads = [threading.Thread(target=press) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == AT_ONCE
    return set(answers)


def devices() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Device)) or 0


def test_one_page_pressed_at_once_makes_one_device_and_leads_everybody_to_it(app: Flask, supervisor: FlaskClient) -> None:
    led = [press_at_once(app, supervisor, page(supervisor)) for _round in range(ROUNDS)]
    assert [len(answers) for answers in led] == [1] * ROUNDS
    assert {status for answers in led for status, _where in answers} == {302}
    assert devices() == ROUNDS


def test_without_the_guard_the_same_race_makes_a_device_for_each_press(app: Flask, supervisor: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    guarded: Any = app.view_functions["doors_organiser.prepare"]

    def bare(**arguments: object) -> object:
        return guarded.__wrapped__(**arguments)

    setattr(bare, MARK, getattr(guarded, MARK))
    monkeypatch.setitem(app.view_functions, "doors_organiser.prepare", bare)
    assert len(press_at_once(app, supervisor, page(supervisor))) == AT_ONCE
    assert devices() == AT_ONCE


def test_a_press_that_only_looks_before_it_claims_is_not_enough(app: Flask, sistep: Edition) -> None:
    """The second press waits for the first one's end, and reads where it led; it does not go on because it saw nothing yet."""
    claimed, led = threading.Event(), []

    def second() -> None:
        with app.app_context():
            claimed.wait(10)
            with transaction():
                led.append(presses.claim("k" * 64, EIGHT))

    waiting = threading.Thread(target=second)
    waiting.start()
    with transaction():
        assert presses.claim("k" * 64, EIGHT) is None
        claimed.set()
        waiting.join(0.3)
        assert led == []
        presses.note_where("k" * 64, "/there")
    waiting.join(20)
    assert led == ["/there"]


def test_old_presses_are_forgotten(app: Flask) -> None:
    with transaction():
        db.session.add_all([Press(key="old", led_to="/", pressed_at=EIGHT - KEPT - timedelta(seconds=1)), Press(key="young", led_to="/", pressed_at=EIGHT - KEPT)])
    with transaction():
        presses.claim("new", EIGHT)
    assert sorted(db.session.scalars(select(Press.key))) == ["new", "young"]
