"""What organiser and exhibitor write to each other."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.core.db import BigId, Model
from eventapp.exhibitors.models.exhibitor import Exhibitor


class Circular(Model):
    """One message to many exhibitors, as it was written: in each language, with its placeholders."""

    __tablename__ = "circulars"
    __table_args__ = (UniqueConstraint("id", "edition_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    subject: Mapped[dict[str, str]]
    text: Mapped[dict[str, str]]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    is_example: Mapped[bool] = mapped_column(default=False)


class ExhibitorMessage(Model):
    """One message in an exhibitor's file, as its reader got it: from the organiser, or from the exhibitor's own people."""

    __tablename__ = "exhibitor_messages"
    __table_args__ = (
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        ForeignKeyConstraint(["circular_id", "edition_id"], ["circulars.id", "circulars.edition_id"]),
        UniqueConstraint("exhibitor_id", "circular_id"),
        CheckConstraint("circular_id IS NULL OR from_organiser", name="circular"),
        Index("ix_exhibitor_messages_unread", "edition_id", "from_organiser", "read_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    edition_id: Mapped[int]
    exhibitor_id: Mapped[int] = mapped_column(index=True)
    circular_id: Mapped[int | None] = mapped_column(index=True)
    from_organiser: Mapped[bool]
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text)
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]  # an answer: when an organiser had read it
    exhibitor: Mapped[Exhibitor] = relationship(viewonly=True)
