"""What is kept in an exhibitor's favour under a name, and where it went: to another invoice, or back to the exhibitor."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model


class NamedCredit(Model):
    """How much of a payment's named credit was used or sent back; the check lets it be no more than there is."""

    __tablename__ = "named_credits"
    __table_args__ = (
        ForeignKeyConstraint(["payment_id", "edition_id"], ["payments.id", "payments.edition_id"]),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        CheckConstraint("used >= 0 AND used <= amount", name="used"),
        Index("ix_named_credits_exhibitor_id", "exhibitor_id"),
    )

    payment_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    exhibitor_id: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    used: Mapped[Decimal] = mapped_column(Numeric(14, 2), default=Decimal(0))


class CreditMove(Model):
    """Money in an exhibitor's favour that was used on an invoice, or sent back: from a named credit, or from an invoice that was credited after it was paid."""

    __tablename__ = "credit_moves"
    __table_args__ = (
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["from_invoice_id", "edition_id"], ["invoices.id", "invoices.edition_id"]),
        ForeignKeyConstraint(["from_payment_id", "edition_id"], ["payments.id", "payments.edition_id"]),
        ForeignKeyConstraint(["to_invoice_id", "edition_id"], ["invoices.id", "invoices.edition_id"]),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("(from_invoice_id IS NULL) <> (from_payment_id IS NULL)", name="source"),
        CheckConstraint("to_invoice_id IS NULL OR from_invoice_id IS NULL OR to_invoice_id <> from_invoice_id", name="another"),
        Index("ix_credit_moves_exhibitor_id", "exhibitor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    exhibitor_id: Mapped[int]
    from_invoice_id: Mapped[int | None]
    from_payment_id: Mapped[int | None]
    to_invoice_id: Mapped[int | None]  # none: it was sent back
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    moved_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")
    moved_at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(Text, default="")
