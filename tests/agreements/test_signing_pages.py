"""The protocol officer schedules, moves and takes out a signing, over HTTP, without JavaScript."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.agreements.models import Agreement
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.programme.models import ProgrammeSession, Room
from eventapp.programme.operations import place_session, publish
from eventapp.programme.rules import Placement
from tests.agreements.test_pages import LIST, count, form_of, go
from tests.support.agreeing import ATLAS, FIMME, recorded, sign_at
from tests.support.cast import EIGHT
from tests.support.forms import form_with, press, press_on
from tests.support.programme import DAY, minute

WHEN = {"day": "2018-04-12", "start": "11:45", "length": "30"}


def schedule(client: FlaskClient, agreement: Agreement, **fields: Any) -> TestResponse:
    path = f"{LIST}/{agreement.id}/signing"
    return go(client, client.get(path), "", path, **{**WHEN, **fields})


def test_a_signing_is_scheduled_as_a_part_of_the_inauguration(protocol: FlaskClient, memorandum: Agreement, inauguration: ProgrammeSession) -> None:
    page = protocol.get(f"{LIST}/{memorandum.id}/signing")
    assert "11:00–12:30, Inauguration (Room auditorium)" in page.text
    assert schedule(protocol, memorandum, where=f"part-{inauguration.id}").location == f"{LIST}/{memorandum.id}"
    shown = protocol.get(f"{LIST}/{memorandum.id}").text
    assert [words in shown for words in ("11:45–12:15", "Thursday 12 April", "Room auditorium", "as a part of “Inauguration”", "Not on the public schedule yet")] == [True] * 5
    moving = form_of(protocol.get(f"{LIST}/{memorandum.id}/signing")).fields
    assert (moving["day"], moving["start"], moving["length"], moving["where"]) == (["2018-04-12"], ["11:45"], ["30"], [f"part-{inauguration.id}"])


def test_a_signing_in_the_night_is_asked_about_and_nothing_typed_is_lost(protocol: FlaskClient, memorandum: Agreement, salon: Room) -> None:
    asked = schedule(protocol, memorandum, start="03:00", where="room", room=str(salon.id))
    assert asked.status_code == 422
    assert "the show is open from 09:00 to 18:00, and this is outside." in asked.text
    assert [form_of(asked).fields[name] for name in ("start", "where", "room")] == [["03:00"], ["room"], [str(salon.id)]]
    assert press_on(protocol, asked, "Schedule", outside="y").location == f"{LIST}/{memorandum.id}"
    assert db.session.scalars(select(ProgrammeSession.start_minute).where(ProgrammeSession.kind == "signing")).all() == [180]


def test_a_collision_is_named_and_nothing_typed_is_lost(
    protocol: FlaskClient, sistep: Edition, memorandum: Agreement, inauguration: ProgrammeSession, auditorium: Room, salon: Room
) -> None:
    schedule(protocol, memorandum, where=f"part-{inauguration.id}")
    other = recorded(sistep, "Another one", (FIMME, ATLAS))
    refused = schedule(protocol, other, where="room", room=salon.id, start="12:00", length="20")
    assert refused.status_code == 422
    assert "Abdelhamid Souiri: already in “Memorandum” on 12 April 2018 from 11:45 to 12:15 (Room auditorium)." in refused.text
    kept = form_of(refused).fields
    assert (kept["start"], kept["length"], kept["where"], kept["room"]) == (["12:00"], ["20"], ["room"], [str(salon.id)])
    refused = schedule(protocol, other, where="room", room=auditorium.id, start="12:20", length="20")
    assert "Room auditorium is already taken on 12 April 2018 from 11:00 to 12:30 by “Inauguration”." in refused.text
    outside = schedule(protocol, other, where=f"part-{inauguration.id}", start="12:20", length="20")
    assert "must lie within “Inauguration”" in outside.text
    assert schedule(protocol, other, where="room", room=salon.id, start="12 h 15", length="٢٠").status_code == 302


def test_another_day_shows_its_own_sessions_and_keeps_what_was_typed(protocol: FlaskClient, memorandum: Agreement, inauguration: ProgrammeSession) -> None:
    path = f"{LIST}/{memorandum.id}/signing"
    page = go(protocol, protocol.get(path), "look", path, day="2018-04-13", start="09:10", length="15")
    kept = form_of(page).fields
    assert (page.status_code, kept["day"], kept["start"], kept["length"], "Inauguration" in page.text) == (200, ["2018-04-13"], ["09:10"], ["15"], False)
    refused = go(protocol, page, "", path, day="2018-04-13", start="11:45", where=f"part-{inauguration.id}")
    assert (refused.status_code, "one of the sessions of that day" in refused.text) == (422, True)


def test_the_page_says_where_the_signatories_are_that_day(protocol: FlaskClient, sistep: Edition, memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    other = recorded(sistep, "Another one", (FIMME, ATLAS))
    page = protocol.get(f"{LIST}/{other.id}/signing").text
    assert ("Where the signatories are that day" in page, "Where the signatories are that day" in protocol.get(f"{LIST}/{memorandum.id}/signing").text) == (True, False)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("day", "2018-04-20", "Choose one of the show"),
        ("day", "someday", "Choose one of the show"),
        ("start", "", "Enter when the signing begins."),
        ("start", "25:00", "Enter a time of day as in 11:45."),
        ("start", "11:47", "steps of five minutes"),
        ("start", "noon", "Enter a time of day as in 11:45."),
        ("length", "", "Enter how many minutes it takes."),
        ("length", "-5", "Enter a number of minutes as in 30."),
        ("length", "0", "at least five minutes"),
        ("length", "9999", "A session ends by midnight."),
        ("length", "7", "in steps of five minutes"),
        ("length", "1440", "ends by midnight"),
        ("length", "9" * 200, "Enter a number of minutes as in 30."),
        ("where", "", "Choose a room, or one of the sessions"),
        ("where", "part-999999", "Choose a room, or one of the sessions"),
        ("where", "part-²", "Choose a room, or one of the sessions"),
        ("room", "", "Choose a room."),
        ("room", "999999", "Choose a room."),
        ("room", "\x00", "Choose a room."),
    ],
)
def test_a_wrong_time_or_place_is_said_at_its_field(protocol: FlaskClient, memorandum: Agreement, salon: Room, name: str, value: str, says: str) -> None:
    answer = schedule(protocol, memorandum, **{"where": "room", "room": str(salon.id), name: value})
    assert (answer.status_code, says in answer.text, memorandum.state) == (422, True, "proposed")


def test_a_stale_page_does_not_move_a_signing(protocol: FlaskClient, memorandum: Agreement, salon: Room) -> None:
    path = f"{LIST}/{memorandum.id}/signing"
    page = protocol.get(path)
    assert go(protocol, page, "", path, **WHEN, where="room", room=salon.id).status_code == 302
    late = go(protocol, page, "", path, day="2018-04-13", start="10:00", where="room", room=salon.id)
    assert (late.status_code, "Somebody changed this" in late.text, form_of(late).fields["start"]) == (422, True, ["10:00"])


def test_a_page_from_before_a_move_does_not_undo_it(protocol: FlaskClient, memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    path = f"{LIST}/{memorandum.id}/signing"
    old = protocol.get(path)
    session = db.session.get_one(ProgrammeSession, memorandum.session_id)
    place_session(session.id, Placement(DAY, minute("15:00"), 30, salon.id), actor_id=None, now=EIGHT)
    stale = press_on(protocol, old, "Move the signing", start="11:00")
    assert (stale.status_code, "Somebody changed this while you had the page open" in stale.text, 'value="11:00"' in stale.text) == (422, True, True)
    db.session.expire_all()
    assert session.start_minute == minute("15:00")
    assert press_on(protocol, stale, "Move the signing").status_code == 302
    db.session.expire_all()
    assert session.start_minute == minute("11:00")


def test_an_agreement_without_signatories_says_what_to_do_first(protocol: FlaskClient, sistep: Edition, salon: Room) -> None:
    from dataclasses import replace

    half = recorded(sistep, "Half", (FIMME, replace(ATLAS, signers=())))
    assert "nobody signs yet for Fonderie de l" in protocol.get(f"{LIST}/{half.id}/signing").text
    answer = schedule(protocol, half, where="room", room=salon.id)
    assert (answer.status_code, "Nobody signs for Fonderie de l" in answer.text) == (422, True)


def test_a_signing_is_taken_out_and_the_agreement_deleted_after_asking(protocol: FlaskClient, memorandum: Agreement, salon: Room) -> None:
    sign_at(memorandum, "10:00", room=salon)
    one = f"{LIST}/{memorandum.id}"
    refused = press(protocol, f"{one}/delete", "Delete this agreement")
    assert (refused.status_code, "is in the programme. Take its signing out first" in refused.text) == (422, True)
    stale = form_with(protocol, f"{one}/unschedule", "Take it out of the programme").fields
    assert press(protocol, f"{one}/unschedule", "Take it out of the programme").location == one
    assert protocol.post(f"{one}/unschedule", data=stale).status_code == 422
    assert press(protocol, f"{one}/delete", "Delete this agreement").location == LIST
    assert count(Agreement) == 0


def test_once_published_the_page_leads_to_the_public_one(protocol: FlaskClient, memorandum: Agreement, salon: Room) -> None:
    from eventapp.agreements.queries import public_slug

    sign_at(memorandum, "10:00", room=salon)
    session = db.session.get_one(ProgrammeSession, memorandum.session_id)
    assert public_slug(memorandum.edition_id, session.uid) is None
    publish(memorandum.edition_id, actor_id=None, now=EIGHT)
    assert public_slug(memorandum.edition_id, session.uid) == session.slug
    assert "Not on the public schedule yet" not in protocol.get(f"{LIST}/{memorandum.id}").text or "schedule.session_page" not in protocol.application.view_functions
