"""The scanner on a steward's telephone: a real browser, a real camera stream, a real server."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from eventapp.core import clock
from eventapp.core.zones import wall
from tests.support.browser import axe_violations
from tests.support.scanning import SCANS, Door, Telephone, open_door, scans_sent, telephone

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("door")]

BADGES = iter(range(100))
Phone = Callable[..., Telephone]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One served door for all tests here; each takes badges of its own."""
    with open_door(tmp_path_factory.mktemp("door"), 100) as opened:
        yield opened


@pytest.fixture
def badge() -> int:
    """The number of a badge that no other test scans."""
    return next(BADGES)


@pytest.fixture
def phone(browser: Browser, door: Door) -> Iterator[Phone]:
    """Switch on telephones; at the end none of them may have complained."""
    phones: list[Telephone] = []

    def switch_on(**more: Any) -> Telephone:
        phones.append(telephone(browser, door, **more))
        return phones[-1]

    yield switch_on
    troubles = [trouble for one in phones for trouble in one.troubles]
    for one in phones:
        one.context.close()
    assert troubles == []


def test_a_steward_enrols_and_scans_by_camera_and_a_forged_badge_disturbs_no_other(phone: Phone, door: Door) -> None:
    first, second, steward = next(BADGES), next(BADGES), phone()
    steward.enrol(f" {door.code().lower().replace('-', ' ')} ")
    expect(steward.page.locator("#gate")).to_have_text("Main gate")
    steward.hold(door.address(first))
    steward.answer("Enter", f"Visitor {first + 1}", "Let them in.")
    steward.take_away()
    steward.hold(door.address(first))
    steward.answer("Look", f"Visitor {first + 1}", "Inside since", "Main gate")
    steward.take_away()
    steward.hold(door.forged())
    steward.answer("Stop", "This badge was forged or changed.", "call the supervisor")
    steward.take_away()
    steward.hold(door.address(second))
    steward.answer("Enter", f"Visitor {second + 1}")
    assert (door.stored(first), door.stored(second)) == (["admitted in", "already_inside in"], ["admitted in"])


