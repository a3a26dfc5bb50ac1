"""The schedule for schedule apps: JSON and XML say the same, and what the programme says."""

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from eventapp.editions.models import Edition
from tests.support.cast import make_edition, same
from tests.support.publishing import inauguration_day, person, room, session, snapshot, store

Tree = dict[str, Any]


@pytest.fixture
def published(sistep: Edition) -> Edition:
    """The edition of 2018 with its programme in small."""
    store(sistep, inauguration_day(), datetime(2018, 4, 10, 9, 30, tzinfo=UTC))
    return sistep


def conference(client: FlaskClient, edition: str = "sistep-2018", lang: str = "en") -> Tree:
    """Fetch the JSON."""
    answer = client.get(f"/{edition}/schedule.json?lang={lang}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    found: Tree = answer.get_json()["schedule"]["conference"]
    return found


def read_xml(client: FlaskClient, edition: str = "sistep-2018", lang: str = "en") -> ET.Element:
    """Fetch and parse the XML."""
    answer = client.get(f"/{edition}/schedule.xml?lang={lang}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return ET.fromstring(answer.data)  # noqa: S314  # our own


def events(found: Tree) -> list[Tree]:
    """List the events of every day and room."""
    return [event for day in found["days"] for rows in day["rooms"].values() for event in rows]


def test_every_field_of_an_event_is_that_of_the_session(client: FlaskClient, published: Edition) -> None:
    found = conference(client, lang="fr")
    signing = next(event for event in events(found) if event["type"] == "signing")
    persons = signing.pop("persons")
    assert [one["name"] for one in persons] == ["Abdelhamid Souiri", "Laurent Champaney"]
    number = signing.pop("id")
    assert (UUID(signing.pop("guid")).version, 0 < number < 2**31) == (5, True)
    assert signing == {
        "date": "2018-04-12T11:45:00+01:00",
        "start": "11:45",
        "end": "2018-04-12T12:00:00+01:00",
        "duration": "00:15",
        "room": "Salle Atlas",
        "slug": f"sistep_2018-{number % 1_000_000}-signature",
        "url": "http://localhost/sistep-2018/sessions/signature?lang=fr",
        "title": "Signature du mémorandum",
        "subtitle": "Inauguration officielle",
        "track": "Signature",
        "type": "signing",
        "language": "fr",
        "abstract": "",
        "description": "Abdelhamid Souiri · President · FIMME\nLaurent Champaney · General Manager · Arts et Métiers ParisTech",
        "links": [],
    }


def test_days_and_rooms_are_those_of_the_edition(client: FlaskClient, published: Edition) -> None:
    found = conference(client)
    assert {name: found[name] for name in ("acronym", "start", "end", "daysCount", "time_zone_name", "timeslot_duration")} == {
        "acronym": "sistep_2018",
        "start": "2018-04-12",
        "end": "2018-04-15",
        "daysCount": 4,
        "time_zone_name": "Africa/Casablanca",
        "timeslot_duration": "00:05",
    }
    shown = [(day["index"], day["date"], {name: [event["title"] for event in rows] for name, rows in day["rooms"].items()}) for day in found["days"]]
    assert shown == [
        (1, "2018-04-12", {"Atlas Room": ["Official opening", "Signing of the memorandum", "Welding"], "Rif Room": ["Electronics in Africa"]}),
        (2, "2018-04-13", {"Rif Room": ["Sheet metal"]}),
        (3, "2018-04-14", {}),
        (4, "2018-04-15", {}),
    ]
    assert (found["days"][0]["day_start"], found["days"][0]["day_end"]) == ("2018-04-12T00:00:00+01:00", "2018-04-13T00:00:00+01:00")


@pytest.mark.parametrize("lang", ["fr", "ar", "en"])
def test_xml_says_what_json_says(client: FlaskClient, published: Edition, lang: str) -> None:
    root, found = read_xml(client, lang=lang), conference(client, lang=lang)
    names = ("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track", "description", "url", "language")
    in_xml: list[Tree] = [
        {name: event.findtext(name) or "" for name in names} | {"id": event.get("id"), "guid": event.get("guid"), "persons": [one.text for one in event.iter("person")]}
        for event in root.iter("event")
    ]
    in_json = [
        {name: event[name] or "" for name in names} | {"id": str(event["id"]), "guid": event["guid"], "persons": [one["name"] for one in event["persons"]]}
        for event in events(found)
    ]
    assert (in_xml, len(in_xml)) == (in_json, 5)
    assert [(day.get("date"), day.get("start"), day.get("end"), day.get("index")) for day in root.iter("day")] == [
        (day["date"], day["day_start"], day["day_end"], str(day["index"])) for day in found["days"]
    ]
    guids = {room["name"]: room["guid"] for room in found["rooms"]}
    assert {(one.get("name"), one.get("guid")) for one in root.iter("room") if one.get("name")} == set(guids.items())


def test_numbers_and_names_stay_when_other_sessions_come_and_languages_change(client: FlaskClient, published: Edition) -> None:
    before = {event["slug"]: (event["guid"], event["id"]) for event in events(conference(client))}
    grown = inauguration_day()
    store(published, snapshot(grown["rooms"], [*grown["sessions"], session("aaa", "2018-04-14", 600)]))
    client.get("/sistep-2018/schedule")
    after = {event["slug"]: (event["guid"], event["id"]) for event in events(conference(client, lang="ar"))}
    assert {slug: after[slug] for slug in before} == before


def test_rooms_of_one_name_are_told_apart(client: FlaskClient, sistep: Edition) -> None:
    store(sistep, snapshot([room(1, "Atlas"), room(2, "Atlas")], [session("one", "2018-04-12", 600), session("two", "2018-04-12", 600, room=2)]))
    assert sorted(conference(client)["days"][0]["rooms"]) == ["Atlas (r1)", "Atlas (r2)"]


def test_texts_that_xml_cannot_write_and_marks_of_its_own_do_not_break_it(client: FlaskClient, sistep: Edition) -> None:
    title = "A <b> & 'c' \"d\" ]]> \x0b\x00\ufffe شركة"
    store(sistep, snapshot([room(1, "R<1> & co")], [session("odd", "2018-04-12", 600, title=same(title), people=[person("Ali & <Sons>")])]))
    event = next(read_xml(client).iter("event"))
    assert (event.findtext("title"), event.findtext("room")) == ("A <b> & 'c' \"d\" ]]>  شركة", "R<1> & co")
    assert [one.text for one in event.iter("person")] == ["Ali & <Sons>"]


def test_a_change_of_the_clocks_and_an_hour_that_comes_twice_are_told_apart(client: FlaskClient) -> None:
    """On 20 September 2026 Casablanca's clocks go back from 02:00 to 01:00."""
    edition = make_edition("expo", 27, date(2026, 9, 20), date(2026, 9, 20))
    store(edition, snapshot([room(1, "Atlas")], [session("one", "2026-09-20", 90, 45), session("two", "2026-09-20", 90, 30, fold=1), session("late", "2026-09-20", 1410, 60)]))
    found = conference(client, "expo")
    told = [(event["title"], event["date"], event["end"], event["duration"]) for event in events(found)]
    assert told == [
        ("one", "2026-09-20T01:30:00+01:00", "2026-09-20T01:15:00+00:00", "00:45"),
        ("two", "2026-09-20T01:30:00+00:00", "2026-09-20T02:00:00+00:00", "00:30"),
        ("late", "2026-09-20T23:30:00+00:00", "2026-09-21T00:30:00+00:00", "01:00"),
    ]
    assert (found["days"][0]["day_start"], found["days"][0]["day_end"]) == ("2026-09-20T00:00:00+01:00", "2026-09-21T00:30:00+00:00")


def test_before_the_first_publication_it_is_empty_and_whole(client: FlaskClient, sistep: Edition) -> None:
    found = conference(client)
    assert (found["rooms"], events(found), len(found["days"])) == ([], [], 4)
    assert (read_xml(client).findtext("version"), len(list(read_xml(client).iter("day")))) == ("0", 4)


def test_short_names_fit_the_schemas(client: FlaskClient) -> None:
    make_edition("e26", 28, date(2026, 5, 1), date(2026, 5, 1))
    acronym = conference(client, "e26")["acronym"]
    assert (acronym, bool(re.fullmatch(r"[a-z0-9_-][a-z0-9_]{3,}", acronym))) == ("e26_", True)


def test_short_slugs_fit_the_schemas_too(client: FlaskClient, sistep: Edition) -> None:
    store(sistep, snapshot([room(1, "Atlas")], [session("b2", "2018-04-12", 600)]))
    slug = events(conference(client))[0]["slug"]
    assert re.fullmatch(r"[a-z0-9_]{4,}-[0-9]{1,6}-[a-z0-9_-]{3,}", slug)
    assert slug.endswith("-session-b2")
