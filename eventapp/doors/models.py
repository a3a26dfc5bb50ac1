"""Gates, devices, scans, and what is computed from scans."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.append_only import append_only
from eventapp.core.db import BigId, Model


class Gate(Model):
    """A door into a zone."""

    __tablename__ = "gates"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["zone_id", "edition_id"], ["zones.id", "zones.edition_id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    zone_id: Mapped[int]
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Device(Model):
    """A phone or reader at a gate. Its secret is kept as a hash."""

    __tablename__ = "devices"
    __table_args__ = (
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["gate_id", "edition_id"], ["gates.id", "gates.edition_id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    gate_id: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)  # of the enrolment code, until it is used
    code_expires_at: Mapped[datetime | None]
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    enrolled_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]
    gate: Mapped[Gate] = relationship(primaryjoin="foreign(Device.gate_id) == Gate.id", viewonly=True)


@append_only
class Scan(Model):
    """One reading of a badge at a gate: an immutable fact, with the answer that was given. It never holds what a foreign code said."""

    __tablename__ = "scans"
    __table_args__ = (
        CheckConstraint("direction IN ('in','out')", name="direction"),
        CheckConstraint("verdict IN ('','enter','look','stop')", name="verdict"),
        CheckConstraint("outcome IN ('admitted','already_inside','refused','stored')", name="outcome"),
        CheckConstraint("attendee_id IS NOT NULL OR NOT passed", name="passed"),
        CheckConstraint("NOT counted OR (passed AND direction = 'in')", name="counted"),
        ForeignKeyConstraint(["gate_id", "edition_id"], ["gates.id", "gates.edition_id"]),
        ForeignKeyConstraint(["zone_id", "edition_id"], ["zones.id", "zones.edition_id"]),
        ForeignKeyConstraint(["device_id", "edition_id"], ["devices.id", "devices.edition_id"]),
        ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"]),
        ForeignKeyConstraint(["since_gate_id", "edition_id"], ["gates.id", "gates.edition_id"]),
        Index("ix_scans_edition", "edition_id", "happened_at"),
        Index("ix_scans_device", "device_id", "received_at"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)  # made by the device
    edition_id: Mapped[int]  # that it exists is known from the gate
    gate_id: Mapped[int]
    zone_id: Mapped[int]  # into which the gate led then
    device_id: Mapped[int]
    attendee_id: Mapped[int | None] = mapped_column(index=True)
    serial: Mapped[int | None] = mapped_column(BigInteger)
    counter: Mapped[int | None]
    direction: Mapped[str] = mapped_column(String(3))
    scanned_at: Mapped[datetime]  # the device's clock, as the device told it
    clock_offset_ms: Mapped[int] = mapped_column(BigInteger)  # server minus device, as measured by the device
    happened_at: Mapped[datetime]  # scanned_at put right by the offset, or the server's time where that cannot be
    clock_doubtful: Mapped[bool]  # it could not be
    day: Mapped[date]  # of happened_at, by the edition's wall clock
    received_at: Mapped[datetime]
    verdict: Mapped[str] = mapped_column(String(8))  # what the device showed by itself: enter, look, stop; nothing when it asked the server
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(30))
    passed: Mapped[bool]  # the holder went through
    counted: Mapped[bool]  # and is a visitor, by the hats of then
    since_at: Mapped[datetime | None]  # the answer's "inside since"
    since_gate_id: Mapped[int | None]


class Presence(Model):
    """Whether an attendee is inside a zone, computed from scans; `flask doors recount` makes it anew. Everybody is outside when a day begins."""

    __tablename__ = "presence"
    __table_args__ = (
        ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"]),
        ForeignKeyConstraint(["zone_id", "edition_id"], ["zones.id", "zones.edition_id"]),
        ForeignKeyConstraint(["gate_id", "edition_id"], ["gates.id", "gates.edition_id"]),
    )

    edition_id: Mapped[int] = mapped_column(index=True)
    attendee_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    zone_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    inside: Mapped[bool]
    day: Mapped[date]  # for which it holds
    changed_at: Mapped[datetime]  # of the scan that decided it
    gate_id: Mapped[int]
    scan_id: Mapped[UUID] = mapped_column(Uuid)
    last_at: Mapped[datetime]  # of the last scan, which may have changed nothing
    last_scan_id: Mapped[UUID] = mapped_column(Uuid)


class Visit(Model):
    """One counted visit: at most one per attendee per day, computed from scans."""

    __tablename__ = "visits"
    __table_args__ = (
        UniqueConstraint("attendee_id", "day"),
        ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"]),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int] = mapped_column(index=True)
    attendee_id: Mapped[int]
    day: Mapped[date]
    first_at: Mapped[datetime]
