"""Exhibitors, their members, and registrations that are not sent yet."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import Model
from eventapp.organisations.models import Organisation


class ApplicationState(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class StandKind(StrEnum):
    """What an exhibitor rents: the floor alone, or a stand with walls."""

    BARE = "bare"
    EQUIPPED = "equipped"


SECTORS = ("machine_tools", "sheet_metal", "electronics", "industrial_services", "plastics", "subcontracting", "microtechnique", "metal_transformation", "training", "other")


class Exhibitor(Model):
    """An organisation's participation in one edition."""

    __tablename__ = "exhibitors"
    __table_args__ = (
        UniqueConstraint("edition_id", "reference"),
        UniqueConstraint("id", "edition_id"),
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in ApplicationState)})", name="state"),
        CheckConstraint("stand_kind IN ('bare','equipped')", name="stand_kind"),
        CheckConstraint("open_sides_wished BETWEEN 1 AND 4", name="open_sides_wished"),
        Index(
            "uq_exhibitors_living",
            "edition_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("state NOT IN ('withdrawn','refused')"),
            postgresql_where=text("state NOT IN ('withdrawn','refused')"),
        ),
        CheckConstraint("state = 'draft' OR organisation_id IS NOT NULL", name="organisation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)  # a draft has none yet: it may name one that exists
    reference: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(12), default="draft")
    public_name: Mapped[str] = mapped_column(String(160))  # its own copy of names and ids, as the exhibitor wrote them
    public_name_ar: Mapped[str | None] = mapped_column(String(160))
    folded: Mapped[str] = mapped_column(String(340), default="", index=True)  # both names, folded for search
    city: Mapped[str] = mapped_column(String(80), default="")
    ice: Mapped[str | None] = mapped_column(String(15))
    website: Mapped[str | None] = mapped_column(String(200))
    fascia_name: Mapped[str] = mapped_column(String(30), default="")
    sector: Mapped[str] = mapped_column(String(30), default="other")
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    invoice_name: Mapped[str] = mapped_column(String(120), default="", server_default="")  # whom invoices go to, where it is somebody else
    invoice_email: Mapped[str] = mapped_column(String(254), default="", server_default="")
    billing_entity: Mapped[str] = mapped_column(String(160), default="", server_default="")  # who is billed, where it is another firm
    purchase_order: Mapped[str] = mapped_column(String(60), default="", server_default="")
    contact_phone: Mapped[str] = mapped_column(String(30), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    stand_kind: Mapped[str] = mapped_column(String(10), default="equipped")
    area_wished: Mapped[Decimal | None] = mapped_column(Numeric(6, 1))
    open_sides_wished: Mapped[int | None]
    message: Mapped[str] = mapped_column(Text, default="")
    decision_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    is_example: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    organisation: Mapped[Organisation] = relationship()
    members: Mapped[list["ExhibitorMember"]] = relationship(back_populates="exhibitor", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @property
    def invoices_to(self) -> str:
        """Say to which address invoices are mailed."""
        return self.invoice_email or self.contact_email

    def name(self, language: str) -> str:
        """Write the name, in Arabic for an Arabic reader where it is known."""
        return (self.public_name_ar if language == "ar" else None) or self.public_name


class StandWay(StrEnum):
    """How an edition's stands find their exhibitors."""

    FIRST_COME = "first_come"  # hold, then an exclusive request until it is decided
    WISH_LIST = "wish_list"  # wishes block nothing; the organiser places everybody


class BadgeRelease(StrEnum):
    """From when on an exhibitor's badges can be had."""

    ACCEPTANCE = "acceptance"
    DEPOSIT = "deposit"
    FULL_PAYMENT = "full_payment"


class ExhibitingRules(Model):
    """How an edition deals with applications; an edition without a row has the defaults."""

    __tablename__ = "exhibiting_rules"
    __table_args__ = (
        CheckConstraint("stand_way IN ('first_come','wish_list')", name="stand_way"),
        CheckConstraint("badges_from IN ('acceptance','deposit','full_payment')", name="badges_from"),
        CheckConstraint("hold_minutes BETWEEN 5 AND 120", name="hold_minutes"),
        CheckConstraint("request_days BETWEEN 1 AND 120", name="request_days"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    stand_way: Mapped[str] = mapped_column(String(10), default="wish_list")
    hold_minutes: Mapped[int] = mapped_column(default=20)
    request_days: Mapped[int] = mapped_column(default=14)
    accepts_at_once: Mapped[bool] = mapped_column(default=False)  # who holds a stand is accepted on sending
    badges_from: Mapped[str] = mapped_column(String(12), default="acceptance")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class

    @property
    def first_come(self) -> bool:
        """Say whether stands can be held."""
        return self.stand_way == StandWay.FIRST_COME


class ExhibitorMember(Model):
    """A user who acts for an exhibitor: one owner, any number of members."""

    __tablename__ = "exhibitor_members"
    __table_args__ = (
        CheckConstraint("role IN ('owner','member')", name="role"),
        Index("uq_exhibitor_members_owner", "exhibitor_id", unique=True, sqlite_where=text("role = 'owner'"), postgresql_where=text("role = 'owner'")),
    )

    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitors.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(8))
    since: Mapped[datetime]
    exhibitor: Mapped[Exhibitor] = relationship(back_populates="members")


class RegistrationDraft(Model):
    """A registration on its way through the steps, kept on the server; the key in the browser opens it."""

    __tablename__ = "registration_drafts"
    __table_args__ = (
        UniqueConstraint("edition_id", "key_hash"),
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    key_hash: Mapped[str] = mapped_column(String(64))
    answers: Mapped[dict[str, Any]]  # {"organisation": {...}, "contact": {...}, "space": {...}}
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    exhibitor_id: Mapped[int | None]  # what it becomes: a draft until it is sent
    sent_at: Mapped[datetime | None]


class PreparedRegistration(Model):
    """A registration that an organiser filled in for somebody on the telephone, to be checked and sent by them."""

    __tablename__ = "prepared_registrations"
    __table_args__ = (ForeignKeyConstraint(["draft_id", "edition_id"], ["registration_drafts.id", "registration_drafts.edition_id"]),)

    draft_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    by_user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    last_mail_at: Mapped[datetime]


class ResumeLink(Model):
    """A personal link that was mailed: it opens a registration under way in any browser. Its secret is its own, and only the hash is kept."""

    __tablename__ = "resume_links"
    __table_args__ = (ForeignKeyConstraint(["draft_id", "edition_id"], ["registration_drafts.id", "registration_drafts.edition_id"]),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_id: Mapped[int] = mapped_column(index=True)
    created_at: Mapped[datetime]
