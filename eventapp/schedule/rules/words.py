"""What kinds of sessions and roles on stage are called, and what a search finds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from eventapp.core.errors import N_
from eventapp.core.texts import fold
from eventapp.programme.models import SessionKind, StageRole
from eventapp.schedule.rules.programme import Session

LONGEST_SEARCH = 100

KIND_NAMES: dict[str, str] = {
    SessionKind.INAUGURATION: N_("Inauguration"),
    SessionKind.CONFERENCE: N_("Conference"),
    SessionKind.ROUND_TABLE: N_("Round table"),
    SessionKind.WORKSHOP: N_("Workshop"),
    SessionKind.DEMONSTRATION: N_("Demonstration"),
    SessionKind.SIGNING: N_("Signing"),
    SessionKind.CEREMONY: N_("Ceremony"),
}
ROLE_NAMES: dict[str, str] = {
    StageRole.SPEAKER: N_("Speaker"),
    StageRole.CHAIR: N_("Chair"),
    StageRole.SIGNATORY: N_("Signatory"),
    StageRole.WITNESS: N_("Witness"),
}


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for: words, a room's code, a kind; empty is everything."""

    q: str = ""
    room: str = ""
    kind: str = ""

    def __bool__(self) -> bool:
        """Say whether anything is left out."""
        return bool(self.q or self.room or self.kind)

    def test(self, kind_names: Mapping[str, str]) -> Callable[[Session], bool]:
        """Make the test for one session; `kind_names` are in the reader's language, since a word may name a kind."""
        words = fold(self.q).split()

        def fits(session: Session) -> bool:
            if self.room and session.room.code != self.room:
                return False
            if self.kind and session.kind != self.kind:
                return False
            return not words or all(word in text for text in [folded(session, kind_names)] for word in words)

        return fits


def folded(session: Session, kind_names: Mapping[str, str]) -> str:
    """Join what a search looks into: titles, abstracts, people, organisations, room and kind, in every spelling, folded."""
    return fold(" ".join(_spellings(session)) + " " + kind_names.get(session.kind, ""))


def _spellings(session: Session) -> Iterable[str]:
    texts = [session.title, session.abstract, session.room.name, *(text for person in session.people for text in (person.name, person.capacity, person.organisation or {}))]
    return (spelling for text in texts for spelling in text.values())