def test_a_badge_that_stays_before_the_camera_is_sent_once_and_its_answer_goes_away_by_itself(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.enrol()
    steward.hold(door.address(badge))
    steward.answer("Enter")
    expect(steward.page.locator("#answer")).to_be_hidden()
    steward.page.wait_for_timeout(2000)
    expect(steward.page.locator("#answer")).to_be_hidden()
    assert door.stored(badge) == ["admitted in"]


def test_a_hand_scanner_that_types_needs_no_focus_and_presses_no_button(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.enrol()
    steward.page.locator("[data-opens=more]").focus()
    steward.type_as_reader(door.address(badge))
    steward.answer("Enter", f"Visitor {badge + 1}")
    expect(steward.page.locator("#more")).to_be_hidden()
    steward.type_as_reader("NOT-A-BADGE-AT-ALL")
    steward.answer("Stop", "This code is not a badge of this show.")
    steward.page.wait_for_timeout(1200)
    steward.type_as_reader(door.address(badge))
    steward.answer("Look")
    assert door.stored(badge) == ["admitted in", "already_inside in"]


def test_a_code_can_be_pasted_by_hand(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.enrol()
    steward.page.locator("[data-opens=by-hand]").click()
    steward.page.locator("#by-hand-form [type=submit]").click()
    expect(steward.page.locator("#typed-error")).to_have_text("Enter or paste the code first.")
    steward.page.locator("#typed").fill(door.tokens[badge].lower())
    steward.page.locator("#by-hand-form [type=submit]").click()
    steward.answer("Enter", f"Visitor {badge + 1}")


def test_people_who_leave_are_scanned_out_and_the_count_follows(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.enrol()
    inside = steward.page.locator("#inside")
    expect(inside).not_to_have_text("–")
    before = int(inside.inner_text())
    steward.type_as_reader(door.address(badge))
    steward.answer("Enter")
    expect(inside).to_have_text(str(before + 1))
    steward.touch_away()
    steward.page.get_by_text("Out", exact=True).click()
    steward.page.wait_for_timeout(1000)
    steward.type_as_reader(door.address(badge))
    steward.answer("Exit", f"Visitor {badge + 1}")
    expect(inside).to_have_text(str(before))
    steward.page.reload()
    expect(steward.page.locator("#way-out")).to_be_checked()
    assert door.stored(badge) == ["admitted in", "admitted out"]


def test_without_network_nothing_is_decided_and_the_scan_survives_a_reload_and_is_stored_once(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.enrol()
    steward.cut()
    steward.hold(door.address(badge))
    steward.answer("Not decided", "The server does not answer.", "Check the badge by hand")
    steward.hold(None)
    steward.waiting(1)
    expect(steward.page.locator("#network-word")).to_have_text("Silent")
    kept = [fact["id"] for fact in steward.kept()]
    steward.page.reload()
    steward.waiting(1)
    expect(steward.page.locator("#gate")).to_have_text("Main gate")
    assert ([fact["id"] for fact in steward.kept()], door.stored(badge)) == (kept, [])
    sent = scans_sent(steward)
    steward.mend()
    steward.waiting(0)
    expect(steward.page.locator("#network-word")).to_have_text("OK")
    assert (sent, steward.kept(), door.stored(badge)) == (kept, [], ["admitted in"])


def test_an_answer_lost_on_its_way_is_asked_for_again_and_counted_once(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.enrol()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    steward.page.route(SCANS, lose)
    steward.type_as_reader(door.address(badge))
    steward.answer("Not decided")
    steward.waiting(1)
    assert door.stored(badge) == ["admitted in"]
    steward.page.unroute(SCANS)
    steward.waiting(0)
    assert door.stored(badge) == ["admitted in"]


def test_an_answer_that_comes_late_takes_the_place_of_not_decided(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.enrol()

    def dawdle(route: Route) -> None:
        steward.page.wait_for_timeout(1600)
        route.continue_()

    steward.page.route(SCANS, dawdle)
    sent = scans_sent(steward)
    steward.type_as_reader(door.address(badge))
    steward.answer("Not decided")
    steward.answer("Enter", f"Visitor {badge + 1}")
    steward.waiting(0)
    assert (len(sent), door.stored(badge)) == (1, ["admitted in"])


def test_a_revoked_telephone_goes_back_to_enrolment_and_keeps_its_scans(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.enrol()
    steward.cut()
    steward.type_as_reader(door.address(badge))
    steward.answer("Not decided")
    door.revoke()
    steward.mend()
    expect(steward.page.locator("#enrol-reason")).to_contain_text("The supervisor took this telephone back.")
    assert (len(steward.kept()), steward.page.evaluate("localStorage.getItem('door.enrolment')"), door.stored(badge)) == (1, None, [])
    steward.enrol()
    steward.waiting(0)
    assert door.stored(badge) == ["admitted in"]


def test_enrolment_says_what_is_wrong_and_keeps_what_was_typed(phone: Phone, door: Door) -> None:
    steward = phone()
    steward.open()
    code, error, go = (steward.page.locator(part) for part in ("#code", "#code-error", "#enrol-form [type=submit]"))
    go.click()
    expect(error).to_have_text("Enter the code that the supervisor shows you.")
    code.fill("ABCD")
    go.click()
    expect(error).to_contain_text("The code has 8 letters and digits")
    code.fill("zzzz-9999")
    go.click()
    expect(error).to_contain_text("This code is not valid.")
    expect(code).to_have_value("zzzz-9999")
    expect(code).to_be_focused()
    steward.cut()
    code.fill(door.code())
    go.click()
    expect(error).to_contain_text("The server does not answer.")
    steward.mend()
    go.click()
    expect(steward.page.locator("#scan")).to_be_visible()


def test_the_code_comes_with_the_address_and_is_not_used_again(phone: Phone, door: Door) -> None:
    steward = phone()
    steward.open(f"/door/#{door.code()}")
    steward.page.locator("#enrol-form [type=submit]").click()
    expect(steward.page.locator("#gate")).to_have_text("Main gate")
    assert steward.page.evaluate("location.hash") == ""
    steward.open(f"/door/?code={door.code()}")
    steward.page.get_by_role("button", name="Stay at Main gate").click()
    expect(steward.page.locator("#scan")).to_be_visible()
    assert steward.page.evaluate("location.search") == ""


def test_the_telephone_is_given_back_after_a_question(phone: Phone) -> None:
    steward = phone()
    steward.enrol()
    steward.page.locator("[data-opens=more]").click()
    steward.page.locator("#leave-ask").click()
    steward.page.locator("#leave-no").click()
    expect(steward.page.locator("#scan")).to_be_visible()
    steward.page.locator("[data-opens=more]").click()
    steward.page.locator("#leave-ask").click()
    steward.page.locator("#leave-yes").click()
    expect(steward.page.locator("#enrol-reason")).to_contain_text("no longer belongs to a gate")
    assert steward.page.evaluate("localStorage.getItem('door.enrolment')") is None


def test_arabic_runs_from_right_to_left_and_the_language_is_changed_without_a_new_code(phone: Phone, door: Door, badge: int) -> None:
    steward = phone(locale="ar-MA")
    steward.enrol()
    assert steward.page.evaluate("[document.dir, getComputedStyle(document.getElementById('answer')).direction]") == ["rtl", "rtl"]
    steward.type_as_reader(door.address(badge))
    steward.answer("ادخل", f"Visitor {badge + 1}", "اسمحوا بالدخول.")
    steward.touch_away()
    steward.page.locator("[data-opens=more]").click()
    steward.page.get_by_role("link", name="Français").last.click()
    expect(steward.page.locator("#gate")).to_have_text("Main gate")
    steward.page.wait_for_timeout(300)
    steward.type_as_reader(door.address(badge))
    steward.answer("Regardez", "À l’intérieur depuis")


def test_the_clock_is_the_shows_whatever_the_telephones_zone(phone: Phone, door: Door) -> None:
    steward = phone(timezone_id="Asia/Tokyo")
    steward.enrol()
    shown = steward.page.locator("#clock")
    expect(shown).not_to_have_text("--:--")
    now = wall(clock.real_now(), "Africa/Casablanca")
    assert shown.inner_text() in {f"{now - timedelta(seconds=back):%H:%M}" for back in (0, 30)}


def test_a_telephone_whose_camera_is_refused_says_so_and_still_takes_a_hand_scanner(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.context.add_init_script("navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError') }")
    steward.enrol()
    expect(steward.page.locator("#hint")).to_contain_text("The camera is not allowed.")
    expect(steward.page.locator("#again")).to_be_visible()
    steward.type_as_reader(door.address(badge))
    steward.answer("Enter")


def test_a_browser_without_workers_reads_badges_in_the_page(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.context.add_init_script("window.Worker = class { constructor() { throw new TypeError('no module workers') } }")
    steward.enrol()
    steward.hold(door.address(badge))
    steward.answer("Enter", f"Visitor {badge + 1}")


@pytest.mark.parametrize(("locale", "width", "height"), [("fr-FR", 320, 568), ("ar-MA", 360, 740), ("en-GB", 740, 360), ("fr-FR", 1180, 820)])
def test_every_screen_is_accessible_and_fits(phone: Phone, door: Door, locale: str, width: int, height: int) -> None:
    first, second, steward = next(BADGES), next(BADGES), phone(locale=locale, width=width, height=height)
    steward.open()
    wrong: dict[str, Any] = {"enrolment": judged(steward)}
    steward.page.locator("#enrol-form [type=submit]").click()
    wrong["enrolment to mend"] = judged(steward)
    steward.enrol()
    expect(steward.page.locator("#finder")).to_have_attribute("data-camera", "on")
    wrong["scanning"] = judged(steward)
    for panel in ("by-hand", "more"):
        steward.page.locator(f"[data-opens={panel}]").click()
        wrong[panel] = judged(steward)
        steward.page.locator(f"[data-opens={panel}]").click()
    for kind, address in (("enter", door.address(first)), ("look", door.address(first)), ("stop", door.forged())):
        wrong[kind] = answered(steward, kind, address)
    steward.cut()
    wrong["undecided"] = answered(steward, "undecided", door.address(second))
    steward.mend()
    assert {screen: found for screen, found in wrong.items() if found} == {}


def answered(steward: Telephone, kind: str, address: str) -> list[str]:
    """Show an answer, judge its screen, and let it go."""
    steward.page.wait_for_timeout(1000)
    steward.type_as_reader(address)
    expect(steward.page.locator("#answer")).to_have_attribute("data-kind", kind)
    found = judged(steward)
    steward.touch_away()
    return found


def judged(steward: Telephone) -> list[str]:
    """List what axe finds, and whether the screen is wider than the telephone."""
    wide = steward.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return axe_violations(steward.page) + (["wider than the screen"] if wide else [])


def test_the_answer_is_said_aloud_and_closed_by_the_keyboard(phone: Phone, door: Door, badge: int) -> None:
    steward = phone()
    steward.enrol()
    steward.type_as_reader(door.address(badge))
    expect(steward.page.locator("#spoken")).to_have_text(f"Enter. Visitor {badge + 1}. Visitor. The badge is valid. Let them in.")
    steward.page.wait_for_timeout(400)
    steward.page.keyboard.press("Escape")
    expect(steward.page.locator("#answer")).to_be_hidden()
    steward.page.locator("#last").click()
    steward.answer("Enter", f"Visitor {badge + 1}")


def test_the_browser_finds_no_fault_with_the_manifest(phone: Phone) -> None:
    steward = phone()
    steward.open()
    manifest = steward.context.new_cdp_session(steward.page).send("Page.getAppManifest")
    assert (manifest["errors"], manifest["url"].partition("?")[0]) == ([], f"{steward.door.server.base}/door/manifest.webmanifest")


def test_the_page_opens_without_the_server_and_what_it_scans_then_is_sent_when_the_server_is_back(phone: Phone, door: Door, badge: int) -> None:
    steward = phone(service_workers="allow")
    steward.enrol()
    steward.page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    door.server.stop()
    steward.page.reload()
    expect(steward.page.locator("#gate")).to_have_text("Main gate")
    steward.hold(door.address(badge))
    steward.answer("Not decided")
    steward.waiting(1)
    door.server.start()
    steward.waiting(0)
    assert door.stored(badge) == ["admitted in"]
