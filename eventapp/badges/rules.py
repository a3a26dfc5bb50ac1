"""Decisions about badges: serial and counter, what the card says and how."""

import re
from collections.abc import Iterable

from eventapp.core.texts import direction
from eventapp.editions.models import Category

LAST_COUNTER = 255

# The band's colour; white text stands on each with a contrast of at least 4.5.
COLOURS: dict[str, str] = {
    Category.VISITOR: "#0b6e69",
    Category.EXHIBITOR: "#1f4f8f",
    Category.BUILD_UP: "#6b4f1d",
    Category.SPEAKER: "#6b2d82",
    Category.SIGNATORY: "#8a1c4a",
    Category.OFFICIAL: "#7a1f1f",
    Category.VIP: "#17202b",
    Category.PRESS: "#9a4b00",
    Category.STUDENT: "#3f6212",
    Category.ORGANISER: "#17202b",
    Category.SECURITY: "#3d3d3d",
    Category.SERVICE: "#59626e",
}
_LONG_RUN = re.compile(r"[^\s\-\u200b]{24}(?=[^\s\-\u200b]{4})")
_BREAK = "\u200b"


def next_counter(serial: int | None, counter: int | None) -> tuple[int | None, int]:
    """Say with which serial and counter a badge follows another; a serial of None is to be drawn anew."""
    if serial is None or counter is None or counter >= LAST_COUNTER:
        return None, 1
    return serial, counter + 1


def zone_mask(bits: Iterable[int]) -> int:
    """Write zones as the token's mask of 16 bits."""
    mask = 0
    for bit in bits:
        mask |= 1 << bit
    return mask


def piece(text: str) -> dict[str, str]:
    """Give a text to the typesetter with the way it runs; a word too long for any line may break."""
    return {"text": _LONG_RUN.sub(lambda run: f"{run.group()}{_BREAK}", text), "dir": direction(text)}
