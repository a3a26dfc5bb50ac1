"""The organisers' pages of the programme, over HTTP."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from eventapp.accounts.models import Role, User
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.organisations.models import Organisation, Person
from eventapp.programme import operations, queries
from eventapp.programme.models import ProgrammeSession, Room, SessionKind, SessionPerson, StageRole
from eventapp.programme.rules import Details, OnStage
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user, same
from tests.support.programme import DAY, breaches, draft, make_person, make_room, on_stage, place, scheduled
from tests.support.statements import statements

BASE = "/organiser/sistep-2018/programme"
SAID: dict[str, Any] = {
    "kind": "workshop",
    "title_fr": "Chiffrer une pièce",
    "title_ar": "",
    "title_en": "Costing",
    "abstract_fr": "",
    "abstract_ar": "",
    "abstract_en": "",
    "languages": ["fr", "en"],
}


@pytest.fixture
def manager(sistep: Edition) -> User:
    """The programme manager of the edition of 2018."""
    return grant(make_user("hajar@show.example", "Hajar Manager"), sistep, Role.PROGRAMME_MANAGER)


@pytest.fixture
def desk(client: FlaskClient, manager: User) -> FlaskClient:
    """The programme manager's browser."""
    return sign_in_as(client, manager)


def said(**more: object) -> dict[str, Any]:
    return {**SAID, "day": "", "start": "", "length": "", "room": "", "parent": "", **more}


def at(room: Room | None, clock: str, length: object, **more: object) -> dict[str, Any]:
    return said(day=str(DAY), start=clock, length=length, room=room.id if room else "", **more)


def only_session() -> ProgrammeSession:
    return db.session.scalars(select(ProgrammeSession)).one()


