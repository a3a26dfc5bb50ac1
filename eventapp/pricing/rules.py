"""Quotes and quotas, on plain values; amounts are without tax unless said otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from eventapp.core.money import percent_of, rounded
from eventapp.editions.rules import check_code, check_texts
from eventapp.pricing.errors import (
    AmountOdd,
    AreaOdd,
    BadgesOdd,
    CoExhibitorsOdd,
    DaysOdd,
    ExtraNotForStand,
    ExtraOffSale,
    NoSpacePrice,
    NoSuchExtra,
    NothingToGoOnFrom,
    PercentOdd,
    QuantityOdd,
    QuotaFalls,
    StandTooSmall,
    StepTwice,
    plain,
)
from eventapp.pricing.models import ForStands, PriceKind, Unit

MOST_CO_EXHIBITORS, MOST_BADGES, MOST_DAYS, MOST_STEPS = 99, 999, 365, 8
_LARGEST_AMOUNT, _LARGEST_AREA, _LARGEST_QUANTITY = Decimal("9999999.99"), Decimal(10_000), Decimal(9_999)
_NOTHING = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class PricePlan:
    """What a price says: for what, how much, and for which stands; `open_sides` is 0 but for a supplement."""

    code: str
    kind: str
    name: Mapping[str, str]
    amount: Decimal
    unit: str = Unit.EACH
    stand_kind: str = ForStands.BOTH
    open_sides: int = 0
    least_area_m2: Decimal = _NOTHING
    per_co_exhibitor: bool = False


@dataclass(frozen=True, kw_only=True)
class Price(PricePlan):
    """A price of a list."""

    id: int = 0
    on_sale: bool = True


@dataclass(frozen=True)
class Space:
    """A stand as far as it makes a price: net area, bare or equipped, open sides."""

    area_m2: Decimal
    kind: str
    open_sides: int = 1


@dataclass(frozen=True)
class Line:
    """One line of a quote; of a percentage the quantity is the amount that it is taken of."""

    code: str
    name: Mapping[str, str]
    quantity: Decimal
    unit: str
    unit_price: Decimal
    net: Decimal


@dataclass(frozen=True)
class Quote:
    """What a stand costs, line by line; the tax is on the sum."""

    lines: tuple[Line, ...]
    net: Decimal
    vat_percent: Decimal
    vat: Decimal
    total: Decimal


@dataclass(frozen=True)
class QuotaTable:
    """How many staff badges a stand has: (from which area, badges) by area; after the last step one more for each further so many square metres, if any."""

    steps: Sequence[tuple[Decimal, int]] = ()
    more_every_m2: Decimal | None = None
    per_co_exhibitor: int = 0


@dataclass(frozen=True)
class Terms:
    """How a bill is paid, and what the list says beside its prices."""

    deposit_percent: Decimal = _NOTHING
    payment_days: int = 30
    note: Mapping[str, str] = field(default_factory=dict)


def quote(space: Space, co_exhibitors: int, extras: Mapping[str, Decimal], prices: Sequence[Price], vat_percent: Decimal) -> Quote:
    """Quote a stand with its co-exhibitors and extras (code and quantity); each line is rounded to 0.01, the tax is on the sum."""
    check_area("area_m2", space.area_m2)
    if not 0 <= co_exhibitors <= MOST_CO_EXHIBITORS:
        raise CoExhibitorsOdd
    offered = [price for price in prices if price.on_sale and _fits(price, space.kind)]
    floor = _floor(space, offered)
    lines = [_line(price, Decimal(1 + co_exhibitors * price.per_co_exhibitor)) for price in offered if price.kind == PriceKind.PACKAGE]
    lines += [floor, *_supplement(space, offered, floor.net), *_extras(space, extras, prices)]
    net = sum((line.net for line in lines), _NOTHING)
    vat = percent_of(net, vat_percent)
    return Quote(tuple(lines), net, vat_percent, vat, net + vat)


def quote_of_stand(space: Space, prices: Sequence[Price], vat_percent: Decimal) -> Quote | None:
    """Quote a stand alone, as a plan shows it; None where the list has no price for such a stand."""
    try:
        return quote(space, 0, {}, prices, vat_percent)
    except (NoSpacePrice, StandTooSmall):
        return None


def _fits(price: PricePlan, stand_kind: str) -> bool:
    return price.stand_kind in {ForStands.BOTH, stand_kind}


def _line(price: Price, quantity: Decimal) -> Line:
    return Line(price.code, price.name, quantity, price.unit, price.amount, rounded(quantity * price.amount))


def _rightest(prices: Iterable[Price]) -> Price:
    """Choose the price that was made for such stands: for their kind before both kinds, then from the largest area."""
    return max(prices, key=lambda price: (price.stand_kind != ForStands.BOTH, price.least_area_m2))


def _floor(space: Space, offered: Sequence[Price]) -> Line:
    sold = [price for price in offered if price.kind == PriceKind.SPACE]
    if not sold:
        raise NoSpacePrice
    large_enough = [price for price in sold if price.least_area_m2 <= space.area_m2]
    if not large_enough:
        raise StandTooSmall(min(price.least_area_m2 for price in sold), space.area_m2)
    return _line(_rightest(large_enough), space.area_m2)


def _supplement(space: Space, offered: Sequence[Price], floor: Decimal) -> list[Line]:
    right = [price for price in offered if price.kind == PriceKind.SUPPLEMENT and price.open_sides == space.open_sides and price.least_area_m2 <= space.area_m2]
    if not right:
        return []
    price = _rightest(right)
    if price.unit == Unit.PERCENT:
        return [Line(price.code, price.name, floor, price.unit, price.amount, percent_of(floor, price.amount))]
    return [_line(price, space.area_m2 if price.unit == Unit.M2 else Decimal(1))]


def extra_field(code: str) -> str:
    """Name the field in which an extra's quantity is typed."""
    return f"extra-{code}"


