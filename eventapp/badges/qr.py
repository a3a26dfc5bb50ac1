"""The badge's QR symbol: always version 7, level M, one mask, alphanumeric; as modules and as an SVG path."""

from collections.abc import Sequence
from typing import Literal

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import QRData

SIDE = 45  # modules of a version 7 symbol
QUIET = 4  # modules of white around it that readers need
_VERSION = 7
_MASK = 4
_ALPHANUMERIC: Literal[2] = 2

Modules = Sequence[Sequence[bool]]


def modules(text: str) -> Modules:
    """Draw the symbol of a text of at most 178 capitals, digits and `:/.-`: 45 rows of 45 modules, True is dark."""
    symbol = qrcode.QRCode(version=_VERSION, error_correction=ERROR_CORRECT_M, mask_pattern=_MASK, border=0)
    symbol.add_data(QRData(text.encode("ascii"), mode=_ALPHANUMERIC), optimize=0)
    symbol.make(fit=False)
    return [[bool(module) for module in row] for row in symbol.modules]


def path(drawn: Modules) -> str:
    """Write the dark modules as an SVG path, one stroke for each run in a row, a module being one unit."""
    parts = []
    for y, row in enumerate(drawn):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                parts.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            x += 1
    return "".join(parts)


def svg(text: str) -> str:
    """Draw the symbol with its quiet zone as a whole SVG picture: 53 units wide and high."""
    whole = SIDE + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{QUIET} -{QUIET} {whole} {whole}" shape-rendering="crispEdges">'
        f'<rect x="-{QUIET}" y="-{QUIET}" width="{whole}" height="{whole}" fill="#fff"/><path d="{path(modules(text))}" fill="#000"/></svg>'
    )
