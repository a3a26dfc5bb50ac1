"""Signings are scheduled, moved, taken out; what collides is named."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from eventapp.agreements import operations
from eventapp.agreements.errors import NotScheduled, SignatoryMissing
from eventapp.agreements.models import Agreement
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.editions.models import Edition
from eventapp.programme import operations as programme
from eventapp.programme.errors import PartOutside, PersonDoubleBooked, RoomTaken
from eventapp.programme.models import ProgrammeSession, Room, SessionKind, SessionPerson
from eventapp.programme.rules import Details, Placement
from tests.support.agreeing import ATLAS, ENSAM, FIMME, NORA, broken, details, recorded, sign_at
from tests.support.cast import EIGHT, same
from tests.support.programme import DAY, breaches, claimed, every_claim, make_room


def signing(agreement: Agreement) -> ProgrammeSession:
    return db.session.get_one(ProgrammeSession, agreement.session_id)


def unschedule(agreement: Agreement, version: int | None = None) -> Agreement:
    return operations.unschedule_signing(agreement.id, version=version, actor_id=None, now=EIGHT)


def test_a_signing_of_its_own_claims_room_and_people(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", 15, salon)
    session = signing(memorandum)
    assert (memorandum.state, session.kind, session.state, session.title, session.room_id, session.edition_id) == (
        "scheduled",
        "signing",
        "scheduled",
        same("Memorandum"),
        salon.id,
        memorandum.edition_id,
    )
    people = [one.person_id for party in memorandum.parties for one in party.signatories]
    assert claimed(session) == {("room", salon.id): [600, 605, 610], **{("person", one): [600, 605, 610] for one in people}}
    assert (broken(), breaches()) == ([], [])


def test_the_people_on_stage_sign_for_their_party_in_their_capacity(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    rows = db.session.execute(select(SessionPerson.role, SessionPerson.organisation_id, SessionPerson.capacity).order_by(SessionPerson.position)).all()
    assert [tuple(row) for row in rows] == [("signatory", party.organisation_id, party.signatories[0].capacity) for party in memorandum.parties]


def test_a_part_of_the_inauguration_is_in_its_room_with_its_people(memorandum: Agreement, inauguration: ProgrammeSession, auditorium: Room) -> None:
    sign_at(memorandum, "11:45", 30, within=inauguration)
    session = signing(memorandum)
    assert (session.parent_id, session.room_id) == (inauguration.id, auditorium.id)
    people = [one.person_id for party in memorandum.parties for one in party.signatories]
    quarter_to = [705, 710, 715, 720, 725, 730]
    assert {key: slots for key, slots in claimed(inauguration).items() if key[0] == "person"} == {("person", one): quarter_to for one in people}
    assert (broken(), breaches()) == ([], [])


def test_a_second_signing_of_the_same_person_at_that_time_is_refused_by_name(sistep: Edition, memorandum: Agreement, inauguration: ProgrammeSession, salon: Room) -> None:
    sign_at(memorandum, "11:45", 30, within=inauguration)
    other = recorded(sistep, "Another one", (FIMME, ATLAS))
    with pytest.raises(PersonDoubleBooked) as refusal:
        sign_at(other, "12:00", 30, salon)
    facts = refusal.value.facts
    assert (facts["name"]["fr"], facts["name"]["ar"], facts["title"], facts["room"]) == ("Abdelhamid Souiri", "عبد الحميد الصويري", same("Memorandum"), same("Room auditorium"))
    assert (other.state, other.session_id, broken(), breaches()) == ("proposed", None, [], [])
    sign_at(other, "12:15", 30, salon)
    assert other.state == "scheduled"


def test_a_second_signing_in_the_same_room_at_that_time_is_refused_by_name(sistep: Edition, memorandum: Agreement, inauguration: ProgrammeSession, auditorium: Room) -> None:
    other = recorded(sistep, "Another one", (ATLAS, replace(ENSAM, signers=(replace(NORA, given="Zineb"),))))
    with pytest.raises(RoomTaken) as refusal:
        sign_at(other, "12:00", 30, auditorium)
    assert (refusal.value.facts["room"], refusal.value.facts["title"]) == (same("Room auditorium"), same("Inauguration"))
    assert (other.state, every_claim(), broken()) == ("proposed", 18, [])


def test_a_part_must_lie_within_its_whole(memorandum: Agreement, inauguration: ProgrammeSession) -> None:
    with pytest.raises(PartOutside):
        sign_at(memorandum, "12:15", 30, within=inauguration)
    assert memorandum.session_id is None


def test_a_signing_needs_a_signatory_for_each_party(sistep: Edition, salon: Room) -> None:
    half = recorded(sistep, "Half", (FIMME, replace(ENSAM, signers=())))
    with pytest.raises(SignatoryMissing) as refusal:
        sign_at(half, "10:00", room=salon)
    assert (refusal.value.facts["name"]["fr"], refusal.value.facts["name"]["ar"]) == ("Arts et Métiers ParisTech", "آر إي ميتيي")


def test_a_signing_is_moved_with_its_people(memorandum: Agreement, inauguration: ProgrammeSession, salon: Room) -> None:
    sign_at(memorandum, "11:45", 30, within=inauguration)
    first, address = memorandum.session_id, signing(memorandum).slug
    sign_at(memorandum, "16:00", 5, salon)
    people = [one.person_id for party in memorandum.parties for one in party.signatories]
    assert (memorandum.session_id, signing(memorandum).slug, signing(memorandum).parent_id) == (first, address, None)
    assert claimed(signing(memorandum)) == {("room", salon.id): [960], **{("person", one): [960] for one in people}}
    assert (broken(), breaches()) == ([], [])
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_kind == "agreement").order_by(AuditEntry.id)).all()
    assert actions == ["agreement.recorded", "agreement.scheduled", "agreement.moved"]


def test_a_move_that_collides_leaves_everything_where_it_was(sistep: Edition, memorandum: Agreement, inauguration: ProgrammeSession, salon: Room) -> None:
    sign_at(memorandum, "11:45", 30, within=inauguration)
    other = recorded(sistep, "Another one", (FIMME, ATLAS))
    sign_at(other, "10:00", 30, salon)
    with pytest.raises(PersonDoubleBooked):
        sign_at(other, "11:50", 5, salon)
    assert (signing(other).start_minute, other.state, broken(), breaches()) == (600, "scheduled", [], [])


def test_a_change_of_who_signs_that_collides_is_refused(sistep: Edition, memorandum: Agreement, inauguration: ProgrammeSession, salon: Room) -> None:
    sign_at(memorandum, "11:45", 30, within=inauguration)
    other = recorded(sistep, "Another one", (ATLAS, replace(ENSAM, signers=(replace(NORA, given="Zineb"),))))
    sign_at(other, "11:45", 30, salon)
    with pytest.raises(PersonDoubleBooked):
        operations.change_agreement(other.id, details("Another one", (ATLAS, ENSAM)), version=None, actor_id=None, now=EIGHT)
    assert (broken(), breaches()) == ([], [])


def test_an_unscheduled_signing_frees_everything_and_comes_back_at_the_same_address(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    first, address = memorandum.session_id, signing(memorandum).slug
    unschedule(memorandum, memorandum.version)
    assert (memorandum.state, every_claim(), signing(memorandum).state, broken()) == ("proposed", 0, "draft", [])
    assert db.session.scalars(select(SessionPerson.id)).all() == []
    with pytest.raises(NotScheduled):
        unschedule(memorandum)
    sign_at(memorandum, "12:00", room=salon)
    assert (memorandum.session_id, signing(memorandum).slug, memorandum.state, broken()) == (first, address, "scheduled", [])


def test_a_stale_page_neither_schedules_nor_unschedules(memorandum: Agreement, salon: Room) -> None:
    shown = memorandum.version
    sign_at(memorandum, "10:00", room=salon)
    with pytest.raises(ChangedMeanwhile):
        operations.schedule_signing(memorandum.id, Placement(DAY, 720, 30, salon.id), version=shown, actor_id=None, now=EIGHT)
    with pytest.raises(ChangedMeanwhile):
        unschedule(memorandum, shown)
    assert (signing(memorandum).start_minute, memorandum.state) == (600, "scheduled")


def test_a_signing_that_the_programme_manager_takes_off_makes_the_agreement_proposed(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    programme.take_off_programme(signing(memorandum).id, actor_id=None, now=EIGHT)
    assert (memorandum.state, signing(memorandum).state, every_claim(), broken()) == ("proposed", "draft", 0, [])


def test_taking_off_the_inauguration_takes_its_signing_with_it(memorandum: Agreement, inauguration: ProgrammeSession) -> None:
    sign_at(memorandum, "11:45", within=inauguration)
    programme.take_off_programme(inauguration.id, actor_id=None, now=EIGHT)
    assert (memorandum.state, every_claim(), broken(), breaches()) == ("proposed", 0, [], [])


def test_a_cancelled_signing_is_given_a_new_session(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    first = signing(memorandum).id
    programme.cancel_session(first, actor_id=None, now=EIGHT)
    assert (memorandum.state, memorandum.session_id, broken()) == ("proposed", None, [])
    sign_at(memorandum, "10:00", room=salon)
    assert (memorandum.session_id == first, memorandum.state, broken()) == (False, "scheduled", [])


def test_a_draft_that_became_a_conference_elsewhere_is_a_signing_again(memorandum: Agreement, auditorium: Room, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    unschedule(memorandum)
    session_id = signing(memorandum).id
    programme.change_session(session_id, Details(SessionKind.CONFERENCE, same("A talk")), actor_id=None, now=EIGHT)
    programme.place_session(session_id, Placement(DAY, 900, 60, auditorium.id), actor_id=None, now=EIGHT)
    sign_at(memorandum, "10:00", room=salon)
    assert (signing(memorandum).kind, signing(memorandum).start_minute, broken(), breaches()) == ("signing", 600, [], [])


def test_deleting_an_agreement_cancels_the_draft_of_its_signing(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    session_id = signing(memorandum).id
    unschedule(memorandum)
    operations.delete_agreement(memorandum.id, version=None, actor_id=None, now=EIGHT)
    assert (db.session.get_one(ProgrammeSession, session_id).state, db.session.scalars(select(Agreement.id)).all(), broken()) == ("cancelled", [], [])


def test_a_room_or_a_session_of_another_edition_is_not_there(memorandum: Agreement, other_edition: Edition, inauguration: ProgrammeSession) -> None:
    theirs = make_room(other_edition, "theirs")
    with pytest.raises(NotThere):
        sign_at(memorandum, "10:00", room=theirs)
    with pytest.raises(NotThere):
        operations.schedule_signing(memorandum.id, Placement(DAY, 600, 30, None, 999_999), actor_id=None, now=EIGHT)
    assert memorandum.session_id is None


def write(*statements: str) -> None:
    """Write past the program."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_doctor_finds_what_was_written_past_the_program(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    number, session_id, second = memorandum.id, memorandum.session_id, memorandum.parties[1].id
    write("UPDATE sessions SET kind = 'workshop'")
    assert broken() == [f"agreement {number} is scheduled, and its session {session_id} is a scheduled workshop"]
    write("UPDATE sessions SET kind = 'signing'", "DELETE FROM session_people WHERE position = 2")
    assert broken() == [f"session {session_id}: its signatories are not those of its agreement"]
    write("UPDATE agreements SET state = 'proposed'")
    assert broken() == [f"session {session_id}: its signatories are not those of its agreement"]
    write("UPDATE agreements SET state = 'scheduled'", f"DELETE FROM agreement_signatories WHERE party_id = {second}")
    assert broken() == [f"agreement {number} is scheduled, and nobody signs for party {second}"]
    write(f"DELETE FROM agreement_parties WHERE id = {second}")
    assert broken() == [f"agreement {number} has 1 parties"]


def test_the_database_itself_refuses_a_scheduled_agreement_without_a_session_and_a_second_one_for_it(sistep: Edition, memorandum: Agreement, salon: Room) -> None:
    from sqlalchemy.exc import IntegrityError

    sign_at(memorandum, "10:00", room=salon)
    other, session_id = recorded(sistep, "Other").id, memorandum.session_id
    for statement in (f"UPDATE agreements SET state = 'scheduled' WHERE id = {other}", f"UPDATE agreements SET session_id = {session_id} WHERE id = {other}"):
        with pytest.raises(IntegrityError):
            write(statement)


def test_the_database_itself_refuses_a_session_of_another_edition(memorandum: Agreement, other_edition: Edition) -> None:
    from sqlalchemy.exc import IntegrityError

    theirs = programme.add_session(other_edition.id, Details(SessionKind.SIGNING, same("Theirs")), actor_id=None, now=EIGHT).id
    with pytest.raises(IntegrityError):
        write(f"UPDATE agreements SET session_id = {theirs} WHERE id = {memorandum.id}")
