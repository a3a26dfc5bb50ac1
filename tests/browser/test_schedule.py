"""The schedule in a real browser: on a phone, on a desk and on paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from eventapp import create_app
from eventapp.core import clock
from eventapp.core.db import db
from tests.support.browser import TIMEOUT_MS, axe_violations
from tests.support.cast import make_edition
from tests.support.databases import test_settings
from tests.support.publishing import inauguration_day, person, room, session, store
from tests.support.server import Server, installation

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 360, "height": 740}
CUT = "net::ERR_INTERNET_DISCONNECTED"  # the browser's own word on a network that a test cuts
DESK: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A served programme: the days of 2018, and a session that is on now, whenever that is."""
    folder = tmp_path_factory.mktemp("schedule")
    with installation(folder) as running:
        app = create_app(test_settings(folder, running.database_url, base_url=running.base))
        with app.app_context():
            first = clock.real_now().date()
            edition = make_edition("show", 77, first, first, timezone="UTC")
            content = inauguration_day()
            day, long_name = content["sessions"][0]["day"], "شركة OCP 1 للصناعات " + "Long" * 20
            content["rooms"] += [room(number, f"Room {number}") for number in range(3, 9)]
            content["sessions"] += [
                session(f"beside-{number}", day, 540 + 5 * number, 20, room=number, title={"fr": long_name}, people=[person(long_name)]) for number in range(3, 9)
            ]
            content["sessions"].append(session("all-day", first.isoformat(), 0, 24 * 60, kind="ceremony"))
            store(edition, content)
            db.session.remove()
            db.engine.dispose()
        running.start()
        yield running


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the size that the test asks for; nothing may break the content security policy."""
    size: ViewportSize = getattr(request, "param", DESK)
    context = browser.new_context(viewport=size, service_workers="block")
    opened = context.new_page()
    opened.set_default_timeout(TIMEOUT_MS)
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" and CUT not in message.text else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


def sideways(page: Page) -> int:
    """Say by how many pixels a page is wider than its window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("page", [PHONE, DESK], ids=["phone", "desk"], indirect=True)
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize(
    "path", ["schedule", "schedule/all", "schedule/2018-04-12", "schedule?kind=signing", "schedule?q=nothing", "sessions/inauguration", "sessions/signature", "sessions/beside-3"]
)
def test_a_page_fits_and_everybody_can_use_it(server: Server, page: Page, language: str, path: str) -> None:
    page.goto(f"{server.base}/show/{path}{'&' if '?' in path else '?'}lang={language}")
    assert sideways(page) == 0
    assert axe_violations(page) == []


@pytest.mark.parametrize("page", [{"width": 320, "height": 640}], indirect=True)
def test_the_smallest_phone_never_scrolls_sideways(server: Server, page: Page) -> None:
    for path in ("schedule/2018-04-12?lang=fr", "sessions/beside-3?lang=ar"):
        page.goto(f"{server.base}/show/{path}")
        assert sideways(page) == 0


def box(page: Page, selector: str) -> dict[str, float]:
    """Measure where something stands."""
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return {name: found[name] for name in ("x", "y", "width", "height")}


def test_on_a_desk_rooms_stand_side_by_side_and_the_hour_runs_down(server: Server, page: Page) -> None:
    page.goto(f"{server.base}/show/schedule/2018-04-12?lang=fr")
    opening, beside, later = (box(page, f".session--{kind}") for kind in ("inauguration", "round_table", "workshop"))
    head = box(page, '.day__rooms li[data-in="2"]')
    assert beside["x"] >= opening["x"] + opening["width"]
    assert abs(beside["x"] - head["x"]) < 2
    assert opening["y"] < beside["y"] < opening["y"] + opening["height"]
    assert (later["x"], later["y"] >= opening["y"] + opening["height"]) == (opening["x"], True)
    part = box(page, ".session--inauguration .part--signing")
    assert opening["y"] < part["y"]
    assert part["y"] + part["height"] <= opening["y"] + opening["height"]


