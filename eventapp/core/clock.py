"""Two clocks: the real one, and the show's, which the demo sets back to the days of the show."""

import time
from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from sqlalchemy import CheckConstraint, Engine, select
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model, db

_LOOK_AGAIN_SECONDS = 1.0
_seen: WeakKeyDictionary[Engine, tuple[float, tuple[datetime, datetime] | None]] = WeakKeyDictionary()


class ClockAnchor(Model):
    """The demo's one anchor: at this real instant the show's clock stood at that one."""

    __tablename__ = "clock_anchor"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    real_at: Mapped[datetime]
    show_at: Mapped[datetime]


def real_now() -> datetime:
    """Tell the real time: for sessions, links, limits, retries and mail."""
    return datetime.now(UTC)


def anchor() -> tuple[datetime, datetime] | None:
    """Read the demo's anchor, at most once a second for each database; None on the real clock."""
    engine = db.engine
    at, found = _seen.get(engine, (-_LOOK_AGAIN_SECONDS, None))
    if time.monotonic() - at >= _LOOK_AGAIN_SECONDS:
        with engine.connect() as connection:
            row = connection.execute(select(ClockAnchor.real_at, ClockAnchor.show_at)).first()
            connection.commit()  # a rollback would make psycopg forget its prepared statements
        found = (row[0], row[1]) if row else None
        _seen[engine] = (time.monotonic(), found)
    return found


def show_now() -> datetime:
    """Tell the show's time: the real one, unless the demo's anchor moves it."""
    found = anchor()
    return real_now() if found is None else found[1] + (real_now() - found[0])


def forget_anchor() -> None:
    """Read the anchor anew at the next look: after the demo was loaded, and between tests."""
    _seen.clear()
