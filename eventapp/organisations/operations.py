"""Verbs on organisations and people."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.texts import clean
from eventapp.organisations import queries, rules
from eventapp.organisations.models import Organisation, Person, PersonName


def find_or_add_organisation(  # noqa: PLR0913 - all that may be known of it
    *,
    name: str,
    country: str,
    city: str = "",
    ice: str | None = None,
    kind: str = "company",
    name_ar: str | None = None,
    website: str | None = None,
    is_example: bool = False,
    another: bool = False,
    actor_id: int | None,
    now: datetime,
) -> Organisation:
    """Return the organisation with this ICE, else the one of this name in this country (unless it is said to be `another`), else a new one; a known one is not changed."""
    name, name_ar, number = clean(name), clean(name_ar) or None, rules.ice_number(ice or "")
    with transaction():
        found = (queries.organisation_with_ice(number) if number else None) or (None if another else queries.organisation_called(name, country, number))
        if found is not None:
            return found
        values = {"name": name, "name_ar": name_ar, "folded": rules.folded_names(name, name_ar), "country": country, "city": clean(city), "ice": number}
        return _add({**values, "kind": kind, "website": clean(website) or None, "is_example": is_example, "created_at": now}, actor_id, now)


def _add(values: dict[str, Any], actor_id: int | None, now: datetime) -> Organisation:
    """Add an organisation; when another registration with the same ICE was quicker, return that one's."""
    if values["ice"] is None:
        added = Organisation(**values)
        db.session.add(added)
        db.session.flush()
    else:
        new = insert_new(cast("Table", Organisation.__table__), [values], ["ice"])
        added = queries.owner_of_ice(values["ice"])
        if not new:
            return added
    record("organisation.added", "organisation", added.id, actor_id=actor_id, at=now)
    return added


def complete_organisation(
    organisation_id: int, *, ice: str | None = None, name_ar: str | None = None, website: str | None = None, city: str = "", actor_id: int | None, now: datetime
) -> Organisation:
    """Fill in what is not known yet of an organisation; what is known stays, and so does an ICE that another one has."""
    with transaction():
        organisation = queries.organisation(organisation_id)
        offered = {"name_ar": name_ar, "website": website, "city": city}
        filled = [field for field, value in offered.items() if value and not getattr(organisation, field)]
        for field in filled:
            setattr(organisation, field, offered[field])
        db.session.flush()
        if ice and not organisation.ice and queries.organisation_with_ice(ice) is None and _claim_ice(organisation, ice):
            filled.append("ice")
        if filled:
            organisation.folded = rules.folded_names(organisation.name, organisation.name_ar)
            record("organisation.completed", "organisation", organisation.id, actor_id=actor_id, at=now, fields=sorted(filled))
    return organisation


def _claim_ice(organisation: Organisation, ice: str) -> bool:
    """Give an organisation its ICE, unless another one got it a moment ago: of this one column the key can refuse nothing else."""
    try:
        with transaction():
            organisation.ice = ice
            db.session.flush()
    except IntegrityError:
        return False
    return True


def add_person(*, given: str, family: str, given_ar: str = "", family_ar: str = "", is_example: bool = False, now: datetime) -> Person:
    """Add a person with a Latin spelling and, where it is known, an Arabic one."""
    spellings = [("latn", clean(given), clean(family)), ("arab", clean(given_ar), clean(family_ar))]
    known = [(script, first, last) for script, first, last in spellings if first or last] or spellings[:1]
    with transaction():
        person = Person(created_at=now, is_example=is_example)
        person.names = [
            PersonName(position=position, script=script, given=first, family=last, folded=rules.folded_person(first, last)) for position, (script, first, last) in enumerate(known)
        ]
        db.session.add(person)
        db.session.flush()
    return person


def add_spelling(person_id: int, *, script: str, given: str, family: str, actor_id: int | None, now: datetime) -> Person:
    """Keep one more spelling of a person's name; one that is known, whatever its accents and capitals, changes nothing."""
    given, family = clean(given), clean(family)
    key = rules.folded_person(given, family)
    with transaction():
        person = queries.person(person_id)
        if key and key not in {name.folded for name in person.names}:
            position = max((name.position for name in person.names), default=-1) + 1
            person.names.append(PersonName(position=position, script=script, given=given, family=family, folded=key))
            db.session.flush()
            record("person.spelling_added", "person", person.id, actor_id=actor_id, at=now, script=script)
    return person


def correct_name(person_id: int, *, given: str, family: str, given_ar: str = "", family_ar: str = "", actor_id: int | None, now: datetime) -> Person:
    """Write a person's first Latin and first Arabic spelling anew; the Arabic one goes when it is left empty, other spellings stay."""
    with transaction():
        person = queries.person(person_id)
        before = [(name.script, name.given, name.family) for name in person.names]
        for script, first, last in (("latn", clean(given), clean(family)), ("arab", clean(given_ar), clean(family_ar))):
            _spell(person, script, first, last)
        db.session.flush()
        if [(name.script, name.given, name.family) for name in person.names] != before:
            record("person.name_corrected", "person", person.id, actor_id=actor_id, at=now)
    return person


def _spell(person: Person, script: str, given: str, family: str) -> None:
    """Write the first spelling in a script; an empty one goes, unless it is the only one."""
    known = next((name for name in person.names if name.script == script), None)
    if known is None and (given or family):
        known = PersonName(position=max(name.position for name in person.names) + 1, script=script)
        person.names.append(known)
    if known is None:
        return
    if not (given or family):
        if len(person.names) > 1:
            person.names.remove(known)
        return
    known.given, known.family, known.folded = given, family, rules.folded_person(given, family)
