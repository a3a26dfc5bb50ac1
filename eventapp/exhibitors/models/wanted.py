"""What an exhibitor brings and wants beside the stand, and the conditions that it accepts."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.append_only import append_only
from eventapp.core.db import Model
from eventapp.exhibitors.models.exhibitor import SECTORS


def _of_exhibitor() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["exhibitor_id", "edition_id"], ["exhibitors.id", "exhibitors.edition_id"])


class FurtherSector(Model):
    """A sector of an exhibitor beside its main one."""

    __tablename__ = "exhibitor_sectors"
    __table_args__ = (_of_exhibitor(), CheckConstraint(f"sector IN ({', '.join(repr(sector) for sector in SECTORS)})", name="sector"))

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sector: Mapped[str] = mapped_column(String(30), primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))


class ExhibitedProduct(Model):
    """What an exhibitor shows, in its own words."""

    __tablename__ = "exhibitor_products"
    __table_args__ = (_of_exhibitor(),)

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    name: Mapped[str] = mapped_column(String(60))


class CoExhibitor(Model):
    """A firm that shows on another one's stand, with people of its own."""

    __tablename__ = "co_exhibitors"
    __table_args__ = (_of_exhibitor(), UniqueConstraint("exhibitor_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    exhibitor_id: Mapped[int]
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    country: Mapped[str] = mapped_column(String(2))
    ice: Mapped[str | None] = mapped_column(String(15))
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")


class RepresentedFirm(Model):
    """A firm whose products are shown while none of its people are there."""

    __tablename__ = "represented_firms"
    __table_args__ = (_of_exhibitor(),)

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    name: Mapped[str] = mapped_column(String(160))
    country: Mapped[str] = mapped_column(String(2))


class OrderedExtra(Model):
    """What an exhibitor ordered beside its stand, with its own copy of the price as it was then."""

    __tablename__ = "ordered_extras"
    __table_args__ = (
        _of_exhibitor(),
        ForeignKeyConstraint(["price_item_id", "edition_id"], ["price_items.id", "price_items.edition_id"]),
        CheckConstraint("quantity > 0 AND quantity < 10000", name="quantity"),
        CheckConstraint("unit IN ('each','m2')", name="unit"),
    )

    exhibitor_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    price_item_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    quantity: Mapped[Decimal] = mapped_column(Numeric(7, 2))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, str]]
    unit: Mapped[str] = mapped_column(String(8))
    unit_price: Mapped[Decimal] = mapped_column(Numeric(12, 2))  # without tax


@append_only
class ExhibitingConditions(Model):
    """A version of an edition's conditions for exhibitors; the one with the highest number counts."""

    __tablename__ = "exhibiting_conditions"
    __table_args__ = (UniqueConstraint("edition_id", "number"), UniqueConstraint("id", "edition_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    text: Mapped[dict[str, str]]
    since: Mapped[datetime]
    by_user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


@append_only
class AcceptedConditions(Model):
    """Evidence that an exhibitor's owner accepted a version of the conditions, and in which language they read it."""

    __tablename__ = "accepted_conditions"
    __table_args__ = (
        _of_exhibitor(),
        ForeignKeyConstraint(["conditions_id", "edition_id"], ["exhibiting_conditions.id", "exhibiting_conditions.edition_id"]),
        CheckConstraint("language IN ('fr','ar','en')", name="language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    exhibitor_id: Mapped[int] = mapped_column(index=True)
    conditions_id: Mapped[int]
    language: Mapped[str] = mapped_column(String(2))
    at: Mapped[datetime]
    by_user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
