"""Loaders of price lists, and what doctor asks."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, cast

from sqlalchemy import Table, and_, func, select

from eventapp.core.db import db, insert_new
from eventapp.core.errors import NotThere
from eventapp.core.money import with_tax
from eventapp.editions.models import Edition
from eventapp.pricing.models import PriceItem, PriceKind, PriceList, QuotaStep
from eventapp.pricing.rules import Price, PricePlan, QuotaTable, Terms

ORDER = {kind: number for number, kind in enumerate(PriceKind)}
ONE_FOR_A_STAND = (PriceKind.SPACE.value, PriceKind.SUPPLEMENT.value)


@dataclass(frozen=True)
class Prices:
    """An edition's whole price list, as pages and quotes read it; `version` is 0 while nobody has written one."""

    currency: str
    vat_percent: Decimal
    items: tuple[Price, ...]
    quota: QuotaTable
    terms: Terms
    extra_badge_amount: Decimal | None
    version: int

    @property
    def on_sale(self) -> tuple[Price, ...]:
        """List what can be ordered."""
        return tuple(item for item in self.items if item.on_sale)

    def with_tax(self, net: Decimal) -> Decimal:
        """Add the edition's tax to an amount."""
        return with_tax(net, self.vat_percent)

    def of_kind(self, kind: str) -> list[Price]:
        """List the prices of a kind, in their order."""
        return [item for item in self.items if item.kind == kind]


def price_list(edition_id: int) -> Prices:
    """Read an edition's price list, in three statements."""
    query = select(Edition.currency, Edition.vat_percent, PriceList).outerjoin(PriceList, PriceList.edition_id == Edition.id).where(Edition.id == edition_id)
    found = db.session.execute(query).one_or_none()
    if found is None:
        raise NotThere
    currency, vat_percent, _own = found
    own: PriceList | None = _own
    items = sorted((_price(item) for item in items_of(edition_id)), key=lambda price: ORDER[PriceKind(price.kind)])
    steps = tuple((step.from_area_m2, step.badges) for step in steps_of(edition_id))
    if own is None:
        return Prices(currency, vat_percent, tuple(items), QuotaTable(steps), Terms(), None, 0)
    quota = QuotaTable(steps, own.more_every_m2, own.co_exhibitor_badges)
    return Prices(currency, vat_percent, tuple(items), quota, Terms(own.deposit_percent, own.payment_days, own.note), own.extra_badge_amount, own.version)


def _price(item: PriceItem) -> Price:
    return Price(id=item.id, on_sale=item.on_sale, **plan_of(item))


def plan_of(item: PriceItem) -> dict[str, Any]:
    """Read what a stored price says."""
    return {name: getattr(item, name) for name in PricePlan.__dataclass_fields__}


def items_of(edition_id: int) -> list[PriceItem]:
    """List an edition's prices, in their order."""
    return list(db.session.scalars(select(PriceItem).where(PriceItem.edition_id == edition_id).order_by(PriceItem.position, PriceItem.id)))


def steps_of(edition_id: int) -> list[QuotaStep]:
    """List an edition's quota steps, by area."""
    return list(db.session.scalars(select(QuotaStep).where(QuotaStep.edition_id == edition_id).order_by(QuotaStep.from_area_m2)))


def item_of_edition(edition_id: int, item_id: int) -> PriceItem:
    """Load a price of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(PriceItem).where(PriceItem.id == item_id, PriceItem.edition_id == edition_id).execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def item_with_code(edition_id: int, code: str) -> PriceItem:
    """Load a price by its code."""
    return db.session.scalars(select(PriceItem).where(PriceItem.edition_id == edition_id, PriceItem.code == code)).one()


def code_is_taken(item: PriceItem, code: str) -> bool:
    """Say whether another price of the edition has the code."""
    same = select(PriceItem.id).where(PriceItem.edition_id == item.edition_id, PriceItem.code == code, PriceItem.id != item.id)
    return db.session.scalar(same) is not None


def list_to_change(edition_id: int) -> PriceList:
    """Load an edition's price list, made where there is none, locked until the operation ends: whoever changes a price takes turns."""
    first = {"edition_id": edition_id, "deposit_percent": Decimal(0), "payment_days": 30, "co_exhibitor_badges": 0, "note": {}, "version": 1}
    insert_new(cast("Table", PriceList.__table__), [first], ["edition_id"])
    return db.session.scalars(select(PriceList).where(PriceList.edition_id == edition_id).with_for_update().execution_options(populate_existing=True)).one()


def twin_of(edition_id: int, plan: PricePlan, item_id: int | None) -> PriceItem | None:
    """Find another price on sale that is for the same stands from the same area."""
    if plan.kind not in ONE_FOR_A_STAND:
        return None
    same = and_(*(getattr(PriceItem, name) == getattr(plan, name) for name in ("kind", "stand_kind", "open_sides", "least_area_m2")))
    query = select(PriceItem).where(PriceItem.edition_id == edition_id, PriceItem.on_sale, same)
    return db.session.scalars(query if item_id is None else query.where(PriceItem.id != item_id)).first()


def last_position(edition_id: int) -> int:
    """Find the position of an edition's last price; 0 before the first."""
    return db.session.scalar(select(func.max(PriceItem.position)).where(PriceItem.edition_id == edition_id)) or 0


def priced_twice() -> list[str]:
    """List stands for which two prices on sale are right: a breach."""
    stand = (PriceItem.edition_id, PriceItem.kind, PriceItem.stand_kind, PriceItem.open_sides, PriceItem.least_area_m2)
    doubled = select(*stand).where(PriceItem.on_sale, PriceItem.kind.in_(ONE_FOR_A_STAND)).group_by(*stand).having(func.count() > 1)
    return [f"edition {row[0]} has two prices of the kind {row[1]} for {row[2]} stands with {row[3]} open sides from {row[4]} m²" for row in db.session.execute(doubled)]


def falling_quotas() -> list[str]:
    """List quota tables in which a larger stand has fewer badges: a breach."""
    rows = db.session.execute(select(QuotaStep.edition_id, QuotaStep.from_area_m2, QuotaStep.badges).order_by(QuotaStep.edition_id, QuotaStep.from_area_m2))
    return [f"edition {one[0]} has fewer badges from {one[1]} m² on" for before, one in pairwise(rows) if one[0] == before[0] and one[2] < before[2]]
