"""Stands, claims on them, wishes for them."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model


class Stand(Model):
    """A numbered place on the floor plan: a rectangle in metres from the hall's corner; the area is net."""

    __tablename__ = "stands"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        UniqueConstraint("id", "edition_id"),
        ForeignKeyConstraint(["hall_id", "edition_id"], ["halls.id", "halls.edition_id"]),
        CheckConstraint("open_sides BETWEEN 1 AND 4", name="open_sides"),
        CheckConstraint("kind IN ('bare','equipped')", name="kind"),
        CheckConstraint("width_m > 0 AND depth_m > 0", name="size"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    hall_id: Mapped[int]
    number: Mapped[str] = mapped_column(String(8))
    x_m: Mapped[Decimal] = mapped_column(Numeric(6, 1))
    y_m: Mapped[Decimal] = mapped_column(Numeric(6, 1))
    width_m: Mapped[Decimal] = mapped_column(Numeric(5, 1))
    depth_m: Mapped[Decimal] = mapped_column(Numeric(5, 1))
    open_sides: Mapped[int] = mapped_column(default=1)  # 1 row, 2 corner, 3 head, 4 island
    kind: Mapped[str] = mapped_column(String(10))

    @property
    def area_m2(self) -> Decimal:
        """Compute the net area in square metres."""
        return self.width_m * self.depth_m


class StandClaim(Model):
    """Who has a stand; the key allows one claim, so no stand is sold twice."""

    __tablename__ = "stand_claims"
    __table_args__ = (
        ForeignKeyConstraint(["stand_id", "edition_id"], ["stands.id", "stands.edition_id"]),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
        CheckConstraint("state IN ('allocated')", name="state"),
        Index("ix_stand_claims_exhibitor_id", "exhibitor_id"),
    )

    stand_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    exhibitor_id: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class StandWish(Model):
    """A stand that an exhibitor would like, in order; it blocks nothing."""

    __tablename__ = "stand_wishes"
    __table_args__ = (
        UniqueConstraint("exhibitor_id", "rank"),
        ForeignKeyConstraint(["stand_id", "edition_id"], ["stands.id", "stands.edition_id"]),
        ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"]),
    )

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stand_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int]
    rank: Mapped[int]
