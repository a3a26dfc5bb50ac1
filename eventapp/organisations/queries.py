"""Loaders and searches of organisations and people."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.core.texts import fold
from eventapp.organisations.models import Organisation, Person, PersonName
from eventapp.organisations.rules import BETWEEN, folded_name, folded_person
from eventapp.organisations.rules.likeness import Known, Spelt, stems

_MOST_COMPARED = 2000
_LEAST_LETTERS = 3


def organisation(organisation_id: int) -> Organisation:
    """Load an organisation."""
    found = db.session.get(Organisation, organisation_id)
    if found is None:
        raise NotThere
    return found


def person(person_id: int) -> Person:
    """Load a person."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotThere
    return found


def has_words(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """Match a folded column that has every word of a typed text, in any order and spelling."""
    return and_(*(column.contains(word, autoescape=True) for word in fold(text).split()[:8]))


def search_organisations(text: str, limit: int = 20) -> list[Organisation]:
    """Find organisations by words of their name (Latin or Arabic) or by their ICE."""
    if not fold(text):
        return []
    matches = or_(has_words(Organisation.folded, text), Organisation.ice == "".join(text.split()))
    return list(db.session.scalars(select(Organisation).where(matches).order_by(Organisation.folded, Organisation.id).limit(limit)))


def find_organisations(text: str, limit: int = 8) -> list[Spelt]:
    """Find organisations for anybody, by words of their name or by the whole ICE; what is shown is name, city and country, never the ICE."""
    if len(fold(text).replace(" ", "")) < _LEAST_LETTERS:
        return []
    return [Spelt(one.id, one.name, one.name_ar or "", one.country, "", one.city) for one in search_organisations(text, limit)]


def search_people(text: str, limit: int = 20) -> list[Person]:
    """Find people by words of any of their spellings."""
    if not fold(text):
        return []
    spelt = select(PersonName.person_id).where(has_words(PersonName.folded, text))
    named = PersonName.position == 0
    return list(db.session.scalars(select(Person).join(PersonName).where(Person.id.in_(spelt), named).order_by(PersonName.folded, Person.id).limit(limit)))


def organisation_with_ice(ice: str) -> Organisation | None:
    """Find the organisation with an ICE."""
    return db.session.scalar(select(Organisation).where(Organisation.ice == ice))


def owner_of_ice(ice: str) -> Organisation:
    """Load the organisation whose ICE was just claimed, by us or by somebody quicker."""
    return db.session.scalars(select(Organisation).where(Organisation.ice == ice)).one()


def organisation_called(name: str, country: str, ice: str | None) -> Organisation | None:
    """Find an organisation by any spelling of its name in a country; one with another ICE is another organisation."""
    query = select(Organisation).where(_called(folded_name(name)), Organisation.country == country)
    if ice is not None:
        query = query.where(Organisation.ice.is_(None))
    return db.session.scalar(query.order_by(Organisation.id).limit(1))


def organisations_called(name: str, limit: int = 5) -> list[Organisation]:
    """Find organisations of any country by any spelling of their name."""
    key = folded_name(name)
    if not key:
        return []
    return list(db.session.scalars(select(Organisation).where(_called(key)).order_by(Organisation.id).limit(limit)))


def known_organisations() -> Known:
    """Load what every organisation is called, to compare a whole list with it."""
    columns = (Organisation.id, Organisation.name, Organisation.name_ar, Organisation.country, Organisation.ice, Organisation.city)
    return Known(_spelt(row) for row in db.session.execute(select(*columns).order_by(Organisation.id)))


def _spelt(row: Any) -> Spelt:
    return Spelt(row[0], row[1], row[2] or "", row[3], row[4] or "", row[5])


def likely_the_same(names: Sequence[str], country: str, ice: str = "") -> list[Spelt]:
    """List organisations of a country that are likely the same as one of these names, under another spelling."""
    beginnings = {stem for name in names for stem in stems(name)}
    if not beginnings:
        return []
    columns = (Organisation.id, Organisation.name, Organisation.name_ar, Organisation.country, Organisation.ice, Organisation.city)
    alike = or_(*(Organisation.folded.contains(stem, autoescape=True) for stem in sorted(beginnings)))
    rows = db.session.execute(select(*columns).where(Organisation.country == country, alike).order_by(Organisation.id).limit(_MOST_COMPARED))
    return Known(map(_spelt, rows)).likely(names, country, ice)


def _called(key: str) -> ColumnElement[bool]:
    return or_(Organisation.folded == key, Organisation.folded.startswith(key + BETWEEN, autoescape=True), Organisation.folded.endswith(BETWEEN + key, autoescape=True))


def people_called(names: Sequence[tuple[str, str]]) -> list[Person]:
    """Find everybody of whom one of these (given name, family name) is a known spelling."""
    keys = [key for given, family in names if (key := folded_person(given, family))]
    spelt = select(PersonName.person_id).where(PersonName.folded.in_(keys))
    return list(db.session.scalars(select(Person).where(Person.id.in_(spelt)).order_by(Person.id)))


def people_without_names() -> list[str]:
    """List people who have no spelling at all: a breach."""
    found = db.session.scalars(select(Person.id).where(~Person.names.any()))
    return [f"person {person_id} has no name" for person_id in found]


def shared_ice() -> list[str]:
    """List ICEs that several organisations have: a breach."""
    having = func.count(Organisation.id)
    query = select(Organisation.ice, having).where(Organisation.ice.is_not(None)).group_by(Organisation.ice).having(having > 1).order_by(Organisation.ice)
    return [f"{count} organisations have the ICE {ice}" for ice, count in db.session.execute(query)]
