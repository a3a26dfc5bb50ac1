"""Numbers as people type them: any script's digits, a comma or a point before decimals, marks between thousands."""

import re
import unicodedata
from decimal import Decimal

_SPACES = re.compile(r"[\s'’]+")
_DECIMAL, _THOUSANDS = "٫", "٬"  # Arabic has marks of its own for both
_GROUPED = re.compile(r"-?\d{1,3}([.,])\d{3}(?:\1\d{3})*")
_ONE_MARK = re.compile(r"(-?\d+)(?:[.,](\d*))?")
_BOTH_MARKS = re.compile(r"(-?\d{1,3}(?:(?:\.\d{3})+(?=,)|(?:,\d{3})+(?=\.)))[.,](\d+)")
LONGEST = 40


class TwoReadingsError(ValueError):
    """A number that some read as thousands and others as thousandths: 1.000."""


def typed_number(typed: str) -> Decimal | None:
    """Read a number; None for nothing, ValueError for what is none, TwoReadingsError for what may be thousands or thousandths."""
    text = _SPACES.sub("", "".join(_western(character) for character in typed)).replace("−", "-")
    if not text:
        return None
    if len(text) > LONGEST:
        raise ValueError(text)
    grouped = _GROUPED.fullmatch(text)
    if grouped and (text.count(grouped[1]) > 1 or _THOUSANDS in typed):
        return Decimal(text.replace(grouped[1], ""))
    if grouped and not text.lstrip("-").startswith("0") and _DECIMAL not in typed:
        raise TwoReadingsError(text)
    found = _BOTH_MARKS.fullmatch(text) or _ONE_MARK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Decimal(f"{re.sub('[.,]', '', found[1])}.{found[2] or '0'}")


def _western(character: str) -> str:
    if character in {_DECIMAL, _THOUSANDS}:
        return "." if character == _DECIMAL else ","
    return str(unicodedata.decimal(character, character))
