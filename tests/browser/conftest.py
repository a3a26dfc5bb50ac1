"""A real Chromium, once for a worker, and pages that report what a reader would never see."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from tests.support.browser import launch, prepare_environment

prepare_environment()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser that `tests/support/browser.py` finds."""
    chromium = launch(playwright)
    yield chromium
    chromium.close()
