"""Agreements are recorded, changed and deleted."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from eventapp.agreements import operations, queries
from eventapp.agreements.errors import (
    AlreadyRecorded,
    PartiesMissing,
    PartyNameMissing,
    PartyTwice,
    PersonNameMissing,
    SeveralOfThatName,
    SignsTwice,
    StaysSigned,
    StillScheduled,
    TitleMissing,
    TitleTooLong,
    TooMany,
)
from eventapp.agreements.models import Agreement
from eventapp.agreements.rules import AgreementDetails, PartyDetails, Signer
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile, NotThere, Refusal
from eventapp.editions.models import Edition
from eventapp.organisations.models import Organisation, Person, PersonName
from eventapp.organisations.operations import find_or_add_organisation
from eventapp.programme.models import ProgrammeSession, Room, SessionPerson
from tests.support.agreeing import ATLAS, CHAMPANEY, ENSAM, FIMME, NORA, SOUIRI, broken, details, recorded, sign_at
from tests.support.cast import EIGHT, same
from tests.support.programme import make_person


def shape(agreement: Agreement) -> list[tuple[str, list[str]]]:
    """Write who is bound and who signs, in order."""
    found = queries.agreement_of_edition(agreement.edition_id, agreement.id)
    return [(party.organisation.name, [one.person.name() for one in party.signatories]) for party in found.parties]


def change(agreement: Agreement, said: AgreementDetails, version: int | None = None) -> Agreement:
    return operations.change_agreement(agreement.id, said, version=version, actor_id=None, now=EIGHT)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_an_agreement_is_recorded_with_its_parties_and_signatories(sistep: Edition) -> None:
    memorandum = recorded(sistep)
    assert (memorandum.state, memorandum.kind, memorandum.title, memorandum.session_id) == ("proposed", "memorandum", same("Memorandum"), None)
    assert shape(memorandum) == [("FIMME", ["Abdelhamid Souiri"]), ("Arts et Métiers ParisTech", ["Laurent Champaney"])]
    assert broken() == []


def test_the_trail_has_ids_and_no_names(sistep: Edition, memorandum: Agreement) -> None:
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "agreement.recorded")).one()
    people = db.session.scalars(select(Person.id).order_by(Person.id)).all()
    organisations = db.session.scalars(select(Organisation.id).order_by(Organisation.id)).all()
    assert (entry.subject_id, entry.edition_id, entry.details) == (memorandum.id, sistep.id, {"organisation_ids": organisations, "person_ids": people})


def test_an_organisation_is_found_in_any_spelling(sistep: Edition) -> None:
    known = find_or_add_organisation(name="Arts et Métiers ParisTech", country="FR", name_ar="آر إي ميتيي", actor_id=None, now=EIGHT)
    for name in ("ARTS ET METIERS PARISTECH", "آر إى ميتيي"):
        agreement = recorded(sistep, f"As {name}", (FIMME, replace(ENSAM, name=name, name_ar="")))
        assert agreement.parties[1].organisation_id == known.id
    assert count(Organisation) == 2


def test_what_is_not_known_of_a_known_organisation_is_filled_in(sistep: Edition) -> None:
    known = find_or_add_organisation(name="Fimme", country="MA", actor_id=None, now=EIGHT)
    recorded(sistep)
    assert (known.name, known.name_ar, known.city) == ("Fimme", "الفدرالية", "Casablanca")


@pytest.mark.parametrize("typed", [Signer("abdelhamid", "SOUIRI"), Signer("A.", "Es-Souiri", "عبد الحميد", "الصويرى"), Signer("Abdelhamid", "Souïri")])
def test_a_person_is_found_in_any_spelling_and_a_new_one_is_kept(sistep: Edition, typed: Signer) -> None:
    known = make_person("Abdelhamid", "Souiri", "عبد الحميد", "الصويري")
    agreement = recorded(sistep, "One", (replace(FIMME, signers=(typed,)), ENSAM))
    assert agreement.parties[0].signatories[0].person_id == known.id
    assert "a. es-souiri" in db.session.scalars(select(PersonName.folded)).all() or typed.given.casefold() == "abdelhamid"


def test_somebody_else_of_the_same_name_is_somebody_else(sistep: Edition) -> None:
    known = make_person("Abdelhamid", "Souiri")
    agreement = recorded(sistep, "One", (replace(FIMME, signers=(replace(SOUIRI, is_new=True),)), ENSAM))
    assert agreement.parties[0].signatories[0].person_id != known.id
    with pytest.raises(SeveralOfThatName) as refusal:
        recorded(sistep, "Two")
    assert (refusal.value.facts["name"], count(Agreement), count(Organisation)) == ("Abdelhamid Souiri", 1, 2)


def test_a_person_is_chosen_by_id_whatever_the_name(sistep: Edition) -> None:
    make_person("Abdelhamid", "Souiri")
    second = make_person("Abdelhamid", "Souiri")
    agreement = recorded(sistep, "One", (replace(FIMME, signers=(Signer("Abdelhamid", "Alsouiri", person_id=second.id),)), ENSAM))
    assert agreement.parties[0].signatories[0].person_id == second.id
    assert [name.full for name in db.session.get_one(Person, second.id).names] == ["Abdelhamid Souiri", "Abdelhamid Alsouiri"]


def test_an_unknown_id_is_not_there(sistep: Edition) -> None:
    with pytest.raises(NotThere):
        recorded(sistep, "One", (replace(FIMME, signers=(Signer(person_id=999_999),)), ENSAM))
    with pytest.raises(NotThere):
        recorded(sistep, "One", (PartyDetails(organisation_id=999_999), ENSAM))
    assert count(Agreement) == 0


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (details("  \u202e "), TitleMissing),
        (details("x" * 161), TitleTooLong),
        (details(parties=(FIMME,)), PartiesMissing),
        (details(parties=()), PartiesMissing),
        (details(parties=(FIMME, ENSAM, *(replace(ATLAS, name=f"Firm {number}", signers=()) for number in range(7)))), TooMany),
        (details(parties=(FIMME, replace(ENSAM, signers=tuple(Signer("A", f"B{number}") for number in range(7))))), TooMany),
        (details(parties=(FIMME, replace(ENSAM, name="\u0000 "))), PartyNameMissing),
        (details(parties=(FIMME, replace(ENSAM, signers=(Signer("Laurent", "", "لوران", "شامباني"),)))), PersonNameMissing),
        (details(parties=(FIMME, replace(FIMME, name="fimme", signers=()))), PartyTwice),
        (details(parties=(FIMME, replace(ENSAM, signers=(SOUIRI,)))), SignsTwice),
        (details(parties=(replace(FIMME, signers=(SOUIRI, SOUIRI)), ENSAM)), SignsTwice),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(sistep: Edition, said: AgreementDetails, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        operations.propose_agreement(sistep.id, said, actor_id=None, now=EIGHT)
    assert (count(Agreement), count(Organisation), count(Person)) == (0, 0, 0)


def test_the_same_agreement_is_not_recorded_twice(sistep: Edition, other_edition: Edition, memorandum: Agreement) -> None:
    with pytest.raises(AlreadyRecorded):
        recorded(sistep, "MEMORANDUM", (ENSAM, FIMME))
    recorded(sistep, "Another title")
    recorded(sistep, "Memorandum", (FIMME, ATLAS))
    recorded(other_edition)
    assert count(Agreement) == 4


def test_parties_and_signatories_are_changed_and_put_in_another_order(sistep: Edition, memorandum: Agreement) -> None:
    changed = change(memorandum, details("Memorandum", (replace(ENSAM, signers=(CHAMPANEY, NORA)), FIMME, replace(ATLAS, signers=()))), memorandum.version)
    assert shape(changed) == [("Arts et Métiers ParisTech", ["Laurent Champaney", "Nora Alaoui"]), ("FIMME", ["Abdelhamid Souiri"]), ("Fonderie de l'Atlas", [])]
    assert (count(Person), broken()) == (3, [])


def test_a_stale_page_changes_nothing(sistep: Edition, memorandum: Agreement) -> None:
    shown = memorandum.version
    change(memorandum, details("Memorandum", (FIMME, replace(ENSAM, signers=()))), shown)
    assert memorandum.version > shown
    for late in (lambda: change(memorandum, details("Late"), shown), lambda: operations.delete_agreement(memorandum.id, version=shown, actor_id=None, now=EIGHT)):
        with pytest.raises(ChangedMeanwhile):
            late()
    assert (shape(memorandum)[1], memorandum.title) == (("Arts et Métiers ParisTech", []), same("Memorandum"))


def test_a_proposed_agreement_is_deleted_and_its_number_is_not_given_again(sistep: Edition, memorandum: Agreement) -> None:
    number = memorandum.id
    operations.delete_agreement(number, version=memorandum.version, actor_id=None, now=EIGHT)
    assert (count(Agreement), count(Organisation), count(Person)) == (0, 2, 2)
    assert recorded(sistep).id > number
    with pytest.raises(NotThere):
        operations.delete_agreement(number, version=1, actor_id=None, now=EIGHT)


def test_a_scheduled_agreement_is_not_deleted(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    with pytest.raises(StillScheduled):
        operations.delete_agreement(memorandum.id, version=memorandum.version, actor_id=None, now=EIGHT)


def test_who_signs_is_changed_in_the_programme_too(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    change(memorandum, details("Memorandum of 2018", (FIMME, ATLAS)))
    session = db.session.get_one(ProgrammeSession, memorandum.session_id)
    people = db.session.scalars(select(SessionPerson).order_by(SessionPerson.position)).all()
    assert [one.person_id for one in people] == [one.person_id for party in memorandum.parties for one in party.signatories]
    assert (session.title, session.state, broken()) == (same("Memorandum of 2018"), "scheduled", [])


def test_words_that_the_programme_manager_chose_stay(memorandum: Agreement, salon: Room) -> None:
    from eventapp.programme.models import SessionKind
    from eventapp.programme.operations import change_session
    from eventapp.programme.rules import Details

    sign_at(memorandum, "10:00", room=salon)
    assert memorandum.session_id is not None
    change_session(memorandum.session_id, Details(SessionKind.SIGNING, same("Signing of the year"), memorandum.subject), actor_id=None, now=EIGHT)
    change(memorandum, AgreementDetails(memorandum.kind, same("New title"), same("New subject"), (FIMME, ENSAM)))  # type: ignore[arg-type]
    session = db.session.get_one(ProgrammeSession, memorandum.session_id)
    assert (session.title, session.abstract) == (same("Signing of the year"), same("New subject"))


def test_a_scheduled_agreement_keeps_somebody_who_signs_for_each_party(memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    with pytest.raises(StaysSigned):
        change(memorandum, details("Memorandum", (FIMME, replace(ENSAM, signers=()))))
    assert (shape(memorandum)[1], broken()) == (("Arts et Métiers ParisTech", ["Laurent Champaney"]), [])
