"""An amount in words, in French and in Arabic: dirhams and centimes, with the plurals and duals that go with the numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

LARGEST = 10**12

_FRENCH_ONES = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"]
_FRENCH_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}


def _french_below_100(number: int, *, last: bool) -> str:
    """Write 1 to 99; `last`: a numeral follows no more, so quatre-vingts has its s."""
    if number <= 16:  # noqa: PLR2004 - the numbers with a word of their own
        return _FRENCH_ONES[number]
    if number < 20:  # noqa: PLR2004
        return f"dix-{_FRENCH_ONES[number - 10]}"
    ten, one = divmod(number, 10)
    if ten in {7, 9}:
        ten, one = ten - 1, one + 10
    word = _FRENCH_TENS[ten]
    if one == 0:
        return "quatre-vingts" if ten == 8 and last else word  # noqa: PLR2004 - eighty
    joint = " et " if one in {1, 11} and ten != 8 else "-"  # noqa: PLR2004
    return f"{word}{joint}{_french_below_100(one, last=False)}"


def _french_below_1000(number: int, *, last: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds == 1:
        words.append("cent")
    elif hundreds:
        words.append(f"{_FRENCH_ONES[hundreds]} cent{'s' if not rest and last else ''}")
    if rest:
        words.append(_french_below_100(rest, last=last))
    return " ".join(words)


def french_number(number: int) -> str:
    """Write a whole number below 10^12 in French."""
    if not 0 <= number < LARGEST:
        raise ValueError(f"no words for {number}")
    if number == 0:
        return _FRENCH_ONES[0]
    words = []
    for size, name in ((10**9, "milliard"), (10**6, "million")):
        count, number = divmod(number, size)
        if count:
            words.append(f"{_french_below_1000(count, last=True)} {name}{'s' if count > 1 else ''}")
    thousands, rest = divmod(number, 1000)
    if thousands:
        words.append("mille" if thousands == 1 else f"{_french_below_1000(thousands, last=False)} mille")
    if rest:
        words.append(_french_below_1000(rest, last=True))
    return " ".join(words)


def _french_counted(number: int, one: str) -> str:
    of = "de " if number and number % 10**6 == 0 else ""
    return f"{french_number(number)} {of}{one}{'s' if number > 1 else ''}"


@dataclass(frozen=True)
class Noun:
    """An Arabic noun that is counted: one, two (alone and before another noun), three to ten, eleven and more, and after round hundreds."""

    one: str
    two: str
    two_of: str
    few: str
    many: str


_DIRHAM = Noun("درهم", "درهمان", "درهما", "دراهم", "درهماً")
_CENTIME = Noun("سنتيم", "سنتيمان", "سنتيما", "سنتيمات", "سنتيماً")
_SCALES = (
    (10**9, Noun("مليار", "ملياران", "مليارا", "مليارات", "ملياراً")),
    (10**6, Noun("مليون", "مليونان", "مليونا", "ملايين", "مليوناً")),
    (10**3, Noun("ألف", "ألفان", "ألفا", "آلاف", "ألفاً")),
)
_ARABIC_ONES = ("", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة", "أحد عشر", "اثنا عشر")
_ARABIC_TENS = ("", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون")
_ARABIC_HUNDREDS = ("", "مائة", "مائتان", "ثلاثمائة", "أربعمائة", "خمسمائة", "ستمائة", "سبعمائة", "ثمانمائة", "تسعمائة")
_AND = " و"


def _arabic_below_100(number: int) -> str:
    if number <= 12:  # noqa: PLR2004 - the numbers with words of their own
        return _ARABIC_ONES[number]
    if number < 20:  # noqa: PLR2004
        return f"{_ARABIC_ONES[number - 10]} عشر"
    ten, one = divmod(number, 10)
    return _AND.join(word for word in (_ARABIC_ONES[one], _ARABIC_TENS[ten]) if word)


def _arabic_below_1000(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    return _AND.join(word for word in (_ARABIC_HUNDREDS[hundreds], _arabic_below_100(rest)) if word)


def _arabic_group(count: int, scale: Noun, *, before_noun: bool) -> list[str]:
    """Write so many thousands (millions, ...), in parts that "and" joins; `before_noun`: what is counted follows at once."""
    rest = count % 100
    if count <= 2:  # noqa: PLR2004 - one and two are said by the noun itself
        return [scale.one if count == 1 else scale.two_of if before_noun else scale.two]
    if rest in {1, 2}:
        return [*_arabic_group(count - rest, scale, before_noun=True), *_arabic_group(rest, scale, before_noun=before_noun)]
    if rest == 0:
        return [f"{_of(_arabic_below_1000(count))} {scale.one}"]
    few = 3 <= rest <= 10  # noqa: PLR2004
    return [f"{_arabic_below_1000(count)} {scale.few if few else scale.one if before_noun else scale.many}"]


def _of(words: str) -> str:
    """Write two hundred as it stands before a noun."""
    return f"{words.removesuffix('مائتان')}مائتا" if words.endswith("مائتان") else words


def arabic_counted(number: int, noun: Noun) -> str:
    """Write how many of something there are, the noun in the form that goes with the number."""
    if not 0 <= number < LARGEST:
        raise ValueError(f"no words for {number}")
    if number <= 2:  # noqa: PLR2004
        return (f"صفر {noun.one}", f"{noun.one} واحد", noun.two)[number]
    rest = number % 100
    if rest in {1, 2}:  # said after the rest: a hundred dirhams and a dirham
        return f"{arabic_counted(number - rest, noun)}{_AND}{arabic_counted(rest, noun)}"
    parts, left = [], number
    for size, scale in _SCALES:
        count, left = divmod(left, size)
        if count:
            parts += _arabic_group(count, scale, before_noun=left == 0)
    if left:
        parts.append(_of(_arabic_below_1000(left)) if rest == 0 else _arabic_below_1000(left))
    form = noun.one if rest == 0 else noun.few if rest <= 10 else noun.many  # noqa: PLR2004
    return f"{_AND.join(parts)} {form}"


def _arabic(number: int, *, cents: bool) -> str:
    return arabic_counted(number, _CENTIME if cents else _DIRHAM)


def _french(number: int, *, cents: bool) -> str:
    return _french_counted(number, "centime" if cents else "dirham")


_WAYS: dict[str, tuple[Callable[..., str], str]] = {"fr": (_french, " et "), "ar": (_arabic, _AND)}


def in_words(amount: Decimal, language: str) -> str:
    """Write an amount of dirhams in words: in Arabic for an Arabic reader, else in French, as the law reads it."""
    write, joint = _WAYS.get(language, _WAYS["fr"])
    whole, cents = divmod(int(amount * 100), 100)
    parts = [write(whole, cents=False)] if whole or not cents else []
    return joint.join([*parts, write(cents, cents=True)] if cents else parts)
