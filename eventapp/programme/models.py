"""Rooms, sessions, people on stage, the occupancy that forbids double bookings, published versions."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.append_only import append_only
from eventapp.core.db import Model


class SessionKind(StrEnum):
    """What a session is."""

    INAUGURATION = "inauguration"
    CONFERENCE = "conference"
    ROUND_TABLE = "round_table"
    WORKSHOP = "workshop"
    DEMONSTRATION = "demonstration"
    SIGNING = "signing"
    CEREMONY = "ceremony"


class StageRole(StrEnum):
    """What a person does in a session."""

    SPEAKER = "speaker"
    CHAIR = "chair"
    SIGNATORY = "signatory"
    WITNESS = "witness"


def _one_of(column: str, values: type[StrEnum]) -> str:
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


class Room(Model):
    """A place where sessions are held."""

    __tablename__ = "rooms"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["hall_id", "edition_id"], ["halls.id", "halls.edition_id"]),
        CheckConstraint("turnover_minutes >= 0 AND turnover_minutes % 5 = 0", name="turnover"),
        CheckConstraint("capacity > 0", name="capacity"),
        {"sqlite_autoincrement": True},  # an id is never given twice: a page about a removed one hits no newer one
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    hall_id: Mapped[int | None]
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, str]]
    capacity: Mapped[int]
    turnover_minutes: Mapped[int] = mapped_column(default=0)  # claimed after a session
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class ProgrammeSession(Model):
    """Anything in the programme. Times are wall time: day, start in minutes after midnight, fold, length in minutes."""

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("edition_id", "slug"),
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["parent_id", "edition_id"], ["sessions.id", "sessions.edition_id"]),
        ForeignKeyConstraint(["room_id", "edition_id"], ["rooms.id", "rooms.edition_id"]),
        CheckConstraint(_one_of("kind", SessionKind), name="kind"),
        CheckConstraint("state IN ('draft','scheduled','cancelled')", name="state"),
        CheckConstraint("start_minute >= 0 AND start_minute < 1440 AND start_minute % 5 = 0", name="grid_start"),
        CheckConstraint("length_minutes > 0 AND length_minutes % 5 = 0", name="grid_length"),
        CheckConstraint("fold IN (0, 1)", name="fold"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
        CheckConstraint("state <> 'scheduled' OR (day IS NOT NULL AND start_minute IS NOT NULL AND length_minutes IS NOT NULL AND room_id IS NOT NULL)", name="placed"),
        CheckConstraint("clearing_minutes >= 0 AND clearing_minutes % 5 = 0", name="clearing"),
        CheckConstraint("(clearing_minutes IS NULL) = (clearing_reason = '')", name="clearing_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(index=True)
    room_id: Mapped[int | None] = mapped_column(index=True)
    slug: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    title: Mapped[dict[str, str]]
    folded: Mapped[str] = mapped_column(String(600), default="")  # the titles, folded for search
    abstract: Mapped[dict[str, str]]
    languages: Mapped[list[str]]  # spoken
    day: Mapped[date | None]
    start_minute: Mapped[int | None]
    fold: Mapped[int] = mapped_column(default=0)
    length_minutes: Mapped[int | None]
    clearing_minutes: Mapped[int | None]  # instead of the room's, for a recorded reason
    clearing_reason: Mapped[str] = mapped_column(String(200), default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    uid: Mapped[str] = mapped_column(String(60), unique=True)  # of the calendar entry, stable
    sequence: Mapped[int] = mapped_column(default=0)  # of the calendar entry, raised by a change of time or room
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    people: Mapped[list["SessionPerson"]] = relationship(order_by="SessionPerson.position", cascade="all, delete-orphan", back_populates="session")
    room: Mapped[Room | None] = relationship(primaryjoin="foreign(ProgrammeSession.room_id) == Room.id", viewonly=True)
    parent: Mapped["ProgrammeSession | None"] = relationship(primaryjoin="foreign(ProgrammeSession.parent_id) == remote(ProgrammeSession.id)", viewonly=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class SessionPerson(Model):
    """A person on stage, for an organisation, in a capacity."""

    __tablename__ = "session_people"
    __table_args__ = (UniqueConstraint("session_id", "person_id", "role"), CheckConstraint(_one_of("role", StageRole), name="role"))

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[str] = mapped_column(String(12))
    capacity: Mapped[dict[str, str]]  # President of FIMME
    position: Mapped[int] = mapped_column(default=0)
    session: Mapped[ProgrammeSession] = relationship(back_populates="people")


class Occupancy(Model):
    """One resource (room, person, session) in one five-minute slot, owned by the outermost session; the key allows one owner."""

    __tablename__ = "occupancy"
    __table_args__ = (
        CheckConstraint("resource_kind IN ('room','person','session')", name="resource_kind"),
        CheckConstraint("owner_kind IN ('session')", name="owner_kind"),
        ForeignKeyConstraint(["owner_id", "edition_id"], ["sessions.id", "sessions.edition_id"]),
        ForeignKeyConstraint(["session_id", "edition_id"], ["sessions.id", "sessions.edition_id"]),
        Index("ix_occupancy_owner", "owner_kind", "owner_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    resource_kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    resource_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slot: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)  # rules.slot_number: date, five-minute index, fold
    owner_kind: Mapped[str] = mapped_column(String(8))
    owner_id: Mapped[int]  # the outermost session
    session_id: Mapped[int]  # the part, or the session itself, that the claim is for


@append_only
class PublishedVersion(Model):
    """An immutable snapshot of the programme; pages and exports read the latest. It claims nothing."""

    __tablename__ = "published_versions"
    __table_args__ = (UniqueConstraint("edition_id", "number"), CheckConstraint("number > 0", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    snapshot: Mapped[dict[str, Any]]
