"""What an organiser's form does at once: a session and its place, a new person and their role."""

from collections.abc import Mapping
from datetime import datetime

from eventapp.core.db import transaction
from eventapp.organisations.operations import add_person, find_or_add_organisation
from eventapp.organisations.queries import person
from eventapp.programme import queries
from eventapp.programme.errors import PersonKnown
from eventapp.programme.models import ProgrammeSession, SessionPerson, StageRole
from eventapp.programme.operations.placing import place_session
from eventapp.programme.operations.sessions import add_session, change_session
from eventapp.programme.operations.stage import put_on_stage
from eventapp.programme.rules import Details, NewPerson, OnStage, Organisation, Placement


def plan_session(edition_id: int, details: Details, placement: Placement | None, *, even_closed: bool = False, actor_id: int | None, now: datetime) -> ProgrammeSession:
    """Add a session and, when it has a place already, put it there; both or nothing. A time outside the opening hours has to be meant."""
    with transaction():
        session = add_session(edition_id, details, actor_id=actor_id, now=now)
        if placement is not None:
            place_session(session.id, placement, even_closed=even_closed, actor_id=actor_id, now=now)
    return session


def revise_session(
    session_id: int, details: Details, placement: Placement | None, *, even_closed: bool = False, version: int | None, actor_id: int | None, now: datetime
) -> ProgrammeSession:
    """Change what a session says and, with a placement that differs, where it is; both or nothing. A new time outside the opening hours has to be meant."""
    with transaction():
        session = change_session(session_id, details, version=version, actor_id=actor_id, now=now)
        if placement is not None and not _is_there(session, placement):
            place_session(session_id, placement, even_closed=even_closed, actor_id=actor_id, now=now)
    return session


def _is_there(session: ProgrammeSession, placement: Placement) -> bool:
    here = (session.day, session.start_minute, session.length_minutes, session.parent_id, session.fold)
    same_room = placement.parent_id is not None or session.room_id == placement.room_id
    return session.state == "scheduled" and same_room and here == (placement.day, placement.start, placement.length, placement.parent_id, placement.fold)


def bring_on_stage(
    session_id: int,
    who: int | NewPerson,
    role: StageRole,
    *,
    organisation: Organisation | None = None,
    capacity: Mapping[str, str] | None = None,
    certain: bool = False,
    actor_id: int | None,
    now: datetime,
) -> SessionPerson:
    """Put a known or a new person on stage, for an organisation by name; refuse a new one who is known by that name, unless it is certain that it is another."""
    with transaction():
        person_id = person(who).id if isinstance(who, int) else _new(who, certain, now)
        organisation_id = None
        if organisation is not None:
            known = find_or_add_organisation(name=organisation.name, name_ar=organisation.name_ar, country=organisation.country, actor_id=actor_id, now=now)
            organisation_id = known.id
        return put_on_stage(session_id, OnStage(person_id, role, organisation_id, capacity or {}), actor_id=actor_id, now=now)


def _new(who: NewPerson, certain: bool, now: datetime) -> int:
    known = [] if certain else queries.people_spelt(who)
    if known:
        raise PersonKnown(name=queries.person_names(known[0]))
    return add_person(given=who.given, family=who.family, given_ar=who.given_ar, family_ar=who.family_ar, now=now).id
