"""The programme is published: numbered, immutable, complete."""

import pytest
from sqlalchemy.exc import DBAPIError

from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.organisations.operations import find_or_add_organisation
from eventapp.programme import operations, queries
from eventapp.programme.errors import NothingThereYet, NothingToPublish
from eventapp.programme.models import ProgrammeSession, PublishedVersion, Room, SessionKind, StageRole
from eventapp.programme.rules import Details, OnStage, changes
from tests.support.cast import EIGHT, same
from tests.support.programme import draft, make_room, on_stage, place, scheduled
from tests.support.statements import statements


def publish(edition: Edition) -> PublishedVersion:
    return operations.publish(edition.id, actor_id=None, now=EIGHT)


def test_a_version_says_everything_that_a_reader_sees(sistep: Edition, atlas: Room, inauguration: ProgrammeSession, souiri: Person) -> None:
    hall = sistep.halls[0]
    rif = make_room(sistep, "rif", hall_id=hall.id, capacity=80)
    fimme = find_or_add_organisation(name="FIMME", name_ar="الفدرالية", country="MA", actor_id=None, now=EIGHT)
    signing = place(draft(sistep, "Signing", SessionKind.SIGNING), "11:45", 30, within=inauguration)
    operations.set_signatories(signing.id, [OnStage(souiri.id, StageRole.SIGNATORY, fimme.id, same("President"))], actor_id=None, now=EIGHT)
    on_stage(inauguration, souiri)
    draft(sistep, "Not yet")
    operations.cancel_session(scheduled(sistep, "Not any more", "09:00", 30, rif).id, actor_id=None, now=EIGHT)
    version = publish(sistep)
    assert (version.number, version.published_at, queries.latest_version(sistep.id)) == (1, EIGHT, version)
    name = {"fr": "Abdelhamid Souiri", "ar": "عبد الحميد الصويري", "en": "Abdelhamid Souiri"}
    shared = {"abstract": {}, "languages": ["fr"], "day": "2018-04-12", "fold": 0, "room": atlas.id, "is_example": False, "sequence": 0}
    assert version.snapshot == {
        "rooms": [
            {"id": atlas.id, "code": "atlas", "name": same("Room atlas"), "capacity": 100, "hall": None, "position": 1},
            {"id": rif.id, "code": "rif", "name": same("Room rif"), "capacity": 80, "hall": hall.name, "position": 2},
        ],
        "sessions": [
            {
                **shared,
                "id": inauguration.id,
                "uid": inauguration.uid,
                "slug": "inauguration",
                "kind": "conference",
                "title": same("Inauguration"),
                "start": 660,
                "length": 90,
                "parent": None,
                "people": [{"role": "speaker", "name": name, "capacity": {}, "organisation": None}],
            },
            {
                **shared,
                "id": signing.id,
                "uid": signing.uid,
                "slug": "signing",
                "kind": "signing",
                "title": same("Signing"),
                "start": 705,
                "length": 30,
                "parent": inauguration.uid,
                "people": [{"role": "signatory", "name": name, "capacity": same("President"), "organisation": {"fr": "FIMME", "ar": "الفدرالية", "en": "FIMME"}}],
            },
        ],
    }


def test_an_empty_programme_is_not_published(sistep: Edition) -> None:
    draft(sistep, "Not yet")
    with pytest.raises(NothingThereYet):
        publish(sistep)


def test_the_same_is_not_published_twice(sistep: Edition, inauguration: ProgrammeSession) -> None:
    publish(sistep)
    with pytest.raises(NothingToPublish):
        publish(sistep)
    operations.change_session(inauguration.id, Details(SessionKind.INAUGURATION, same("Inauguration")), actor_id=None, now=EIGHT)
    assert publish(sistep).number == 2


def test_a_room_with_another_name_is_a_change_too(sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    publish(sistep)
    operations.change_room(atlas.id, code="atlas", name=same("Grand Atlas"), capacity=100, actor_id=None, now=EIGHT)
    assert publish(sistep).snapshot["rooms"][0]["name"] == same("Grand Atlas")


def test_versions_of_each_edition_are_numbered_by_themselves(sistep: Edition, other_edition: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    publish(sistep)
    scheduled(other_edition, "Theirs", "10:00", 30, make_room(other_edition, "atlas"), day=other_edition.first_day)
    assert publish(other_edition).number == 1
    place(inauguration, "10:00", 90, atlas)
    assert publish(sistep).number == 2
    assert [number for number, _at in queries.versions_of(sistep.id)] == [2, 1]
    assert queries.version_of_edition(sistep.id, 1).snapshot["sessions"][0]["start"] == 660


def test_what_is_about_to_be_published_is_known_beforehand(sistep: Edition, atlas: Room, forum: Room, inauguration: ProgrammeSession) -> None:
    gone, edited = scheduled(sistep, "Gone", "10:00", 30, forum), scheduled(sistep, "Edited", "15:00", 30, forum)
    last = publish(sistep)
    operations.take_off_programme(gone.id, actor_id=None, now=EIGHT)
    operations.change_session(edited.id, Details(SessionKind.WORKSHOP, same("Edited")), actor_id=None, now=EIGHT)
    place(inauguration, "11:30", 90, atlas)
    scheduled(sistep, "Added", "16:00", 30, forum)
    found = [(change.how, change.session["title"]["en"]) for change in changes(last.snapshot, queries.working_snapshot(sistep.id))]
    assert found == [("removed", "Gone"), ("moved", "Inauguration"), ("edited", "Edited"), ("added", "Added")]


@pytest.mark.parametrize("statement", ["UPDATE published_versions SET number = 7", "DELETE FROM published_versions", "UPDATE published_versions SET snapshot = '{}'"])
def test_a_published_version_cannot_be_changed(sistep: Edition, inauguration: ProgrammeSession, statement: str) -> None:
    publish(sistep)
    db.session.rollback()
    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert queries.latest_version(sistep.id).number == 1  # type: ignore[union-attr]


def test_a_snapshot_takes_the_same_number_of_statements_however_long_the_programme_is(sistep: Edition, atlas: Room, souiri: Person) -> None:
    counts = []
    for start in range(9, 15):
        on_stage(scheduled(sistep, f"Talk {start}", f"{start}:00", 30, atlas), souiri)
        db.session.rollback()
        with statements() as sent:
            queries.working_snapshot(sistep.id)
        counts.append(len([one for one in sent if one.startswith("SELECT")]))
    assert len(set(counts)) == 1
