"""Contracts with exhibitors, version by version, and the evidence that one was accepted."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, LargeBinary, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.append_only import append_only
from eventapp.core.db import Model
from eventapp.documents.models import StoredFile


class ContractState(StrEnum):
    """Where an exhibitor's contract stands; an accepted one makes the exhibitor contracted."""

    NONE = "none"  # nothing was sent yet
    SENT = "sent"  # waits for the exhibitor
    ACCEPTED = "accepted"
    OUTDATED = "outdated"  # the stand, the order or a price changed: another version is to be sent and accepted


class AcceptanceWay(StrEnum):
    """How a contract was accepted."""

    CLICK = "click"
    SIGNED_COPY = "signed_copy"


@append_only
class Contract(Model):
    """One version of an exhibitor's contract, with its own copy of names, legal ids, stand, price and file; nobody changes it."""

    __tablename__ = "contracts"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "number"),
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["conditions_id", "edition_id"], ["exhibiting_conditions.id", "exhibiting_conditions.edition_id"]),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("abs(net + vat - total) < 0.005", name="total"),
        CheckConstraint("length(sha256) = 64 AND length(mark) = 64", name="hashes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    exhibitor_id: Mapped[int]
    number: Mapped[int]  # 1 for the exhibitor's first
    conditions_id: Mapped[int | None]
    drawn_at: Mapped[datetime]
    drawn_on: Mapped[date]  # in the edition's time zone
    language: Mapped[str] = mapped_column(String(2))
    currency: Mapped[str] = mapped_column(String(3))
    vat_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    net: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    vat: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    total: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    seller: Mapped[dict[str, Any]]
    party: Mapped[dict[str, Any]]  # the exhibitor, as it registered
    show: Mapped[dict[str, Any]]
    agreed: Mapped[dict[str, Any]]  # stands, lines of the price, co-exhibitors, terms of payment
    mark: Mapped[str] = mapped_column(String(64))  # of what is agreed and its price: another mark needs another version
    sha256: Mapped[str] = mapped_column(String(64))  # of the file
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    @property
    def label(self) -> str:
        """Write its number as people do, as in E-7K2M9Q/1."""
        return f"{self.party['reference']}/{self.number}"


@append_only
class ContractAcceptance(Model):
    """That a version was accepted: how, when, by whom, and the hash of the file that it was; the key allows one."""

    __tablename__ = "contract_acceptances"
    __table_args__ = (
        ForeignKeyConstraint(["contract_id", "edition_id"], ["contracts.id", "contracts.edition_id"]),
        CheckConstraint("way IN ('click','signed_copy')", name="way"),
        CheckConstraint("language IN ('fr','ar','en')", name="language"),
        CheckConstraint("length(sha256) = 64", name="sha256"),
    )

    contract_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    way: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    by_user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # who accepted, or the organiser who recorded the signed copy
    sha256: Mapped[str] = mapped_column(String(64))  # of the contract's file
    language: Mapped[str] = mapped_column(String(2))  # in which the page was read


class ContractEvidence(Model):
    """From where a contract was accepted by a click; kept apart from the fact, so that it can be erased."""

    __tablename__ = "contract_evidence"
    __table_args__ = (ForeignKeyConstraint(["contract_id", "edition_id"], ["contracts.id", "contracts.edition_id"]),)

    contract_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    address: Mapped[str] = mapped_column(String(45))
    browser: Mapped[str] = mapped_column(String(200))


class SignedCopy(Model):
    """The signed copy of a contract, as an organiser received it."""

    __tablename__ = "signed_copies"
    __table_args__ = (
        ForeignKeyConstraint(["contract_id", "edition_id"], ["contracts.id", "contracts.edition_id"]),
        ForeignKeyConstraint(["file_id", "edition_id"], ["stored_files.id", "stored_files.edition_id"]),
    )

    contract_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    file_id: Mapped[int] = mapped_column(index=True)
    file: Mapped[StoredFile] = relationship()
