"""What organisers look at: the list of sessions, one day, who could be meant by a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.texts import clean
from eventapp.organisations.models import Organisation, Person, PersonName
from eventapp.organisations.queries import has_words
from eventapp.organisations.rules import folded_person
from eventapp.programme.models import ProgrammeSession, SessionKind, SessionPerson
from eventapp.programme.queries.published import latest_version
from eventapp.programme.queries.snapshots import working_snapshot
from eventapp.programme.rules import NewPerson, changes

STATES = ("scheduled", "draft", "cancelled")
_LONGEST_ID = 10


@dataclass(frozen=True)
class Wanted:
    """How the list is narrowed."""

    q: str = ""
    day: str = ""
    room: str = ""
    kind: str = ""
    state: str = ""


@dataclass(frozen=True)
class OnStageLine:
    """Somebody on stage, as lists show them."""

    id: int
    person: Person
    role: str
    capacity: dict[str, str]
    organisation: Organisation | None


def sessions(edition_id: int, wanted: Wanted) -> Select[ProgrammeSession]:
    """Select an edition's sessions in the order of the programme, those without a time last: by words of title or people, and by day, room, kind and state."""
    query = select(ProgrammeSession).options(joinedload(ProgrammeSession.room), joinedload(ProgrammeSession.parent)).where(ProgrammeSession.edition_id == edition_id)
    typed = clean(wanted.q)
    if typed:
        spelt = select(SessionPerson.session_id).join(PersonName, PersonName.person_id == SessionPerson.person_id).where(has_words(PersonName.folded, typed))
        query = query.where(or_(has_words(ProgrammeSession.folded, typed), ProgrammeSession.id.in_(spelt)))
    if wanted.state in STATES:
        query = query.where(ProgrammeSession.state == wanted.state)
    if wanted.kind in set(SessionKind):
        query = query.where(ProgrammeSession.kind == wanted.kind)
    if wanted.room.isascii() and wanted.room.isdigit() and len(wanted.room) < _LONGEST_ID:
        query = query.where(ProgrammeSession.room_id == int(wanted.room))
    day = _day(wanted.day)
    if day is not None:
        query = query.where(ProgrammeSession.day == day)
    inner = ProgrammeSession.parent_id.is_not(None)
    return query.order_by(ProgrammeSession.day.is_(None), ProgrammeSession.day, ProgrammeSession.start_minute, ProgrammeSession.fold, inner, ProgrammeSession.id)


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def counts_by_state(edition_id: int) -> dict[str, int]:
    """Count an edition's sessions by state."""
    rows = select(ProgrammeSession.state, func.count()).where(ProgrammeSession.edition_id == edition_id).group_by(ProgrammeSession.state)
    return dict(iter(db.session.execute(rows)))


def counts_by_day(edition_id: int) -> dict[date, int]:
    """Count the scheduled sessions of each day."""
    rows = select(ProgrammeSession.day, func.count()).where(ProgrammeSession.edition_id == edition_id, ProgrammeSession.state == "scheduled").group_by(ProgrammeSession.day)
    return {day: count for day, count in db.session.execute(rows) if day}


def on_stage_of(session_ids: Iterable[int]) -> dict[int, list[OnStageLine]]:
    """List who is on the stage of some sessions, with persons and organisations, in two queries."""
    query = (
        select(SessionPerson, Person, Organisation)
        .join(Person, Person.id == SessionPerson.person_id)
        .outerjoin(Organisation, Organisation.id == SessionPerson.organisation_id)
        .where(SessionPerson.session_id.in_(list(session_ids)))
        .order_by(SessionPerson.position, SessionPerson.id)
    )
    found: dict[int, list[OnStageLine]] = {}
    for one, who, organisation in db.session.execute(query):
        found.setdefault(one.session_id, []).append(OnStageLine(one.id, who, one.role, one.capacity, organisation))
    return found


def wholes_of(edition_id: int) -> list[ProgrammeSession]:
    """List the scheduled sessions that may have parts, in order of time."""
    rows = select(ProgrammeSession).where(ProgrammeSession.edition_id == edition_id, ProgrammeSession.state == "scheduled", ProgrammeSession.parent_id.is_(None))
    return list(db.session.scalars(rows.order_by(ProgrammeSession.day, ProgrammeSession.start_minute, ProgrammeSession.id)))


