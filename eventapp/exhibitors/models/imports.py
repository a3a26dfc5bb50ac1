"""Lists of exhibitors that an organiser brings along, and what became of their rows."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import BigId, Model


class ImportState(StrEnum):
    """Where a list stands."""

    PREPARED = "prepared"  # read, looked at, nothing of it stored yet
    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


class ExhibitorImport(Model):
    """A list that was read from a file. Its rows are kept until it is imported or dropped, what its columns mean for longer: the next list like it is read alike."""

    __tablename__ = "exhibitor_imports"
    __table_args__ = (
        UniqueConstraint("id", "edition_id"),
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in ImportState)})", name="state"),
        CheckConstraint("becomes IN ('submitted','accepted')", name="becomes"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    header: Mapped[list[str]]
    lines: Mapped[list[dict[str, Any]]]  # {"row": 2, "cells": [...]}
    columns: Mapped[dict[str, Any]]  # field: which column of the file, from 0
    choices: Mapped[dict[str, str]]  # row: what to do with it
    becomes: Mapped[str] = mapped_column(String(12), default="submitted")
    invites: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="prepared")
    counts: Mapped[dict[str, Any]]  # added, updated, skipped
    made_at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    done_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]  # undone or dropped
    invited_at: Mapped[datetime | None]
    last_entry: Mapped[int | None] = mapped_column(BigId)  # the trail's last line when it was done: what is younger came after it
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class ImportedExhibitor(Model):
    """What a row of a list became, so that it can be undone."""

    __tablename__ = "imported_exhibitors"
    __table_args__ = (
        ForeignKeyConstraint(["import_id", "edition_id"], ["exhibitor_imports.id", "exhibitor_imports.edition_id"]),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        CheckConstraint("act IN ('added','updated')", name="act"),
    )

    import_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    edition_id: Mapped[int]
    row: Mapped[int]
    act: Mapped[str] = mapped_column(String(8))
    version_after: Mapped[int]  # the exhibitor's, when the import was done
    before: Mapped[dict[str, Any]]  # what an update wrote over
    made: Mapped[dict[str, Any]]  # {"user": id, "organisation": id} where the row made them
