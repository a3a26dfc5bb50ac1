"""Rooms, sessions, people on stage; all through the programme's own operations, so that occupancy holds."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from eventapp.core.zones import instant
from eventapp.demo.rules.agreements import ELALAMY, MINISTRY
from eventapp.demo.rules.companies import Company
from eventapp.demo.rules.crowd import ZONE, Guest, speaker
from eventapp.demo.rules.programme import PLACES, Talk, talks
from eventapp.editions.models import Edition
from eventapp.organisations.operations import add_person, find_or_add_organisation
from eventapp.programme.models import ProgrammeSession, SessionKind, StageRole
from eventapp.programme.operations import add_room, add_session, place_session, publish, put_on_stage
from eventapp.programme.rules import Details, OnStage, Placement

OPENING = "opening"  # which the minister spoke at, as the press wrote


@dataclass
class Programme:
    """The example programme as it was stored: rooms by code and sessions by key, and the speakers with their persons' ids."""

    edition: Edition
    rooms: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, ProgrammeSession] = field(default_factory=dict)
    speakers: list[tuple[Guest, int]] = field(default_factory=list)

    def placement(self, talk: Talk) -> Placement:
        """Say when and where a session of the example programme is; its whole is stored already."""
        day, start = self.edition.first_day + timedelta(days=talk.day), talk.at.hour * 60 + talk.at.minute
        parent_id = self.sessions[talk.parent].id if talk.parent else None
        return Placement(day, start, talk.minutes, None if parent_id else self.rooms[talk.room], parent_id)


def words(talk: Talk) -> Details:
    """Write what a session of the example programme says."""
    return Details(SessionKind(talk.kind), talk.title, talk.abstract, tuple(talk.languages))


def add_programme(rng: Random, edition: Edition, firms: list[Company], actor_id: int, now: datetime) -> Programme:
    """Add the rooms, the sessions that are no signings (those come with their agreements), and who is on stage."""
    programme, halls = Programme(edition), {hall.code: hall.id for hall in edition.halls}
    for place in PLACES:
        hall_id = halls[place.hall] if place.hall else None
        room = add_room(edition.id, code=place.code, name=place.name, capacity=place.capacity, turnover=place.turnover, hall_id=hall_id, actor_id=actor_id, now=now)
        programme.rooms[place.code] = room.id
    for talk in talks():
        if talk.kind != SessionKind.SIGNING:
            session = add_session(edition.id, words(talk), is_example=talk.is_example, slug=talk.key, actor_id=actor_id, now=now)
            programme.sessions[talk.key] = place_session(session.id, programme.placement(talk), actor_id=actor_id, now=now)
            _fill_stage(rng, programme, talk, firms, actor_id, now)
    _put_minister_on_stage(programme, actor_id, now)
    return programme


def _fill_stage(rng: Random, programme: Programme, talk: Talk, firms: list[Company], actor_id: int, now: datetime) -> None:
    """Put example speakers on stage; at a round table the first one leads it."""
    for number in range(talk.speakers):
        guest = speaker(rng, len(programme.speakers), rng.choice(firms), programme.edition.first_day)
        who = guest.name
        person = add_person(given=who.given, family=who.family, given_ar=who.given_ar, family_ar=who.family_ar, is_example=True, now=now)
        organisation = find_or_add_organisation(name=guest.organisation, country=guest.country, is_example=True, actor_id=actor_id, now=now)
        role = StageRole.CHAIR if talk.kind == SessionKind.ROUND_TABLE and number == 0 else StageRole.SPEAKER
        put_on_stage(programme.sessions[talk.key].id, OnStage(person.id, role, organisation.id, {"fr": guest.job_title}), actor_id=actor_id, now=now)
        programme.speakers.append((guest, person.id))


def _put_minister_on_stage(programme: Programme, actor_id: int, now: datetime) -> None:
    (_latn, given, family), (_arab, given_ar, family_ar) = ELALAMY.spellings
    person = add_person(given=given, family=family, given_ar=given_ar, family_ar=family_ar, now=now)
    ministry = find_or_add_organisation(name=MINISTRY.name, name_ar=MINISTRY.name_ar, country=MINISTRY.country, city=MINISTRY.city, kind=MINISTRY.kind, actor_id=actor_id, now=now)
    put_on_stage(programme.sessions[OPENING].id, OnStage(person.id, StageRole.SPEAKER, ministry.id, ELALAMY.capacity), actor_id=actor_id, now=now)


def publish_programme(edition: Edition, actor_id: int) -> None:
    """Publish the programme on the evening before the show."""
    publish(edition.id, actor_id=actor_id, now=instant(edition.first_day - timedelta(days=1), time(18), ZONE))