def _extras(space: Space, wanted: Mapping[str, Decimal], prices: Sequence[Price]) -> list[Line]:
    """Price what was ordered beside the stand, in the order of the list."""
    ordered = check_extras(space.kind, wanted, prices)
    return [_line(price, wanted[price.code]) for price in prices if price.code in ordered]


def check_extras(stand_kind: str, wanted: Mapping[str, Decimal], prices: Sequence[Price]) -> dict[str, Price]:
    """Find the prices of what is ordered beside a stand; refuse what is not offered with it, or in such a quantity."""
    known = {price.code: price for price in prices if price.kind == PriceKind.EXTRA}
    for code, quantity in wanted.items():
        _check_extra(known.get(code), code, quantity, stand_kind)
    return {code: known[code] for code in wanted}


def _check_extra(price: Price | None, code: str, quantity: Decimal, stand_kind: str) -> None:
    at = extra_field(code)
    if price is None:
        raise NoSuchExtra(at, code=code)
    if not price.on_sale:
        raise ExtraOffSale(at, name=price.name)
    if not _fits(price, stand_kind):
        raise ExtraNotForStand(at, name=price.name)
    finest = Decimal(1) if price.unit == Unit.EACH else Decimal("0.01")
    if not quantity.is_finite() or not 0 < quantity <= _LARGEST_QUANTITY or quantity % finest:
        raise QuantityOdd(at)


def staff_quota(area_m2: Decimal, table: QuotaTable, co_exhibitors: int = 0) -> int:
    """Count the staff badges that come with a stand of an area and its co-exhibitors; a stand below the first step has none of its own."""
    reached = [step for step in table.steps if step[0] <= area_m2]
    own = 0
    if reached:
        area, own = reached[-1]
        if table.more_every_m2 and len(reached) == len(table.steps):
            own += int((area_m2 - area) // table.more_every_m2)
    return own + co_exhibitors * table.per_co_exhibitor


def check_amount(at: str, amount: Decimal) -> None:
    """Refuse what is no price."""
    if not amount.is_finite() or not 0 <= amount <= _LARGEST_AMOUNT or amount != rounded(amount):
        raise AmountOdd(at)


def check_percent(at: str, percent: Decimal) -> None:
    """Refuse what is no percentage."""
    if not percent.is_finite() or not 0 <= percent <= 100 or percent != rounded(percent):  # noqa: PLR2004 - the whole
        raise PercentOdd(at)


def check_area(at: str, area_m2: Decimal) -> None:
    """Refuse what is no stand's area."""
    if not area_m2.is_finite() or not 0 < area_m2 <= _LARGEST_AREA or area_m2 != rounded(area_m2):
        raise AreaOdd(at)


def check_plan(plan: PricePlan) -> PricePlan:
    """Refuse a price that makes no sense: its code, its names, its amount, its least area."""
    check_code(plan.code)
    check_texts({"name": plan.name}, ("name",))
    (check_percent if plan.unit == Unit.PERCENT else check_amount)("amount", plan.amount)
    if plan.least_area_m2 != 0:
        check_area("least_area_m2", plan.least_area_m2)
    return plan


def check_terms(terms: Terms) -> Terms:
    """Refuse terms that nobody can keep."""
    check_percent("deposit_percent", terms.deposit_percent)
    if not 0 <= terms.payment_days <= MOST_DAYS:
        raise DaysOdd
    return terms


def check_badges(at: str, badges: int) -> None:
    """Refuse what is no number of badges."""
    if not 0 <= badges <= MOST_BADGES:
        raise BadgesOdd(at)


def check_quota(table: QuotaTable) -> QuotaTable:
    """Return the table by area; refuse one in which a larger stand has fewer badges. Its fields are from_1, badges_1 and so on, as they were typed."""
    ordered = sorted(enumerate(table.steps, start=1), key=lambda row: (row[1][0].is_finite() and row[1][0], row[0]))
    before: tuple[Decimal, int] = (_NOTHING, 0)
    for number, (area, badges) in ordered:
        check_area(f"from_{number}", area)
        check_badges(f"badges_{number}", badges)
        if area == before[0]:
            raise StepTwice(f"from_{number}", area=plain(area))
        if badges < before[1]:
            raise QuotaFalls(f"badges_{number}", area=plain(area))
        before = (area, badges)
    check_badges("co_exhibitor_badges", table.per_co_exhibitor)
    if table.more_every_m2 is not None:
        check_area("more_every_m2", table.more_every_m2)
        if not ordered:
            raise NothingToGoOnFrom
    return QuotaTable(tuple(step for _number, step in ordered), table.more_every_m2, table.per_co_exhibitor)
