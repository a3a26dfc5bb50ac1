"""Loaders of rooms, sessions and people on stage; those to change are locked until the operation ends."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.core.texts import LANGUAGES
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.organisations.queries import person
from eventapp.programme.models import ProgrammeSession, Room, SessionPerson


def edition_to_number(edition_id: int) -> Edition:
    """Load an edition, so that one operation at a time gives codes to its rooms and numbers to its versions; who only refers to it need not wait."""
    return db.session.scalars(select(Edition).where(Edition.id == edition_id).with_for_update(key_share=True).execution_options(populate_existing=True)).one()


def edition_to_place_in(session_id: int) -> Edition:
    """Load the edition of a session; any number of operations may hold it so at once, while nobody changes its days."""
    query = select(Edition).join(ProgrammeSession, ProgrammeSession.edition_id == Edition.id).where(ProgrammeSession.id == session_id)
    found = db.session.scalar(query.with_for_update(read=True, of=Edition).execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def rooms_of(edition_id: int) -> list[Room]:
    """List an edition's rooms in their order."""
    return list(db.session.scalars(select(Room).where(Room.edition_id == edition_id).order_by(Room.position, Room.id)))


def room_of_edition(edition_id: int, room_id: int) -> Room:
    """Load a room of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(Room).where(Room.id == room_id, Room.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def edition_of_room(room_id: int) -> int:
    """Say which edition a room is of."""
    found = db.session.scalar(select(Room.edition_id).where(Room.id == room_id))
    if found is None:
        raise NotThere
    return found


def room_to_use(room_id: int) -> Room:
    """Load a room for a session to be placed in, so that it is not changed or removed meanwhile."""
    return _room(room_id, shared=True)


def room_to_change(room_id: int) -> Room:
    """Load a room, locked until the operation ends."""
    return _room(room_id, shared=False)


def _room(room_id: int, *, shared: bool) -> Room:
    found = db.session.scalar(select(Room).where(Room.id == room_id).with_for_update(read=shared).execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def session_of_edition(edition_id: int, session_id: int) -> ProgrammeSession:
    """Load a session of an edition; another edition's and a missing one look the same."""
    found = db.session.scalar(select(ProgrammeSession).where(ProgrammeSession.id == session_id, ProgrammeSession.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def session_to_change(session_id: int, beside: int | None = None) -> ProgrammeSession:
    """Load a session, locked until the operation ends together with its whole and with one more session that it may become a part of."""
    while True:
        parent_id = db.session.scalar(select(ProgrammeSession.parent_id).where(ProgrammeSession.id == session_id))
        locked = {one.id: one for one in _locked({session_id, parent_id, beside} - {None})}
        if session_id not in locked or (beside is not None and beside not in locked):
            raise NotThere
        if locked[session_id].parent_id in {None, *locked}:  # else it became a part of another one just now
            return locked[session_id]


def _locked(ids: Iterable[int | None]) -> Sequence[ProgrammeSession]:
    """Lock sessions in the order of their ids, so that two operations never wait for each other."""
    rows = select(ProgrammeSession).where(ProgrammeSession.id.in_(list(ids))).order_by(ProgrammeSession.id)
    return db.session.scalars(rows.with_for_update().execution_options(populate_existing=True)).all()


def sessions_in_room(room_id: int) -> Sequence[ProgrammeSession]:
    """Load the scheduled sessions of a room, parts too, locked until the operation ends."""
    ids = db.session.scalars(select(ProgrammeSession.id).where(ProgrammeSession.room_id == room_id, ProgrammeSession.state == "scheduled")).all()
    return [session for session in _locked(ids) if session.state == "scheduled" and session.room_id == room_id]


def cancelled_in_room(room_id: int) -> Sequence[ProgrammeSession]:
    """Load the cancelled sessions that would have been in a room, locked until the operation ends."""
    ids = db.session.scalars(select(ProgrammeSession.id).where(ProgrammeSession.room_id == room_id, ProgrammeSession.state == "cancelled")).all()
    return _locked(ids)


def session_called(edition_id: int, slug: str) -> ProgrammeSession:
    """Load the session at an address; another edition's and a missing one look the same."""
    found = db.session.scalar(select(ProgrammeSession).where(ProgrammeSession.edition_id == edition_id, ProgrammeSession.slug == slug))
    if found is None:
        raise NotThere
    return found


def whole_of(session: ProgrammeSession) -> ProgrammeSession:
    """Load the outermost session: the whole that this one is a part of, or itself."""
    return session if session.parent_id is None else db.session.get_one(ProgrammeSession, session.parent_id)


def scheduled_parts(whole_id: int) -> Sequence[ProgrammeSession]:
    """List the scheduled parts of a whole in the order of time; its row's lock covers them."""
    rows = select(ProgrammeSession).where(ProgrammeSession.parent_id == whole_id, ProgrammeSession.state == "scheduled")
    return db.session.scalars(rows.order_by(ProgrammeSession.start_minute, ProgrammeSession.fold, ProgrammeSession.id).execution_options(populate_existing=True)).all()


def people_of(session_ids: Iterable[int]) -> dict[int, list[SessionPerson]]:
    """List who is on the stage of some sessions, in one query."""
    rows = select(SessionPerson).where(SessionPerson.session_id.in_(list(session_ids))).order_by(SessionPerson.position, SessionPerson.id)
    found: dict[int, list[SessionPerson]] = defaultdict(list)
    for one in db.session.scalars(rows):
        found[one.session_id].append(one)
    return found


def person_names(someone: Person | int) -> dict[str, str]:
    """Write a person's name for the readers of each language."""
    known = someone if isinstance(someone, Person) else person(someone)
    return {language: known.name(language) for language in LANGUAGES}


def slugs_like(edition_id: int, slug: str) -> set[str]:
    """List the addresses of an edition's sessions that begin like this one."""
    return set(db.session.scalars(select(ProgrammeSession.slug).where(ProgrammeSession.edition_id == edition_id, ProgrammeSession.slug.startswith(slug, autoescape=True))))


def hold_programme(edition_id: int) -> list[int]:
    """Keep an edition's rooms and sessions as they are until the operation ends; return the ids of the sessions."""
    db.session.execute(select(Room.id).where(Room.edition_id == edition_id).order_by(Room.id).with_for_update(read=True))
    rows = select(ProgrammeSession.id).where(ProgrammeSession.edition_id == edition_id).order_by(ProgrammeSession.id)
    return list(db.session.scalars(rows.with_for_update(read=True)))
