"""Settings of an edition: every section, what refuses, and who is told that somebody else was quicker."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.accounts.models import Role, User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions import operations
from eventapp.editions.errors import CurrentIsPublic, OnlyPublicIsCurrent
from eventapp.editions.models import Category, Edition, ZoneRule
from eventapp.editions.operations.halls import HallPlan
from eventapp.editions.operations.zones import ZonePlan
from eventapp.editions.queries import wrong_editions
from eventapp.programme.errors import SessionsOutside
from eventapp.programme.models import ProgrammeSession
from eventapp.programme.operations import add_room, add_session, place_session
from eventapp.programme.queries import outside_the_show
from eventapp.programme.rules import Details, Placement
from tests.support.browsing import csrf_of, send, sign_in_as
from tests.support.cast import EIGHT, SISTEP_DAYS, grant, make_edition, make_user, same
from tests.support.racing import race

SETTINGS = "/organiser/sistep-2018/settings"
NAMES = {
    "name_fr": "SISTEP",
    "name_ar": "سيستيب",
    "name_en": "SISTEP",
    "full_name_fr": "Salon",
    "organiser_fr": "FIMME",
    "theme_fr": "Industrie",
    "theme_ar": "",
    "theme_en": "",
    "about_fr": "À propos\n<b>du salon</b>",
}


def fresh(edition: Edition) -> Edition:
    db.session.rollback()
    return db.session.get_one(Edition, edition.id)


def version(edition: Edition) -> int:
    return fresh(edition).version


def talk(edition: Edition, day: date) -> ProgrammeSession:
    """Schedule a session of an hour at ten o'clock."""
    room = add_room(edition.id, code=f"R{day.day}", name=same("Room"), capacity=100, actor_id=None, now=EIGHT)
    session = add_session(edition.id, Details(kind="conference", title=same(f"Talk of the {day.day}th")), actor_id=None, now=EIGHT)  # type: ignore[arg-type]
    return place_session(session.id, Placement(day, 600, 60, room.id), actor_id=None, now=EIGHT)


def test_the_settings_show_every_section(client: FlaskClient, sistep: Edition, adil: User) -> None:
    page = sign_in_as(client, adil).get(SETTINGS)
    titles = ["Names and texts", "Dates", "Opening hours", "Venue and access", "Contact", "Registration", "Privacy", "Who sees it", "Halls", "Zones and who may enter"]
    assert (page.status_code, [title for title in titles if title not in page.text]) == (200, [])


def test_names_and_texts_are_changed_in_three_languages(client: FlaskClient, sistep: Edition, adil: User) -> None:
    answer = send(sign_in_as(client, adil), f"{SETTINGS}/names", **NAMES, version=version(sistep))
    edition = fresh(sistep)
    assert (answer.status_code, edition.name, edition.theme) == (302, {"fr": "SISTEP", "ar": "سيستيب", "en": "SISTEP"}, {"fr": "Industrie"})
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "edition.changed"))
    assert (entry.actor_id, entry.edition_id, entry.details) == (adil.id, sistep.id, {"fields": ["about", "full_name", "name", "theme"]})
    assert ["<b>du salon" in client.get(path).text for path in ("/sistep-2018/?lang=fr", SETTINGS, f"{SETTINGS}/names")] == [False] * 3


def test_the_second_of_two_is_told_and_loses_nothing(client: FlaskClient, sistep: Edition, adil: User) -> None:
    seen = version(sistep)
    sign_in_as(client, adil)
    page = client.get(f"{SETTINGS}/contact")
    operations.change_settings(sistep.id, {"contact_email": "first@show.example", "contact_phone": "+212 5 22 11 11 11"}, version=seen, actor_id=None, now=EIGHT)
    fields = {"contact_email": "second@show.example", "contact_phone": "", "version": seen, "csrf_token": csrf_of(page)}
    refused = client.post(f"{SETTINGS}/contact", data=fields)
    assert (refused.status_code, fresh(sistep).contact_email) == (422, "first@show.example")
    said = ["Somebody changed this while you had the page open.", "Stored meanwhile by somebody else", "first@show.example", "+212 5 22 11 11 11", 'value="second@show.example"']
    assert [words for words in said if words not in refused.text] == []
    assert f'name="version" type="hidden" value="{seen + 1}"' in refused.text
    assert client.post(f"{SETTINGS}/contact", data=fields | {"version": seen + 1}).status_code == 302
    assert fresh(sistep).contact_email == "second@show.example"


