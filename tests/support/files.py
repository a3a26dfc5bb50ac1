"""Files as people send them, made here byte by byte: good ones, and those that are not what they seem."""

import io
import struct
import zipfile
import zlib
from datetime import date, datetime

from PIL import Image

from eventapp.core.db import transaction
from eventapp.documents import store
from eventapp.documents.models import StoredFile
from eventapp.documents.uploads import Accepts, Upload, take
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import RequiredDocument
from eventapp.exhibitors.operations.papers import DocumentPlan, ask_for_document
from tests.support.cast import EIGHT, same


def picture(kind: str = "PNG", size: tuple[int, int] = (200, 100), colour: str = "teal", **more: object) -> bytes:
    """Make a picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()


def moving(kind: str = "WEBP", frames: int = 3) -> bytes:
    """Make an animation."""
    out = io.BytesIO()
    first, *others = [Image.new("RGB", (40, 40), (number * 60, 0, 0)) for number in range(frames)]
    first.save(out, kind, save_all=True, append_images=others)
    return out.getvalue()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def huge_png(side: int = 60_000) -> bytes:
    """Make a PNG of few bytes that says it has so many pixels on each side."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + _chunk(b"IEND", b"")


def huge_webp() -> bytes:
    """Make a WebP of few bytes that says it has 16,384 pixels on each side."""
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + b"\xff\x3f\0" * 2
    return b"RIFF" + struct.pack("<I", len(body)) + body


def with_an_archive_in_it(content: bytes) -> bytes:
    """Append an archive to a file: for some it is the one, for some the other."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("run.html", "<script>alert(1)</script>")
    return content + out.getvalue()


PROGRAM = b"MZ\x90\0\x03" + b"\0" * 200 + b"PE\0\0" + b"This program cannot be run in DOS mode."
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Make a PDF of one page, with more objects and more in its trailer."""
    body = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>", *objects]
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(body, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(body) + 1, table, len(body) + 1, trailer, len(out))


def packed(content: bytes, more: bytes = b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode") -> bytes:
    """Make a compressed stream of a PDF."""
    inside = zlib.compress(content)
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (more, len(inside), inside)


def logo(colour: str = "teal") -> Upload:
    """Make a logo that may be kept."""
    return take(picture(colour=colour), "Logo.png", Accepts.PICTURE, field="logo")


def certificate(words: str = "Insured", name: str = "insurance.pdf") -> Upload:
    """Make a PDF that may be kept; other words make another file."""
    return take(pdf(trailer=b"/Words (%s)" % words.encode()), name, Accepts.PDF, field="document")


def ask(edition: Edition, name: str, *, due_on: date = date(2018, 4, 1), **more: str) -> RequiredDocument:
    """Ask the exhibitors of an edition for a document."""
    return ask_for_document(edition.id, DocumentPlan(same(name), due_on, {}, **more), actor_id=None, now=EIGHT)


def stored(edition_id: int, at: datetime = EIGHT) -> StoredFile:
    """Keep a file that nothing refers to."""
    with transaction():
        return store.put(logo(), edition_id, by_user_id=None, now=at)
