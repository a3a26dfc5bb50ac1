"""PDFs that people send: stored as they are, once they were looked through. What runs, opens or hides something is refused."""

import re
import zlib
from collections.abc import Iterator

from eventapp.documents.errors import HidesAnother, PdfActive, PdfDamaged, PdfLocked
from eventapp.documents.pictures import hides_another

MEDIA_TYPE, ENDING = "application/pdf", "pdf"
_END_WITHIN = 2048  # bytes: where readers look for the end
_AT_ONCE = 1 << 20
_MOST_UNPACKED = 150 << 20  # bytes of all streams together
_OVERLAP = 64  # a name may lie across two pieces
_ACTIVE = (b"JavaScript", b"Launch", b"EmbeddedFile", b"RichMedia", b"SubmitForm", b"ImportData", b"XFA")
_NAMES = re.compile(rb"/(" + b"|".join((*_ACTIVE, b"Encrypt")) + rb")(?=[\s/<>\[\](){}%]|\Z)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ODD_FILTER = re.compile(rb"/(ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Predictor|Crypt)\b")
_LONGEST_HEAD = 2000  # bytes of a stream's dictionary that are looked at


def look_through(content: bytes, field: str) -> None:
    """Refuse a PDF that is damaged, encrypted, active, or something else too.

    Names are found however they are spelt (`/J#61vaScript`), and in compressed objects too. What a reader could decode and we cannot is refused.
    """
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-_END_WITHIN:]:
        raise PdfDamaged(field)
    if hides_another(content):
        raise HidesAnother(field)
    _judge(content, field)
    for piece in _unpacked(content, field):
        _judge(piece, field)


def _judge(piece: bytes, field: str) -> None:
    found = _NAMES.search(_ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), piece))
    if found is None:
        return
    if found[1] == b"Encrypt":
        raise PdfLocked(field)
    raise PdfActive(field, what=found[1].decode())


def _unpacked(content: bytes, field: str) -> Iterator[bytes]:
    """Yield what the compressed streams hold, in pieces that overlap."""
    left = _MOST_UNPACKED
    for start in _STREAM.finditer(content):
        head = content[max(0, start.start() - _LONGEST_HEAD) : start.start()]
        head = _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), head[head.rfind(b"obj") + 3 :])
        if b"/ObjStm" in head and _ODD_FILTER.search(head):
            raise PdfDamaged(field)
        before = b""
        for piece in _inflated(content, start.end()):
            left -= len(piece)
            if left < 0:
                raise PdfDamaged(field)
            yield before + piece
            before = piece[-_OVERLAP:]


def _inflated(content: bytes, start: int) -> Iterator[bytes]:
    """Inflate what begins here, piece by piece, as far as it goes."""
    packed, inflating = memoryview(content)[start:], zlib.decompressobj()
    try:
        piece = inflating.decompress(packed, _AT_ONCE)
        while piece:
            yield piece
            if inflating.eof:
                return
            piece = inflating.decompress(inflating.unconsumed_tail, _AT_ONCE)
    except zlib.error:  # it is packed in another way, or not at all
        return