def test_in_arabic_the_rooms_run_from_the_right(server: Server, page: Page) -> None:
    page.goto(f"{server.base}/show/schedule/2018-04-12?lang=ar")
    opening, beside = box(page, ".session--inauguration"), box(page, ".session--round_table")
    assert beside["x"] + beside["width"] <= opening["x"]


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_on_a_phone_the_day_is_an_agenda_in_which_the_parties_face_each_other(server: Server, page: Page) -> None:
    page.goto(f"{server.base}/show/schedule/2018-04-12?lang=fr")
    opening, beside = box(page, ".session--inauguration"), box(page, ".session--round_table")
    assert (beside["x"], beside["width"]) == (opening["x"], opening["width"])
    assert beside["y"] >= opening["y"] + opening["height"]
    first, second = box(page, ".party:nth-child(1)"), box(page, ".party:nth-child(2)")
    assert first["x"] + first["width"] <= second["x"]
    assert first["y"] == second["y"]
    expect(page.locator(".day__hours")).to_be_hidden()


def test_what_is_on_now_is_marked_with_a_line(server: Server, page: Page) -> None:
    page.goto(f"{server.base}/show/schedule?lang=en")
    expect(page.locator(".session")).to_have_attribute("data-on", "Now")
    line, session_ = box(page, ".day__now"), box(page, ".session")
    share = (line["y"] - session_["y"]) / session_["height"]
    passed = page.evaluate("() => (Date.now() / 60000) % 1440 / 1440")
    assert abs(share - passed) < 0.02
    page.goto(f"{server.base}/show/schedule/2018-04-12?lang=en")
    expect(page.locator(".day__now")).to_have_count(0)
    assert page.locator(".session[data-on]").count() == 0


def test_the_wide_grid_scrolls_inside_its_frame_by_keyboard_too(server: Server, page: Page) -> None:
    page.goto(f"{server.base}/show/schedule/2018-04-12?lang=fr")
    frame = page.locator(".day__frame--wide")
    assert frame.evaluate("e => e.scrollWidth > e.clientWidth")
    frame.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert frame.evaluate("e => e.scrollLeft") > 0
    assert sideways(page) == 0


@pytest.mark.parametrize("page", [{"width": 794, "height": 1123}], indirect=True)
def test_on_paper_a_day_is_black_on_white_and_begins_a_page(server: Server, page: Page, tmp_path: Path) -> None:
    page.goto(f"{server.base}/show/schedule/all?lang=fr")
    page.emulate_media(media="print")
    for hidden in (".site-nav", ".days", ".schedule-search", ".take-along", ".languages"):
        expect(page.locator(hidden).first).to_be_hidden()
    style = page.locator(".session--inauguration").evaluate("e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).color]")
    assert style == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert page.locator(".day").evaluate_all("days => days.map(d => getComputedStyle(d).breakBefore)") == ["auto", "page", "page"]
    pdf = page.pdf(format="A4", path=str(tmp_path / "schedule.pdf"))
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page/") + pdf.count(b"/Type /Page ") >= 3


@pytest.mark.parametrize("page", [PHONE, DESK], ids=["phone", "desk"], indirect=True)
def test_the_search_opens_and_finds_without_a_mouse(server: Server, page: Page) -> None:
    page.goto(f"{server.base}/show/schedule/2018-04-12?lang=fr")
    page.locator(".schedule-search summary").press("Enter")
    page.get_by_label("Titre, personne ou organisme").fill("souiri")
    page.get_by_label("Titre, personne ou organisme").press("Enter")
    expect(page.locator(".schedule-found")).to_have_text("1 session trouvée")
    expect(page.get_by_role("link", name="Signature du mémorandum")).to_be_visible()


@pytest.mark.parametrize("page", [PHONE, {"width": 1920, "height": 1080}], ids=["phone", "wall"], indirect=True)
def test_a_screen_says_what_is_on_and_goes_on_without_a_network(server: Server, page: Page) -> None:
    page.goto(f"{server.base}/show/now?lang=en")
    on = page.locator('.slot[data-on="now"]')
    expect(on.locator(".slot__state")).to_have_text("Now")
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"\d\d:\d\d"))
    passed = page.evaluate("() => (Date.now() / 60000) % 1440 / 1440")
    assert abs(on.locator("progress").evaluate("e => e.value / e.max") - passed) < 0.02
    assert page.locator(".slot:visible").count() == on.count()  # the days of 2018 are over, and nothing follows
    assert (sideways(page), axe_violations(page)) == (0, [])
    expect(page.locator(".screen-lost")).to_be_hidden()
    page.context.set_offline(True)
    expect(page.locator(".screen-lost")).to_have_text(re.compile(r"No network since \d\d:\d\d\."))
    expect(on).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".screen-lost")).to_be_hidden()
