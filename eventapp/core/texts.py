"""Texts in several languages, and folding for search."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date

LANGUAGES = ("fr", "ar", "en")
RIGHT_TO_LEFT = frozenset({"ar"})

_ARABIC_FOLDS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
# An apostrophe and a hyphen, however they are typed; before letters are taken apart, which makes a space of an accent that stands alone.
_MARKS = str.maketrans({**dict.fromkeys("‘’‛ʹʻʼʽˈ`´′＇", "'"), **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")})


def pick(texts: Mapping[str, str] | None, language: str, others: Sequence[str] = LANGUAGES) -> str:
    """Choose the text in the reader's language, else in the first other one that has it, else nothing."""
    texts = texts or {}
    return next((texts[code] for code in (language, *others, *texts) if texts.get(code)), "")


def fold(text: str) -> str:
    """Fold case, accents, Arabic letter forms, apostrophes, hyphens and spaces, so that one spelling finds the other."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_MARKS).casefold()) if not unicodedata.combining(c))
    return " ".join(bare.translate(_LETTERS).translate(_ARABIC_FOLDS).split())


def clean(text: str | None) -> str:
    """Trim a typed text, normalise it and drop control and bidirectional override characters."""
    dropped = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\ufeff", "\u200b"}
    kept = (c for c in unicodedata.normalize("NFC", text or "") if c in "\n\t" or not (c in dropped or unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"}))
    return "".join(kept).strip()


def direction(text: str) -> str:
    """Say which way a text runs, by its first strong letter."""
    for c in text:
        kind = unicodedata.bidirectional(c)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def days_in_words(first: date, last: date, locale: str) -> str:
    """Write the days from the first to the last, as in 12–15 avril 2018; one day stands alone."""
    end = str(format_date(last, "long", locale=locale))
    if first == last:
        return end
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if same_month else format_date(first, 'long', locale=locale)}{'–' if same_month else ' – '}{end}"
