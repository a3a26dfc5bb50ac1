"""People on stage: their claims follow."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.organisations.queries import organisation, person
from eventapp.programme import queries, rules
from eventapp.programme.errors import AlreadyOnStage, SignatoriesOfAgreement
from eventapp.programme.models import ProgrammeSession, SessionPerson, StageRole
from eventapp.programme.operations.occupying import occupy
from eventapp.programme.operations.sessions import changeable
from eventapp.programme.rules import OnStage

_TABLE = cast("Table", SessionPerson.__table__)
_KEY = ("session_id", "person_id", "role")


def put_on_stage(session_id: int, on_stage: OnStage, *, actor_id: int | None, now: datetime) -> SessionPerson:
    """Put a person on the stage of a session; refuses by name when they are elsewhere at that time."""
    if on_stage.role == StageRole.SIGNATORY:
        raise SignatoriesOfAgreement
    with transaction():
        session = changeable(session_id, None)
        added = _add(session, on_stage, _next_position(session_id))
        _follow(session)
        record("session.person_added", "session", session_id, actor_id=actor_id, at=now, edition_id=session.edition_id, person_id=on_stage.person_id, role=on_stage.role)
    return added


def _next_position(session_id: int) -> int:
    return max((one.position for one in queries.people_of([session_id]).get(session_id, ())), default=0) + 1


def _add(session: ProgrammeSession, on_stage: OnStage, position: int) -> SessionPerson:
    """Store a person on stage; the key lets each have a role once."""
    someone = person(on_stage.person_id)
    if on_stage.organisation_id is not None:
        organisation(on_stage.organisation_id)
    row: dict[str, Any] = {"session_id": session.id, "person_id": someone.id, "role": StageRole(on_stage.role), "position": position}
    if not insert_new(_TABLE, [{**row, "organisation_id": on_stage.organisation_id, "capacity": rules.texts(on_stage.capacity)}], _KEY):
        raise AlreadyOnStage(name=queries.person_names(someone))
    db.session.expire(session, ["people"])
    return next(one for one in queries.people_of([session.id])[session.id] if (one.person_id, one.role) == (someone.id, row["role"]))


def _follow(session: ProgrammeSession) -> None:
    """Let the claims of a session's whole follow who is on stage."""
    db.session.flush()
    occupy(db.session.get_one(Edition, session.edition_id), [queries.whole_of(session)])


def take_off_stage(session_id: int, session_person_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Take a person off the stage of a session; who signs stays, that is the agreement's to say."""
    with transaction():
        session = changeable(session_id, None)
        gone = next((one for one in queries.people_of([session_id]).get(session_id, ()) if one.id == session_person_id), None)
        if gone is None:
            raise NotThere
        if gone.role == StageRole.SIGNATORY:
            raise SignatoriesOfAgreement
        record("session.person_removed", "session", session_id, actor_id=actor_id, at=now, edition_id=session.edition_id, person_id=gone.person_id, role=gone.role)
        _remove(session, gone)
        _follow(session)


def _remove(session: ProgrammeSession, *gone: SessionPerson) -> None:
    for one in gone:
        db.session.delete(one)
    db.session.flush()
    db.session.expire(session, ["people"])


def set_signatories(session_id: int, signatories: Sequence[OnStage], *, actor_id: int | None, now: datetime) -> ProgrammeSession:
    """Let exactly these people sign in a session, in this order: what the agreement says. Refuses by name when one of them is elsewhere at that time."""
    with transaction():
        session = changeable(session_id, None)
        there = queries.people_of([session_id]).get(session_id, [])
        _remove(session, *(one for one in there if one.role == StageRole.SIGNATORY))
        for position, signatory in enumerate(signatories, start=1):
            _add(session, OnStage(signatory.person_id, StageRole.SIGNATORY, signatory.organisation_id, signatory.capacity), position)
        _follow(session)
        ids = [signatory.person_id for signatory in signatories]
        record("session.signatories_set", "session", session_id, actor_id=actor_id, at=now, edition_id=session.edition_id, person_ids=ids)
    return session
