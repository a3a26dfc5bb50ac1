"""Agreements, their parties and signatories."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Model
from eventapp.organisations.models import Organisation, Person
from eventapp.programme.models import ProgrammeSession


class AgreementKind(StrEnum):
    """What is signed."""

    MEMORANDUM = "memorandum"
    FRAMEWORK = "framework"
    SPECIFIC = "specific"
    CONTRACT = "contract"
    LETTER_OF_INTENT = "letter_of_intent"
    AMENDMENT = "amendment"


class AgreementState(StrEnum):
    """How far an agreement is."""

    PROPOSED = "proposed"
    SCHEDULED = "scheduled"


class Agreement(Model):
    """An agreement to sign at the show; `session_id` is its signing in the programme, kept as a draft there while nothing is scheduled."""

    __tablename__ = "agreements"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(k.value) for k in AgreementKind)})", name="kind"),
        CheckConstraint("state IN ('proposed','scheduled')", name="state"),
        CheckConstraint("state <> 'scheduled' OR session_id IS NOT NULL", name="scheduled"),
        ForeignKeyConstraint(["session_id", "edition_id"], ["sessions.id", "sessions.edition_id"]),
        {"sqlite_autoincrement": True},  # the trail names agreements by id: an id is never given twice
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), default=AgreementState.PROPOSED)
    title: Mapped[dict[str, str]]
    subject: Mapped[dict[str, str]]
    folded: Mapped[str] = mapped_column(Text)  # title and subject in every language, folded for search
    session_id: Mapped[int | None] = mapped_column(unique=True)
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    parties: Mapped[list["Party"]] = relationship(order_by="Party.position", cascade="all, delete-orphan", back_populates="agreement")
    session: Mapped[ProgrammeSession | None] = relationship(primaryjoin="foreign(Agreement.session_id) == ProgrammeSession.id", viewonly=True)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Party(Model):
    """An organisation bound by an agreement."""

    __tablename__ = "agreement_parties"
    __table_args__ = (UniqueConstraint("agreement_id", "organisation_id"), UniqueConstraint("agreement_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    position: Mapped[int]
    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    organisation: Mapped[Organisation] = relationship()
    signatories: Mapped[list["Signatory"]] = relationship(order_by="Signatory.position", cascade="all, delete-orphan", back_populates="party")


class Signatory(Model):
    """The person who signs for a party, in a capacity."""

    __tablename__ = "agreement_signatories"
    __table_args__ = (UniqueConstraint("party_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("agreement_parties.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    capacity: Mapped[dict[str, str]]
    position: Mapped[int] = mapped_column(default=0)
    party: Mapped[Party] = relationship(back_populates="signatories")
    person: Mapped[Person] = relationship()
