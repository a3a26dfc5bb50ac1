"""One day of the show in a real browser: telephones in French and Arabic, the organisers' desks, a camera at the gate."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from eventapp import create_app
from eventapp.accounts.models import Role
from eventapp.accounts.passwords import hash_password
from eventapp.core import clock
from eventapp.core.clock import ClockAnchor
from eventapp.core.db import db, transaction
from tests.support.browser import TIMEOUT_MS, axe_violations
from tests.support.cast import PASSWORD, SISTEP_DAYS, TEN_O_CLOCK, grant, make_edition, make_user
from tests.support.codes import token_on
from tests.support.databases import test_settings
from tests.support.exhibiting import make_stand
from tests.support.scanning import CAMERA, hold
from tests.support.server import Server, installation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("day")]

SHOW, DESK = "/sistep-2018", "/organiser/sistep-2018"
ROLES = (Role.EXHIBITOR_MANAGER, Role.PROGRAMME_MANAGER, Role.PROTOCOL_OFFICER, Role.DOOR_SUPERVISOR, Role.ADMINISTRATOR)
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@dataclass
class Day:
    """A served show on its first day, and the browsers of those who take part."""

    server: Server
    browser: Browser
    contexts: list[BrowserContext]

    def open(self, path: str, locale: str, size: dict[str, int]) -> Page:
        """Open a page in a browser of its own."""
        context = self.browser.new_context(locale=locale, viewport=size, service_workers="block")  # type: ignore[arg-type]
        context.set_default_timeout(TIMEOUT_MS)
        context.add_init_script(CAMERA)
        self.contexts.append(context)
        page = context.new_page()
        page.goto(self.server.base + path)
        return page

    def desk(self, role: Role, path: str) -> Page:
        """Sign in with a role by the sign-in page and open a page of the organisers."""
        page = self.open(f"/sign-in?next={DESK}{path}", "en-GB", DESKTOP)
        fill(page, email=f"{role}@show.example", password=PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**{DESK}{path}")
        return page

    def address(self, page: Page) -> str:
        """Read the code of the badge that a page shows; return what it says on this server."""
        return f"{self.server.base}/B/{token_on(page.content())}".upper()

    def mail_with(self, words: str) -> str:
        """Wait for the mail that has these words; return its text."""
        for _ in range(150):
            for file in sorted((self.server.folder / "outbox").glob("*.eml")):
                body = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("plain",))
                text = str(body.get_content()) if body else ""
                if words in text:
                    return text
            self.contexts[0].pages[0].wait_for_timeout(200)
        raise AssertionError(f"no mail with {words!r}")


@pytest.fixture
def day(browser: Browser, tmp_path: Path) -> Iterator[Day]:
    """The show at ten on its first day, with stand B12 free, one account for each role, server and worker running."""
    url = f"sqlite:///{tmp_path / 'eventapp.sqlite'}"
    with installation(tmp_path, url, app_env="demo") as server:
        app = create_app(test_settings(tmp_path, url, base_url=server.base))
        with app.app_context():
            edition = make_edition("sistep-2018", 11, *SISTEP_DAYS, is_current=True)
            make_stand(edition, "B12")
            for role in ROLES:
                grant(make_user(f"{role}@show.example", f"{role} of the show", password_hash=hash_password(PASSWORD)), edition, role)
            with transaction():
                db.session.add(ClockAnchor(real_at=clock.real_now(), show_at=TEN_O_CLOCK))
            db.session.remove()
            db.engine.dispose()
        server.start()
        server.start_worker()
        shown = Day(server, browser, [])
        yield shown
        for context in shown.contexts:
            context.close()
        assert "BREACH" not in server.flask("doctor")


def fill(page: Page, **fields: str) -> None:
    """Fill fields in by their names: a text, the words of a select's option, or the value of a choice."""
    for name, value in fields.items():
        fields_ = page.locator(f"[name='{name}']:visible")
        kind = fields_.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            option = fields_.locator("option", has_text=value).first
            fields_.select_option(str(option.get_attribute("value")))
        elif kind in {"radio", "checkbox"}:
            page.locator(f"[name='{name}'][value='{value}']").check()
        else:
            fields_.first.fill(value)


def press(page: Page, words: str) -> None:
    """Press the button with these words and wait for the page that comes."""
    with page.expect_navigation():
        page.get_by_role("button", name=words).and_(page.locator(":visible")).first.click()


