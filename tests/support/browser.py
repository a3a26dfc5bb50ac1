"""A real Chromium for tests: found, started with the flags that a test machine needs, and judged by axe."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
TIMEOUT_MS = 15_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


@cache
def chromium() -> tuple[str, dict[str, str]]:
    """Find a Chromium: CHROMIUM, one on the PATH, or the one that npm brought; with the environment it needs."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found:
        return found, {}
    unpacked = subprocess.run(["node", "tools/chromium.mjs"], cwd=ROOT, check=True, capture_output=True, text=True, timeout=120)
    path = (ROOT / unpacked.stdout.strip()).resolve()
    return str(path), {"LD_LIBRARY_PATH": str(path.parent / "lib")}


def prepare_environment() -> None:
    """Let Playwright use the system's Node: its own one needs a library that a bare system lacks."""
    node = shutil.which("node")
    if node:
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    path, environment = chromium()
    return playwright.chromium.launch(executable_path=path, args=FLAGS, env={**os.environ, **environment}, timeout=60_000)


def axe_violations(page: Page) -> list[str]:
    """Judge a page by axe (WCAG 2.2 AA); return what is wrong, in words."""
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found: dict[str, Any] = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    return [f"{v['id']}: {v['nodes'][0]['target'][0]}" for v in found["violations"]]
