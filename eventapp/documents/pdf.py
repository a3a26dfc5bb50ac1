"""PDF by typst: a source file of ours, data as JSON beside it, never pasted into it; only our own fonts."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from config import ROOT

TEMPLATES = ROOT / "templates"
FONTS = ROOT / "static" / "vendor" / "print"


class MissingFontsError(RuntimeError):
    """The fonts for print are not installed; the message says what to do."""


@cache
def _fonts() -> typst.Fonts:
    if not any(FONTS.glob("*.ttf")):
        raise MissingFontsError(f"There are no fonts in {FONTS}. Install them with: make setup")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _compile(source: Path, data: Mapping[str, Any], kind: Literal["pdf", "png"], ppi: float | None = None) -> bytes | list[bytes]:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typst.compile(source, root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True, format=kind, ppi=ppi, sys_inputs=inputs)


def typeset(source: Path, data: Mapping[str, Any]) -> bytes:
    """Set a document: `source` is a .typ file under templates/, which reads `data` (plain JSON) from `sys.inputs.data`; the PDF's bytes."""
    made = _compile(source, data, "pdf")
    return made if isinstance(made, bytes) else b"".join(made)


def pictures(source: Path, data: Mapping[str, Any], ppi: float = 144) -> list[bytes]:
    """Set a document as PNG pictures, one for each page."""
    made = _compile(source, data, "png", ppi)
    return [made] if isinstance(made, bytes) else made
