"""Whom and what a typed name may mean: one record each, however it is spelt."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.agreements.models import Agreement, Party, Signatory
from eventapp.agreements.rules import LIKENESS, Trace, likeness, names_of
from eventapp.core.db import db
from eventapp.core.texts import fold
from eventapp.organisations.models import Organisation, Person, PersonName
from eventapp.organisations.queries import has_words, organisations_called
from eventapp.organisations.rules import BETWEEN, folded_person
from eventapp.programme.models import ProgrammeSession, SessionPerson, StageRole

_MOST_ROWS = 300
_MOST_SHOWN = 6
_SHORTEST_WORD = 3
_LONGEST_TEXT = 200


@dataclass(frozen=True)
class KnownPerson:
    """Somebody whom a typed name may mean, and where they appear."""

    person: Person
    exact: bool
    traces: list[Trace] = field(default_factory=list)


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


def known_people(spellings: Sequence[tuple[str, str, str]], edition_id: int, beside: Collection[int] = ()) -> list[KnownPerson]:
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
    traces = _traces(chosen, edition_id)
    return [KnownPerson(people[one], likest[one] == 1, traces[one]) for one in chosen]


def _traces(person_ids: Collection[int], edition_id: int) -> dict[int, list[Trace]]:
    """Tell for whom people signed, in which capacity, and where else they were on stage; the latest first. What another edition plans is not named."""
    signed = (
        select(Signatory.person_id, Signatory.capacity, Organisation, Agreement)
        .join(Party, Party.id == Signatory.party_id)
        .join(Organisation, Organisation.id == Party.organisation_id)
        .join(Agreement, Agreement.id == Party.agreement_id)
        .where(Signatory.person_id.in_(person_ids))
        .order_by(Signatory.id.desc())
    )
    spoke = (
        select(SessionPerson.person_id, SessionPerson.capacity, Organisation, ProgrammeSession)
        .join(ProgrammeSession, ProgrammeSession.id == SessionPerson.session_id)
        .join(Organisation, Organisation.id == SessionPerson.organisation_id, isouter=True)
        .where(SessionPerson.person_id.in_(person_ids), ProgrammeSession.edition_id == edition_id, SessionPerson.role != StageRole.SIGNATORY)
        .order_by(SessionPerson.id.desc())
    )
    traces: dict[int, list[Trace]] = {one: [] for one in person_ids}
    for person_id, capacity, organisation, what in (*db.session.execute(signed), *db.session.execute(spoke)):
        title = what.title if what.edition_id == edition_id else None
        traces[person_id].append(Trace(capacity, names_of(organisation.name, organisation.name_ar) if organisation else {}, title or {}))
    return traces


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
