"""Amounts in words, in French and Arabic."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eventapp.invoicing.rules.amounts import LARGEST, french_number, in_words

KNOWN = [
    ("0", "zéro dirham", "صفر درهم"),
    ("1", "un dirham", "درهم واحد"),
    ("2", "deux dirhams", "درهمان"),
    ("3", "trois dirhams", "ثلاثة دراهم"),
    ("10", "dix dirhams", "عشرة دراهم"),
    ("11", "onze dirhams", "أحد عشر درهماً"),
    ("12", "douze dirhams", "اثنا عشر درهماً"),
    ("18", "dix-huit dirhams", "ثمانية عشر درهماً"),
    ("21", "vingt et un dirhams", "واحد وعشرون درهماً"),
    ("70", "soixante-dix dirhams", "سبعون درهماً"),
    ("71", "soixante et onze dirhams", "واحد وسبعون درهماً"),
    ("80", "quatre-vingts dirhams", "ثمانون درهماً"),
    ("81", "quatre-vingt-un dirhams", "واحد وثمانون درهماً"),
    ("91", "quatre-vingt-onze dirhams", "واحد وتسعون درهماً"),
    ("100", "cent dirhams", "مائة درهم"),
    ("101", "cent un dirhams", "مائة درهم ودرهم واحد"),
    ("102", "cent deux dirhams", "مائة درهم ودرهمان"),
    ("103", "cent trois dirhams", "مائة وثلاثة دراهم"),
    ("200", "deux cents dirhams", "مائتا درهم"),
    ("201", "deux cent un dirhams", "مائتا درهم ودرهم واحد"),
    ("203", "deux cent trois dirhams", "مائتان وثلاثة دراهم"),
    ("1000", "mille dirhams", "ألف درهم"),
    ("1200", "mille deux cents dirhams", "ألف ومائتا درهم"),
    ("2000", "deux mille dirhams", "ألفا درهم"),
    ("2200", "deux mille deux cents dirhams", "ألفان ومائتا درهم"),
    ("3000", "trois mille dirhams", "ثلاثة آلاف درهم"),
    ("11000", "onze mille dirhams", "أحد عشر ألف درهم"),
    ("11100", "onze mille cent dirhams", "أحد عشر ألفاً ومائة درهم"),
    ("80000", "quatre-vingt mille dirhams", "ثمانون ألف درهم"),
    ("200000", "deux cent mille dirhams", "مائتا ألف درهم"),
    ("1000000", "un million de dirhams", "مليون درهم"),
    ("1200000", "un million deux cent mille dirhams", "مليون ومائتا ألف درهم"),
    ("2000000", "deux millions de dirhams", "مليونا درهم"),
    ("80000000", "quatre-vingts millions de dirhams", "ثمانون مليون درهم"),
    ("0.01", "un centime", "سنتيم واحد"),
    ("0.02", "deux centimes", "سنتيمان"),
    ("1.10", "un dirham et dix centimes", "درهم واحد وعشرة سنتيمات"),
    ("72676.50", "soixante-douze mille six cent soixante-seize dirhams et cinquante centimes", "اثنان وسبعون ألفاً وستمائة وستة وسبعون درهماً وخمسون سنتيماً"),
]
ONES = {
    word: number
    for number, word in enumerate(["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"])
}
TENS = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
SCALES = {"mille": 1000, "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}


@pytest.mark.parametrize(("amount", "french", "arabic"), KNOWN)
def test_known_amounts(amount: str, french: str, arabic: str) -> None:
    assert (in_words(Decimal(amount), "fr"), in_words(Decimal(amount), "ar"), in_words(Decimal(amount), "en")) == (french, arabic, french)


def read(words: str) -> int:
    """Read a French number back, as people do: group by group, four twenties as eighty."""
    whole = group = 0
    for word in words.replace("-", " ").replace(" et ", " ").split():
        if word in SCALES:
            whole, group = whole + max(group, 1) * SCALES[word], 0
        elif word in {"cent", "cents"}:
            group = max(group, 1) * 100
        elif word in {"vingt", "vingts"} and group % 100 == 4:
            group += 76
        else:
            group += ONES.get(word, TENS.get(word, 0))
    return whole + group


@given(st.integers(0, LARGEST - 1))
def test_every_number_in_french_reads_back(number: int) -> None:
    assert read(french_number(number)) == number


@given(st.decimals(0, 10**9, places=2))
def test_no_two_amounts_have_the_same_words(amount: Decimal) -> None:
    for language in ("fr", "ar"):
        assert in_words(amount, language) != in_words(amount + Decimal("0.01"), language)
        assert in_words(amount, language) != in_words(amount + 1, language)


@given(st.integers(3, 10**9))
def test_the_arabic_noun_goes_with_the_number(number: int) -> None:
    words, rest = in_words(Decimal(number), "ar"), number % 100
    ends = {0: "درهم", 1: "درهم واحد", 2: "درهمان"}.get(rest, "دراهم" if rest <= 10 else "درهماً")
    assert words.endswith(f" {ends}" if rest not in {1, 2} else f" و{ends}")
    assert "  " not in words


def test_more_than_anybody_pays_has_no_words() -> None:
    for language in ("fr", "ar"):
        with pytest.raises(ValueError, match="no words"):
            in_words(Decimal(LARGEST), language)