def test_of_four_administrators_at_once_one_changes_and_the_others_are_told(app: Flask, sistep: Edition) -> None:
    edition_id, seen = sistep.id, sistep.version

    def change(number: int) -> str:
        operations.change_settings(edition_id, {"contact_email": f"a{number}@show.example"}, version=seen, actor_id=None, now=EIGHT)
        return "changed"

    assert race(app, change, range(4)) == {"changed": 1, "ChangedMeanwhile": 3}
    assert version(sistep) == seen + 1


EVERYBODY = [(category, None) for category in Category if category is not Category.BUILD_UP]
AS_ALWAYS = (time(9), time(18))
SAVED: dict[str, tuple[Callable[..., object], object, object]] = {
    "texts": (lambda number, email, **by: operations.change_settings(number, {"contact_email": email, "venue": same("OFEC")}, **by), "contact@show.example", "a@show.example"),
    "days": (lambda number, zone, **by: operations.change_days(number, *SISTEP_DAYS, zone, **by), "Africa/Casablanca", "Europe/Paris"),
    "hours": (lambda number, last, **by: operations.set_hours(number, {date(2018, 4, day): AS_ALWAYS for day in (12, 13, 14)} | last, **by), {date(2018, 4, 15): AS_ALWAYS}, {}),
    "state": (operations.change_state, "public", "archived"),
    "hall": (lambda number, width, **by: operations.change_hall(number, 1, HallPlan("B", same("Hall B"), Decimal(width), Decimal(30)), **by), 60, 61),
    "zone": (lambda number, who, **by: operations.change_zone(number, 1, ZonePlan("show", same("Show floor"), who), **by), EVERYBODY, EVERYBODY[1:]),
}


@pytest.mark.parametrize("section", SAVED)
def test_what_is_saved_as_it_was_raises_no_version_and_leaves_no_trace(app: Flask, section: str) -> None:
    save, as_it_was, changed = SAVED[section]
    edition = make_edition("sistep-2018", 11, *SISTEP_DAYS)
    seen, actions = version(edition), select(AuditEntry.action)
    save(edition.id, as_it_was, version=seen, actor_id=None, now=EIGHT)
    assert (version(edition), db.session.scalars(actions).all()) == (seen, [])
    save(edition.id, changed, version=seen, actor_id=None, now=EIGHT)
    assert (version(edition) > seen, db.session.scalars(actions).all()) == (True, ["edition.changed"])
    with pytest.raises(ChangedMeanwhile):
        save(edition.id, changed, version=seen, actor_id=None, now=EIGHT)


def test_closing_registration_takes_effect_at_once(client: FlaskClient, sistep: Edition, adil: User) -> None:
    start = ("/sistep-2018/exhibit/organisation", "/sistep-2018/visit")
    before = [client.get(path, follow_redirects=True).text for path in start]
    send(sign_in_as(client, adil), f"{SETTINGS}/registration", version=version(sistep))
    edition = fresh(sistep)
    assert (edition.exhibit_open, edition.visit_open) == (False, False)
    browser = client.application.test_client()
    after = [browser.get(path, headers={"Accept-Language": "en"}, follow_redirects=True).text for path in start]
    assert (["csrf_token" in page for page in before], ["csrf_token" in page for page in after]) == ([True, True], [False, False])


@pytest.mark.parametrize(
    ("section", "change", "says"),
    [
        ("names", {"name_fr": "", "name_ar": "", "name_en": ""}, "Enter it in one language at least."),
        ("names", {"name_en": "N" * 61}, "Shorten it to 60 characters."),
        ("names", {"about_fr": "x" * 3001}, "Shorten it to 3000 characters."),
        ("contact", {"contact_email": "x"}, "Enter an e-mail address as in"),
        ("contact", {"contact_email": ""}, "Enter an e-mail address."),
        ("contact", {"contact_email": "a@b.example", "contact_phone": "call me"}, "Enter a telephone number"),
        ("registration", {"visit_from": "2018-04-12", "visit_until": "2018-04-11"}, "Registration would end before it begins."),
        ("registration", {"exhibit_from": "soon"}, "Enter the day as year, month and day"),
        ("days", {"first_day": "2018-04-15", "last_day": "2018-04-12", "timezone": "Africa/Casablanca"}, "The last day comes before the first."),
        ("days", {"first_day": "9999-12-31", "last_day": "9999-12-31", "timezone": "Africa/Casablanca"}, "Enter a day between 1990 and 2099."),
        ("days", {"first_day": "2018-04-12", "last_day": "2018-04-15", "timezone": "Mars/Olympus"}, "Not a valid choice."),
        ("hours", {"opens_2018-04-12": "09:00", "closes_2018-04-12": ""}, "Enter both times, or none"),
        ("hours", {"opens_2018-04-12": "18:00", "closes_2018-04-12": "09:00"}, "would close before it opens"),
        ("hours", {"opens_2018-04-12": "25:99"}, "Enter the time as hours and minutes"),
        ("state", {"state": "secret"}, "Not a valid choice."),
        ("state", {"state": ""}, "Choose who sees it."),
        ("state", {"state": "draft"}, "is the current edition, which the home page shows."),
        ("privacy", {"privacy_controller_fr": "", "privacy_controller_ar": "", "privacy_controller_en": "", "privacy_number": "D"}, "Enter it in one language at least."),
        ("place", {"venue_fr": "", "venue_ar": "", "venue_en": "", "city_fr": "C"}, "Enter it in one language at least."),
    ],
)
def test_bad_input_is_named_and_changes_nothing(client: FlaskClient, sistep: Edition, adil: User, section: str, change: dict[str, str], says: str) -> None:
    before = version(sistep)
    answer = send(sign_in_as(client, adil), f"{SETTINGS}/{section}", **({**NAMES, **change} if section == "names" else change), version=before)
    assert (answer.status_code, says in answer.text, version(sistep)) == (422, True, before)


