"""Every public page and every page of an exhibitor, as people see them: three languages, telephone and desk, in a real browser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine, text

from tests.support.browser import TIMEOUT_MS, axe_violations
from tests.support.server import ROOT, Server, installation

pytestmark = pytest.mark.browser

PASSWORD = "demo-demo-demo-2018"
EXHIBITOR = "contact@atlas-usinage.example"
PUBLIC = ["/sistep-2018/", "/sistep-2018/exhibitors", "/sistep-2018/schedule", "/sistep-2018/visit", "/sistep-2018/visit/mail", "/sistep-2025/exhibit"]
PUBLIC += ["/sistep-2025/exhibit/organisation", "/sistep-2025/exhibit/contact", "/sistep-2025/exhibit/space", "/sign-in", "/sign-up", "/forgot", "/accounts/mailed"]
PUBLIC += [f"/sistep-2025/exhibit/{step}" for step in ("products", "companions", "extras", "resume/of-nobody")]
PUBLIC += ["/sistep-2025/exhibit/organisation?q=atlas"]
PUBLIC += ["/privacy", "/legal", "/nowhere", "/accounts/reset/of-yesterday", "/b/no-badge"]
OWNER = "owner@sistep.example"
OF_INSTALLATION = ["/organiser/", "/organiser/accounts", "/organiser/editions/new"]
ROOMY = 1000
OWN = ["", "staff/new", "team", "withdraw", "messages", "invoices", "invoices/billing", "contract", "catalogue", "catalogue/texts", "catalogue/logo", "documents"]
WIDTHS = (1280, 360)
NARROWEST = 320
LARGEST_SHIFT = 0.02

SHIFT = """() => new Promise(done => {
  let sum = 0
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value }).observe({ type: 'layout-shift', buffered: true })
  setTimeout(() => done(sum), 30)
})"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SAID = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), said = []
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement, words = walk.currentNode.textContent.trim()
    if (words && !parent.closest('[translate=no], script, style, [lang]:not(html)')) said.push(words)
  }
  return said
}"""


@dataclass
class Site:
    """The demo as it is served, and the addresses of its pages."""

    base: str
    paths: list[str]
    own: list[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, with few visitors."""
    with installation(tmp_path_factory.mktemp("pages"), app_env="demo", DEMO_PASSWORD=PASSWORD) as server:
        server.flask("demo", "load", "--visitors", "30")
        server.start()
        key, token, exhibitor = _rows(server)
        own = [f"/exhibitor/sistep-2018/{exhibitor}/{page}" for page in OWN]
        yield Site(server.base, [*PUBLIC, f"/sistep-2018/my/{key}", f"/b/{token}"], ["/me", "/account", "/account/password", "/sistep-2025/exhibit/join/2", *own])


def _rows(server: Server) -> tuple[str, str, int]:
    engine = create_engine(server.database_url)
    with engine.connect() as connection:
        visitor = connection.execute(text("SELECT a.personal_key, b.token FROM attendees a JOIN badges b ON b.attendee_id = a.id WHERE b.state = 'active' LIMIT 1")).one()
        mine = text("SELECT m.exhibitor_id FROM exhibitor_members m JOIN users u ON u.id = m.user_id WHERE u.email = :email AND m.role = 'owner' ORDER BY m.exhibitor_id")
        exhibitor = connection.execute(mine, {"email": EXHIBITOR}).scalars().first()
    engine.dispose()
    return visitor[0], visitor[1], int(exhibitor or 0)


def english(language: str) -> set[str]:
    """List the program's English texts that read otherwise in a language."""
    found = set()
    for file in sorted((ROOT / "translations" / language).glob("*.po")):
        with Path(file).open("rb") as content:
            found |= {str(m.id) for m in read_po(content) if isinstance(m.id, str) and isinstance(m.string, str) and m.string not in {"", m.id}}
    return found


@dataclass
class Look:
    """One look through the pages in one language, and all that is wrong."""

    page: Page
    site: Site
    language: str
    english: set[str]
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str, width: int) -> None:
        """Open a page as one who reads this language, on a screen of this width."""
        self.page.set_viewport_size({"width": width, "height": 800})
        self.page.goto(f"{self.site.base}{path}{'&' if '?' in path else '?'}lang={self.language}", wait_until="load")

    def judge(self, path: str) -> None:
        """Look at one page in both widths, and at the narrowest."""
        for width in WIDTHS:
            self.open(path, width)
            self.wrong += [] if path in self.page.url or path == "/me" else [f"{path} leads to {self.page.url}"]
            shift = float(self.page.evaluate(SHIFT))
            found = [f"shifts by {shift:.3f}"] if shift > LARGEST_SHIFT else []
            self.wrong += [f"{path} at {width}: {what}" for what in found + axe_violations(self.page)]
        self.page.set_viewport_size({"width": NARROWEST, "height": 800})
        sideways = int(self.page.evaluate(SIDEWAYS))
        self.wrong += [f"{path}: scrolls sideways by {sideways} px at {NARROWEST}"] if sideways > 0 else []
        self.wrong += [f"{path}: English: {words!r}" for words in self.page.evaluate(SAID) if words in self.english]

    def sign_in(self, email: str = EXHIBITOR) -> None:
        """Sign in, as an exhibitor if nothing else is said."""
        self.open("/sign-in", 1280)
        self.page.fill("#email", email)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button[type=submit]")


@pytest.fixture(params=["fr", "ar", "en"])
def look(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Look]:
    """A browser of somebody who reads one language."""
    context = browser.new_context(locale=request.param)
    page = context.new_page()
    page.set_default_timeout(TIMEOUT_MS * 2)
    look = Look(page, site, request.param, english(request.param) if request.param != "en" else set())
    page.on("console", lambda message: look.wrong.append(f"{page.url}: {message.text}") if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: look.wrong.append(f"{page.url}: {error}"))
    yield look
    context.close()


def test_every_page_is_whole_for_everybody(look: Look) -> None:
    for path in look.site.paths:
        look.judge(path)
    look.sign_in()
    for path in look.site.own:
        look.judge(path)
    assert look.wrong == []


def test_pages_of_no_edition_have_the_whole_width(look: Look) -> None:
    look.sign_in(OWNER)
    for path in OF_INSTALLATION:
        look.judge(path)
        look.open(path, 1280)
        wide = float(look.page.evaluate("document.querySelector('main').getBoundingClientRect().width"))
        look.wrong += [f"{path}: {wide} px of 1280"] if wide < ROOMY else []
    assert look.wrong == []


def test_what_is_wrong_with_a_page_would_be_seen(look: Look) -> None:
    look.open("/privacy", 360)
    look.english = {str(look.page.inner_text("h1")).strip()}
    harm = "main => { main.innerHTML += '<img src=/static/shared/star.svg><p style=\"color:red\">x</p>'; main.firstElementChild.setAttribute('width', 1); const wide = document.createElement('hr'); main.append(wide); wide.style.inlineSize = '900px' }"
    look.page.eval_on_selector("main", harm)
    assert axe_violations(look.page)
    assert int(look.page.evaluate(SIDEWAYS)) > 0
    assert look.english & set(look.page.evaluate(SAID))
    assert any("Content Security Policy" in said for said in look.wrong)
