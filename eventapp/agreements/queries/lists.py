"""Lists of agreements, and what is beside one: its history, its place among other sessions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.accounts.models import User
from eventapp.agreements.models import Agreement, AgreementKind, AgreementState, Party, Signatory
from eventapp.agreements.queries.loading import whole
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.texts import clean, fold
from eventapp.organisations.models import Organisation, Person, PersonName
from eventapp.organisations.queries import has_words
from eventapp.programme.models import ProgrammeSession, SessionPerson
from eventapp.programme.queries import latest_version

_MOST_WORDS = 8


@dataclass(frozen=True)
class Wanted:
    """How the list is narrowed."""

    q: str = ""
    state: str = ""
    kind: str = ""


def _about(word: str) -> ColumnElement[bool]:
    """Match a word of the title or subject, of a party's name or of a signatory's, in any script."""
    parties = select(Party.agreement_id).join(Organisation, Organisation.id == Party.organisation_id).where(has_words(Organisation.folded, word))
    signing = select(Party.agreement_id).join(Signatory, Signatory.party_id == Party.id).join(PersonName, PersonName.person_id == Signatory.person_id)
    return or_(has_words(Agreement.folded, word), Agreement.id.in_(parties), Agreement.id.in_(signing.where(has_words(PersonName.folded, word))))


def agreements(edition_id: int, wanted: Wanted) -> Select[Agreement]:
    """Select an edition's agreements: those without a time first, then in the order of signing."""
    query: Select[Any] = select(Agreement).options(*whole()).outerjoin(ProgrammeSession, ProgrammeSession.id == Agreement.session_id)
    query = query.where(Agreement.edition_id == edition_id, *map(_about, fold(clean(wanted.q)).split()[:_MOST_WORDS]))
    if wanted.state in set(AgreementState):
        query = query.where(Agreement.state == wanted.state)
    if wanted.kind in set(AgreementKind):
        query = query.where(Agreement.kind == wanted.kind)
    return query.order_by(Agreement.state, ProgrammeSession.day, ProgrammeSession.start_minute, Agreement.id)


def all_agreements(edition_id: int, wanted: Wanted) -> Iterator[Agreement]:
    """Load every agreement that the list shows, for a table."""
    yield from db.session.scalars(agreements(edition_id, wanted))


def counts(edition_id: int) -> dict[str, int]:
    """Count an edition's agreements by state and by kind; the two do not share a word."""
    found: dict[str, int] = {}
    for state, kind, count in db.session.execute(
        select(Agreement.state, Agreement.kind, func.count()).where(Agreement.edition_id == edition_id).group_by(Agreement.state, Agreement.kind)
    ):
        found[state] = found.get(state, 0) + count
        found[kind] = found.get(kind, 0) + count
    return found


def history(agreement_id: int) -> list[tuple[AuditEntry, str | None]]:
    """List what was done to an agreement and by whom, latest first."""
    query = select(AuditEntry, User.name).outerjoin(User, User.id == AuditEntry.actor_id)
    rows = db.session.execute(query.where(AuditEntry.subject_kind == "agreement", AuditEntry.subject_id == agreement_id).order_by(AuditEntry.id.desc()).limit(100))
    return [(row[0], row[1]) for row in rows]


def public_slug(edition_id: int, uid: str | None) -> str | None:
    """Give the address of a session in the published programme; None while it is not there."""
    version = latest_version(edition_id) if uid else None
    return next((str(session["slug"]) for session in version.snapshot["sessions"] if session["uid"] == uid), None) if version else None


def wholes_of_day(edition_id: int, day: date) -> Sequence[ProgrammeSession]:
    """List the scheduled sessions of a day that are no parts of others, in the order of time."""
    query = select(ProgrammeSession).options(joinedload(ProgrammeSession.room)).where(ProgrammeSession.edition_id == edition_id, ProgrammeSession.day == day)
    query = query.where(ProgrammeSession.state == "scheduled", ProgrammeSession.parent_id.is_(None))
    return db.session.scalars(query.order_by(ProgrammeSession.start_minute, ProgrammeSession.id)).all()


def engagements(edition_id: int, day: date, person_ids: Iterable[int], but: int | None) -> list[tuple[Person, ProgrammeSession]]:
    """List in which other sessions of a day some people are, in the order of time."""
    query = select(Person, ProgrammeSession).join(SessionPerson, SessionPerson.person_id == Person.id).join(ProgrammeSession, ProgrammeSession.id == SessionPerson.session_id)
    query = query.where(ProgrammeSession.edition_id == edition_id, ProgrammeSession.day == day, ProgrammeSession.state == "scheduled", Person.id.in_(list(person_ids)))
    rows = db.session.execute(query.where(ProgrammeSession.id != (but or 0)).order_by(ProgrammeSession.start_minute, ProgrammeSession.id, Person.id))
    return list(dict.fromkeys((person, session) for person, session in rows))
