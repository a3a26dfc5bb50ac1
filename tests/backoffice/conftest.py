"""The show's clock stands at ten in the morning of the first day."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.clock import ClockAnchor
from eventapp.core.db import db, transaction

TEN = datetime(2018, 4, 12, 9, 0, tzinfo=UTC)


def set_clock(at: datetime) -> None:
    """Let the show's clock read this now, as the demo does."""
    with transaction():
        db.session.merge(ClockAnchor(id=1, real_at=clock.real_now(), show_at=at))
    clock.forget_anchor()


@pytest.fixture
def ten(app: Flask) -> datetime:
    """Set the show's clock to ten o'clock."""
    set_clock(TEN)
    return TEN
