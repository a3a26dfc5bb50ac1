"""The example programme in the demo."""

import pytest
from sqlalchemy import func, select

from eventapp.attendees.models import Attendee
from eventapp.badges.models import Badge
from eventapp.core.db import db
from eventapp.demo.rules.programme import talks
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.programme.models import ProgrammeSession, Room, SessionPerson
from eventapp.programme.queries import latest_version, working_snapshot
from eventapp.programme.rules import changes
from tests.support.programme import breaches

pytestmark = pytest.mark.usefixtures("small_demo")


def session(key: str) -> ProgrammeSession:
    return db.session.scalars(select(ProgrammeSession).where(ProgrammeSession.slug == key)).one()


def test_the_example_programme_stands_as_it_is_written() -> None:
    codes = {room_id: code for room_id, code in db.session.execute(select(Room.id, Room.code))}  # noqa: C416
    first = db.session.scalars(select(Edition.first_day).where(Edition.slug == "sistep-2018")).one()
    for talk in talks():
        if talk.kind == "signing":
            continue
        one = session(talk.key)
        assert one.day is not None
        where = (one.state, (one.day - first).days, one.start_minute, one.length_minutes, codes[one.room_id or 0], one.kind, one.title, one.abstract, one.languages)
        assert where == ("scheduled", talk.day, talk.at.hour * 60 + talk.at.minute, talk.minutes, talk.room, talk.kind, talk.title, talk.abstract, talk.languages)
        assert (one.parent_id, one.is_example) == (session(talk.parent).id if talk.parent else None, talk.is_example)
    assert breaches() == []


def test_the_inauguration_is_at_eleven_and_the_minister_opens_the_show() -> None:
    inauguration, opening = session("inauguration"), session("opening")
    assert (inauguration.start_minute, inauguration.length_minutes, opening.parent_id, opening.start_minute) == (660, 90, inauguration.id, 660)
    names = [db.session.get_one(Person, one.person_id).name("en") for one in opening.people]
    assert names == ["Moulay Hafid Elalamy"]


def test_speakers_are_examples_with_a_badge() -> None:
    on_stage = select(SessionPerson.person_id).join(Person, Person.id == SessionPerson.person_id).where(Person.is_example, SessionPerson.role != "signatory")
    speakers = set(db.session.scalars(on_stage))
    assert len(speakers) == sum(talk.speakers for talk in talks())
    badged = select(Attendee.person_id).join(Badge, Badge.attendee_id == Attendee.id).where(Attendee.category == "speaker", Badge.state == "active")
    assert set(db.session.scalars(badged)) == speakers
    leaders = select(func.count()).select_from(SessionPerson).where(SessionPerson.role == "chair")
    assert db.session.scalar(leaders) == len([talk for talk in talks() if talk.kind == "round_table"])


def test_what_is_published_is_the_whole_programme() -> None:
    edition_id = db.session.scalars(select(Edition.id).where(Edition.slug == "sistep-2018")).one()
    version = latest_version(edition_id)
    assert version is not None
    assert (version.number, changes(version.snapshot, working_snapshot(edition_id))) == (1, [])
