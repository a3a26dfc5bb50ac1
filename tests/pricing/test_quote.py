"""What a stand costs, and how many badges it has, on plain values."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.core.errors import Refusal
from eventapp.core.money import percent_of, rounded, with_tax
from eventapp.core.texts import LANGUAGES
from eventapp.pricing import errors
from eventapp.pricing.rules import Price, PricePlan, QuotaTable, Space, Terms, check_plan, check_quota, check_terms, quote, quote_of_stand, staff_quota
from tests.support.pricing import BARE, BY_RANGE, CARPET, CORNER, EQUIPPED, ISLAND, NINE_THEN_TEN, PACKAGE, POWER, WHOLE_LIST, plan, price

LIST = [price(values) for values in WHOLE_LIST]
VAT = Decimal(20)


def stand(area: str, kind: str = "equipped", sides: int = 1) -> Space:
    return Space(Decimal(area), kind, sides)


def lines(space: Space, *, co: int = 0, extras: dict[str, str] | None = None, prices: list[Price] | None = None) -> list[tuple[str, Decimal, Decimal]]:
    found = quote(space, co, {code: Decimal(quantity) for code, quantity in (extras or {}).items()}, LIST if prices is None else prices, VAT)
    return [(line.code, line.quantity, line.net) for line in found.lines]


def test_a_stand_costs_package_space_and_supplement_and_the_tax_is_on_the_sum() -> None:
    found = quote(stand("18", sides=2), 0, {}, LIST, VAT)
    assert [(line.code, line.unit, line.net) for line in found.lines] == [("PACK", "each", Decimal(1000)), ("EQUIPPED", "m2", Decimal(45000)), ("CORNER", "percent", Decimal(4500))]
    assert (found.net, found.vat_percent, found.vat, found.total) == (Decimal(50500), VAT, Decimal(10100), Decimal(60600))


def test_the_package_is_charged_for_each_co_exhibitor_too_where_it_says_so() -> None:
    assert lines(stand("9"), co=3)[0] == ("PACK", Decimal(4), Decimal(4000))
    assert lines(stand("9"), co=3, prices=[price(PACKAGE, per_co_exhibitor=False), price(EQUIPPED)])[0] == ("PACK", Decimal(1), Decimal(1000))


def test_a_supplement_counts_from_its_least_area_on() -> None:
    assert [code for code, _quantity, _net in lines(stand("11.99", sides=2))] == ["PACK", "EQUIPPED"]
    assert lines(stand("12", sides=2))[2] == ("CORNER", Decimal(30000), Decimal(3000))
    assert lines(stand("10", sides=4))[2] == ("ISLAND", Decimal(10), Decimal(2005))
    assert lines(stand("20", sides=3)) == lines(stand("20"))


def test_extras_are_priced_by_piece_or_by_square_metre_in_the_order_of_the_list() -> None:
    found = lines(stand("36", "bare"), extras={"CARPET": "36.5", "POWER": "2"})
    assert found[2:] == [("POWER", Decimal(2), Decimal("1700.50")), ("CARPET", Decimal("36.5"), Decimal("1660.75"))]


def test_the_price_made_for_such_a_stand_counts_before_the_general_one() -> None:
    general, large = price(EQUIPPED, code="ANY", stand_kind="both", amount=Decimal(3000)), price(BARE, code="LARGE", least_area_m2=Decimal(100), amount=Decimal(1200))
    prices = [general, large, price(BARE)]
    assert [lines(stand(area, kind), prices=prices)[0][0] for area, kind in (("9", "equipped"), ("30", "bare"), ("36", "bare"), ("100", "bare"))] == ["ANY", "ANY", "BARE", "LARGE"]


def test_each_line_is_rounded_half_up() -> None:
    assert [rounded(Decimal(amount)) for amount in ("0.005", "0.015", "2.674", "-0.005")] == [Decimal("0.01"), Decimal("0.02"), Decimal("2.67"), Decimal("-0.01")]
    assert (percent_of(Decimal("0.05"), Decimal(10)), with_tax(Decimal("10.05"), Decimal("14.5"))) == (Decimal("0.01"), Decimal("11.51"))
    prices = [price(EQUIPPED, amount=Decimal("0.03")), price(POWER, unit="m2", amount=Decimal("0.01"))]
    assert [net for _code, _quantity, net in lines(stand("1.5"), extras={"POWER": "0.5"}, prices=prices)] == [Decimal("0.05"), Decimal("0.01")]


@pytest.mark.parametrize(
    ("space", "co", "extras", "refusal"),
    [
        (stand("35.99", "bare"), 0, {}, errors.StandTooSmall),
        (stand("0"), 0, {}, errors.AreaOdd),
        (stand("-9"), 0, {}, errors.AreaOdd),
        (stand("10000.01"), 0, {}, errors.AreaOdd),
        (stand("9.001"), 0, {}, errors.AreaOdd),
        (stand("NaN"), 0, {}, errors.AreaOdd),
        (stand("Infinity"), 0, {}, errors.AreaOdd),
        (stand("9"), -1, {}, errors.CoExhibitorsOdd),
        (stand("9"), 100, {}, errors.CoExhibitorsOdd),
        (stand("9"), 0, {"PIANO": "1"}, errors.NoSuchExtra),
        (stand("9"), 0, {"PACK": "1"}, errors.NoSuchExtra),
        (stand("9"), 0, {"CARPET": "9"}, errors.ExtraNotForStand),
        (stand("9"), 0, {"POWER": "0"}, errors.QuantityOdd),
        (stand("9"), 0, {"POWER": "-1"}, errors.QuantityOdd),
        (stand("9"), 0, {"POWER": "1.5"}, errors.QuantityOdd),
        (stand("9"), 0, {"POWER": "10000"}, errors.QuantityOdd),
        (stand("9"), 0, {"POWER": "NaN"}, errors.QuantityOdd),
        (stand("9"), 0, {"POWER": "sNaN"}, errors.QuantityOdd),
        (stand("36", "bare"), 0, {"CARPET": "1.001"}, errors.QuantityOdd),
    ],
)
def test_what_cannot_be_quoted_is_refused_by_name(space: Space, co: int, extras: dict[str, str], refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        lines(space, co=co, extras=extras)


def test_what_is_off_sale_is_neither_charged_nor_ordered() -> None:
    prices = [price(PACKAGE, on_sale=False), price(EQUIPPED), price(POWER, on_sale=False)]
    assert lines(stand("9"), prices=prices) == [("EQUIPPED", Decimal(9), Decimal(22500))]
    with pytest.raises(errors.ExtraOffSale) as refusal:
        lines(stand("9"), extras={"POWER": "1"}, prices=prices)
    assert refusal.value.field == "extra-POWER"
    with pytest.raises(errors.NoSpacePrice):
        lines(stand("9"), prices=[price(EQUIPPED, on_sale=False), price(BARE)])


def test_a_stand_that_is_too_small_is_told_from_which_area_on() -> None:
    with pytest.raises(errors.StandTooSmall) as refusal:
        lines(stand("12.50", "bare"))
    assert (refusal.value.least, refusal.value.area, str(refusal.value)) == (Decimal(36), Decimal("12.5"), "Stands of this kind begin at 36 m²; this one has 12.5 m².")


def test_a_plan_shows_no_price_where_there_is_none() -> None:
    found = [quote_of_stand(space, LIST, VAT) for space in (stand("9"), stand("9", "bare"), stand("36", "bare"))]
    assert [one and one.total for one in found] == [Decimal(28200), None, Decimal(59520)]
    assert quote_of_stand(stand("9"), [], VAT) is None


AMOUNTS = st.decimals(0, Decimal("9999999.99"), places=2, allow_nan=False)
AREAS = st.decimals(Decimal("0.01"), 10_000, places=2)
PERCENTS = st.decimals(0, 100, places=2)


@st.composite
def price_lists(draw: st.DrawFn) -> list[Price]:
    prices = [price(PACKAGE, amount=draw(AMOUNTS), per_co_exhibitor=draw(st.booleans()))]
    prices += [price(EQUIPPED, stand_kind="both", amount=draw(AMOUNTS)), price(CORNER, amount=draw(PERCENTS), least_area_m2=Decimal(0))]
    return [*prices, price(ISLAND, amount=draw(AMOUNTS)), price(POWER, amount=draw(AMOUNTS)), price(CARPET, amount=draw(AMOUNTS), stand_kind="both")]


@given(
    price_lists(),
    AREAS,
    st.sampled_from(["bare", "equipped"]),
    st.integers(1, 4),
    st.integers(0, 99),
    st.integers(1, 9999),
    st.decimals(Decimal("0.01"), 9999, places=2),
    st.decimals(0, 40, places=2),
)
def test_lines_sum_to_the_net_and_the_tax_is_right_within_half_a_centime(
    prices: list[Price], area: Decimal, kind: str, sides: int, co: int, pieces: int, metres: Decimal, vat: Decimal
) -> None:
    found = quote(Space(area, kind, sides), co, {"POWER": Decimal(pieces), "CARPET": metres}, prices, vat)
    assert sum(line.net for line in found.lines) == found.net
    assert abs(found.vat - found.net * vat / 100) <= Decimal("0.005")
    assert found.total == found.net + found.vat
    assert all(line.net == rounded(line.net) and line.net >= 0 for line in found.lines)
    for line in found.lines:
        exact = line.quantity * line.unit_price / (100 if line.unit == "percent" else 1)
        assert abs(line.net - exact) <= Decimal("0.005")


@given(price_lists(), AREAS, AREAS, st.integers(1, 4))
def test_a_larger_stand_costs_no_less(prices: list[Price], one: Decimal, other: Decimal, sides: int) -> None:
    small, large = (quote(Space(area, "bare", sides), 0, {}, prices, VAT).total for area in sorted((one, other)))
    assert small <= large


@pytest.mark.parametrize(
    ("table", "badges"),
    [
        (NINE_THEN_TEN, {"8.99": 0, "9": 2, "18.99": 2, "19": 3, "28": 3, "29": 4, "100": 11}),
        (BY_RANGE, {"11": 0, "12": 5, "30": 5, "30.99": 5, "31": 9, "50": 9, "500": 9}),
        (QuotaTable(), {"9": 0}),
    ],
)
def test_a_stand_has_the_badges_of_its_area(table: QuotaTable, badges: dict[str, int]) -> None:
    assert {area: staff_quota(Decimal(area), table) for area in badges} == badges


def test_co_exhibitors_bring_badges_of_their_own() -> None:
    assert [staff_quota(Decimal(31), BY_RANGE, number) for number in range(3)] == [9, 12, 15]
    assert staff_quota(Decimal(1), BY_RANGE, 2) == 6


STEPS = st.lists(st.tuples(AREAS, st.integers(0, 999)), max_size=8)


@given(STEPS, st.none() | st.decimals(Decimal("0.01"), 1000, places=2), st.integers(0, 99), AREAS, AREAS, st.integers(0, 99))
def test_a_table_that_is_accepted_never_gives_a_larger_stand_fewer_badges(
    steps: list[tuple[Decimal, int]], every: Decimal | None, each: int, one: Decimal, other: Decimal, co: int
) -> None:
    try:
        table = check_quota(QuotaTable(steps, every, each))
    except Refusal:
        rows = sorted(steps)
        falls = any(a == b or m > n for (a, m), (b, n) in pairwise(rows))
        assert falls or (every is not None and not steps)
        return
    small, large = sorted((one, other))
    assert staff_quota(small, table, co) <= staff_quota(large, table, co) <= staff_quota(large, table, co + 1)


@pytest.mark.parametrize(
    ("steps", "every", "each", "field"),
    [
        ([("9", 2), ("9", 3)], None, 0, "from_2"),
        ([("31", 5), ("12", 9)], None, 0, "badges_1"),
        ([("0", 2)], None, 0, "from_1"),
        ([("NaN", 2)], None, 0, "from_1"),
        ([("9", 1000)], None, 0, "badges_1"),
        ([("9", -1)], None, 0, "badges_1"),
        ([("9", 2)], "0", 0, "more_every_m2"),
        ([], "10", 0, "more_every_m2"),
        ([("9", 2)], None, 1000, "co_exhibitor_badges"),
    ],
)
def test_an_odd_table_is_refused_at_its_line(steps: list[tuple[str, int]], every: str | None, each: int, field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_quota(QuotaTable([(Decimal(area), badges) for area, badges in steps], every and Decimal(every), each))  # type: ignore[arg-type]
    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "A B"}, "code"),
        ({"name": dict.fromkeys(LANGUAGES, "")}, "name_fr"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"amount": Decimal("0.001")}, "amount"),
        ({"amount": Decimal(10_000_000)}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal(101), "unit": "percent"}, "amount"),
        ({"least_area_m2": Decimal(-1)}, "least_area_m2"),
        ({"least_area_m2": Decimal("Infinity")}, "least_area_m2"),
    ],
)
def test_a_price_that_makes_no_sense_is_refused_at_its_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_plan(plan(CORNER, **wrong))
    assert refusal.value.field == field


def test_a_price_that_makes_sense_is_taken() -> None:
    plans: list[PricePlan] = [plan(values) for values in WHOLE_LIST]
    assert [check_plan(one) for one in plans] == plans


def test_terms_that_nobody_can_keep_are_refused() -> None:
    for terms, refusal in ((Terms(Decimal(101)), errors.PercentOdd), (Terms(Decimal(-1)), errors.PercentOdd), (Terms(Decimal(50), 366), errors.DaysOdd)):
        with pytest.raises(refusal):
            check_terms(terms)
    assert check_terms(Terms(Decimal(50), 30)) == Terms(Decimal(50), 30)
