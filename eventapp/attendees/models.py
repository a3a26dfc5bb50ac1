"""Attendees, their hats, and proofs of consent."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import BigId, Model
from eventapp.editions.models import Category
from eventapp.organisations.models import Person

_CATEGORIES = ", ".join(repr(c.value) for c in Category)


class Attendee(Model):
    """A person at an edition, holder of one badge."""

    __tablename__ = "attendees"
    __table_args__ = (
        CheckConstraint(f"category IN ({_CATEGORIES})", name="category"),
        UniqueConstraint("edition_id", "reference"),
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        UniqueConstraint("edition_id", "email", "folded_name"),  # several without an address may share a name
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(index=True)  # whose staff
    reference: Mapped[str] = mapped_column(String(12))
    personal_key: Mapped[str] = mapped_column(String(60), unique=True)  # opens the holder's own page
    category: Mapped[str] = mapped_column(String(12))
    email: Mapped[str | None] = mapped_column(String(254), index=True)
    folded_name: Mapped[str] = mapped_column(String(170))
    search_text: Mapped[str] = mapped_column(Text, default="")  # names, organisation, address and reference, folded
    phone: Mapped[str] = mapped_column(String(30), default="")
    organisation_name: Mapped[str] = mapped_column(String(160), default="")
    job_title: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    registered_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    person: Mapped[Person] = relationship(lazy="joined")
    hats: Mapped[list["Hat"]] = relationship(cascade="all, delete-orphan", order_by="Hat.id")


class Hat(Model):
    """One reason for which an attendee is there; a badge has the rights of all of them."""

    __tablename__ = "attendee_hats"
    __table_args__ = (UniqueConstraint("attendee_id", "category"), CheckConstraint(f"category IN ({_CATEGORIES})", name="category"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendees.id"))
    category: Mapped[str] = mapped_column(String(12))


class StaffSeat(Model):
    """One of the badges that come with a stand, and who has it; the key gives each number once. A badge beyond them has no seat."""

    __tablename__ = "staff_seats"
    __table_args__ = (
        UniqueConstraint("attendee_id"),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"]),
        CheckConstraint("seat > 0", name="seat"),
    )

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seat: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    attendee_id: Mapped[int]


class StaffRequest(Model):
    """An exhibitor asks somebody who is registered already to join its staff; only their yes puts them on it."""

    __tablename__ = "staff_requests"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "attendee_id"),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"]),
        CheckConstraint("state IN ('open','accepted','declined','withdrawn')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int]
    exhibitor_id: Mapped[int]
    attendee_id: Mapped[int] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)  # opens the page that asks
    state: Mapped[str] = mapped_column(String(10), default="open")
    extra: Mapped[bool] = mapped_column(default=False)  # beyond the stand's badges, an extra one is taken on the yes
    organisation_before: Mapped[str] = mapped_column(String(160), default="")  # what the person had said, put back when they leave
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Consent(Model):
    """Proof that somebody agreed to something, with the version and language of the text they saw."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    attendee_id: Mapped[int] = mapped_column(ForeignKey("attendees.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))  # marketing
    text_version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class VisaRequest(Model):
    """An exhibitor asks for an invitation letter, with which one of its staff asks for a visa; one at a time for each person."""

    __tablename__ = "visa_requests"
    __table_args__ = (
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["attendee_id", "edition_id"], ["attendees.id", "attendees.edition_id"]),
        CheckConstraint("state IN ('open','issued','refused','withdrawn')", name="state"),
        CheckConstraint("language IN ('fr','en')", name="language"),
        Index("uq_visa_requests_open", "attendee_id", unique=True, sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
        Index("ix_visa_requests_exhibitor_id", "exhibitor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    exhibitor_id: Mapped[int]
    attendee_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="open")
    language: Mapped[str] = mapped_column(String(2))
    arrives_on: Mapped[date]
    leaves_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")  # of a refusal
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class VisaPassport(Model):
    """What a letter says of somebody's passport; kept apart, so that it can be erased while the request stays."""

    __tablename__ = "visa_passports"
    __table_args__ = (ForeignKeyConstraint(["request_id", "edition_id"], ["visa_requests.id", "visa_requests.edition_id"]),)

    request_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    name: Mapped[str] = mapped_column(String(120))  # as the passport writes it
    nationality: Mapped[str] = mapped_column(String(2))
    number: Mapped[str] = mapped_column(String(20))
    expires_on: Mapped[date]


class VisaLetter(Model):
    """A letter that was issued; the key gives each number of an edition once."""

    __tablename__ = "visa_letters"
    __table_args__ = (
        UniqueConstraint("request_id"),
        ForeignKeyConstraint(["request_id", "edition_id"], ["visa_requests.id", "visa_requests.edition_id"]),
        CheckConstraint("number > 0", name="number"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request_id: Mapped[int]
    issued_on: Mapped[date]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