HOSTILE = ["\x00", "\u202e", "x" * 100_000, "<script>alert(1)</script>", "'; DROP TABLE editions; --", "%(name)s {0} {{7*7}}", "\ud800", "٤٢"]


@pytest.mark.parametrize("section", ["names", "days", "hours", "place", "contact", "registration", "privacy", "state", "halls/new", "zones/new"])
def test_hostile_input_is_never_a_fault(client: FlaskClient, sistep: Edition, adil: User, section: str) -> None:
    import re

    page = sign_in_as(client, adil).get(f"{SETTINGS}/{section}")
    names = [name for name in set(re.findall(r'name="([a-z_0-9-]+)"', page.text)) if name not in {"csrf_token", "viewport", "robots", "description"}]
    for value in HOSTILE:
        data = dict.fromkeys(names, value.encode("utf-8", "replace").decode()) | {"csrf_token": csrf_of(page)}
        answer = client.post(f"{SETTINGS}/{section}", data=data)
        assert answer.status_code in {302, 422}, (section, value[:20], answer.status_code)
        assert "<script>alert" not in answer.text
    assert client.get(SETTINGS).status_code == 200


@pytest.mark.parametrize("given", ["", "x", "-1", "9" * 30, "1.0"])
def test_a_page_without_a_version_that_was_is_stale(client: FlaskClient, sistep: Edition, adil: User, given: str) -> None:
    answer = send(sign_in_as(client, adil), f"{SETTINGS}/contact", contact_email="new@show.example", version=given)
    assert (answer.status_code, fresh(sistep).contact_email) == (422, "contact@show.example")


def test_new_days_keep_the_hours_of_those_that_stay(sistep: Edition) -> None:
    operations.set_hours(
        sistep.id,
        {date(2018, 4, 12): (time(10), time(17)), date(2018, 4, 13): None, date(2018, 4, 14): (time(9), time(18)), date(2018, 4, 15): (time(9), time(13))},
        actor_id=None,
        now=EIGHT,
    )
    edition = operations.change_days(sistep.id, date(2018, 4, 11), date(2018, 4, 14), "Europe/Paris", actor_id=None, now=EIGHT)
    assert [(row.day.day, row.opens.hour, row.closes.hour) for row in edition.hours] == [(11, 10, 17), (12, 10, 17), (14, 9, 18)]
    assert (edition.timezone, wrong_editions()) == ("Europe/Paris", [])


def test_hours_and_entry_rules_outside_the_days_are_found(sistep: Edition) -> None:
    with transaction():
        sistep.hours[0].day = date(2018, 4, 20)
        sistep.zones[1].rules.append(ZoneRule(category="press", day=date(2018, 4, 21)))
    assert wrong_editions() == ["edition sistep-2018 has hours on 2018-04-20, outside its days", "edition sistep-2018 lets people into zone vip on 2018-04-21, outside its days"]


def test_a_category_is_let_into_a_zone_on_every_day_once(sistep: Edition) -> None:
    with transaction():
        sistep.zones[1].rules.append(ZoneRule(category="press", day=date(2018, 4, 12)))
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction():
        sistep.zones[1].rules.append(ZoneRule(category="vip"))


