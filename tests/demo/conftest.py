"""A small demo, loaded once for each database and brought back for every test that looks at it."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db
from eventapp.demo.operations import load_demo
from eventapp.demo.operations.exhibitors import Counts
from eventapp.demo.rules.crowd import Size
from eventapp.demo.rules.people import SHOW_START
from tests.support.cast import PASSWORD
from tests.support.databases import Store

SMALL, FEW = Size(visitors=40, admitted=30), Counts(accepted=12, waiting=3, waitlisted=1, refused=1)
REAL_NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


def load_small() -> None:
    """Load a small demo whose accounts have the tests' password."""
    load_demo(PASSWORD, size=SMALL, counts=FEW, show_at=SHOW_START, real_now=REAL_NOW)


@pytest.fixture
def small_demo(app: Flask, store: Store) -> None:
    """The small demo."""
    db.session.remove()
    db.engine.dispose()
    if not store.bring("small_demo"):
        load_small()
        db.session.remove()
        db.engine.dispose()
        store.set_aside("small_demo")
    clock.forget_anchor()
