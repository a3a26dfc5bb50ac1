"""Editions, their opening hours, halls, zones and who may enter them."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Model


class Category(StrEnum):
    """What an attendee mainly is at an edition; the number is the badge token's."""

    VISITOR = "visitor"
    EXHIBITOR = "exhibitor"
    BUILD_UP = "build_up"
    SPEAKER = "speaker"
    SIGNATORY = "signatory"
    OFFICIAL = "official"
    VIP = "vip"
    PRESS = "press"
    STUDENT = "student"
    ORGANISER = "organiser"
    SECURITY = "security"
    SERVICE = "service"

    @property
    def number(self) -> int:
        """Number the category, from 1, as the badge token carries it."""
        return list(Category).index(self) + 1


class Edition(Model):
    """One holding of the show."""

    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint("state IN ('draft','public','archived')", name="state"),
        Index("uq_editions_current", "is_current", unique=True, sqlite_where=text("is_current"), postgresql_where=text("is_current")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    token_number: Mapped[int] = mapped_column(unique=True)  # the edition on a badge, 32 bits; never used again
    state: Mapped[str] = mapped_column(String(10), default="draft")
    is_current: Mapped[bool] = mapped_column(default=False)
    name: Mapped[dict[str, str]]  # short: SISTEP 2018
    full_name: Mapped[dict[str, str]]
    theme: Mapped[dict[str, str]]
    about: Mapped[dict[str, str]]
    first_day: Mapped[date]
    last_day: Mapped[date]
    timezone: Mapped[str] = mapped_column(String(40), default="Africa/Casablanca")
    languages: Mapped[list[str]]  # the first one is the fallback
    currency: Mapped[str] = mapped_column(String(3), default="MAD")
    vat_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(20))
    organiser: Mapped[dict[str, str]]
    venue: Mapped[dict[str, str]]
    city: Mapped[dict[str, str]]
    address: Mapped[dict[str, str]]
    access: Mapped[dict[str, str]]  # how to get there
    contact_email: Mapped[str] = mapped_column(String(254))
    contact_phone: Mapped[str] = mapped_column(String(30), default="")
    figures: Mapped[list[dict[str, Any]]]  # claimed figures, each with its source
    privacy_controller: Mapped[dict[str, str]]
    privacy_number: Mapped[str] = mapped_column(String(60), default="")  # the CNDP declaration
    exhibit_open: Mapped[bool] = mapped_column(default=False)  # the organiser's switch; the dates narrow it
    exhibit_from: Mapped[date | None]
    exhibit_until: Mapped[date | None]
    visit_open: Mapped[bool] = mapped_column(default=False)
    visit_from: Mapped[date | None]
    visit_until: Mapped[date | None]
    is_example: Mapped[bool] = mapped_column(default=False)  # demo data, said so on its pages
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    hours: Mapped[list["OpeningHours"]] = relationship(order_by="OpeningHours.day", cascade="all, delete-orphan")
    halls: Mapped[list["Hall"]] = relationship(order_by="Hall.position", cascade="all, delete-orphan")
    zones: Mapped[list["Zone"]] = relationship(order_by="Zone.bit", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class OpeningHours(Model):
    """When the show is open on one day, in wall time."""

    __tablename__ = "opening_hours"
    __table_args__ = (UniqueConstraint("edition_id", "day"), CheckConstraint("closes > opens", name="order"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    day: Mapped[date]
    opens: Mapped[time]
    closes: Mapped[time]


class Hall(Model):
    """A hall of the venue, a rectangle in metres."""

    __tablename__ = "halls"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("id", "edition_id"),
        {"sqlite_autoincrement": True},  # an id is never given twice: a page about a removed one hits no newer one
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    code: Mapped[str] = mapped_column(String(8))
    name: Mapped[dict[str, str]]
    width_m: Mapped[Decimal] = mapped_column(Numeric(7, 1))
    depth_m: Mapped[Decimal] = mapped_column(Numeric(7, 1))
    position: Mapped[int] = mapped_column(default=0)


class Zone(Model):
    """An area with its own access rules; its bit is the badge token's."""

    __tablename__ = "zones"
    __table_args__ = (
        UniqueConstraint("edition_id", "bit"),
        UniqueConstraint("edition_id", "code"),
        UniqueConstraint("id", "edition_id"),
        CheckConstraint("bit BETWEEN 0 AND 15", name="bit"),
        {"sqlite_autoincrement": True},  # an id is never given twice: a page about a removed one hits no newer one
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, str]]
    bit: Mapped[int]
    rules: Mapped[list["ZoneRule"]] = relationship(cascade="all, delete-orphan")


class ZoneRule(Model):
    """A category may enter a zone; with a day, on that day only."""

    __tablename__ = "zone_rules"
    __table_args__ = (
        UniqueConstraint("zone_id", "category", "day"),  # says nothing where there is no day
        Index("uq_zone_rules_every_day", "zone_id", "category", unique=True, sqlite_where=text("day IS NULL"), postgresql_where=text("day IS NULL")),
        CheckConstraint(f"category IN ({', '.join(repr(c.value) for c in Category)})", name="category"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(ForeignKey("zones.id"), index=True)
    category: Mapped[str] = mapped_column(String(12))
    day: Mapped[date | None]
