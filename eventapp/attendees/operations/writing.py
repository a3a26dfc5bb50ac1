"""Steps that several verbs on attendees share; each runs inside its caller's operation."""

from datetime import datetime
from typing import Any, TypedDict, cast

from sqlalchemy import Table

from eventapp.attendees import queries, rules
from eventapp.attendees.models import Attendee, Hat
from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new
from eventapp.core.ids import new_reference, new_secret
from eventapp.core.texts import clean, fold
from eventapp.editions.models import Category
from eventapp.organisations.operations import add_person

_SAME = ["edition_id", "email", "folded_name"]


class Details(TypedDict, total=False):
    """What is written about an attendee beside the name."""

    organisation: str
    job_title: str
    country: str
    phone: str
    given_ar: str
    family_ar: str
    language: str
    is_example: bool


def new_attendee(
    edition_id: int, category: Category, given: str, family: str, email: str | None, details: Details, now: datetime, exhibitor_id: int | None = None
) -> Attendee | None:
    """Write an attendee with one hat; None when somebody else wrote the same name and address first."""
    is_example = details.get("is_example", False)
    person = add_person(given=given, family=family, given_ar=details.get("given_ar", ""), family_ar=details.get("family_ar", ""), is_example=is_example, now=now)
    row: dict[str, Any] = {
        "edition_id": edition_id,
        "person_id": person.id,
        "exhibitor_id": exhibitor_id,
        "reference": _free_reference(edition_id),
        "personal_key": new_secret(),
        "category": category,
        "email": email,
        "folded_name": rules.folded_name(given, family),
        "phone": clean(details.get("phone")),
        "organisation_name": clean(details.get("organisation")),
        "job_title": clean(details.get("job_title")),
        "country": details.get("country", ""),
        "language": details.get("language", "fr"),
        "registered_at": now,
        "is_example": is_example,
    }
    if not insert_new(cast("Table", Attendee.__table__), [row], _SAME):
        db.session.delete(person)
        return None
    attendee = queries.attendee_with_key(edition_id, row["personal_key"])
    attendee.hats = [Hat(category=category)]
    make_findable(attendee)
    return attendee


def make_findable(attendee: Attendee) -> None:
    """Write what the organiser's search looks in."""
    names = (name.full for name in attendee.person.names)
    attendee.search_text = fold(" ".join([*names, attendee.organisation_name, attendee.email or "", attendee.reference]))


def _free_reference(edition_id: int) -> str:
    """Draw a reference that no attendee of the edition has."""
    while queries.reference_is_taken(edition_id, reference := new_reference("V")):
        pass
    return reference


def put_on(attendee: Attendee, category: Category) -> None:
    """Give an attendee one more hat, and the main category that follows."""
    attendee.hats.append(Hat(category=category))
    attendee.category = rules.main_category([hat.category for hat in attendee.hats])


def take_off(attendee: Attendee, category: Category) -> None:
    """Take a hat away, and set the main category that follows if another is left."""
    attendee.hats = [hat for hat in attendee.hats if hat.category != category]
    if attendee.hats:
        attendee.category = rules.main_category([hat.category for hat in attendee.hats])


def come_back(attendee: Attendee, category: Category, now: datetime) -> None:
    """Let a withdrawn attendee be there again, for this reason alone."""
    attendee.withdrawn_at, attendee.registered_at = None, now
    attendee.hats = [hat for hat in attendee.hats if hat.category == category] or [Hat(category=category)]
    attendee.category = category


def note(action: str, attendee: Attendee, actor_id: int | None, now: datetime, **details: str | list[str]) -> None:
    """Write an act on an attendee into the trail."""
    record(f"attendee.{action}", "attendee", attendee.id, actor_id=actor_id, at=now, edition_id=attendee.edition_id, **details)
