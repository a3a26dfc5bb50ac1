"""What the organiser's desk keeps: views of the work list, and what was decided about many applications at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model


class SavedView(Model):
    """A way of narrowing and sorting the work list, under a name; its maker's own, or shared with the edition's team."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("edition_id", "user_id", "name"), UniqueConstraint("id", "edition_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(60))
    is_shared: Mapped[bool] = mapped_column(default=False)
    filters: Mapped[dict[str, str]]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class DefaultView(Model):
    """The view with which the work list opens for somebody: one at most."""

    __tablename__ = "default_views"
    __table_args__ = (ForeignKeyConstraint(["view_id", "edition_id"], ["saved_views.id", "saved_views.edition_id"]),)

    edition_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    view_id: Mapped[int]


class DecisionTogether(Model):
    """One step that was taken for many applications: who took it, and how it ended for each."""

    __tablename__ = "decisions_together"
    __table_args__ = (CheckConstraint("verb IN ('accept','waitlist','refuse','withdraw')", name="verb"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    verb: Mapped[str] = mapped_column(String(10))
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    outcomes: Mapped[list[dict[str, Any]]]  # exhibitor's id, how it ended, and why not
