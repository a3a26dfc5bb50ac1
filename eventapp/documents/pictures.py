"""Pictures that people send, drawn anew: what is stored was made here, of the pixels alone."""

import io
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageOps

from eventapp.documents.errors import HidesAnother, PictureDamaged, PictureMoves, PictureTooLarge

MOST_PIXELS_A_SIDE = 5000
MEDIA_TYPE, ENDING = "image/webp", "webp"
_FORMATS = ("PNG", "JPEG", "WEBP")
_STILL = {"JPEG", "MPO"}  # a telephone keeps a second view in its JPEG; that is no animation
_HEAVY = 400_000  # bytes beyond which a picture without loss is not worth it
_HIDDEN = (b"%PDF-", b"<script", b"<?php", b"<html")
_FAULTS = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError, struct.error, zlib.error)

_one_at_a_time = threading.Lock()  # one of 25 million pixels takes a hundred megabytes while it is decoded

Image.MAX_IMAGE_PIXELS = None  # the bound here is tighter, and says what to do


@dataclass(frozen=True)
class Drawn:
    """A picture as it is stored: WebP, and its size in pixels."""

    content: bytes
    width: int
    height: int


def redraw(content: bytes, longest_side: int, field: str) -> Drawn:
    """Draw a PNG, JPEG or WebP anew, at most so many pixels on its longer side, without anything but its pixels."""
    _measure(_webp_size(content), field)  # WebP alone asks for all its memory when it is opened
    with _readable(field):
        opened = Image.open(io.BytesIO(content), formats=_FORMATS)
    _measure(opened.size, field)
    if opened.format not in _STILL and getattr(opened, "is_animated", False):
        raise PictureMoves(field)
    if hides_another(content):
        raise HidesAnother(field)
    with _one_at_a_time, _readable(field):
        plain = _pixels(opened, longest_side)
        return Drawn(_written(plain, lossless=opened.format not in _STILL), *plain.size)


def hides_another(content: bytes) -> bool:
    """Say whether a file is an archive, a page or a program too, for whoever reads it as one."""
    low = content.lower()
    return zipfile.is_zipfile(io.BytesIO(content)) or any(mark.lower() in low[1:] for mark in _HIDDEN)


@contextmanager
def _readable(field: str) -> Iterator[None]:
    """Name what a decoder stumbles over."""
    try:
        yield
    except _FAULTS as error:
        raise PictureDamaged(field) from error


def _measure(size: tuple[int, int] | None, field: str) -> None:
    if size is not None and max(size) > MOST_PIXELS_A_SIDE:
        raise PictureTooLarge(field, width=size[0], height=size[1], most=MOST_PIXELS_A_SIDE)


def _webp_size(content: bytes) -> tuple[int, int] | None:
    """Read the size of a WebP from its head; None for anything else."""
    head = content[:30].ljust(30, b"\0")
    if head[8:12] != b"WEBP":
        return None
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _pixels(opened: Image.Image, longest_side: int) -> Image.Image:
    """Decode a picture the right way up, smaller where it is too large, into one that knows nothing but its pixels."""
    opened.draft(None, (longest_side, longest_side))  # a JPEG is decoded at about the size wanted
    ImageOps.exif_transpose(opened, in_place=True)
    deep = opened.mode.startswith(("I", "F"))  # sixteen bits
    even = opened.convert("I").point(lambda value: value / 256).convert("L") if deep else opened
    mode = "RGBA" if even.has_transparency_data else "RGB"
    shown = even if even.mode == mode else even.convert(mode)
    shown.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    plain = Image.new(mode, shown.size)
    plain.paste(shown)
    return plain


def _written(plain: Image.Image, *, lossless: bool) -> bytes:
    """Write a drawing as it is, a photograph with little loss."""
    content = _webp(plain, lossless=True) if lossless else b""
    return content if 0 < len(content) <= _HEAVY else _webp(plain, lossless=False)


def _webp(plain: Image.Image, *, lossless: bool) -> bytes:
    out = io.BytesIO()
    plain.save(out, "WEBP", lossless=lossless, quality=75 if lossless else 88, method=4)
    return out.getvalue()