def read(page: str) -> str:
    """Read a page's words."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def titles(page: str) -> list[str]:
    """List the sessions that a page links to, in order."""
    return re.findall(r'<a href="[^"]*/programme/\d+"><bdi>([^<]*)</bdi>', page)


def test_a_session_is_added_without_a_time(desk: FlaskClient, sistep: Edition) -> None:
    answer = send(desk, f"{BASE}/new", **said())
    one = only_session()
    assert (answer.status_code, answer.location) == (302, f"{BASE}/{one.id}")
    assert (one.state, one.kind, one.title, one.languages) == ("draft", "workshop", {"fr": "Chiffrer une pièce", "en": "Costing"}, ["fr", "en"])
    assert "No time yet" in desk.get(answer.location).text


def test_a_session_is_added_with_its_time_and_room_at_once(desk: FlaskClient, forum: Room) -> None:
    answer = send(desk, f"{BASE}/new", **at(forum, "10h05", "٤٥"))
    one = only_session()
    assert (answer.status_code, one.state, one.day, one.start_minute, one.length_minutes, one.room_id) == (302, "scheduled", DAY, 605, 45, forum.id)
    assert breaches() == []


def test_a_collision_is_named_at_the_field_and_nothing_typed_is_lost(desk: FlaskClient, sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    answer = send(desk, f"{BASE}/new", **at(atlas, "12:00", "30", title_ar="تسعير"))
    assert answer.status_code == 422
    assert "Room atlas is already taken on 12 April 2018 from 11:00 to 12:30 by “Inauguration”." in answer.text
    for kept in ('value="Chiffrer une pièce"', 'value="تسعير"', 'value="12:00"', 'value="30"', f'<option selected value="{atlas.id}">'):
        assert kept in answer.text
    assert [one.id for one in db.session.scalars(select(ProgrammeSession))] == [inauguration.id]


def test_a_time_outside_the_opening_hours_is_asked_about_and_nothing_typed_is_lost(desk: FlaskClient, forum: Room) -> None:
    asked = send(desk, f"{BASE}/new", **at(forum, "03:00", "30"))
    assert (asked.status_code, only_draft_left()) == (422, 0)
    assert "On 12 April 2018 the show is open from 09:00 to 18:00, and this is outside." in read(asked.text)
    assert [kept in asked.text for kept in ('value="03:00"', 'value="Chiffrer une pièce"', 'name="outside"')] == [True] * 3
    assert send(desk, f"{BASE}/new", **at(forum, "03:00", "30", outside="y")).status_code == 302
    one = only_session()
    assert (one.state, one.start_minute) == ("scheduled", 180)
    assert 'name="outside"' not in desk.get(f"{BASE}/{one.id}/edit").text
    assert send(desk, f"{BASE}/{one.id}/edit", **at(forum, "03:00", "30", title_fr="Autre", version=one.version)).status_code == 302
    moved = send(desk, f"{BASE}/{one.id}/edit", **at(forum, "17:45", "30", version=only_session().version))
    assert (moved.status_code, only_session().start_minute) == (422, 180)


@pytest.mark.parametrize(("clock", "length", "status"), [("09:00", 30, 302), ("08:55", 30, 422), ("17:30", 30, 302), ("17:30", 35, 422), ("09:00", 540, 302)])
def test_a_session_that_fills_the_opening_hours_is_within_them(desk: FlaskClient, forum: Room, clock: str, length: int, status: int) -> None:
    assert send(desk, f"{BASE}/new", **at(forum, clock, length)).status_code == status


def only_draft_left() -> int:
    return len(db.session.scalars(select(ProgrammeSession.id)).all())


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("kind", "", "Choose what kind of session it is."),
        ("kind", "party", "Choose what kind of session it is."),
        ("title_fr", "x" * 161, "Shorten this to 160 characters."),
        ("abstract_en", "x" * 4001, "Shorten the description to 4,000 characters."),
        ("day", "", "Choose a day of the show."),
        ("day", "2018-04-20", "Choose a day of the show."),
        ("start", "", "Enter the time at which it starts"),
        ("start", "noon", "Enter the time at which it starts"),
        ("start", "25:00", "Enter the time at which it starts"),
        ("start", "10:03", "The programme runs in steps of five minutes."),
        ("length", "", "Enter the length in minutes"),
        ("length", "an hour", "Enter the length in minutes"),
        ("length", "9999999999", "Enter the length in minutes"),
        ("length", "7", "A session lasts at least five minutes"),
        ("length", "900", "A session ends by midnight."),
        ("room", "", "Choose a room of the list."),
        ("room", "999", "Choose a room of the list."),
        ("parent", "999", "Choose a session of the list, or none."),
    ],
)
def test_bad_input_is_answered_in_words_and_stores_nothing(desk: FlaskClient, forum: Room, field: str, typed: str, told: str) -> None:
    answer = send(desk, f"{BASE}/new", **{**at(forum, "10:00", "45"), field: typed})
    assert (answer.status_code, told in answer.text) == (422, True)
    assert db.session.scalar(select(func.count()).select_from(ProgrammeSession)) == 0


def test_a_title_in_some_language_is_asked_for_and_odd_characters_are_dropped(desk: FlaskClient, sistep: Edition) -> None:
    answer = send(desk, f"{BASE}/new", **said(title_fr=" ", title_en="\u202e"))
    assert (answer.status_code, "Enter a title in one language at least." in answer.text) == (422, True)
    send(desk, f"{BASE}/new", **said(title_fr="\u202eFonte\x00\n brute", title_en=""))
    assert only_session().title == {"fr": "Fonte brute"}


def test_a_room_of_another_edition_is_not_on_the_list(desk: FlaskClient, other_edition: Edition) -> None:
    theirs = make_room(other_edition, "atlas")
    answer = send(desk, f"{BASE}/new", **at(theirs, "10:00", "45"))
    assert (answer.status_code, "Choose a room of the list." in answer.text) == (422, True)


def test_a_session_is_changed_and_moved_in_one_go(desk: FlaskClient, forum: Room, inauguration: ProgrammeSession) -> None:
    page = f"{BASE}/{inauguration.id}/edit"
    assert 'value="11:00"' in desk.get(page).text
    answer = send(desk, page, **at(forum, "11:30", "60", version=inauguration.version, title_fr="Inauguration du salon", kind="inauguration"))
    assert (answer.status_code, inauguration.title["fr"], inauguration.kind, inauguration.start_minute, inauguration.room_id) == (
        302,
        "Inauguration du salon",
        "inauguration",
        690,
        forum.id,
    )


def test_a_refused_move_changes_no_word_either(desk: FlaskClient, sistep: Edition, atlas: Room, inauguration: ProgrammeSession) -> None:
    other = scheduled(sistep, "Other", "14:00", 30, atlas)
    answer = send(desk, f"{BASE}/{other.id}/edit", **at(atlas, "11:00", "30", version=other.version))
    assert (answer.status_code, other.title, other.start_minute) == (422, same("Other"), 840)


def test_a_stale_page_keeps_what_was_typed_and_can_be_sent_again(desk: FlaskClient, atlas: Room, inauguration: ProgrammeSession) -> None:
    page, seen = f"{BASE}/{inauguration.id}/edit", inauguration.version
    place(inauguration, "15:00", 90, atlas)
    answer = send(desk, page, **at(atlas, "11:00", "60", version=seen, title_fr="Ma saisie"))
    assert answer.status_code == 422
    assert "Somebody changed this while you had the page open." in answer.text
    assert 'value="Ma saisie"' in answer.text
    assert "Stored now: Thursday, 12 April 2018, 15:00–16:30 , Room atlas" in read(answer.text)
    again = desk.post(page, data={**at(atlas, "11:00", "60", version=inauguration.version, title_fr="Ma saisie"), "csrf_token": csrf_of(answer)})
    assert (again.status_code, inauguration.title["fr"], inauguration.start_minute) == (302, "Ma saisie", 660)


def test_a_part_is_added_from_the_page_of_its_whole(desk: FlaskClient, inauguration: ProgrammeSession, atlas: Room) -> None:
    page = desk.get(f"{BASE}/new?parent={inauguration.id}").text
    assert f'<option selected value="{inauguration.id}">' in page
    answer = send(desk, f"{BASE}/new?parent={inauguration.id}", **at(None, "11:45", "30", parent=inauguration.id, kind="signing"))
    part = queries.scheduled_parts(inauguration.id)[0]
    assert (answer.status_code, part.room_id, part.kind) == (302, atlas.id, "signing")
    assert titles(desk.get(f"{BASE}/{inauguration.id}").text) == ["Costing"]


@pytest.mark.parametrize(("verb", "state", "told"), [("take-off", "draft", "has no time any more"), ("cancel", "cancelled", "is cancelled")])
def test_leaving_the_programme_is_asked_once_more(desk: FlaskClient, sistep: Edition, inauguration: ProgrammeSession, verb: str, state: str, told: str) -> None:
    place(draft(sistep, "Signing"), "11:45", 30, within=inauguration)
    page = f"{BASE}/{inauguration.id}/{verb}"
    asked = desk.get(page).text
    assert ("Its parts go with it:" in asked, "Signing" in asked, inauguration.state) == (True, True, "scheduled")
    answer = send(desk, page, version=inauguration.version)
    assert (answer.status_code, inauguration.state) == (302, state)
    assert told in desk.get(answer.location).text
    assert desk.get(f"{BASE}/{inauguration.id}/take-off").location == answer.location
    assert ("is cancelled already" if state == "cancelled" else "is off the programme already") in desk.get(answer.location).text


def test_a_session_that_moved_meanwhile_is_not_cancelled(desk: FlaskClient, atlas: Room, inauguration: ProgrammeSession) -> None:
    seen = inauguration.version
    place(inauguration, "15:00", 90, atlas)
    answer = send(desk, f"{BASE}/{inauguration.id}/cancel", version=seen)
    assert (answer.status_code, inauguration.state) == (422, "scheduled")


@pytest.mark.parametrize("looked_for", ["souiri", "ABDELHAMID", "الصويري", "alsouiri"])
def test_a_known_person_is_offered_first_however_they_are_spelt(desk: FlaskClient, sistep: Edition, inauguration: ProgrammeSession, souiri: Person, looked_for: str) -> None:
    from eventapp.organisations.models import PersonName

    souiri.names.append(PersonName(position=2, script="latn", given="Abdelhamid", family="Alsouiri", folded="abdelhamid alsouiri"))
    db.session.commit()
    page = f"{BASE}/{inauguration.id}/people?q={looked_for}"
    assert "عبد الحميد الصويري" in desk.get(page).text
    answer = send(desk, page, person=souiri.id, role="chair", organisation="FIMME", country="MA", capacity_fr="Président de la FIMME")
    line = queries.on_stage_of([inauguration.id])[inauguration.id][0]
    assert (answer.status_code, line.person.id, line.role, line.capacity) == (302, souiri.id, "chair", {"fr": "Président de la FIMME"})
    assert line.organisation is not None
    assert line.organisation.name == "FIMME"
    shown = desk.get(answer.location).text
    assert ("Abdelhamid Souiri is on stage." in shown, "Président de la FIMME" in shown) == (True, True)


def test_a_new_person_is_added_in_both_spellings(desk: FlaskClient, inauguration: ProgrammeSession) -> None:
    page = f"{BASE}/{inauguration.id}/people?q=Salma+Bennis"
    asked = desk.get(page).text
    assert ("Nobody of that name is known yet." in asked, 'value="Salma"' in asked, 'value="Bennis"' in asked) == (True, True, True)
    answer = send(desk, page, person="new", given="Salma", family="Bennis", given_ar="سلمى", family_ar="بنيس", role="speaker", country="MA")
    person = db.session.scalars(select(Person)).one()
    assert (answer.status_code, [name.full for name in person.names]) == (302, ["Salma Bennis", "سلمى بنيس"])


def test_a_person_of_a_known_name_is_not_added_a_second_time_unless_that_is_certain(desk: FlaskClient, sistep: Edition, inauguration: ProgrammeSession, souiri: Person) -> None:
    page, typed = (
        f"{BASE}/{inauguration.id}/people?q=xyz",
        {"person": "new", "given": "souiri", "family": "ABDELHAMID", "role": "speaker", "country": "MA", "capacity_en": "President"},
    )
    answer = send(desk, page, **typed)
    assert answer.status_code == 422
    assert "Abdelhamid Souiri is known already." in answer.text
    assert (f'value="{souiri.id}"' in answer.text, 'value="President"' in answer.text) == (True, True)
    assert db.session.scalar(select(func.count()).select_from(Person)) == 1
    assert send(desk, page, **typed, certain="y").status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Person)) == 2


def test_who_is_elsewhere_at_that_time_is_refused_and_no_organisation_is_left_behind(
    desk: FlaskClient, sistep: Edition, forum: Room, inauguration: ProgrammeSession, souiri: Person
) -> None:
    on_stage(scheduled(sistep, "Other", "12:00", 30, forum), souiri)
    answer = send(desk, f"{BASE}/{inauguration.id}/people?q=souiri", person=souiri.id, role="speaker", organisation="New Firm", country="MA")
    assert answer.status_code == 422
    assert "Abdelhamid Souiri: already in “Other” on 12 April 2018 from 12:00 to 12:30 (Room forum)." in answer.text
    assert db.session.scalar(select(func.count()).select_from(Organisation)) == 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"person": ""}, "Choose one of the people found"),
        ({"person": "999"}, "Choose one of the people found"),
        ({"person": "new"}, "Enter the given name."),
        ({"role": "signatory"}, "Choose a role of the list."),
        ({"organisation": "FIMME", "country": "XX"}, "Choose a country of the list."),
        ({"capacity_fr": "x" * 161}, "Shorten this to 160 characters."),
    ],
)
def test_bad_input_about_people_is_answered_in_words(desk: FlaskClient, inauguration: ProgrammeSession, souiri: Person, typed: dict[str, Any], told: str) -> None:
    form: dict[str, Any] = {"person": souiri.id, "role": "speaker", "country": "MA"} | typed
    answer = send(desk, f"{BASE}/{inauguration.id}/people?q=souiri", **form)
    assert (answer.status_code, told in answer.text) == (422, True)
    assert db.session.scalar(select(func.count()).select_from(SessionPerson)) == 0


def test_a_person_is_taken_off_the_stage_and_twice_is_as_good_as_once(desk: FlaskClient, sistep: Edition, inauguration: ProgrammeSession, souiri: Person) -> None:
    on_stage(inauguration, souiri)
    page, to = f"{BASE}/{inauguration.id}", f"{BASE}/{inauguration.id}/people/remove"
    assert f'value="{souiri.id}-speaker"' in desk.get(page).text
    assert (send(desk, page, to=to, on_stage=f"{souiri.id}-speaker").status_code, queries.people_of([inauguration.id])) == (302, {})
    kept = [on_stage(inauguration, souiri, StageRole.CHAIR).id, on_stage(draft(sistep, "Other"), souiri).id]
    for odd in ("", "x", f"{souiri.id}-speaker", f"{souiri.id}-", f"{'9' * 30}-chair"):
        assert send(desk, page, to=to, on_stage=odd).status_code == 302
    assert sorted(db.session.scalars(select(SessionPerson.id))) == sorted(kept)


def test_who_signs_can_only_be_looked_at(desk: FlaskClient, sistep: Edition, souiri: Person) -> None:
    signing = draft(sistep, "Signing", SessionKind.SIGNING)
    operations.set_signatories(signing.id, [OnStage(souiri.id, StageRole.SIGNATORY)], actor_id=None, now=EIGHT)
    page = desk.get(f"{BASE}/{signing.id}").text
    assert ("Who signs is said by the agreement." in page, "people/remove" in page) == (True, False)


def test_the_clearing_after_one_session_is_shortened_with_a_reason(desk: FlaskClient, sistep: Edition, forum: Room, souiri: Person) -> None:
    first, second = scheduled(sistep, "First", "10:00", 30, forum), scheduled(sistep, "Second", "10:45", 30, forum)
    for one in (first, second):
        on_stage(one, souiri)
    page = f"{BASE}/{first.id}"
    assert "The next session has the same people: less clearing may do." in desk.get(page).text
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"clearing": "5", "reason": ""}, "Write in a few words why"),
        ({"clearing": "20", "reason": "x"}, "Choose a time of the list."),
    )
    for typed, told in cases:
        answer = send(desk, page, to=f"{page}/clearing", version=first.version, **typed)
        assert (answer.status_code, told in answer.text) == (422, True)
    assert send(desk, page, to=f"{page}/clearing", version=first.version, clearing="0", reason="The same people").status_code == 302
    assert (first.clearing_minutes, first.clearing_reason) == (0, "The same people")
    place(second, "10:30", 30, forum)
    answer = send(desk, page, to=f"{page}/clearing", version=first.version, clearing="", reason="")
    assert (answer.status_code, "is taken on 12 April 2018 from 10:30 to 11:00 by “Second”" in answer.text) == (422, True)


def test_the_list_goes_by_time_and_a_part_follows_its_whole(desk: FlaskClient, sistep: Edition, other_edition: Edition, forum: Room, inauguration: ProgrammeSession) -> None:
    scheduled(other_edition, "Theirs", "09:00", 30, make_room(other_edition, "atlas"), day=other_edition.first_day)
    draft(sistep, "Some day")
    place(draft(sistep, "Opening"), "11:00", 30, within=inauguration)
    scheduled(sistep, "Early", "09:00", 30, forum)
    scheduled(sistep, "Tomorrow", "08:00", 30, forum, day=date(2018, 4, 13))
    assert titles(desk.get(BASE).text) == ["Early", "Inauguration", "Opening", "Tomorrow", "Some day"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=peče", []),
        ("q=PIECE", ["Chiffrer une pièce"]),
        ("q=الصويري", ["Inauguration"]),
        ("q=souiri+abdel", ["Inauguration"]),
        ("day=2018-04-13", ["Chiffrer une pièce"]),
        ("day=nonsense", ["Inauguration", "Chiffrer une pièce", "Draft"]),
        ("kind=workshop", ["Chiffrer une pièce"]),
        ("kind=party", ["Inauguration", "Chiffrer une pièce", "Draft"]),
        ("state=draft", ["Draft"]),
        ("state=gone", ["Inauguration", "Chiffrer une pièce", "Draft"]),
        ("state=cancelled", []),
        ("room=999999", []),
        ("q=%00%E2%80%AE", ["Inauguration", "Chiffrer une pièce", "Draft"]),
    ],
)
def test_the_list_is_narrowed(desk: FlaskClient, sistep: Edition, forum: Room, inauguration: ProgrammeSession, souiri: Person, query: str, found: list[str]) -> None:
    on_stage(inauguration, souiri)
    one = scheduled(sistep, "Costing", "10:00", 30, forum, day=date(2018, 4, 13))
    operations.change_session(one.id, Details(SessionKind.WORKSHOP, {"fr": "Chiffrer une pièce"}), actor_id=None, now=EIGHT)
    draft(sistep, "Draft")
    page = desk.get(f"{BASE}?{query}")
    assert (page.status_code, titles(page.text)) == (200, found)
    assert ("Nothing matches" in page.text) == (found == [])


def test_an_empty_programme_says_what_to_do(desk: FlaskClient, sistep: Edition) -> None:
    assert "Begin with the rooms" in desk.get(BASE).text
    make_room(sistep, "atlas")
    assert "A session may be added before its time is known." in desk.get(BASE).text
    assert "Nothing on that day yet" in desk.get(f"{BASE}/day").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_the_same_number_of_statements_however_long_the_programme_is(desk: FlaskClient, sistep: Edition, atlas: Room, count: int) -> None:
    for number in range(count):
        on_stage(scheduled(sistep, f"Talk {number}", f"1{number}:00", 30, atlas), make_person("Person", str(number)))
    for path, most in ((BASE, 22), (f"{BASE}/day?day={DAY}", 16), (f"{BASE}/publish", 15), (f"{BASE}/rooms", 9)):
        with statements() as sent:
            assert desk.get(path).status_code == 200
        assert len([one for one in sent if one.startswith("SELECT")]) <= most


def test_a_day_is_drawn_and_told(desk: FlaskClient, sistep: Edition, atlas: Room, forum: Room, inauguration: ProgrammeSession) -> None:
    place(draft(sistep, "Opening"), "11:00", 30, within=inauguration)
    scheduled(sistep, "Turning", "10:00", 45, forum)
    page = desk.get(f"{BASE}/day?day={DAY}").text
    drawn = re.findall(r'timegrid__(block--\w+|clearing)[^"]*? (r\d+ e\d+ c\d+ d\d+)"', page)
    assert drawn == [("block--plain", "r2 e11 c4 d5"), ("clearing", "r11 e14 c4 d5"), ("block--whole", "r14 e32 c2 d4"), ("block--part", "r14 e20 c3 d4")]
    assert titles(page) == ["Turning", "Inauguration", "Opening"]
    for odd in ("2018-04-20", "nonsense", ""):
        assert desk.get(f"{BASE}/day?day={odd}").status_code == 404


def test_rooms_are_added_changed_and_removed(desk: FlaskClient, sistep: Edition) -> None:
    assert "No room yet" in desk.get(f"{BASE}/rooms").text
    typed: dict[str, Any] = {"name_fr": "Salle Atlas", "name_ar": "", "name_en": "", "code": "atlas", "hall": sistep.halls[0].id, "capacity": "150", "turnover": "10"}
    assert send(desk, f"{BASE}/rooms/new", **typed).status_code == 302
    room = queries.rooms_of(sistep.id)[0]
    assert (room.name, room.code, room.capacity, room.turnover_minutes, room.hall_id) == ({"fr": "Salle Atlas"}, "atlas", 150, 10, sistep.halls[0].id)
    answer = send(desk, f"{BASE}/rooms/new", **typed)
    assert (answer.status_code, "There is already a room with the code atlas." in answer.text) == (422, True)
    page = f"{BASE}/rooms/{room.id}"
    assert send(desk, page, **{**typed, "capacity": "80", "version": room.version}).status_code == 302
    stale = send(desk, page, **{**typed, "capacity": "90", "version": 1})
    assert (stale.status_code, room.capacity, 'value="90"' in stale.text) == (422, 80, True)
    assert send(desk, f"{page}/remove").status_code == 302
    assert queries.rooms_of(sistep.id) == []


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("code", "", "Enter a short code for the room"),
        ("name_fr", "", "in one language at least"),
        ("capacity", "many", "as a number"),
        ("capacity", "0", "1 to 100000"),
        ("turnover", "", "Enter the clearing time in minutes"),
        ("turnover", "7", "in steps of five minutes"),
        ("hall", "999", "Choose a hall of the list"),
    ],
)
def test_bad_input_about_rooms_is_answered_in_words(desk: FlaskClient, sistep: Edition, field: str, typed: str, told: str) -> None:
    answer = send(desk, f"{BASE}/rooms/new", **{"name_fr": "Atlas", "code": "atlas", "hall": "", "capacity": "150", "turnover": "10", field: typed})
    assert (answer.status_code, told in answer.text, queries.rooms_of(sistep.id)) == (422, True, [])


def test_a_room_in_use_says_so_before_and_after(desk: FlaskClient, atlas: Room, inauguration: ProgrammeSession) -> None:
    page = desk.get(f"{BASE}/rooms/{atlas.id}/remove")
    assert "1 session of the programme is held there. Move it first." in page.text
    answer = desk.post(f"{BASE}/rooms/{atlas.id}/remove", data={"csrf_token": csrf_of(page)})
    assert (answer.status_code, "is used by 1 of the programme" in answer.text) == (422, True)


def test_what_changes_is_shown_before_it_is_published(desk: FlaskClient, sistep: Edition, atlas: Room, forum: Room, inauguration: ProgrammeSession) -> None:
    assert "Nothing is published yet" in desk.get(f"{BASE}/publish").text
    assert send(desk, f"{BASE}/publish").status_code == 302
    assert "Nothing to publish" in desk.get(f"{BASE}/publish").text
    place(inauguration, "11:30", 90, atlas)
    scheduled(sistep, "Turning", "10:00", 45, forum)
    page = read(desk.get(f"{BASE}/publish").text)
    assert "2 sessions change" in page
    assert "Inauguration moved Thursday 12 April, 11:00 , Room atlas Thursday 12 April, 11:30 , Room atlas" in page
    assert "2 sessions differ from what is published." in desk.get(BASE).text
    assert send(desk, f"{BASE}/publish").status_code == 302
    assert [number for number, _at in queries.versions_of(sistep.id)] == [2, 1]
    again = desk.post(f"{BASE}/publish", data={"csrf_token": csrf_of(desk.get(f"{BASE}/new"))})
    assert (again.status_code, "Nothing has changed since version 2 was published." in again.text) == (422, True)


def test_others_of_the_team_may_look_and_not_touch(client: FlaskClient, sistep: Edition, inauguration: ProgrammeSession) -> None:
    desk = sign_in_as(client, grant(make_user("karim@show.example", "Karim Officer"), sistep, Role.PROTOCOL_OFFICER))
    for path in ("", "/day", "/rooms", "/publish", f"/{inauguration.id}"):
        page = desk.get(f"{BASE}{path}")
        assert (page.status_code, "Add a session" in page.text, 'method="post"' in re.sub(r"(?s)<header.*?</header>", "", page.text)) == (200, False, False)
    for path in ("/new", f"/{inauguration.id}/edit", f"/{inauguration.id}/cancel", f"/{inauguration.id}/people", "/rooms/new"):
        assert desk.get(f"{BASE}{path}").status_code == 403


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_the_pages_read_in_every_language(desk: FlaskClient, sistep: Edition, atlas: Room, inauguration: ProgrammeSession, souiri: Person, language: str) -> None:
    on_stage(inauguration, souiri)
    for path in (
        "",
        "/day",
        "/new",
        "/rooms",
        "/rooms/new",
        "/publish",
        f"/{inauguration.id}",
        f"/{inauguration.id}/edit",
        f"/{inauguration.id}/cancel",
        f"/{inauguration.id}/people?q=s",
    ):
        page = desk.get(f"{BASE}{path}{'&' if '?' in path else '?'}lang={language}")
        assert (page.status_code, f'lang="{language}"' in page.text[:100]) == (200, True)
