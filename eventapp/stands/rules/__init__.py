"""Rules for stands, on plain values: their numbers, their shapes, which one is like another."""

import re

from eventapp.core.texts import clean
from eventapp.stands.errors import OddNumber

_NUMBER = re.compile(r"\w(?:[\w.-]*\w)?")  # it stands in addresses and in file names


def stand_number(typed: str) -> str:
    """Write a typed stand number as the plan does: B 12 and b12 are B12."""
    return "".join(clean(typed).upper().split())


def new_number(typed: str) -> str:
    """Write the number that a stand gets: letters, digits, and hyphens or points between them."""
    number = stand_number(typed)
    if not _NUMBER.fullmatch(number):
        raise OddNumber(stand=number)
    return number