def record(karim: Page, base: str, title: str, *parties: tuple[str, str, str]) -> str:
    """Record an agreement page by page; return its address."""
    karim.goto(f"{base}{DESK}/agreements/new")
    fill(karim, kind="memorandum", title_fr=title)
    press(karim, "Continue")
    for number, (name, _given, _family) in enumerate(parties):
        fill(karim, **{f"parties-{number}-name": name, f"parties-{number}-country": "Morocco"})
    press(karim, "Continue")
    for number, (_name, given, family) in enumerate(parties):
        one = f"parties-{number}-signatories-0"
        fill(karim, **{f"{one}-given": given, f"{one}-family": family, f"{one}-capacity_fr": "Président"})
    press(karim, "Continue")
    press(karim, "Record the agreement")
    return karim.url


def schedule_signing(karim: Page, agreement: str, *, start: str, length: str, part: str = "", room: str = "") -> None:
    """Give a signing its time, in a room or as a part of a session."""
    karim.goto(f"{agreement}/signing")
    fill(karim, day="12 April", start=start, length=length)
    if part:
        karim.get_by_role("radio", name=part).check()
    else:
        fill(karim, room=room)
    press(karim, "Schedule the signing")


def exhibitor_registers(day: Day) -> Page:
    """Register in French on a telephone and confirm the address; return the exhibitor's own page."""
    amina = day.open(f"{SHOW}/exhibit", "fr-FR", PHONE)
    amina.get_by_role("link", name="Commencer l’inscription").click()
    fill(amina, name="Fonderie de l’Atlas", name_ar="مسبك الأطلس", city="Casablanca", sector="Tôlerie", ice="001561191000066")
    press(amina, "Enregistrer et continuer")
    fill(amina, contact_name="Amina Benali", contact_email="amina@atlas.example", contact_phone="0522 00 00 00", language="fr")
    press(amina, "Enregistrer et continuer")
    fill(amina, stand_kind="equipped", area="18", wish_1="B12")
    press(amina, "Enregistrer et continuer")
    amina.locator("[name=confirmed]").check()
    press(amina, "Envoyer")
    expect(amina.locator("main")).to_contain_text(re.compile("E-[0-9A-Z]{6}"))
    confirm = re.search(r"https?://\S+/accounts/confirm/\S+", day.mail_with("/accounts/confirm/"))
    assert confirm
    amina.goto(confirm.group())
    fill(amina, password=PASSWORD)
    press(amina, "Confirmer")
    expect(amina.locator("main")).to_contain_text("Adresse confirmée")
    return amina


def organiser_gives_b12(day: Day) -> None:
    """Accept the application and allocate the stand."""
    ghita = day.desk(Role.EXHIBITOR_MANAGER, "/exhibitors")
    ghita.get_by_role("link", name="Fonderie de l’Atlas").first.click()
    press(ghita, "Accept")
    fill(ghita, stand="B12")
    press(ghita, "Allocate")
    expect(ghita.locator("main")).to_contain_text("B12")


def exhibitor_adds_staff(amina: Page) -> None:
    """See the stand, add two people, download their badges."""
    amina.reload()
    expect(amina.locator(".stand-sign")).to_have_text("B12")
    for given, family in (("Youssef", "Alami"), ("Salma", "Idrissi")):
        amina.get_by_role("link", name="Ajouter une personne").click()
        fill(amina, given=given, family=family)
        press(amina, "Ajouter")
    with amina.expect_download() as download:
        amina.get_by_role("link", name="Tous les badges").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")


def visitor_registers(day: Day) -> str:
    """Register in Arabic on a telephone; return what the badge's code says."""
    omar = day.open(f"{SHOW}/visit", "ar-MA", PHONE)
    assert omar.locator("html").get_attribute("dir") == "rtl"
    fill(omar, given="Omar", family="Tazi", email="omar@visitor.example", country="المغرب")
    omar.locator("main form button[type=submit]").click()
    omar.wait_for_url("**/my/**")
    expect(omar.locator("main")).to_contain_text("Omar")
    assert axe_violations(omar) == []
    assert "/my/" in day.mail_with("Omar Tazi")
    return day.address(omar)


def programme_has_the_inauguration(day: Day) -> Page:
    """Add two rooms and the inauguration; return the programme manager's page."""
    hajar = day.desk(Role.PROGRAMME_MANAGER, "/programme/rooms/new")
    for room, name in (("auditorium", "Auditorium"), ("salon", "Signing room")):
        hajar.goto(f"{day.server.base}{DESK}/programme/rooms/new")
        fill(hajar, code=room, name_en=name, capacity="300", turnover="0")
        press(hajar, "Add the room")
    hajar.goto(f"{day.server.base}{DESK}/programme/new")
    fill(hajar, kind="Inauguration", title_fr="Inauguration de SISTEP", title_ar="افتتاح سيستيب", title_en="Inauguration of SISTEP")
    fill(hajar, day="12 April", start="11:00", length="90", room="Auditorium")
    press(hajar, "Add the session")
    return hajar


