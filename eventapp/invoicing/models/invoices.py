"""Invoices, which nobody can change once they are issued, and what was paid and credited on them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.append_only import append_only
from eventapp.core.db import Model


class InvoiceKind(StrEnum):
    """What an invoice is; each kind has a series of numbers of its own."""

    DEPOSIT = "deposit"
    BALANCE = "balance"
    CREDIT_NOTE = "credit_note"


class InvoiceState(StrEnum):
    """Where an invoice stands on a day."""

    DUE = "due"
    PART_PAID = "part_paid"
    OVERDUE = "overdue"
    PAID = "paid"
    CREDITED = "credited"  # wholly: nothing is owed, and another may be issued in its place


_KINDS = f"kind IN ({', '.join(repr(kind.value) for kind in InvoiceKind)})"


class Seller(Model):
    """Who sells at an edition, as invoices name it: legal ids and the bank account to pay to."""

    __tablename__ = "sellers"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(160))
    name_ar: Mapped[str] = mapped_column(String(160), default="")
    address: Mapped[str] = mapped_column(String(400))
    ice: Mapped[str] = mapped_column(String(15))
    tax_id: Mapped[str] = mapped_column(String(20))  # identifiant fiscal, IF
    patente: Mapped[str] = mapped_column(String(20))  # taxe professionnelle
    rc: Mapped[str] = mapped_column(String(60), default="")  # with its court; an association has none
    bank: Mapped[str] = mapped_column(String(120))
    account: Mapped[str] = mapped_column(String(40))  # RIB, or IBAN
    bic: Mapped[str] = mapped_column(String(11), default="")
    prefix: Mapped[str] = mapped_column(String(20))  # what every number begins with
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Billing(Model):
    """To whom an exhibitor's invoices go, where it said so; else they go to the exhibitor as it registered."""

    __tablename__ = "billings"
    __table_args__ = (ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),)

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    address: Mapped[str] = mapped_column(String(400), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2))
    ice: Mapped[str] = mapped_column(String(15), default="")
    purchase_order: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class Series(Model):
    """The last number of an edition's invoices of a kind; its row is held while one is issued, so that numbers have no gap."""

    __tablename__ = "invoice_series"
    __table_args__ = (CheckConstraint(_KINDS, name="kind"), CheckConstraint("last_number >= 0", name="last_number"))

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    last_number: Mapped[int]


@append_only
class Invoice(Model):
    """An invoice or credit note as it was issued, with its own copy of seller and buyer; a fact that nobody changes."""

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("edition_id", "kind", "number"),
        UniqueConstraint("exhibitor_id", "kind", "turn"),
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["credits_id", "edition_id"], ["invoices.id", "invoices.edition_id"]),
        CheckConstraint(_KINDS, name="kind"),
        CheckConstraint("number > 0 AND turn > 0", name="number"),
        CheckConstraint("net >= 0 AND vat >= 0 AND total > 0 AND abs(net + vat - total) < 0.005", name="total"),
        CheckConstraint("(kind = 'credit_note') = (credits_id IS NOT NULL)", name="credits"),
        CheckConstraint("(kind = 'credit_note') = (due_on IS NULL)", name="due"),
        Index("ix_invoices_credits_id", "credits_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    exhibitor_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(40))  # the number as people write it
    turn: Mapped[int]  # the exhibitor's first of its kind, the second after that one was wholly credited, ...
    credits_id: Mapped[int | None]  # which invoice a credit note takes back, in part or wholly
    reason: Mapped[str] = mapped_column(String(300), default="")  # of a credit note
    issued_at: Mapped[datetime]
    issued_on: Mapped[date]  # in the edition's time zone
    due_on: Mapped[date | None]
    currency: Mapped[str] = mapped_column(String(3))
    vat_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    net: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    vat: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    total: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    language: Mapped[str] = mapped_column(String(2))
    seller: Mapped[dict[str, Any]]
    buyer: Mapped[dict[str, Any]]
    show: Mapped[dict[str, Any]]  # the edition's names, days and place, as they were
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    lines: Mapped[list["InvoiceLine"]] = relationship(order_by="InvoiceLine.position", viewonly=True)


@append_only
class InvoiceLine(Model):
    """A line of an invoice, with its own copy of what was sold."""

    __tablename__ = "invoice_lines"

    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"), primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, str]]
    stand: Mapped[str] = mapped_column(String(8), default="")
    unit: Mapped[str] = mapped_column(String(8))
    quantity: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    unit_price: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    net: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    area_m2: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))  # of space that is sold by it


class InvoiceAccount(Model):
    """What was credited and paid on an invoice so far; the checks let neither exceed it."""

    __tablename__ = "invoice_accounts"
    __table_args__ = (
        ForeignKeyConstraint(["invoice_id", "edition_id"], ["invoices.id", "invoices.edition_id"]),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        CheckConstraint("credited >= 0 AND credited <= total", name="credited"),
        CheckConstraint("paid >= 0 AND paid <= total", name="paid"),
        Index("ix_invoice_accounts_edition_id", "edition_id", "due_on"),
        Index("ix_invoice_accounts_exhibitor_id", "exhibitor_id"),
    )

    invoice_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    exhibitor_id: Mapped[int]
    total: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    due_on: Mapped[date]
    credited: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))
    paid: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))


class Payment(Model):
    """Money that came in by bank transfer: on an invoice, or beyond what was due as a credit with a name."""

    __tablename__ = "payments"
    __table_args__ = (
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["invoice_id", "edition_id"], ["invoices.id", "invoices.edition_id"]),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("method IN ('transfer')", name="method"),
        CheckConstraint("(invoice_id IS NULL) = (credit_name <> '')", name="credit"),
        Index("ix_payments_invoice_id", "invoice_id"),
        Index("uq_payments_id_edition_id", "id", "edition_id", unique=True),
        Index("ix_payments_exhibitor_id", "exhibitor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    exhibitor_id: Mapped[int]
    invoice_id: Mapped[int | None]
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    paid_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(120), default="")
    method: Mapped[str] = mapped_column(String(10), default="transfer")
    credit_name: Mapped[str] = mapped_column(String(120), default="")
    recorded_at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(Text, default="")


class WithdrawalStep(Model):
    """From which day on a withdrawing exhibitor keeps owing how many percent."""

    __tablename__ = "withdrawal_steps"
    __table_args__ = (CheckConstraint("percent_kept BETWEEN 0 AND 100", name="percent"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    from_day: Mapped[date] = mapped_column(primary_key=True)
    percent_kept: Mapped[Decimal] = mapped_column(Numeric(5, 2))
