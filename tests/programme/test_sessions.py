"""What a session says, and its address."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.errors import ChangedMeanwhile, NotThere
from eventapp.editions.models import Edition
from eventapp.organisations.models import Person
from eventapp.programme import operations, queries
from eventapp.programme.errors import SessionCancelled, StaysASigning, TitleMissing, TitleTooLong
from eventapp.programme.models import ProgrammeSession, SessionKind, StageRole
from eventapp.programme.rules import Details, OnStage
from tests.support.cast import EIGHT, same
from tests.support.programme import draft
from tests.support.racing import at_once


def test_a_new_session_is_a_draft_with_an_address_from_its_title(sistep: Edition) -> None:
    details = Details(SessionKind.ROUND_TABLE, {"fr": "  L’été des  fonderies ", "ar": "صيف المسابك", "en": ""}, {"en": "About\ncasting"}, ("en", "fr", "xx"))
    talk = operations.add_session(sistep.id, details, is_example=True, actor_id=None, now=EIGHT)
    assert (talk.state, talk.slug, talk.kind, talk.is_example, talk.sequence, talk.day) == ("draft", "l-ete-des-fonderies", "round_table", True, 0, None)
    assert (talk.title, talk.abstract, talk.languages) == ({"fr": "L’été des fonderies", "ar": "صيف المسابك"}, {"en": "About\ncasting"}, ["fr", "en"])


def test_sessions_of_one_title_have_addresses_of_their_own(sistep: Edition, other_edition: Edition) -> None:
    assert [draft(edition, "Casting").slug for edition in (sistep, sistep, sistep, other_edition)] == ["casting", "casting-2", "casting-3", "casting"]
    assert draft(sistep, "مسبك").slug == "session"
    wished = operations.add_session(sistep.id, Details(SessionKind.CEREMONY, same("Closing")), slug="the-end", actor_id=None, now=EIGHT)
    assert wished.slug == "the-end"


def test_a_calendar_entrys_uid_is_the_same_for_ever_and_nobody_elses(sistep: Edition, other_edition: Edition) -> None:
    talk = draft(sistep, "Casting")
    uid = talk.uid
    operations.change_session(talk.id, Details(SessionKind.WORKSHOP, same("Forging")), actor_id=None, now=EIGHT)
    assert (talk.uid, talk.slug, len({uid, draft(sistep, "Casting").uid, draft(other_edition, "Casting").uid})) == (uid, "casting", 3)


@pytest.mark.parametrize(("title", "refusal"), [({}, TitleMissing), ({"fr": " \n"}, TitleMissing), (same("x" * 161), TitleTooLong)])
def test_a_session_needs_a_title_that_fits(sistep: Edition, title: dict[str, str], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        operations.add_session(sistep.id, Details(SessionKind.WORKSHOP, title), actor_id=None, now=EIGHT)
    talk = draft(sistep, "Casting")
    with pytest.raises(refusal):
        operations.change_session(talk.id, Details(SessionKind.WORKSHOP, title), actor_id=None, now=EIGHT)


def test_a_session_changes_in_what_it_says_and_its_calendar_entry_stays(sistep: Edition) -> None:
    talk = draft(sistep, "Casting")
    operations.change_session(talk.id, Details(SessionKind.WORKSHOP, same("Forging"), same("Hot"), ("ar",)), version=talk.version, actor_id=None, now=EIGHT)
    assert (talk.kind, talk.title, talk.abstract, talk.languages, talk.sequence) == ("workshop", same("Forging"), same("Hot"), ["ar"], 0)
    with pytest.raises(ChangedMeanwhile):
        operations.change_session(talk.id, Details(SessionKind.WORKSHOP, same("Old")), version=1, actor_id=None, now=EIGHT)


def test_a_cancelled_or_missing_session_is_not_changed(sistep: Edition) -> None:
    talk = draft(sistep, "Casting")
    operations.cancel_session(talk.id, actor_id=None, now=EIGHT)
    with pytest.raises(SessionCancelled):
        operations.change_session(talk.id, Details(SessionKind.WORKSHOP, same("Forging")), actor_id=None, now=EIGHT)
    with pytest.raises(NotThere):
        operations.change_session(999, Details(SessionKind.WORKSHOP, same("Forging")), actor_id=None, now=EIGHT)


def test_a_session_with_signatories_stays_a_signing(sistep: Edition, souiri: Person) -> None:
    signing = draft(sistep, "Signing", SessionKind.SIGNING)
    operations.set_signatories(signing.id, [OnStage(souiri.id, StageRole.SIGNATORY)], actor_id=None, now=EIGHT)
    with pytest.raises(StaysASigning):
        operations.change_session(signing.id, Details(SessionKind.WORKSHOP, same("Forging")), actor_id=None, now=EIGHT)
    operations.change_session(signing.id, Details(SessionKind.SIGNING, same("Signing of the memorandum")), actor_id=None, now=EIGHT)
    assert signing.title == same("Signing of the memorandum")


def test_a_session_of_another_edition_is_not_there(sistep: Edition, other_edition: Edition) -> None:
    theirs = draft(other_edition, "Casting")
    assert queries.session_of_edition(other_edition.id, theirs.id).id == theirs.id
    for session_id in (theirs.id, 999):
        with pytest.raises(NotThere):
            queries.session_of_edition(sistep.id, session_id)


def test_eight_sessions_of_one_title_added_at_once_have_eight_addresses(app: Flask, sistep: Edition) -> None:
    edition_id = sistep.id
    added = at_once(app, [lambda: operations.add_session(edition_id, Details(SessionKind.WORKSHOP, same("Casting")), actor_id=None, now=EIGHT).slug] * 8)
    assert sorted(added) == sorted(db.session.scalars(select(ProgrammeSession.slug))) == ["casting", *(f"casting-{number}" for number in range(2, 9))]
