"""A double click in a real browser: one thing is made, and the buttons come back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select

from eventapp import create_app
from eventapp.accounts.models import Role, User
from eventapp.accounts.passwords import new_hash
from eventapp.core.db import db, transaction
from eventapp.doors.models import Device, Gate
from tests.support.browser import TIMEOUT_MS
from tests.support.cast import grant, make_edition, make_user, same
from tests.support.databases import test_settings
from tests.support.server import Server, installation

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery staple"
PREPARE = "/organiser/sistep-2018/doors/devices/new"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Flask]]:
    """An edition with a gate and its door supervisor."""
    folder: Path = tmp_path_factory.mktemp("once")
    with installation(folder) as running:
        app = create_app(test_settings(folder, running.database_url, base_url=running.base))
        with app.app_context():
            edition = make_edition("sistep-2018", 11, date(2018, 4, 12), date(2018, 4, 15))
            salma: User = grant(make_user("salma@show.example", "Salma"), edition, Role.DOOR_SUPERVISOR)
            with transaction():
                db.session.get_one(User, salma.id).password_hash = new_hash(PASSWORD, email="x@y.example", name="X")
                db.session.add(Gate(edition_id=edition.id, zone_id=edition.zones[0].id, code="main", name=same("Main gate")))
            db.session.remove()
        running.start()
        yield running, app


def devices(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Device)) or 0


@pytest.fixture(params=["with scripts", "without scripts"])
def page(browser: Browser, served: tuple[Server, Flask], request: pytest.FixtureRequest) -> Iterator[Page]:
    """The door supervisor on the page that prepares a phone; nothing may break the content security policy."""
    context = browser.new_context(locale="en-GB", java_script_enabled=request.param == "with scripts", service_workers="block")
    opened = context.new_page()
    opened.set_default_timeout(TIMEOUT_MS)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"{served[0].base}/sign-in?{urlencode({'next': PREPARE, 'lang': 'en'})}")
    opened.fill("[name=email]", "salma@show.example")
    opened.fill("[name=password]", PASSWORD)
    opened.click("main button[type=submit]")
    expect(opened.locator("h1")).to_have_text("Prepare a phone")
    yield opened
    context.close()
    assert complaints == []


def test_a_double_click_prepares_one_phone_and_leads_to_it(served: tuple[Server, Flask], page: Page) -> None:
    before = devices(served[1])
    page.fill("[name=label]", "Telephone 4")
    page.dblclick("main form .button--primary")
    expect(page.locator("h1")).to_have_text("Telephone 4")
    page.wait_for_load_state()
    assert devices(served[1]) == before + 1


def test_who_goes_back_finds_the_button_ready_and_the_same_page_makes_nothing_more(served: tuple[Server, Flask], page: Page) -> None:
    before = devices(served[1])
    page.fill("[name=label]", "Telephone 5")
    page.click("main form .button--primary")
    expect(page.locator("h1")).to_have_text("Telephone 5")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Prepare a phone")
    expect(page.locator("main form .button--primary")).to_be_enabled()
    page.fill("[name=label]", "Telephone 6")
    page.click("main form .button--primary")
    expect(page.locator("h1")).to_have_text("Telephone 6")
    assert devices(served[1]) == before + 2
