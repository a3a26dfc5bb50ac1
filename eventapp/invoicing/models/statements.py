"""Bank statements that were read in, their lines, and which payment came from which line."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model


class Statement(Model):
    """A bank statement that somebody read in: its table, and which columns say what."""

    __tablename__ = "statements"
    __table_args__ = (UniqueConstraint("id", "edition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    header: Mapped[list[str]]
    rows: Mapped[list[dict[str, Any]]]  # number and cells
    columns: Mapped[dict[str, Any]]  # field -> number of the column; empty until somebody said so
    read_at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class StatementLine(Model):
    """Money that came in by a statement."""

    __tablename__ = "statement_lines"
    __table_args__ = (
        UniqueConstraint("statement_id", "row"),
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["statement_id", "edition_id"], ["statements.id", "statements.edition_id"]),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    statement_id: Mapped[int]
    row: Mapped[int]  # as a spreadsheet numbers it
    paid_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    label: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(64), index=True)  # the same for the same line of another file


class RecordedLine(Model):
    """That a line of a statement was recorded; the key lets none be recorded twice, from whatever file it comes."""

    __tablename__ = "recorded_lines"
    __table_args__ = (ForeignKeyConstraint(["line_id", "edition_id"], ["statement_lines.id", "statement_lines.edition_id"]),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    line_id: Mapped[int] = mapped_column(index=True)


class LinePayment(Model):
    """Which payment was recorded by which line."""

    __tablename__ = "line_payments"
    __table_args__ = (
        ForeignKeyConstraint(["payment_id", "edition_id"], ["payments.id", "payments.edition_id"]),
        ForeignKeyConstraint(["line_id", "edition_id"], ["statement_lines.id", "statement_lines.edition_id"]),
    )

    payment_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    line_id: Mapped[int] = mapped_column(index=True)
