"""Badges and the revocation list."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import BigId, Model


class Badge(Model):
    """What an attendee carries. A reissue keeps the serial and raises the counter; one badge of an attendee is active."""

    __tablename__ = "badges"
    __table_args__ = (
        UniqueConstraint("edition_id", "serial", "counter"),
        ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"]),
        CheckConstraint("state IN ('active','replaced','revoked')", name="state"),
        CheckConstraint("serial BETWEEN 1 AND 4294967295", name="serial"),
        CheckConstraint("counter BETWEEN 1 AND 255", name="counter"),
        CheckConstraint("zones BETWEEN 0 AND 65535", name="zones"),
        Index("uq_badges_active", "attendee_id", unique=True, sqlite_where=text("state = 'active'"), postgresql_where=text("state = 'active'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    attendee_id: Mapped[int] = mapped_column(index=True)
    serial: Mapped[int] = mapped_column(BigInteger)
    counter: Mapped[int]
    category: Mapped[str] = mapped_column(String(12))
    zones: Mapped[int]  # bit mask of zone bits
    first_day: Mapped[date]
    last_day: Mapped[date]
    state: Mapped[str] = mapped_column(String(8), default="active")
    token: Mapped[str] = mapped_column(String(132))
    issued_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class HeldMail(Model):
    """A mail with a badge that waits until the holder's exhibitor has paid what the edition asks for."""

    __tablename__ = "held_badge_mails"
    __table_args__ = (
        ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"]),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
    )

    attendee_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(index=True)
    occasion: Mapped[str] = mapped_column(String(60))


class Revocation(Model):
    """A line of the revocation list: badges of this serial up to this counter open no door."""

    __tablename__ = "revocations"
    __table_args__ = (UniqueConstraint("edition_id", "sequence"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    sequence: Mapped[int]
    serial: Mapped[int] = mapped_column(BigInteger)
    up_to_counter: Mapped[int]
    at: Mapped[datetime]
