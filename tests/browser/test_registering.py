"""Somebody registers to exhibit in a real browser: on a telephone in Arabic from the plan to the request, and by the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from eventapp import create_app
from eventapp.core import clock
from eventapp.core.clock import ClockAnchor
from eventapp.core.db import db, transaction
from eventapp.exhibitors.models import ExhibitingRules
from eventapp.exhibitors.operations import write_conditions
from tests.browser.test_the_day import fill
from tests.support.browser import TIMEOUT_MS, axe_violations
from tests.support.cast import EIGHT, SISTEP_DAYS, TEN_O_CLOCK, make_edition
from tests.support.databases import test_settings
from tests.support.exhibiting import make_stand
from tests.support.pricing import put_all
from tests.support.server import Server, installation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("registering")]

SHOW = "/sistep-2018"
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
CONDITIONS = {"fr": "Payez à temps.", "ar": "ادفعوا في الموعد.", "en": "Pay in time."}
LINES = "e => { const r = document.createRange(); r.selectNodeContents(e); return new Set([...r.getClientRects()].map(one => Math.round(one.top))).size }"
FOCUSED = "() => { const e = document.activeElement; return e.name || (e.textContent || '').trim() }"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    """A show whose stands can be held, with prices and conditions, on a server of its own."""
    url = f"sqlite:///{tmp_path / 'eventapp.sqlite'}"
    with installation(tmp_path, url, app_env="demo") as server:
        app = create_app(test_settings(tmp_path, url, base_url=server.base))
        with app.app_context():
            edition = make_edition("sistep-2018", 11, *SISTEP_DAYS, is_current=True)
            for number in ("B12", "B13"):
                make_stand(edition, number)
            put_all(edition)
            write_conditions(edition.id, CONDITIONS, actor_id=None, now=EIGHT)
            with transaction():
                db.session.add(ExhibitingRules(edition_id=edition.id, stand_way="first_come"))
                db.session.add(ClockAnchor(real_at=clock.real_now(), show_at=TEN_O_CLOCK))
            db.session.remove()
            db.engine.dispose()
        server.start()
        yield server
        assert "BREACH" not in server.flask("doctor")


def opened(browser: Browser, server: Server, path: str, locale: str, size: dict[str, int]) -> Page:
    """Open a page in a browser of its own."""
    context = browser.new_context(locale=locale, viewport=size, service_workers="block", base_url=server.base)  # type: ignore[arg-type]
    context.set_default_timeout(TIMEOUT_MS)
    page = context.new_page()
    page.goto(path)
    return page


def look(page: Page) -> None:
    """Judge a page: axe finds nothing, and nothing sticks out at the side."""
    assert axe_violations(page) == [], page.url
    assert page.evaluate(SIDEWAYS) == 0, page.url


def send(page: Page) -> None:
    """Look at the page, press its main button, wait for the next page."""
    look(page)
    with page.expect_navigation():
        page.locator("main .button--primary:visible").last.click()


def test_on_a_telephone_in_arabic_a_stand_is_held_registered_for_and_requested(browser: Browser, served: Server) -> None:
    page = opened(browser, served, f"{SHOW}/floor-plan/B12", "ar-MA", PHONE)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    look(page)
    with page.expect_navigation():
        page.locator("[data-hold]").click()
    expect(page.locator("main")).to_contain_text("B12")
    look(page)
    page.goto(f"{SHOW}/exhibit")
    look(page)
    page.goto(f"{SHOW}/exhibit/organisation")
    fill(page, name="مسبك الأطلس", city="الدار البيضاء", sector="صفائح")
    send(page)
    fill(page, contact_name="أمينة بنعلي", contact_email="amina@atlas.example", contact_phone="٠٥٢٢٠٠٠٠٠٠")
    send(page)
    fill(page, stand_kind="equipped", area="١٨")
    send(page)
    expect(page.locator("main")).to_contain_text("B12")
    assert page.locator(".sums__whole td").evaluate(LINES) == 1  # a sum keeps its currency
    expect(page.locator("main")).to_contain_text("ادفعوا في الموعد.")
    check = page.url
    page.goto(f"{SHOW}/exhibit/products")
    page.locator("[name=sectors]").first.check()
    fill(page, products="مكابس\nقطع بالليزر")
    send(page)
    page.goto(f"{SHOW}/exhibit/companions")
    fill(page, **{"co_exhibitors-0-name": "ليزر الريف"})
    with page.expect_navigation():
        page.locator("[value=add-represented]").click()
    expect(page.locator("[name='represented-1-name']")).to_be_visible()
    fill(page, **{"represented-1-name": "Muster"})
    send(page)
    page.goto(f"{SHOW}/exhibit/extras")
    fill(page, **{"extra-POWER": "٢"})
    send(page)
    assert page.url == check
    page.locator("[name=accepted]").check()
    page.locator("[name=confirmed]").check()
    send(page)
    look(page)
    expect(page.locator("main .reference")).to_be_visible()
    page.goto(f"{SHOW}/floor-plan/B12")
    expect(page.locator("[data-state=requested]").first).to_be_visible()
    page.context.close()


def test_who_looks_at_a_stand_while_somebody_else_takes_it_is_shown_what_is_most_like_it(browser: Browser, served: Server) -> None:
    late, quick = (opened(browser, served, f"{SHOW}/floor-plan/B12", "fr-FR", DESKTOP) for _who in range(2))
    with quick.expect_navigation():
        quick.locator("[data-hold]").click()
    late.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(late.locator("[data-gone]")).to_be_visible()
    expect(late.locator("[data-like]")).to_contain_text("B13")
    expect(late.locator("[data-hold]")).to_be_hidden()
    look(late)
    for page in (late, quick):
        page.context.close()


def reach(page: Page, wanted: str) -> None:
    """Go on with the Tab key until the field or the words are in focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(wanted):
            return
    raise AssertionError(f"the Tab key does not reach {wanted!r} on {page.url}")


def enter(page: Page) -> None:
    """Press Enter and wait for the page that comes."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_whole_registration_goes_by_the_keyboard_alone(browser: Browser, served: Server) -> None:
    page = opened(browser, served, f"{SHOW}/exhibit", "en-GB", DESKTOP)
    reach(page, "Begin the registration")
    enter(page)
    for field, typed in (("name", "Fonderie de l'Atlas"), ("city", "Casablanca"), ("sector", "Sheet")):
        reach(page, field)
        page.keyboard.type(typed)
    reach(page, "Save and continue")
    enter(page)
    for field, typed in (("contact_name", "Amina Benali"), ("contact_email", "amina@atlas.example"), ("contact_phone", "0522000000")):
        reach(page, field)
        page.keyboard.type(typed)
    enter(page)
    reach(page, "area")
    page.keyboard.type("18")
    enter(page)
    reach(page, "Add : Firms on your stand")
    enter(page)
    reach(page, "co_exhibitors-0-name")
    page.keyboard.type("Rif Laser")
    enter(page)  # the Enter key saves; it neither adds nor removes a row
    expect(page.locator("main")).to_contain_text("Rif Laser")
    for box in ("accepted", "confirmed"):
        reach(page, box)
        page.keyboard.press("Space")
    reach(page, "Send the application")
    enter(page)
    expect(page.locator("main .reference")).to_be_visible()
    page.context.close()
