"""Decisions about agreements, on plain values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from eventapp.agreements.errors import PartiesMissing, PartyNameMissing, PersonNameMissing, TitleMissing, TitleTooLong, TooMany
from eventapp.agreements.models import AgreementKind
from eventapp.core.texts import LANGUAGES, clean, fold

LEAST_PARTIES = 2
MOST_PARTIES = 8
MOST_SIGNATORIES = 6
LONGEST_TITLE = 160
LIKENESS = 0.75  # of two folded names that may well be one person's: a slip, another transliteration
Texts = dict[str, str]


@dataclass(frozen=True)
class Signer:
    """Who signs, in which capacity: the person of that id, else the known person of that spelling, else (or when it `is_new`) a new one."""

    given: str = ""
    family: str = ""
    given_ar: str = ""
    family_ar: str = ""
    capacity: Mapping[str, str] = field(default_factory=dict)
    person_id: int | None = None
    is_new: bool = False

    @property
    def spellings(self) -> list[tuple[str, str, str]]:
        """List the spellings given: script, given name, family name."""
        both = [("latn", self.given, self.family), ("arab", self.given_ar, self.family_ar)]
        return [(script, given, family) for script, given, family in both if given or family]

    @property
    def name(self) -> str:
        """Write the name, in the script that was given."""
        return next((f"{given} {family}".strip() for _script, given, family in self.spellings), "")


@dataclass(frozen=True)
class PartyDetails:
    """A party: the organisation of that id, else the known one of that name and country, else a new one; and who signs for it."""

    name: str = ""
    name_ar: str = ""
    kind: str = "company"
    country: str = "MA"
    city: str = ""
    organisation_id: int | None = None
    signers: Sequence[Signer] = ()


@dataclass(frozen=True)
class Trace:
    """Where a known person appears: as what, for which organisation, in what; by these namesakes are told apart."""

    role: Mapping[str, str]
    organisation: Mapping[str, str]
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AgreementDetails:
    """What is agreed, and between whom, in the order in which it is written and signed."""

    kind: AgreementKind
    title: Mapping[str, str]
    subject: Mapping[str, str] = field(default_factory=dict)
    parties: Sequence[PartyDetails] = ()


def texts(given: Mapping[str, str]) -> Texts:
    """Keep what was written, cleaned, in our languages."""
    return {code: cleaned for code in LANGUAGES if (cleaned := clean(given.get(code)))}


def one_line(text: str) -> str:
    """Write a text in one line."""
    return " ".join(clean(text).split())


def checked(details: AgreementDetails) -> AgreementDetails:
    """Return the details cleaned; refuse an agreement without a title, without a second party, or with nameless ones."""
    title = texts({code: one_line(text or "") for code, text in details.title.items()})
    if not title:
        raise TitleMissing
    longest = max(title.values(), key=len)
    if len(longest) > LONGEST_TITLE:
        raise TitleTooLong(most=LONGEST_TITLE, count=len(longest))
    if len(details.parties) < LEAST_PARTIES:
        raise PartiesMissing
    if len(details.parties) > MOST_PARTIES or any(len(party.signers) > MOST_SIGNATORIES for party in details.parties):
        raise TooMany(parties=MOST_PARTIES, signatories=MOST_SIGNATORIES)
    parties = tuple(_party(number, party) for number, party in enumerate(details.parties))
    return AgreementDetails(AgreementKind(details.kind), title, texts(details.subject), parties)


def _party(number: int, party: PartyDetails) -> PartyDetails:
    name = one_line(party.name)
    if not fold(name) and party.organisation_id is None:
        raise PartyNameMissing(at=(number, None))
    signers = tuple(_signer((number, place), signer) for place, signer in enumerate(party.signers))
    return replace(party, name=name, name_ar=one_line(party.name_ar), city=one_line(party.city), signers=signers)


def _signer(at: tuple[int, int], signer: Signer) -> Signer:
    names = {name: one_line(getattr(signer, name)) for name in ("given", "family", "given_ar", "family_ar")}
    if not fold(names["family"]) and signer.person_id is None:
        raise PersonNameMissing(at=at)
    capacity = texts({code: one_line(text or "") for code, text in signer.capacity.items()})
    return Signer(**names, capacity=capacity, person_id=signer.person_id, is_new=signer.is_new)


def names_of(name: str, name_ar: str | None) -> Texts:
    """Write an organisation's name for the readers of each language."""
    return {code: name_ar or name if code == "ar" else name for code in LANGUAGES}


def folded(title: Mapping[str, str], subject: Mapping[str, str]) -> str:
    """Fold title and subject into one text to search in."""
    return fold(" ".join([*title.values(), *subject.values()]))


def same_title(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Say whether two titles are one, as somebody who reads them would."""
    return any(fold(one[code]) == fold(other[code]) for code in LANGUAGES if one.get(code) and other.get(code))


def stands_for(traces: Sequence[Trace], names: Collection[str]) -> bool:
    """Say whether somebody is known for an organisation that has one of these names: a sign that a namesake is the one who is meant."""
    wanted = {fold(name) for name in names} - {""}
    return any(fold(name) in wanted for trace in traces for name in trace.organisation.values())


def likeness(typed: str, known: str) -> float:
    """Say how like two folded names are, whatever the order of their words: 1 is the same."""
    one, other = (" ".join(sorted(name.split())) for name in (typed, known))
    return SequenceMatcher(None, one, other).ratio()
