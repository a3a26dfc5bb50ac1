"""People on stage."""

import pytest

from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.organisations.operations import find_or_add_organisation
from eventapp.programme import operations, queries
from eventapp.programme.errors import AlreadyOnStage, PersonDoubleBooked, SessionCancelled, SignatoriesOfAgreement
from eventapp.programme.models import ProgrammeSession, Room, SessionKind, StageRole
from eventapp.programme.rules import OnStage
from tests.support.cast import EIGHT, same
from tests.support.programme import breaches, claimed, draft, on_stage, place, scheduled


def people(session: ProgrammeSession) -> list[tuple[int, str]]:
    return [(one.person_id, one.role) for one in queries.people_of([session.id]).get(session.id, [])]


def test_a_person_comes_on_stage_for_an_organisation_in_a_capacity(sistep: Edition, inauguration: ProgrammeSession, souiri: Person) -> None:
    fimme = find_or_add_organisation(name="FIMME", country="MA", actor_id=None, now=EIGHT)
    put = operations.put_on_stage(inauguration.id, OnStage(souiri.id, StageRole.CHAIR, fimme.id, {"fr": " Président ", "en": ""}), actor_id=None, now=EIGHT)
    assert (put.session_id, put.person_id, put.role, put.organisation_id, put.capacity) == (inauguration.id, souiri.id, "chair", fimme.id, {"fr": "Président"})


def test_a_person_has_a_role_in_a_session_once(inauguration: ProgrammeSession, souiri: Person) -> None:
    on_stage(inauguration, souiri)
    with pytest.raises(AlreadyOnStage):
        on_stage(inauguration, souiri)
    on_stage(inauguration, souiri, StageRole.CHAIR)
    assert people(inauguration) == [(souiri.id, "speaker"), (souiri.id, "chair")]
    assert breaches() == []


def test_who_leaves_the_stage_is_free(sistep: Edition, forum: Room, inauguration: ProgrammeSession, souiri: Person) -> None:
    speaks, chairs = on_stage(inauguration, souiri), on_stage(inauguration, souiri, StageRole.CHAIR)
    operations.take_off_stage(inauguration.id, speaks.id, actor_id=None, now=EIGHT)
    assert ("person", souiri.id) in claimed(inauguration)
    operations.take_off_stage(inauguration.id, chairs.id, actor_id=None, now=EIGHT)
    assert (people(inauguration), ("person", souiri.id) in claimed(inauguration)) == ([], False)
    other = scheduled(sistep, "Other", "11:00", 30, forum)
    on_stage(other, souiri)
    assert breaches() == []


def test_nobody_who_is_not_there_comes_or_goes(sistep: Edition, inauguration: ProgrammeSession, souiri: Person) -> None:
    elsewhere = on_stage(draft(sistep, "Other"), souiri)
    with pytest.raises(NotThere):
        operations.take_off_stage(inauguration.id, elsewhere.id, actor_id=None, now=EIGHT)
    for one in (OnStage(999, StageRole.SPEAKER), OnStage(souiri.id, StageRole.SPEAKER, 999)):
        with pytest.raises(NotThere):
            operations.put_on_stage(inauguration.id, one, actor_id=None, now=EIGHT)
    assert people(inauguration) == []


def test_who_signs_is_said_by_the_agreement_alone(sistep: Edition, souiri: Person, champaney: Person) -> None:
    signing = draft(sistep, "Signing", SessionKind.SIGNING)
    with pytest.raises(SignatoriesOfAgreement):
        on_stage(signing, souiri, StageRole.SIGNATORY)
    operations.set_signatories(signing.id, [OnStage(souiri.id, StageRole.WITNESS), OnStage(champaney.id, StageRole.SIGNATORY)], actor_id=None, now=EIGHT)
    assert people(signing) == [(souiri.id, "signatory"), (champaney.id, "signatory")]
    with pytest.raises(SignatoriesOfAgreement):
        operations.take_off_stage(signing.id, queries.people_of([signing.id])[signing.id][0].id, actor_id=None, now=EIGHT)


def test_signatories_are_replaced_and_the_others_stay(sistep: Edition, inauguration: ProgrammeSession, souiri: Person, champaney: Person) -> None:
    signing = place(draft(sistep, "Signing", SessionKind.SIGNING), "11:45", 30, within=inauguration)
    on_stage(signing, souiri, StageRole.WITNESS)
    for signatory in (souiri, champaney):
        operations.set_signatories(signing.id, [OnStage(signatory.id, StageRole.SIGNATORY, None, same("President"))], actor_id=None, now=EIGHT)
    assert sorted(people(signing)) == sorted([(souiri.id, "witness"), (champaney.id, "signatory")])
    assert {key for key in claimed(inauguration) if key[0] == "person"} == {("person", souiri.id), ("person", champaney.id)}
    operations.set_signatories(signing.id, [], actor_id=None, now=EIGHT)
    assert people(signing) == [(souiri.id, "witness")]
    assert breaches() == []


def test_a_signatory_who_is_elsewhere_is_refused_and_the_old_ones_stay(sistep: Edition, forum: Room, inauguration: ProgrammeSession, souiri: Person, champaney: Person) -> None:
    on_stage(scheduled(sistep, "Other", "12:00", 30, forum), champaney)
    signing = place(draft(sistep, "Signing", SessionKind.SIGNING), "11:45", 30, within=inauguration)
    operations.set_signatories(signing.id, [OnStage(souiri.id, StageRole.SIGNATORY)], actor_id=None, now=EIGHT)
    with pytest.raises(PersonDoubleBooked) as refusal:
        operations.set_signatories(signing.id, [OnStage(champaney.id, StageRole.SIGNATORY)], actor_id=None, now=EIGHT)
    assert (refusal.value.facts["title"], refusal.value.facts["name"]["ar"]) == (same("Other"), "لوران شامباني")
    assert people(signing) == [(souiri.id, "signatory")]
    assert breaches() == []


def test_nobody_comes_on_the_stage_of_a_cancelled_session(inauguration: ProgrammeSession, souiri: Person) -> None:
    operations.cancel_session(inauguration.id, actor_id=None, now=EIGHT)
    with pytest.raises(SessionCancelled):
        on_stage(inauguration, souiri)