def signings_are_scheduled(day: Day, hajar: Page) -> None:
    """Sign the memorandum during the inauguration; the same person elsewhere at that time is refused by name, and nothing typed is lost."""
    karim = day.desk(Role.PROTOCOL_OFFICER, "/agreements")
    memorandum = record(karim, day.server.base, "Mémorandum d’entente", ("FIMME", "Abdelhamid", "Souiri"), ("Arts et Métiers ParisTech", "Laurent", "Champaney"))
    schedule_signing(karim, memorandum, start="11:45", length="30", part="Inauguration")
    expect(karim.locator("main")).to_contain_text("11:45")
    other = record(karim, day.server.base, "Accord-cadre", ("FIMME", "Abdelhamid", "Souiri"), ("Fonderie du Rif", "Nadia", "Bennis"))
    schedule_signing(karim, other, start="12:00", length="20", room="Signing room")
    for named in ("Abdelhamid Souiri", "Mémorandum d’entente", "11:45"):
        expect(karim.locator(".error-summary")).to_contain_text(named)
    expect(karim.locator("[name=start]")).to_have_value("12:00")
    hajar.goto(f"{day.server.base}{DESK}/programme/publish")
    press(hajar, "Publish")


def anybody_reads_the_schedule(day: Day) -> None:
    """Read it in three languages on a telephone."""
    for locale, title in (("fr-FR", "Inauguration de SISTEP"), ("ar-MA", "افتتاح سيستيب"), ("en-GB", "Inauguration of SISTEP")):
        reader = day.open(f"{SHOW}/schedule", locale, PHONE)
        for shown in (title, "Auditorium", "Laurent Champaney"):
            expect(reader.locator("main")).to_contain_text(shown)


def a_phone_is_prepared(day: Day) -> str:
    """Make the main gate and prepare a device; return the code for the steward."""
    supervisor = day.desk(Role.DOOR_SUPERVISOR, "/doors")
    supervisor.goto(f"{day.server.base}{DESK}/doors/gates/new")
    fill(supervisor, code="main", name_fr="Porte principale", name_ar="البوابة الرئيسية", name_en="Main gate", zone="Show floor")
    press(supervisor, "gate")
    supervisor.goto(f"{day.server.base}{DESK}/doors/devices/new")
    fill(supervisor, gate="Main gate", label="Phone 3")
    press(supervisor, "Make the code")
    enrolment = re.search(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b", supervisor.locator("main").inner_text())
    assert enrolment
    return enrolment.group()


def steward_scans(day: Day, code: str, badge: str) -> None:
    """Enrol a phone and scan with its camera: enter, look, stop, and the next good one enters."""
    lina = day.open(f"{SHOW}/visit", "fr-FR", PHONE)
    fill(lina, given="Lina", family="Chraibi", email="lina@visitor.example", country="Maroc")
    lina.locator("main form button[type=submit]").click()
    lina.wait_for_url("**/my/**")
    good, forged = day.address(lina), badge[:-20] + ("A" if badge[-20] != "A" else "B") + badge[-19:]

    steward = day.open("/door/", "en-GB", PHONE)
    steward.locator("#code").fill(code)
    steward.locator("#enrol-form [type=submit]").click()
    expect(steward.locator("#scan")).to_be_visible()
    for shown, word, said in ((badge, "Enter", "Omar Tazi"), (badge, "Look", "Main gate"), (forged, "Stop", "supervisor"), (good, "Enter", "Lina Chraibi")):
        hold(steward, shown)
        expect(steward.locator("#answer-word")).to_have_text(word)
        expect(steward.locator("#answer")).to_contain_text(said)
        hold(steward, None)
        steward.wait_for_timeout(2500)


def test_one_day_of_the_show_in_a_browser(day: Day) -> None:
    amina = exhibitor_registers(day)
    organiser_gives_b12(day)
    exhibitor_adds_staff(amina)
    badge = visitor_registers(day)
    signings_are_scheduled(day, programme_has_the_inauguration(day))
    anybody_reads_the_schedule(day)
    steward_scans(day, a_phone_is_prepared(day), badge)
    adil = day.desk(Role.ADMINISTRATOR, "/")
    expect(adil.locator("main")).to_contain_text("Inauguration of SISTEP")
    assert axe_violations(adil) == []
