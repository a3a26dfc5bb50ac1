"""What a session says and where it goes, before it is stored."""

import dataclasses
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from eventapp.core.texts import LANGUAGES, clean, fold
from eventapp.programme.errors import TitleMissing, TitleTooLong
from eventapp.programme.models import SessionKind, StageRole

LONGEST_TITLE = 160
LONGEST_SLUG = 70
LONGEST_FOLDED = 195  # folding may lengthen a title; three of them fit the column
Texts = dict[str, str]


@dataclass(frozen=True)
class Details:
    """What a session is: kind, title and abstract in three languages, languages spoken."""

    kind: SessionKind
    title: Mapping[str, str]
    abstract: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ("fr",)


@dataclass(frozen=True)
class Placement:
    """When and where: day, start in minutes after midnight, length in minutes, room; a part takes its room from the whole."""

    day: date
    start: int
    length: int
    room_id: int | None = None
    parent_id: int | None = None
    fold: int = 0

    def with_fold(self, fold: int) -> "Placement":
        """Return the same with another fold."""
        return dataclasses.replace(self, fold=fold)


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is not known yet, in Latin and Arabic spelling."""

    given: str
    family: str
    given_ar: str = ""
    family_ar: str = ""


@dataclass(frozen=True)
class Organisation:
    """An organisation by name and country: the known one, or a new one."""

    name: str
    country: str = "MA"
    name_ar: str | None = None


@dataclass(frozen=True)
class OnStage:
    """Somebody on stage: the person, what they do, for whom, in which capacity."""

    person_id: int
    role: StageRole
    organisation_id: int | None = None
    capacity: Mapping[str, str] = field(default_factory=dict)


def texts(given: Mapping[str, str]) -> Texts:
    """Keep what was written, cleaned, in our languages."""
    return {code: cleaned for code in LANGUAGES if (cleaned := clean(given.get(code)))}


def checked(details: Details) -> Details:
    """Return the details cleaned; refuse a session without a title or with one too long."""
    title = texts({code: " ".join((text or "").split()) for code, text in details.title.items()})
    if not title:
        raise TitleMissing
    longest = max(title.values(), key=len)
    if len(longest) > LONGEST_TITLE:
        raise TitleTooLong(most=LONGEST_TITLE, count=len(longest))
    spoken = tuple(code for code in LANGUAGES if code in details.languages)
    return Details(SessionKind(details.kind), title, texts(details.abstract), spoken)


def folded_titles(title: Mapping[str, str]) -> str:
    """Fold the titles into one text to search in."""
    return "  ".join(fold(text)[:LONGEST_FOLDED].strip() for text in dict.fromkeys(title.values()))


def slug_of(title: Mapping[str, str]) -> str:
    """Make an address from a title: the first one that has Latin letters, else `session`."""
    for code in ("fr", "en", *title):
        ascii_only = unicodedata.normalize("NFKD", fold(title.get(code, "")).replace("'", "-")).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:LONGEST_SLUG].strip("-")
        if slug:
            return slug
    return "session"
