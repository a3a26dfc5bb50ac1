"""Drawing the floor in a real browser, by mouse and by keyboard: what is drawn is what the server has."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from eventapp import create_app
from eventapp.accounts.models import Role, User
from eventapp.accounts.passwords import new_hash
from eventapp.core.db import db, transaction
from eventapp.stands.models import Stand
from tests.support.browser import TIMEOUT_MS, axe_violations
from tests.support.cast import grant, make_edition, make_user
from tests.support.databases import test_settings
from tests.support.exhibiting import make_stand
from tests.support.server import Server, installation

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery staple"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Server, Flask, str]]:
    """An edition with a hall of 60 by 30 metres, three stands in it, and its exhibitor manager."""
    with installation(tmp_path) as running:
        app = create_app(test_settings(tmp_path, running.database_url, base_url=running.base))
        with app.app_context():
            edition = make_edition("sistep-2018", 11, date(2018, 4, 12), date(2018, 4, 15))
            mona = grant(make_user("mona@show.example", "Mona"), edition, Role.EXHIBITOR_MANAGER)
            with transaction():
                db.session.get_one(User, mona.id).password_hash = new_hash(PASSWORD, email="x@y.example", name="X")
            for number, x in (("B1", 10), ("B2", 16), ("B3", 30)):
                make_stand(edition, number, x_m=x, y_m=10)
            path = f"/organiser/sistep-2018/stands/draw/{edition.halls[0].id}"
            db.session.remove()
        running.start()
        yield running, app, path


@pytest.fixture
def page(browser: Browser, served: tuple[Server, Flask, str]) -> Iterator[Page]:
    """The exhibitor manager where the hall is drawn; nothing may break the content security policy."""
    running, _app, path = served
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 1000}, service_workers="block")
    opened = context.new_page()
    opened.set_default_timeout(TIMEOUT_MS)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if "Content Security Policy" in message.text else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(f"{running.base}/sign-in?{urlencode({'next': path, 'lang': 'en'})}")
    opened.fill("[name=email]", "mona@show.example")
    opened.fill("[name=password]", PASSWORD)
    opened.click("main button[type=submit]")
    expect(opened.locator("h1")).to_contain_text("Draw stands")
    expect(opened.locator(".plan--draws")).to_be_visible()
    yield opened
    context.close()
    assert complaints == []


def drawn(app: Flask) -> dict[str, tuple[float, ...]]:
    """Read what the server has: of each stand the corner and the size in metres."""
    with app.app_context():
        stands = db.session.scalars(select(Stand).where(Stand.retired_at.is_(None)).order_by(Stand.number)).all()
        found: dict[str, tuple[float, ...]] = {}
        for stand in stands:
            across, along = [x / 2 for x, _y in stand.outline], [y / 2 for _x, y in stand.outline]
            found[stand.number] = (min(across), min(along), max(across) - min(across), max(along) - min(along))
        db.session.remove()
        return found


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag on the drawing from one point to another, in metres."""
    page.locator("svg[data-plan]").scroll_into_view_if_needed()
    points = [
        page.evaluate("([x, y]) => { const m = document.querySelector('svg[data-plan]').getScreenCTM(); return [x * m.a + m.e, y * m.d + m.f] }", list(point))
        for point in (start, end)
    ]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move((points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2)
    page.mouse.move(*points[1])
    page.mouse.up()


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-draw-said]")).to_contain_text(words)


def test_stands_are_drawn_moved_resized_and_made_one_by_mouse(page: Page, served: tuple[Server, Flask, str]) -> None:
    app = served[1]
    drag(page, (33, 11), (35.1, 14.9))
    said(page, "Stand B3 is drawn anew.")
    assert drawn(app)["B3"] == (32, 14, 6, 3)
    drag(page, (38, 17), (40.2, 18.4))
    said(page, "Stand B3 is drawn anew.")
    page.on("dialog", lambda dialog: dialog.accept(dialog.default_value))
    drag(page, (45.1, 20.1), (48.9, 23.4))
    said(page, "Stand B4 is on the plan.")
    assert [drawn(app)[number] for number in ("B3", "B4")] == [(32, 14, 8, 4.5), (45, 20, 4, 3.5)]
    drag(page, (35, 15), (13, 12))
    said(page, "Stand B3 would overlap B1, B2.")
    assert drawn(app)["B3"] == (32, 14, 8, 4.5)
    page.click("[data-stand=B1]")
    page.click("[data-stand=B2]", modifiers=["Shift"])
    page.click("[data-draw-merge]")
    said(page, "They are one stand now: B1.")
    assert drawn(app)["B1"] == (10, 10, 12, 3)
    assert axe_violations(page) == []


def test_a_stand_is_moved_resized_taken_off_and_brought_back_by_keyboard(page: Page, served: tuple[Server, Flask, str]) -> None:
    app = served[1]
    page.focus("[data-stand=B3]")
    for key, expected in (("ArrowRight", (30.5, 10, 6, 3)), ("ArrowDown", (30.5, 10.5, 6, 3)), ("Shift+ArrowLeft", (30.5, 10.5, 5.5, 3))):
        version = page.get_attribute("[data-stand=B3]", "data-version")
        page.keyboard.press(key)
        expect(page.locator(f'[data-stand=B3][data-version="{version}"]')).to_have_count(0)
        expect(page.locator("[data-stand=B3]")).to_be_focused()
        assert drawn(app)["B3"] == expected
    page.on("dialog", lambda dialog: dialog.accept())
    page.keyboard.press("Delete")
    said(page, "Stand B3 is off the plan.")
    assert list(drawn(app)) == ["B1", "B2"]
    page.keyboard.press("Control+z")
    said(page, "Undone: Stand taken off the plan.")
    assert drawn(app)["B3"] == (30.5, 10.5, 5.5, 3)
