"""Enrolment codes: how long they are good, how they are read when somebody types them, and as a QR symbol."""

from datetime import timedelta

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from eventapp.badges.qr import path

CODE_LASTS = timedelta(minutes=30)
_LENGTH = 8


def code_as_written(code: str) -> str:
    """Write a code in two halves, as it is read out: ABCD-2345."""
    return f"{code[:4]}-{code[4:]}"


def code_as_typed(text: str) -> str | None:
    """Read a code however it was typed: in small letters, with spaces or without its dash; None for what cannot be one."""
    bare = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    return bare if len(bare) == _LENGTH else None


def symbol(address: str) -> tuple[int, str]:
    """Draw an address as a QR symbol: its side in modules, and the dark ones as an SVG path."""
    drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    drawn.add_data(address)
    drawn.make()
    return len(drawn.modules), path([[bool(module) for module in row] for row in drawn.modules])
