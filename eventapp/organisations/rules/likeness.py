"""Which organisations are likely one and the same under two spellings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from eventapp.core.texts import fold

_FORMS = frozenset(
    (
        *("sarlau", "sarl", "sasu", "sas", "sa", "snc", "scs", "sca", "gie", "eurl", "spa", "srl", "sl", "gmbh", "ag", "kg", "ltd", "limited", "llc", "inc"),
        *("corp", "plc", "bv", "nv", "oy", "ab", "ste", "societe", "ets", "etablissements", "cie", "company", "co", "group", "groupe"),
        *("شركه", "شمم", "شم", "مجموعه", "موسسه"),
    )
)  # as folding leaves them: what people write or leave out beside the name
_SMALL = frozenset(("de", "du", "des", "la", "le", "les", "l", "d", "et", "and", "of", "the", "for", "au", "en", "و"))
_LIKE = 0.85
_WORD_LIKE = 0.75
_STEM = 4  # letters by which two spellings of a word are looked up
_NO_LETTERS = re.compile(r"[^\w\s]|_")
_DOTTED = re.compile(r"\b(?:\w\.){1,6}\w?\b\.?")


def bare_name(name: str) -> str:
    """Write a name without its legal form, small words, marks and accents, so that Ste ATLAS S.A.R.L. and Atlas Sàrl are the same."""
    joined = _DOTTED.sub(lambda found: found.group().replace(".", ""), fold(name))
    words = _NO_LETTERS.sub(" ", joined).split()
    kept = [word for word in words if word not in _FORMS and word not in _SMALL]
    return " ".join(kept or words)


def stems(name: str) -> list[str]:
    """List the beginnings of a name's words, the longest words first: what another spelling of it begins with too."""
    words = sorted(bare_name(name).split(), key=len, reverse=True)
    return list(dict.fromkeys(word[:_STEM] for word in words))[:4]


def likeness(one: str, other: str) -> float:
    """Say how much alike two bare names are, from 0 to 1, whatever the order of their words."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    too_long = 2 * min(len(one), len(other)) < _LIKE * (len(one) + len(other))
    if too_long or _numbers(one) != _numbers(other):
        return 0.0
    if one.replace(" ", "") == other.replace(" ", ""):
        return 1.0
    return _word_by_word(one.split(), other.split())


@lru_cache(maxsize=100_000)
def _words_alike(word: str, other: str) -> float:
    """Say how much alike two words are; firms' names share most of theirs, so each pair is compared once."""
    return 1.0 if word == other else SequenceMatcher(None, word, other).ratio()


@lru_cache(maxsize=20_000)
def _numbers(name: str) -> tuple[str, ...]:
    """List the words of a name that tell it from its sisters: Mill 1 is not Mill 2."""
    return tuple(sorted(word for word in name.split() if any(sign.isdigit() for sign in word)))


def _word_by_word(words: Sequence[str], others: Sequence[str]) -> float:
    """Compare two names word by word, in any order: one that has no counterpart makes another firm of it, however long the words that they share."""
    fewer, more = (words, others) if len(words) <= len(others) else (others, words)
    left, alike = list(more), 0.0
    for word in sorted(fewer, key=len, reverse=True):
        ratio, best = max((_words_alike(word, other), other) for other in left)
        if ratio < _WORD_LIKE:
            return 0.0
        left.remove(best)
        alike += ratio * (len(word) + len(best))
    return alike / sum(map(len, (*fewer, *more)))


@dataclass(frozen=True)
class Spelt:
    """An organisation as it is known: its number, names, country and ICE."""

    id: int
    name: str
    name_ar: str
    country: str
    ice: str
    city: str = ""


class Known:
    """Organisations that can be found by ICE, by name, and by a name that is likely another spelling."""

    def __init__(self, organisations: Iterable[Spelt] = ()) -> None:
        self.by_ice: dict[str, Spelt] = {}
        self._named: dict[tuple[str, str], Spelt] = {}
        self._stems: dict[str, list[tuple[str, Spelt]]] = {}
        for one in organisations:
            self.add(one)

    def add(self, one: Spelt) -> None:
        """Know one more; the first of a name counts."""
        if one.ice:
            self.by_ice.setdefault(one.ice, one)
        for name in filter(None, (one.name, one.name_ar)):
            self._named.setdefault((fold(name), one.country), one)
            for stem in stems(name):
                self._stems.setdefault(stem, []).append((bare_name(name), one))

    def same(self, name: str, country: str, ice: str) -> Spelt | None:
        """Find the organisation that has this ICE, else the one of this name in this country, unless it has another ICE."""
        if ice and ice in self.by_ice:
            return self.by_ice[ice]
        called = self._named.get((fold(name), country))
        return called if called and not (ice and called.ice) else None

    def likely(self, names: Sequence[str], country: str, ice: str = "") -> list[Spelt]:
        """List those of the country that are likely the same, the likeliest first; one with another ICE is another."""
        found: dict[int, tuple[float, Spelt]] = {}
        bares = [bare_name(name) for name in names if name]
        for bare, one in self._candidates(names):
            if one.country != country or (ice and one.ice and one.ice != ice):
                continue
            alike = max(likeness(own, bare) for own in bares)
            if alike >= _LIKE and alike > found.get(one.id, (0.0, one))[0]:
                found[one.id] = (alike, one)
        return [one for _alike, one in sorted(found.values(), key=lambda pair: (-pair[0], pair[1].id))][:5]

    def _candidates(self, names: Sequence[str]) -> Iterator[tuple[str, Spelt]]:
        for stem in dict.fromkeys(stem for name in names if name for stem in stems(name)):
            yield from self._stems.get(stem, ())
