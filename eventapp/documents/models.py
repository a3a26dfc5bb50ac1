"""The files that people sent and that are kept: what is known of each; the bytes lie in a folder."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model


class StoredFile(Model):
    """One file: where its bytes lie, what they are, and whether it is needed still."""

    __tablename__ = "stored_files"
    __table_args__ = (
        UniqueConstraint("id", "edition_id"),
        CheckConstraint("size > 0", name="size"),
        CheckConstraint("swept_at IS NULL OR dropped_at IS NOT NULL", name="swept_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    place: Mapped[str] = mapped_column(String(32), unique=True)  # random: it tells nothing, and cannot be guessed
    media_type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(110))
    width: Mapped[int | None]
    height: Mapped[int | None]
    stored_at: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    dropped_at: Mapped[datetime | None] = mapped_column(index=True)  # replaced or taken away: its bytes go some days later
    swept_at: Mapped[datetime | None]