def parts_of(session_id: int) -> list[ProgrammeSession]:
    """List the parts of a session, cancelled ones too, in order of time."""
    rows = select(ProgrammeSession).where(ProgrammeSession.parent_id == session_id)
    return list(db.session.scalars(rows.order_by(ProgrammeSession.start_minute, ProgrammeSession.fold, ProgrammeSession.id)))


def follower_of(session: ProgrammeSession) -> ProgrammeSession | None:
    """Find the session that is next in the same room on that day."""
    if session.room_id is None or session.start_minute is None:
        return None
    query = select(ProgrammeSession).where(
        ProgrammeSession.room_id == session.room_id,
        ProgrammeSession.day == session.day,
        ProgrammeSession.state == "scheduled",
        ProgrammeSession.parent_id.is_(None),
        ProgrammeSession.start_minute > session.start_minute,
    )
    return db.session.scalar(query.order_by(ProgrammeSession.start_minute).limit(1))


def uses_of_rooms(edition_id: int) -> dict[int, int]:
    """Count the scheduled sessions of each room."""
    rows = select(ProgrammeSession.room_id, func.count()).where(ProgrammeSession.edition_id == edition_id, ProgrammeSession.state == "scheduled").group_by(ProgrammeSession.room_id)
    return {room_id: count for room_id, count in db.session.execute(rows) if room_id}


def known_for(person_ids: Iterable[int]) -> dict[int, tuple[dict[str, str], Organisation | None]]:
    """Tell in which session people were last put on stage, and for whom: what tells namesakes apart."""
    query = (
        select(SessionPerson.person_id, ProgrammeSession.title, Organisation)
        .join(ProgrammeSession, ProgrammeSession.id == SessionPerson.session_id)
        .outerjoin(Organisation, Organisation.id == SessionPerson.organisation_id)
        .where(SessionPerson.person_id.in_(list(person_ids)))
        .order_by(SessionPerson.id)
    )
    return {person_id: (title, organisation) for person_id, title, organisation in db.session.execute(query)}


def people_spelt(new: NewPerson) -> list[Person]:
    """Find people who have one of these spellings, whichever name stands first."""
    pairs = [(given, family) for given, family in ((new.given, new.family), (new.given_ar, new.family_ar)) if given or family]
    spelt = {folded_person(*pair) for given, family in pairs for pair in ((given, family), (family, given))}
    rows = select(Person).where(Person.id.in_(select(PersonName.person_id).where(PersonName.folded.in_(spelt))))
    return list(db.session.scalars(rows.order_by(Person.id)))


def scheduled_on(edition_id: int, day: date) -> list[ProgrammeSession]:
    """List a day's scheduled sessions in order of time, a whole before its parts."""
    return list(db.session.scalars(sessions(edition_id, Wanted(day=str(day), state="scheduled"))))


def history_of(session_id: int) -> list[tuple[AuditEntry, str | None]]:
    """List what was done to a session and by whom, latest first."""
    query = select(AuditEntry, User.name).outerjoin(User, User.id == AuditEntry.actor_id)
    rows = db.session.execute(query.where(AuditEntry.subject_kind == "session", AuditEntry.subject_id == session_id).order_by(AuditEntry.id.desc()).limit(50))
    return [(entry, name) for entry, name in rows]


def same_people(one: ProgrammeSession, other: ProgrammeSession | None) -> bool:
    """Say whether two sessions have the same people on stage, so that less clearing may do between them."""
    if other is None:
        return False
    rows = select(SessionPerson.session_id, SessionPerson.person_id).where(SessionPerson.session_id.in_([one.id, other.id]))
    people: dict[int, set[int]] = {one.id: set(), other.id: set()}
    for session_id, person_id in db.session.execute(rows):
        people[session_id].add(person_id)
    return people[one.id] == people[other.id] != set()


def unpublished(edition_id: int) -> int:
    """Count the sessions that differ from the published programme."""
    last = latest_version(edition_id)
    return len(changes(last.snapshot if last else None, working_snapshot(edition_id)))
