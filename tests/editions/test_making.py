"""A new edition, from an older one or from nothing."""

from datetime import date, time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import RoleGrant, User
from eventapp.agreements.models import Agreement
from eventapp.attendees.models import Attendee
from eventapp.attendees.operations import add_attendee
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db, transaction
from eventapp.doctor import examine
from eventapp.editions.errors import SlugReserved
from eventapp.editions.models import Category, Edition, ZoneRule
from eventapp.editions.operations import NewEdition, make_edition
from eventapp.editions.views.addresses import reserved_words
from eventapp.exhibitors.models import Exhibitor
from eventapp.programme.models import ProgrammeSession, Room
from eventapp.programme.operations import add_room, add_session
from eventapp.programme.rules import Details
from eventapp.stands.models import Stand, StandClaim
from eventapp.stands.operations import allocate_stand
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_exhibitor, make_stand

NEW = "/organiser/editions/new"
FIELDS: dict[str, Any] = {
    "slug": "sistep-2027",
    "first_day": "2027-04-07",
    "last_day": "2027-04-08",
    "name_fr": "SISTEP 2027",
    "full_name_fr": "Salon de la sous-traitance",
    "contact_email": "contact@sistep.example",
}


def new(slug: str = "sistep-2027", first: date = date(2027, 4, 7), last: date = date(2027, 4, 8)) -> NewEdition:
    return NewEdition(slug, same("SISTEP 2027"), same("Whole name"), first, last, "contact@sistep.example")


def make(old: Edition | None, **more: Any) -> Edition:
    return make_edition(new(**more), copied_from=old.id if old else None, reserved=(), actor_id=None, now=EIGHT)


