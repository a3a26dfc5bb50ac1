"""Pages whose button was pressed: what one page asks for is done once, however often and however fast it is sent."""

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import String, Table, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model, db, insert_new

KEPT = timedelta(days=2)
_SWEPT_AT_ONCE = 20


class Press(Model):
    """One page that did what it asks for, and the address that it led to. The key is a hash: it names neither the person nor what was typed."""

    __tablename__ = "presses"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    led_to: Mapped[str] = mapped_column(String(500))
    pressed_at: Mapped[datetime] = mapped_column(index=True)


def claim(key: str, now: datetime) -> str | None:
    """Take a page's key inside an operation; when it is taken, say where the first press led. A press that runs at the same time is waited for."""
    if insert_new(cast("Table", Press.__table__), [{"key": key, "led_to": "", "pressed_at": now}], ["key"]):
        _sweep(now)
        return None
    return db.session.scalars(select(Press.led_to).where(Press.key == key)).one()


def note_where(key: str, led_to: str) -> None:
    """Note where the press of a page led, inside the same operation."""
    db.session.execute(update(Press).where(Press.key == key).values(led_to=led_to))


def _sweep(now: datetime) -> None:
    """Forget a few presses that are too old to be repeated; two that sweep at once leave each other's alone."""
    old = select(Press.key).where(Press.pressed_at < now - KEPT).limit(_SWEPT_AT_ONCE).with_for_update(skip_locked=True)
    db.session.execute(delete(Press).where(Press.key.in_(old)), execution_options={"synchronize_session": False})
