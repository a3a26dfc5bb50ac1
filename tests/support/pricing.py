"""Price lists, stored as finance would leave them."""

from decimal import Decimal

from eventapp.editions.models import Edition
from eventapp.pricing.models import PriceItem
from eventapp.pricing.operations import add_price, set_quota
from eventapp.pricing.rules import Price, PricePlan, QuotaTable
from tests.support.cast import EIGHT, same

NINE_THEN_TEN = QuotaTable(((Decimal(9), 2),), Decimal(10), 1)
BY_RANGE = QuotaTable(((Decimal(12), 5), (Decimal(31), 9)), None, 3)

PACKAGE = {"code": "PACK", "kind": "package", "amount": Decimal(1000), "per_co_exhibitor": True}
BARE = {"code": "BARE", "kind": "space", "unit": "m2", "amount": Decimal(1350), "stand_kind": "bare", "least_area_m2": Decimal(36)}
EQUIPPED = {"code": "EQUIPPED", "kind": "space", "unit": "m2", "amount": Decimal(2500), "stand_kind": "equipped"}
CORNER = {"code": "CORNER", "kind": "supplement", "unit": "percent", "amount": Decimal(10), "open_sides": 2, "least_area_m2": Decimal(12)}
ISLAND = {"code": "ISLAND", "kind": "supplement", "unit": "m2", "amount": Decimal("200.50"), "open_sides": 4}
POWER = {"code": "POWER", "kind": "extra", "amount": Decimal("850.25")}
CARPET = {"code": "CARPET", "kind": "extra", "unit": "m2", "amount": Decimal("45.5"), "stand_kind": "bare"}
WHOLE_LIST = (PACKAGE, BARE, EQUIPPED, CORNER, ISLAND, POWER, CARPET)


def plan(values: dict[str, object], **more: object) -> PricePlan:
    """Write a price as operations take it."""
    return PricePlan(**{"name": same(str(values["code"]).title()), **values, **more})  # type: ignore[arg-type]


def price(values: dict[str, object], **more: object) -> Price:
    """Write a price as a list has it."""
    return Price(**{"name": same(str(values["code"]).title()), **values, **more})  # type: ignore[arg-type]


def put(edition: Edition, values: dict[str, object], **more: object) -> PriceItem:
    """Put a price on an edition's list."""
    return add_price(edition.id, plan(values, **more), actor_id=None, now=EIGHT)


def put_all(edition: Edition) -> list[PriceItem]:
    """Give an edition a whole price list, with a quota table."""
    items = [put(edition, values) for values in WHOLE_LIST]
    set_quota(edition.id, NINE_THEN_TEN, Decimal(150), actor_id=None, now=EIGHT)
    return items
