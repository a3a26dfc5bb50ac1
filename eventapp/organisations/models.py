"""Organisations, people and their spellings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Model


class OrganisationKind(StrEnum):
    """What an organisation is."""

    COMPANY = "company"
    SCHOOL = "school"
    FEDERATION = "federation"
    MINISTRY = "ministry"
    OTHER = "other"


class Organisation(Model):
    """A company, school, federation or ministry. Legal ids are optional."""

    __tablename__ = "organisations"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(k.value) for k in OrganisationKind)})", name="kind"),
        Index("uq_organisations_ice", "ice", unique=True),  # any number of organisations without one
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), default="company")
    name: Mapped[str] = mapped_column(String(160))
    name_ar: Mapped[str | None] = mapped_column(String(160))
    folded: Mapped[str] = mapped_column(String(340), index=True)  # both names, folded for search
    country: Mapped[str] = mapped_column(String(2))
    city: Mapped[str] = mapped_column(String(80), default="")
    ice: Mapped[str | None] = mapped_column(String(15))
    website: Mapped[str | None] = mapped_column(String(200))
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Person(Model):
    """One human; `names` has every spelling, one of them first."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    is_example: Mapped[bool] = mapped_column(default=False)
    names: Mapped[list["PersonName"]] = relationship(order_by="PersonName.position", cascade="all, delete-orphan", lazy="selectin")

    def name(self, language: str = "fr") -> str:
        """Write the whole name, in Arabic script for an Arabic reader where it is known."""
        script = "arab" if language == "ar" else "latn"
        found = next((n for n in self.names if n.script == script), self.names[0])
        return found.full


class PersonName(Model):
    """One spelling of a person's name."""

    __tablename__ = "person_names"
    __table_args__ = (CheckConstraint("script IN ('latn','arab')", name="script"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    script: Mapped[str] = mapped_column(String(4))
    given: Mapped[str] = mapped_column(String(80))
    family: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(170), index=True)

    @property
    def full(self) -> str:
        """Write given name and family name."""
        return f"{self.given} {self.family}".strip()
