"""People who ask to act for an organisation that is known already."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, Text, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model

ONE_OPEN = literal_column("state = 'open'", Boolean)


class JoinState(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class JoinRequest(Model):
    """Somebody asks to act for an organisation in an edition; one request of each is open at a time. A yes makes them a member of its application there, or lets them begin one."""

    __tablename__ = "join_requests"
    __table_args__ = (
        CheckConstraint("state IN ('open','accepted','refused')", name="state"),
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered"),
        Index("uq_join_requests_open", "edition_id", "organisation_id", "user_id", unique=True, sqlite_where=ONE_OPEN, postgresql_where=ONE_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="open")
    message: Mapped[str] = mapped_column(Text, default="")  # of who asks
    reason: Mapped[str] = mapped_column(Text, default="")  # of who answers
    asked_at: Mapped[datetime]
    passed_on_at: Mapped[datetime | None]  # since when the organiser is asked too
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
