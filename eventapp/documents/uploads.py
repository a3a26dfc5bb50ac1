"""What people upload: its kind is told by its content, never by its name; what is kept has a name and an ending of ours."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

import filetype

from eventapp.core.texts import clean
from eventapp.documents import papers, pictures
from eventapp.documents.errors import IsDrawing, IsProgram, NothingSent, NotPaper, NotPdf, NotPicture, TooHeavy

MOST_MB = {"picture": 5, "pdf": 10, "any": 10}
LONGEST_NAME = 100
_PICTURES = {"image/png", "image/apng", "image/jpeg", "image/webp"}
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
_HEAD = 4096


class Accepts(StrEnum):
    """What may be sent."""

    PICTURE = "picture"
    PDF = "pdf"
    ANY = "any"


_OTHERWISE = {Accepts.PICTURE: NotPicture, Accepts.PDF: NotPdf, Accepts.ANY: NotPaper}


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: its bytes, its media type, the name that it is given back under, and of a picture its size in pixels."""

    content: bytes
    media_type: str
    name: str
    width: int | None = None
    height: int | None = None

    @property
    def sha256(self) -> str:
        """Hash the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def most_bytes(accepts: Accepts) -> int:
    """Say how many bytes may be sent."""
    return MOST_MB[accepts] * 1024 * 1024


def take(content: bytes, name: str, accepts: Accepts, *, field: str = "file", longest_side: int = 2400) -> Upload:
    """Make of what was sent what may be kept; refuse the rest at the form's field."""
    if not content:
        raise NothingSent(field)
    if len(content) > most_bytes(accepts):
        raise TooHeavy(field, most=MOST_MB[accepts])
    kind = _kind(content, field)
    if kind == papers.MEDIA_TYPE and accepts != Accepts.PICTURE:
        papers.look_through(content, field)
        return Upload(content, kind, file_name(name, papers.ENDING))
    if kind in _PICTURES and accepts != Accepts.PDF:
        drawn = pictures.redraw(content, longest_side, field)
        return Upload(drawn.content, pictures.MEDIA_TYPE, file_name(name, pictures.ENDING), drawn.width, drawn.height)
    raise _OTHERWISE[accepts](field)


def _kind(content: bytes, field: str) -> str:
    """Tell a file's media type by its bytes; programs, and drawings that may run some, are named as what they are."""
    if content.startswith(_PROGRAMS):
        raise IsProgram(field)
    if b"<svg" in content[:_HEAD].lower():
        raise IsDrawing(field)
    return str(filetype.guess_mime(content) or "")


def file_name(sent: str, ending: str) -> str:
    """Write the name that a file is given back under: of the one sent without folders, signs that systems read, and its ending."""
    last = clean(sent).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in last if c not in '<>:"|?*%;\n\t')
    stem = kept.rpartition(".")[0] or kept
    return f"{stem.strip(' .')[:LONGEST_NAME] or 'document'}.{ending}"
