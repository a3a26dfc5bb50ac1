"""Stands made of others, on plain values: several that become one, one that is cut in two, and a row numbered in order."""

import re
from collections.abc import Collection, Sequence

from eventapp.stands.errors import CutMisses, NotBeside, NotOneShape, NumberTooLong
from eventapp.stands.rules.shapes import Outline, cells_of, outline_around

LONGEST_NUMBER = 8
_NUMBERED = re.compile(r"(.*?)(\d+)\Z", re.ASCII)


def merged(outlines: Collection[Sequence[Sequence[int]]]) -> Outline:
    """Draw one outline around several; refuse those that do not touch along a side."""
    try:
        return outline_around(frozenset().union(*(cells_of(outline) for outline in outlines)))
    except NotOneShape as refusal:
        raise NotBeside from refusal


def cut(number: str, outline: Sequence[Sequence[int]], across: str, at: int) -> tuple[Outline, Outline]:
    """Cut an outline along a line at `at` half metres from the hall's corner: `x` upright, `y` across. Refuse a line that does not make two pieces."""
    cells, along = cells_of(outline), 0 if across == "x" else 1
    try:
        pieces = [outline_around({cell for cell in cells if (cell[along] < at) is first}) for first in (True, False)]
    except NotOneShape as refusal:
        raise CutMisses(stand=number) from refusal
    return pieces[0], pieces[1]


def numbers_from(first: str, count: int) -> list[str]:
    """Count on from a stand number: B9, B10, B11; what ends in no digit gets them."""
    found = _NUMBERED.fullmatch(first)
    stem, start, width = (found[1], int(found[2]), len(found[2])) if found else (first, 1, 1)
    numbers = [f"{stem}{start + step:0{width}d}" for step in range(count)]
    if len(max(numbers, key=len, default="")) > LONGEST_NUMBER:
        raise NumberTooLong(stand=max(numbers, key=len))
    return numbers


def reading_order(outline: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Order stands as one reads: from the back of the hall to the front, and from left to right."""
    return min(y for _x, y in outline), min(x for x, _y in outline)
