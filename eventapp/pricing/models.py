"""Price lists: what is sold at which price, and how many staff badges come with it."""

from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import Model


class PriceKind(StrEnum):
    """What a price is for."""

    PACKAGE = "package"  # compulsory
    SPACE = "space"
    SUPPLEMENT = "supplement"  # for open sides
    EXTRA = "extra"


class Unit(StrEnum):
    """What an amount is for: one of it, a square metre, or so many percent of the space's price."""

    EACH = "each"
    M2 = "m2"
    PERCENT = "percent"


class ForStands(StrEnum):
    """Which stands a price is for."""

    BOTH = "both"
    BARE = "bare"
    EQUIPPED = "equipped"


_ONE_FOR_A_STAND = text("on_sale AND kind IN ('space','supplement')")


class PriceItem(Model):
    """One price of an edition's list, without tax; of those on sale one is right for a stand."""

    __tablename__ = "price_items"
    __table_args__ = (
        UniqueConstraint("edition_id", "code"),
        Index("uq_price_items_id_edition_id", "id", "edition_id", unique=True),  # orders point at both
        CheckConstraint("kind IN ('package','space','supplement','extra')", name="kind"),
        CheckConstraint("unit = 'each' OR (unit = 'm2' AND kind <> 'package') OR (unit = 'percent' AND kind = 'supplement' AND amount <= 100)", name="unit"),
        CheckConstraint("kind <> 'space' OR unit = 'm2'", name="space_unit"),
        CheckConstraint("amount >= 0 AND amount < 10000000", name="amount"),
        CheckConstraint("stand_kind IN ('both','bare','equipped')", name="stand_kind"),
        CheckConstraint("(kind = 'supplement' AND open_sides BETWEEN 2 AND 4) OR (kind <> 'supplement' AND open_sides = 0)", name="open_sides"),
        CheckConstraint("least_area_m2 >= 0 AND (least_area_m2 = 0 OR kind IN ('space','supplement'))", name="least_area"),
        CheckConstraint("NOT per_co_exhibitor OR kind = 'package'", name="per_co_exhibitor"),
        Index(
            "uq_price_items_stand",
            "edition_id",
            "kind",
            "stand_kind",
            "open_sides",
            "least_area_m2",
            unique=True,
            sqlite_where=_ONE_FOR_A_STAND,
            postgresql_where=_ONE_FOR_A_STAND,
        ),
        {"sqlite_autoincrement": True},  # an id is never given twice: a page about a removed one hits no newer one
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[dict[str, str]]
    unit: Mapped[str] = mapped_column(String(8))
    amount: Mapped[Decimal] = mapped_column(Numeric(12, 2))  # without tax; a percentage where the unit is one
    stand_kind: Mapped[str] = mapped_column(String(10), default="both")
    open_sides: Mapped[int] = mapped_column(default=0)  # of a supplement: 2 corner, 3 head, 4 island
    least_area_m2: Mapped[Decimal] = mapped_column(Numeric(7, 2), default=Decimal(0))
    per_co_exhibitor: Mapped[bool] = mapped_column(default=False)  # charged for each of them too
    on_sale: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class PriceList(Model):
    """The terms of an edition's price list; its row is held while a price changes."""

    __tablename__ = "price_lists"
    __table_args__ = (
        CheckConstraint("deposit_percent BETWEEN 0 AND 100", name="deposit"),
        CheckConstraint("payment_days BETWEEN 0 AND 365", name="payment_days"),
        CheckConstraint("co_exhibitor_badges BETWEEN 0 AND 999", name="co_exhibitor_badges"),
        CheckConstraint("more_every_m2 > 0", name="more_every"),
        CheckConstraint("extra_badge_amount >= 0 AND extra_badge_amount < 10000000", name="extra_badge"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    deposit_percent: Mapped[Decimal] = mapped_column(Numeric(5, 2), default=Decimal(0))
    payment_days: Mapped[int] = mapped_column(default=30)
    co_exhibitor_badges: Mapped[int] = mapped_column(default=0)
    more_every_m2: Mapped[Decimal | None] = mapped_column(Numeric(7, 2))  # after the last step, one badge more for each so many square metres
    extra_badge_amount: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))  # without tax; none: not sold
    note: Mapped[dict[str, str]]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy reads it from the class


class QuotaStep(Model):
    """From which area a stand has how many staff badges."""

    __tablename__ = "quota_steps"
    __table_args__ = (CheckConstraint("from_area_m2 > 0", name="area"), CheckConstraint("badges BETWEEN 0 AND 999", name="badges"))

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True, autoincrement=False)
    from_area_m2: Mapped[Decimal] = mapped_column(Numeric(7, 2), primary_key=True)
    badges: Mapped[int]
