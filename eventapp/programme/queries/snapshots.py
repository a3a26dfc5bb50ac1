"""The working programme as a snapshot, in the form in which it is published."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.texts import LANGUAGES
from eventapp.editions.models import Hall
from eventapp.organisations.models import Organisation, Person
from eventapp.programme.models import ProgrammeSession, Room, SessionPerson
from eventapp.programme.queries.loading import person_names

Row = dict[str, Any]


def working_snapshot(edition_id: int, session_ids: Collection[int] | None = None) -> Row:
    """Write the working programme as a published version would hold it: rooms, and scheduled sessions in order; `session_ids` narrows it to some."""
    query = select(ProgrammeSession).where(ProgrammeSession.edition_id == edition_id, ProgrammeSession.state == "scheduled")
    rows = db.session.scalars(query.execution_options(populate_existing=True)).all()
    sessions = [session for session in rows if session_ids is None or session.id in session_ids]
    sessions.sort(key=lambda session: (session.day, session.start_minute, session.uid))
    uids, people = {session.id: session.uid for session in sessions}, _people(edition_id)
    return {"rooms": _rooms(edition_id), "sessions": [_session(session, uids, people.get(session.id, [])) for session in sessions]}


def _rooms(edition_id: int) -> list[Row]:
    query = select(Room, Hall.name).outerjoin(Hall, Hall.id == Room.hall_id).where(Room.edition_id == edition_id).order_by(Room.position, Room.id)
    return [
        {"id": room.id, "code": room.code, "name": room.name, "capacity": room.capacity, "hall": hall, "position": position}
        for position, (room, hall) in enumerate(db.session.execute(query), start=1)
    ]


def _session(session: ProgrammeSession, uids: dict[int, str], people: list[Row]) -> Row:
    return {
        "id": session.id,
        "uid": session.uid,
        "sequence": session.sequence,
        "slug": session.slug,
        "kind": session.kind,
        "title": session.title,
        "abstract": session.abstract,
        "languages": session.languages,
        "day": str(session.day),
        "start": session.start_minute,
        "fold": session.fold,
        "length": session.length_minutes,
        "room": session.room_id,
        "parent": None if session.parent_id is None else uids[session.parent_id],
        "is_example": session.is_example,
        "people": people,
    }


def _people(edition_id: int) -> dict[int, list[Row]]:
    """Write who is on stage, by session, in two queries."""
    query = (
        select(SessionPerson, Person, Organisation)
        .join(ProgrammeSession, ProgrammeSession.id == SessionPerson.session_id)
        .join(Person, Person.id == SessionPerson.person_id)
        .outerjoin(Organisation, Organisation.id == SessionPerson.organisation_id)
        .where(ProgrammeSession.edition_id == edition_id, ProgrammeSession.state == "scheduled")
        .order_by(SessionPerson.position, SessionPerson.id)
    )
    found: dict[int, list[Row]] = {}
    for on_stage, person, organisation in db.session.execute(query):
        row = {"role": on_stage.role, "name": person_names(person), "capacity": on_stage.capacity, "organisation": _names(organisation)}
        found.setdefault(on_stage.session_id, []).append(row)
    return found


def _names(organisation: Organisation | None) -> dict[str, str] | None:
    if organisation is None:
        return None
    return {language: organisation.name_ar or organisation.name if language == "ar" else organisation.name for language in LANGUAGES}
