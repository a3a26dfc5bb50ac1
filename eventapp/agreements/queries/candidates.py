"""Whom and what a typed name may mean: one record each, however it is spelt."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.agreements.models import Party, Signatory
from eventapp.agreements.rules import LIKENESS, likeness
from eventapp.core.db import db
from eventapp.core.texts import fold
from eventapp.organisations.models import Organisation, Person, PersonName
from eventapp.organisations.queries import has_words, organisations_called
from eventapp.organisations.rules import BETWEEN, folded_person

_MOST_ROWS = 300
_MOST_SHOWN = 6
_SHORTEST_WORD = 3
_LONGEST_TEXT = 200


@dataclass(frozen=True)
class KnownPerson:
    """Somebody whom a typed name may mean, and as what they are known."""

    person: Person
    exact: bool
    capacity: dict[str, str] | None = None
    organisation: Organisation | None = None


@dataclass(frozen=True)
class KnownOrganisation:
    """An organisation that a typed name may mean."""

    organisation: Organisation
    exact: bool


def _words(names: Iterable[str]) -> list[str]:
    """List the words to search by: the long ones, else all of them."""
    words = list(dict.fromkeys(word for name in names for word in name[:_LONGEST_TEXT].split()))[:12]
    return [word for word in words if len(word) >= _SHORTEST_WORD] or words


def _any_word(column: InstrumentedAttribute[str], names: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(has_words(column, word) for word in _words(names)))


def known_people(spellings: Sequence[tuple[str, str, str]], beside: Collection[int] = ()) -> list[KnownPerson]:
    """List whom spellings (script, given name, family name) may mean, the likeliest first; people of `beside` are always among them."""
    typed = [name for _script, given, family in spellings if (name := folded_person(given, family))]
    if not typed:
        return []
    spelt = select(PersonName.person_id, PersonName.folded)
    like = db.session.execute(spelt.where(_any_word(PersonName.folded, typed)).order_by(PersonName.id).limit(_MOST_ROWS))
    same = db.session.execute(spelt.where(or_(PersonName.folded.in_(typed), PersonName.person_id.in_(list(beside)))))
    likest: dict[int, float] = {}
    for person_id, known in (*like, *same):
        likest[person_id] = max(likest.get(person_id, 0), *(likeness(name, known) for name in typed))
    chosen = sorted((one for one in likest if likest[one] >= LIKENESS or one in beside), key=lambda one: (-likest[one], one))[:_MOST_SHOWN]
    people = {person.id: person for person in db.session.scalars(select(Person).where(Person.id.in_(chosen)))}
    known_as = _known_as(chosen)
    return [KnownPerson(people[one], likest[one] == 1, *known_as.get(one, (None, None))) for one in chosen]


def _known_as(person_ids: Collection[int]) -> dict[int, tuple[dict[str, str], Organisation]]:
    """Tell in which capacity people signed last, and for whom."""
    query = select(Signatory.person_id, Signatory.capacity, Organisation).join(Party, Party.id == Signatory.party_id).join(Organisation, Organisation.id == Party.organisation_id)
    return {
        person_id: (capacity, organisation) for person_id, capacity, organisation in db.session.execute(query.where(Signatory.person_id.in_(person_ids)).order_by(Signatory.id))
    }


def known_organisations(name: str, name_ar: str, beside: Collection[int] = ()) -> list[KnownOrganisation]:
    """List which organisations of any country a name may mean, the likeliest first; those of `beside` are always among them."""
    typed = [text for text in (fold(name), fold(name_ar)) if text]
    if not typed:
        return []
    exact = {one.id: one for text in (name, name_ar) for one in organisations_called(text)}
    like = db.session.scalars(select(Organisation).where(_any_word(Organisation.folded, typed)).order_by(Organisation.id).limit(_MOST_ROWS)).all()
    near = {one.id: one for one in like if one.id not in exact and _near(one, typed)}
    same = {one.id: one for one in db.session.scalars(select(Organisation).where(Organisation.id.in_(list(beside)))) if one.id not in exact}
    found = [KnownOrganisation(one, exact=True) for one in exact.values()] + [KnownOrganisation(one, exact=False) for one in (same | near).values()]
    return found[:_MOST_SHOWN]


def _near(organisation: Organisation, typed: Iterable[str]) -> bool:
    return any(likeness(text, known) >= LIKENESS for text in typed for known in organisation.folded.split(BETWEEN))
