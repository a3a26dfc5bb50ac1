"""The documents that exhibitors have to provide, what they provided, and what they were reminded of."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model


class DocumentState(StrEnum):
    """Where something that was provided stands; of a document one is not replaced."""

    WAITING = "waiting"  # for the organiser
    APPROVED = "approved"
    REFUSED = "refused"
    REPLACED = "replaced"


class RequiredDocument(Model):
    """What accepted exhibitors of an edition have to provide, and until when."""

    __tablename__ = "required_documents"
    __table_args__ = (
        UniqueConstraint("id", "edition_id"),
        CheckConstraint("for_stands IN ('all','bare')", name="for_stands"),
        CheckConstraint("accepts IN ('pdf','any')", name="accepts"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    name: Mapped[dict[str, str]]
    hint: Mapped[dict[str, str]]
    due_on: Mapped[date]  # the last day, in the edition's zone
    for_stands: Mapped[str] = mapped_column(String(4))
    accepts: Mapped[str] = mapped_column(String(4))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class ProvidedDocument(Model):
    """One file that an exhibitor provided, and what the organiser said to it."""

    __tablename__ = "provided_documents"
    __table_args__ = (
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["required_id", "edition_id"], ["required_documents.id", "required_documents.edition_id"]),
        ForeignKeyConstraint(["file_id", "edition_id"], ["stored_files.id", "stored_files.edition_id"]),
        UniqueConstraint("file_id"),
        CheckConstraint("state IN ('waiting','approved','refused','replaced')", name="state"),
        CheckConstraint("state <> 'refused' OR reason <> ''", name="reason"),
        CheckConstraint("state NOT IN ('approved','refused') OR decided_at IS NOT NULL", name="decided_at"),
        Index(
            "uq_provided_documents_current",
            "exhibitor_id",
            "required_id",
            unique=True,
            sqlite_where=text("state <> 'replaced'"),
            postgresql_where=text("state <> 'replaced'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    exhibitor_id: Mapped[int]
    required_id: Mapped[int] = mapped_column(index=True)
    file_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Text, default="")
    provided_at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class DocumentReminder(Model):
    """That an exhibitor was reminded of a document so many days before it is due: once, whoever sends."""

    __tablename__ = "document_reminders"
    __table_args__ = (
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["required_id", "edition_id"], ["required_documents.id", "required_documents.edition_id"]),
    )

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    required_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    days_before: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    at: Mapped[datetime]