def test_what_is_built_comes_along_and_who_came_does_not(sistep: Edition, olga: User, adil: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", olga)
    stand = make_stand(sistep, "B12")
    allocate_stand(stand.id, atlas.id, actor_id=None, now=EIGHT)
    add_attendee(sistep.id, Category.VISITOR, given="Salma", family="X", actor_id=None, now=EIGHT)
    add_room(sistep.id, code="A", name=same("Room A"), capacity=100, turnover=10, hall_id=sistep.halls[0].id, actor_id=None, now=EIGHT)
    add_session(sistep.id, Details(kind="conference", title=same("Talk")), actor_id=None, now=EIGHT)  # type: ignore[arg-type]
    made = make(sistep)
    assert [(hall.code, hall.width_m, hall.depth_m) for hall in made.halls] == [(hall.code, hall.width_m, hall.depth_m) for hall in sistep.halls]
    assert [(zone.code, zone.bit, len(zone.rules)) for zone in made.zones] == [(zone.code, zone.bit, len(zone.rules)) for zone in sistep.zones]
    (copied,) = db.session.scalars(select(Stand).where(Stand.edition_id == made.id))
    assert (copied.number, copied.hall_id, copied.area_m2) == ("B12", made.halls[0].id, stand.area_m2)
    (room,) = db.session.scalars(select(Room).where(Room.edition_id == made.id))
    assert (room.code, room.turnover_minutes, room.hall_id) == ("A", 10, made.halls[0].id)
    for model in (Exhibitor, Attendee, ProgrammeSession, Agreement, StandClaim, RoleGrant):
        assert db.session.scalars(select(model).where(model.edition_id == made.id)).all() == []
    assert [breach for found in examine().values() for breach in found] == []


def test_a_new_edition_is_a_draft_with_registration_closed_and_a_number_of_its_own(sistep: Edition, other_edition: Edition) -> None:
    made = make(sistep)
    assert (made.state, made.is_current, made.exhibit_open, made.visit_open, made.is_example, made.token_number) == ("draft", False, False, False, False, 14)
    assert (made.organiser, made.venue, made.timezone, made.privacy_controller) == (sistep.organiser, sistep.venue, sistep.timezone, sistep.privacy_controller)
    assert make(sistep, slug="sistep-2029").token_number == 15
    assert db.session.execute(select(AuditEntry.action, AuditEntry.details).where(AuditEntry.edition_id == made.id)).all()[0] == ("edition.made", {"copied_from": sistep.id})


def test_hours_move_with_the_days_and_so_do_rules_of_one_day(sistep: Edition) -> None:
    with transaction():
        db.session.get_one(Edition, sistep.id).hours[0].opens = time(10)
        sistep.zones[1].rules.append(ZoneRule(category=Category.PRESS.value, day=date(2018, 4, 13)))
        sistep.zones[1].rules.append(ZoneRule(category=Category.STUDENT.value, day=date(2018, 4, 15)))
    made = make(sistep, first=date(2027, 4, 7), last=date(2027, 4, 8))
    assert [(row.day, row.opens, row.closes) for row in made.hours] == [(date(2027, 4, 7), time(10), time(18)), (date(2027, 4, 8), time(9), time(18))]
    assert [(rule.category, rule.day) for rule in made.zones[1].rules if rule.day] == [("press", date(2027, 4, 8))]


def test_the_first_edition_of_an_installation_is_made_from_nothing(app: Flask) -> None:
    made = make(None)
    assert (made.token_number, made.timezone, made.languages, [zone.code for zone in made.zones], len(made.hours), made.halls) == (
        1,
        "Africa/Casablanca",
        ["fr", "ar", "en"],
        ["show"],
        2,
        [],
    )


def test_every_word_that_the_program_uses_is_reserved(app: Flask) -> None:
    words = reserved_words(app)
    assert [
        word for word in ("organiser", "exhibitor", "static", "sign-in", "door", "api", "b", "privacy", "editions", "accounts", "healthz", "verify", "metrics") if word not in words
    ] == []
    assert ["sistep-2027" in words, "team" in words, "mails" in words] == [False, False, False]
    with pytest.raises(SlugReserved):
        make_edition(new("organiser"), copied_from=None, reserved=words, actor_id=None, now=EIGHT)


def test_the_owner_makes_an_edition_and_lands_on_its_settings(client: FlaskClient, sistep: Edition, olga: User) -> None:
    answer = send(sign_in_as(client, olga), NEW, **FIELDS, copied_from=str(sistep.id))
    assert answer.location == "/organiser/sistep-2027/settings"
    assert "SISTEP 2027" in client.get(answer.location).text
    assert client.get("/sistep-2027/").status_code == 404
    again = send(client, NEW, **FIELDS, copied_from=str(sistep.id))
    assert (again.status_code, "There is already an edition at /sistep-2027/." in again.text, 'value="SISTEP 2027"' in again.text) == (422, True, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"slug": ""}, "Enter the address."),
        ({"slug": "Sistep 2027"}, "Write the address with small letters"),
        ({"slug": "sistep--2027"}, "Write the address with small letters"),
        ({"slug": "سيستيب"}, "Write the address with small letters"),
        ({"slug": "../etc"}, "Write the address with small letters"),
        ({"slug": "s" * 300}, "Field cannot be longer than 160 characters."),
        ({"slug": "s" * 60}, "Write the address with small letters"),
        ({"slug": "sistep\x002027"}, None),
        ({"slug": "static"}, "is an address of the program itself"),
        ({"slug": "accounts"}, "is an address of the program itself"),
        ({"slug": "sistep-2018"}, "There is already an edition at /sistep-2018/."),
        ({"last_day": "2027-04-06"}, "The last day comes before the first."),
        ({"last_day": "2027-06-30"}, "A show lasts at most 31 days."),
        ({"first_day": "0001-01-01"}, "Enter a day between 1990 and 2099."),
        ({"first_day": "yesterday"}, "Enter the day as year, month and day"),
        ({"first_day": ""}, "Enter the first day."),
        ({"name_fr": ""}, "Enter it in one language at least."),
        ({"full_name_fr": "\u202e\u200b"}, "Enter it in one language at least."),
        ({"name_fr": "N" * 61}, "Shorten it to 60 characters."),
        ({"contact_email": "nobody"}, "Enter an e-mail address as in"),
        ({"copied_from": "999999"}, "Not a valid choice."),
        ({"copied_from": "x"}, "Not a valid choice."),
    ],
)
def test_bad_input_is_named_and_nothing_is_made(client: FlaskClient, sistep: Edition, olga: User, change: dict[str, str], says: str | None) -> None:
    fields = {**FIELDS, "copied_from": str(sistep.id), **change}
    answer = send(sign_in_as(client, olga), NEW, **fields)
    if says is None:  # what cannot be typed is dropped
        assert answer.status_code == 302
        return
    assert (answer.status_code, says in answer.text, "Salon de la sous-traitance" in answer.text or "full_name_fr" in change) == (422, True, True)
    assert db.session.scalars(select(Edition.slug)).all() == ["sistep-2018"]


def test_only_the_owner_makes_editions(client: FlaskClient, sistep: Edition, adil: User) -> None:
    assert client.get(NEW).location == f"/sign-in?next={NEW}"
    assert sign_in_as(client, adil).get(NEW).status_code == 404
    assert send(client, "/account", to=NEW, **FIELDS).status_code == 404


def test_everybody_finds_the_editions_they_organise(client: FlaskClient, sistep: Edition, other_edition: Edition, adil: User, olga: User, stranger: User) -> None:
    shown = {}
    for user in (adil, olga, stranger):
        page = sign_in_as(client, user).get("/organiser/").text
        shown[user.name] = ["/organiser/sistep-2018/" in page, "/organiser/sistep-2025/" in page, "Make a new edition" in page, "You organise no edition" in page]
    assert shown == {"Adil Administrator": [True, False, False, False], "Olga Owner": [True, True, True, False], "Sam Stranger": [False, False, False, True]}


def test_an_administrator_is_one_of_the_new_edition_only_when_invited(client: FlaskClient, sistep: Edition, adil: User) -> None:
    make(sistep)
    assert [client.get("/organiser/sistep-2027/settings").status_code, sign_in_as(client, adil).get("/organiser/sistep-2027/settings").status_code] == [302, 404]
