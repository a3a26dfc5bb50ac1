"""The ICE: which numbers are right, and what is said of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.core.errors import Refusal
from eventapp.organisations.errors import IceCheckDigits, IceHasLetters, IceOfZeros, IceTooLong, IceTooShort
from eventapp.organisations.rules import ice_number


@pytest.mark.parametrize("typed", ["001561191000066", "002136093000040", " 001 561 191 000 066 ", "001561191-0000-66", "٠٠١٥٦١١٩١٠٠٠٠٦٦"])
def test_a_right_number_is_read_however_it_is_typed(typed: str) -> None:
    assert ice_number(typed) in {"001561191000066", "002136093000040"}


@pytest.mark.parametrize("typed", ["", "   ", " - "])
def test_nothing_typed_is_no_number(typed: str) -> None:
    assert ice_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "refusal", "facts"),
    [
        ("001561191000065", IceCheckDigits, {"digits": "65"}),
        ("000 000 000 000 000", IceOfZeros, {}),
        ("00156119100006", IceTooShort, {"count": 14}),
        ("1", IceTooShort, {"count": 1}),
        ("0015611910000661", IceTooLong, {"count": 16}),
        ("00156119100006O", IceHasLetters, {"found": "O"}),
        ("ICE 001561191000066", IceHasLetters, {"found": "C E I"}),
    ],
)
def test_a_wrong_number_is_refused_with_what_is_wrong(typed: str, refusal: type[Refusal], facts: dict[str, object]) -> None:
    with pytest.raises(refusal) as told:
        ice_number(typed)
    assert told.value.facts == facts
    assert told.value.field == "ice"


@given(st.integers(1, 10**13 - 1), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(start: int, place: int, change: int) -> None:
    number = f"{start:013}{-start * 100 % 97:02}"
    assert ice_number(number) == number
    wrong = f"{number[:place]}{(int(number[place]) + change) % 10}{number[place + 1 :]}"
    with pytest.raises(IceCheckDigits):
        ice_number(wrong)


@given(st.text(max_size=40))
def test_any_text_is_a_number_nothing_or_a_refusal(typed: str) -> None:
    try:
        read = ice_number(typed)
    except Refusal:
        return
    assert read is None or (len(read) == 15 and int(read) % 97 == 0)