def test_days_that_leave_out_a_session_are_refused_by_name(client: FlaskClient, sistep: Edition, adil: User) -> None:
    talk(sistep, date(2018, 4, 15))
    talk(sistep, date(2018, 4, 12))
    fields = {"first_day": "2018-04-12", "last_day": "2018-04-14", "timezone": "Africa/Casablanca"}
    refused = send(sign_in_as(client, adil), f"{SETTINGS}/days", **fields, version=version(sistep))
    assert (refused.status_code, "“Talk of the 15th” (15 April)" in refused.text, "Talk of the 12th" in refused.text, 'value="2018-04-14"' in refused.text) == (
        422,
        True,
        False,
        True,
    )
    assert (fresh(sistep).last_day, outside_the_show()) == (date(2018, 4, 15), [])


def test_a_day_with_sessions_cannot_be_closed(sistep: Edition) -> None:
    session = talk(sistep, date(2018, 4, 13))
    hours: dict[date, Any] = {date(2018, 4, day): (time(9), time(18)) for day in (12, 14, 15)} | {date(2018, 4, 13): None}
    with pytest.raises(SessionsOutside) as refusal:
        operations.set_hours(sistep.id, hours, actor_id=None, now=EIGHT)
    assert refusal.value.facts["sessions"]["en"] == "“Talk of the 13th” (13 April)"
    assert len(fresh(sistep).hours) == 4
    with transaction():
        db.session.get_one(ProgrammeSession, session.id).state = "cancelled"
    operations.set_hours(sistep.id, hours, actor_id=None, now=EIGHT)
    assert len(fresh(sistep).hours) == 3


def test_the_doctor_finds_a_session_outside_the_show(sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    session = talk(sistep, date(2018, 4, 13))
    with transaction():
        db.session.get_one(ProgrammeSession, session.id).day = date(2018, 5, 1)
    assert outside_the_show() == ["edition sistep-2018: a session lies on 2018-05-01, when there is no show"]


def test_one_edition_is_the_current_one_and_it_is_public(client: FlaskClient, sistep: Edition, other_edition: Edition, olga: User, adil: User) -> None:
    with pytest.raises(CurrentIsPublic):
        operations.change_state(sistep.id, "archived", actor_id=None, now=EIGHT)
    operations.change_state(other_edition.id, "draft", actor_id=None, now=EIGHT)
    with pytest.raises(OnlyPublicIsCurrent):
        operations.make_current(other_edition.id, actor_id=None, now=EIGHT)
    operations.change_state(other_edition.id, "public", actor_id=None, now=EIGHT)
    assert send(sign_in_as(client, olga), "/account", to="/organiser/sistep-2025/current").location == "/organiser/sistep-2025/settings"
    assert db.session.scalars(select(Edition.slug).where(Edition.is_current)).all() == ["sistep-2025"]
    assert client.get("/").location == "/sistep-2025/"
    assert send(sign_in_as(client, adil), "/account", to="/organiser/sistep-2018/current").status_code == 404


def test_a_draft_is_seen_by_its_team_alone(client: FlaskClient, sistep: Edition, other_edition: Edition, nadia: User) -> None:
    assert client.get("/sistep-2025/").status_code == 200
    assert send(sign_in_as(client, nadia), "/organiser/sistep-2025/settings/state", state="draft", version=version(other_edition)).status_code == 302
    assert [client.get("/organiser/sistep-2025/settings").status_code, client.application.test_client().get("/sistep-2025/").status_code] == [200, 404]


@pytest.mark.parametrize("page", ["", "/names", "/days", "/hours", "/halls/new", "/zones/new"])
def test_only_administrators_change_settings(client: FlaskClient, sistep: Edition, nadia: User, stranger: User, page: str) -> None:
    assert client.get(f"{SETTINGS}{page}").status_code == 302
    manager = grant(make_user("m@show.example", "M"), sistep, Role.PROGRAMME_MANAGER)
    assert [sign_in_as(client, user).get(f"{SETTINGS}{page}").status_code for user in (stranger, nadia, manager)] == [404, 404, 403]


def test_what_is_not_a_setting_cannot_be_changed_by_its_name(client: FlaskClient, sistep: Edition, adil: User) -> None:
    forged = {"token_number": "1", "slug": "stolen", "is_current": "", "is_example": "y", "state": "archived", "id": "999"}
    send(sign_in_as(client, adil), f"{SETTINGS}/contact", contact_email="new@show.example", version=version(sistep), **forged)
    edition = fresh(sistep)
    assert (edition.contact_email, edition.token_number, edition.slug, edition.state, edition.is_example) == ("new@show.example", 11, "sistep-2018", "public", False)
    with pytest.raises(ValueError, match="not settings: token_number"):
        operations.change_settings(sistep.id, {"token_number": 1}, actor_id=None, now=EIGHT)
