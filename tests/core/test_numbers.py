"""Numbers as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.core.numbers import TwoReadingsError, typed_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None),
        ("  ", None),
        ("36", "36"),
        ("36,5", "36.5"),
        ("36.50", "36.50"),
        ("1 350,50", "1350.50"),
        ("1\u202f350", "1350"),
        ("1'350.50", "1350.50"),
        ("1.350,50", "1350.50"),
        ("1,350.50", "1350.50"),
        ("45.600,00", "45600.00"),
        ("1.234.567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("0.125", "0.125"),
        ("1000.000", "1000.000"),
        ("12,3456", "12.3456"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("7.", "7.0"),
        ("١٢٣", "123"),
        ("١٬٢٣٤٫٥", "1234.5"),
        ("١٬٢٣٤", "1234"),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, number: str | None) -> None:
    assert typed_number(typed) == (None if number is None else Decimal(number))


@pytest.mark.parametrize("typed", ["1.000", "1,000", "45.600", "-1.000", "999,999"])
def test_what_may_be_thousands_or_thousandths_is_asked_about(typed: str) -> None:
    with pytest.raises(TwoReadingsError):
        typed_number(typed)


@pytest.mark.parametrize("typed", ["1e3", "1E5", "nan", "Infinity", "-", ",", "1,2,3", "1.23.456", "1,000.000,5", "0x10", "1_000", "5 MAD", "\x00", "²", "9" * 41])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the type is the whole of it
        typed_number(typed)


@given(st.decimals(min_value=Decimal(-99999999), max_value=Decimal(99999999), places=2))
def test_every_sum_is_read_back_in_every_way_it_is_written(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    french = english.replace(",", "\u202f").replace(".", ",")
    arabic = english.replace(",", "x").replace(".", ",").replace("x", ".")
    assert [typed_number(one) for one in (english, french, arabic, f"{amount:.2f}")] == [amount] * 4
