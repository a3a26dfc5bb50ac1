"""A steward's telephone in a real browser: a served door, a camera that shows badges, and what the server has stored."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import text

from eventapp import create_app
from eventapp.badges import qr, token
from eventapp.core import clock
from eventapp.core.db import db
from eventapp.doors.operations import prepare_device, revoke_device
from tests.load.doors import seed
from tests.support.browser import TIMEOUT_MS
from tests.support.cast import EIGHT
from tests.support.databases import test_settings
from tests.support.server import Server, installation

expect.set_options(timeout=TIMEOUT_MS)

API = "**/api/v1/door/**"
SCANS = "**/api/v1/door/scans"
USUAL = ("Failed to load resource", "Service Worker registration blocked by Playwright")

# A canvas in place of the camera: a grey wall, and in front of it the badge that `hold` gives.
CAMERA = """
{
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
  const pen = canvas.getContext("2d");
  const side = 6;
  let turn = 0;
  window.held = null;
  setInterval(() => {
    pen.fillStyle = (turn += 1) % 2 ? "#8d99a3" : "#8d99a4";
    pen.fillRect(0, 0, 640, 480);
    if (!window.held) return;
    pen.fillStyle = "#fff";
    pen.fillRect(161, 81, 53 * side, 53 * side);
    pen.fillStyle = "#000";
    window.held.forEach((row, y) => [...row].forEach((dark, x) => dark === "1" && pen.fillRect(185 + x * side, 105 + y * side, side, side)));
  }, 66);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(15);
}
"""


@dataclass
class Door:
    """A served installation with one gate and some badges."""

    server: Server
    app: Flask
    edition_id: int
    gate: int
    tokens: Sequence[str]

    def code(self) -> str:
        """Prepare a device; return its enrolment code."""
        with self.app.app_context():
            return prepare_device(self.edition_id, gate_id=self.gate, label="Phone 3", actor_id=None, now=EIGHT, real_now=clock.real_now()).code

    def revoke(self) -> None:
        """Take the device that was enrolled last out of use."""
        with self.app.app_context():
            device = db.session.execute(text("SELECT max(id) FROM devices WHERE enrolled_at IS NOT NULL")).scalar_one()
            revoke_device(device, actor_id=None, now=EIGHT)

    def address(self, number: int) -> str:
        """Write what the QR symbol of a badge says."""
        with self.app.app_context():
            return token.address(self.tokens[number])

    def forged(self) -> str:
        """Write a good badge's contents, signed by somebody else."""
        with self.app.app_context():
            payload = token.read(self.tokens[0], token.keyring().public_keys)
            return token.address(token.sign(payload, Ed25519PrivateKey.generate()))

    def stored(self, number: int | None = None) -> list[str]:
        """List the outcomes stored for a badge, or for codes that are none, in the order they happened."""
        where = "serial IS NULL" if number is None else f"serial = {number + 1}"
        with self.app.app_context():
            rows = db.session.execute(text(f"SELECT outcome, direction FROM scans WHERE {where} ORDER BY happened_at")).all()
            db.session.rollback()
            return [f"{outcome} {direction}" for outcome, direction in rows]


@contextmanager
def open_door(folder: Path, badges: int) -> Iterator[Door]:
    """Serve a door."""
    url = f"sqlite:///{folder / 'eventapp.sqlite'}"
    with installation(folder, url) as server:
        app = create_app(test_settings(folder, url, base_url=server.base))
        gate, tokens, _key = seed(app, badges)
        with app.app_context():
            edition_id = int(db.session.execute(text("SELECT edition_id FROM gates")).scalar_one())
            db.session.remove()
            db.engine.dispose()
        server.start()
        yield Door(server, app, edition_id, gate, tokens)
        with app.app_context():
            db.engine.dispose()


def hold(page: Page, address: str | None) -> None:
    """Hold a badge before a page's camera, or take it away."""
    drawn = ["".join("1" if dark else "0" for dark in row) for row in qr.modules(address)] if address else None
    page.evaluate("drawn => { window.held = drawn }", drawn)


@dataclass
class Telephone:
    """A steward's telephone with the scanner open."""

    page: Page
    door: Door
    troubles: list[str] = field(default_factory=list)

    @property
    def context(self) -> BrowserContext:
        """The browser's storage that the telephone stands for."""
        return self.page.context

    def open(self, path: str = "/door/") -> None:
        """Open the scanner."""
        self.page.goto(self.door.server.base + path)

    def enrol(self, code: str | None = None) -> None:
        """Type the code that the supervisor shows."""
        self.open()
        self.page.locator("#code").fill(code or self.door.code())
        self.page.locator("#enrol-form [type=submit]").click()
        expect(self.page.locator("#scan")).to_be_visible()

    def hold(self, address: str | None) -> None:
        """Hold a badge before the camera, or take it away."""
        hold(self.page, address)

    def take_away(self) -> None:
        """Take the badge away for long enough that showing it again is meant."""
        self.hold(None)
        self.page.wait_for_timeout(2500)

    def type_as_reader(self, address: str) -> None:
        """Type a badge's code as a hand scanner does."""
        self.page.keyboard.type(address, delay=2)
        self.page.keyboard.press("Enter")

    def touch_away(self) -> None:
        """Touch the answer, after a look at it."""
        self.page.wait_for_timeout(400)
        self.page.locator("#answer-word").click()
        expect(self.page.locator("#answer")).to_be_hidden()

    def answer(self, word: str, *more: str) -> None:
        """Expect an answer: its word, and texts that stand in it."""
        expect(self.page.locator("#answer-word")).to_have_text(word)
        for part in more:
            expect(self.page.locator("#answer")).to_contain_text(part)

    def waiting(self, amount: int) -> None:
        """Expect so many scans to wait."""
        expect(self.page.locator("#waiting-count")).to_have_text(str(amount))

    def kept(self) -> list[dict[str, Any]]:
        """Read what the telephone keeps on its disk."""
        found: list[dict[str, Any]] = self.page.evaluate(
            """() => new Promise(done => { const opening = indexedDB.open("door", 1); opening.onsuccess = () => {
                const reading = opening.result.transaction("facts").objectStore("facts").getAll();
                reading.onsuccess = () => { opening.result.close(); done(reading.result); } } })"""
        )
        return found

    def cut(self) -> None:
        """Cut the network to the door's interface."""
        self.page.route(API, lambda route: route.abort())

    def mend(self) -> None:
        """Put the network back."""
        self.page.unroute(API)


def telephone(browser: Browser, door: Door, *, locale: str = "en-GB", width: int = 360, height: int = 740, **more: Any) -> Telephone:
    """Switch on a telephone; `troubles` collects what its browser complains of."""
    context = browser.new_context(locale=locale, viewport={"width": width, "height": height}, **({"service_workers": "block"} | more))
    context.set_default_timeout(TIMEOUT_MS)
    context.add_init_script(CAMERA)
    page = context.new_page()
    phone = Telephone(page, door)
    page.on("pageerror", lambda error: phone.troubles.append(str(error)))
    page.on("console", lambda said: phone.troubles.append(said.text) if said.type in {"error", "warning"} and not said.text.startswith(USUAL) else None)
    return phone


def scans_sent(phone: Telephone) -> list[str]:
    """Collect the ids of scans that the telephone sends from now on."""
    sent: list[str] = []
    phone.page.on(
        "request", lambda request: sent.extend(scan["id"] for scan in json.loads(request.post_data or "{}")["scans"]) if urlsplit(request.url).path.endswith("/scans") else None
    )
    return sent
