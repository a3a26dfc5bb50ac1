"""Calendars and data: read back with a reader of their own and compared field by field."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar, Component

from eventapp.documents import calendar
from eventapp.editions.models import Edition
from tests.support.cast import make_edition, same
from tests.support.publishing import inauguration_day, person, room, session, snapshot, store

PUBLISHED_AT = datetime(2018, 4, 10, 9, 30, tzinfo=UTC)


def read(client: FlaskClient, path: str) -> Calendar:
    """Fetch and parse a calendar file."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.data)


def events(found: Calendar) -> dict[str, Component]:
    """List a calendar's events by uid."""
    return {str(event["UID"]): event for event in found.walk("VEVENT")}


@pytest.fixture
def published(sistep: Edition) -> Edition:
    """The edition of 2018 with its programme in small."""
    store(sistep, inauguration_day(), PUBLISHED_AT)
    return sistep


def test_every_field_of_an_event_reads_back(client: FlaskClient, published: Edition) -> None:
    event = events(read(client, "/sistep-2018/schedule.ics?lang=fr"))["signature@show.example"]
    assert event.decoded("DTSTART").isoformat() == "2018-04-12T11:45:00+01:00"
    assert event.decoded("DTEND").isoformat() == "2018-04-12T12:00:00+01:00"
    assert event["DTSTART"].params["TZID"] == "Africa/Casablanca"
    assert {name: event.decoded(name) for name in ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")} == {"SEQUENCE": 3, "DTSTAMP": PUBLISHED_AT, "LAST-MODIFIED": PUBLISHED_AT}
    assert {name: str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "RELATED-TO")} == {
        "SUMMARY": "Signature du mémorandum",
        "DESCRIPTION": "Abdelhamid Souiri · President · FIMME\nLaurent Champaney · General Manager · Arts et Métiers ParisTech",
        "LOCATION": "Salle Atlas, Hall B, OFEC, Casablanca",
        "URL": "http://localhost/sistep-2018/sessions/signature?lang=fr",
        "STATUS": "CONFIRMED",
        "RELATED-TO": "inauguration@show.example",
    }
    assert event["SUMMARY"].params["LANGUAGE"] == "fr"
    assert event["CATEGORIES"].to_ical() == b"Signature"


def test_a_calendar_has_every_session_once_whole_or_part(client: FlaskClient, published: Edition) -> None:
    found = read(client, "/sistep-2018/schedule.ics")
    assert [str(event["UID"]) for event in found.walk("VEVENT")] == [f"{slug}@show.example" for slug in ("inauguration", "signature", "table-ronde", "atelier", "tole")]
    assert (str(found["VERSION"]), str(found["METHOD"]), str(found["X-WR-CALNAME"])) == ("2.0", "PUBLISH", "SISTEP-2018")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("day=2018-04-13", ["tole"]),
        ("room=r2", ["table-ronde", "tole"]),
        ("room=r2&day=2018-04-12", ["table-ronde"]),
        ("day=2018-04-15", []),
    ],
)
def test_a_calendar_of_a_day_or_a_room(client: FlaskClient, published: Edition, query: str, expected: list[str]) -> None:
    assert list(events(read(client, f"/sistep-2018/schedule.ics?{query}"))) == [f"{slug}@show.example" for slug in expected]


def test_a_calendar_is_in_the_language_of_its_address_or_the_editions_first(client: FlaskClient, published: Edition) -> None:
    said = {query: str(events(read(client, f"/sistep-2018/schedule.ics{query}"))["tole@show.example"]["SUMMARY"]) for query in ("", "?lang=ar", "?lang=en", "?lang=xx")}
    assert said == {"": "Tôlerie fine", "?lang=ar": "صفائح معدنية", "?lang=en": "Sheet metal", "?lang=xx": "Tôlerie fine"}


def test_one_session_is_a_calendar_of_its_own(client: FlaskClient, published: Edition) -> None:
    assert list(events(read(client, "/sistep-2018/sessions/atelier.ics"))) == ["atelier@show.example"]


def test_texts_with_commas_lines_and_long_words_survive(client: FlaskClient, sistep: Edition) -> None:
    title, abstract = "A, b; c \\ d: “é” شركة" + "x" * 200, "One,\ntwo;\n\nthree"
    people = [person("Ali, the ; second")]
    store(sistep, snapshot([room(1, "Room; 1, left")], [session("odd", "2018-04-12", 600, title={"fr": title}, abstract=same(abstract), people=people)]))
    answer = client.get("/sistep-2018/schedule.ics")
    event = events(Calendar.from_ical(answer.data))["odd@show.example"]
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == (title, f"{abstract}\n\nAli, the ; second")
    assert str(event["LOCATION"]).startswith("Room; 1, left, ")
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    assert answer.data.count(b"\n") == answer.data.count(b"\r\n")


def test_before_the_first_publication_a_calendar_is_empty_and_whole(client: FlaskClient, sistep: Edition) -> None:
    found = read(client, "/sistep-2018/schedule.ics")
    assert [part.name for part in found.subcomponents] == ["VTIMEZONE"]


def offsets(found: Calendar) -> list[tuple[str, timedelta, timedelta]]:
    """List a calendar's zone rules: since when (on the clock before), from and to which offset."""
    zones = found.walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Africa/Casablanca"]
    return [(str(one.decoded("DTSTART")), one.decoded("TZOFFSETFROM"), one.decoded("TZOFFSETTO")) for one in zones[0].subcomponents]


def test_wall_times_hold_across_a_change_of_the_clocks(client: FlaskClient) -> None:
    """In 2026 Casablanca goes from +00 to +01 on 22 March at 02:00."""
    edition = make_edition("ramadan", 26, date(2026, 3, 21), date(2026, 3, 23))
    rows = [session("before", "2026-03-21", 600), session("night", "2026-03-22", 90, 60), session("after", "2026-03-22", 600)]
    store(edition, snapshot([room(1, "Atlas")], rows))
    found = read(client, "/ramadan/schedule.ics")
    assert offsets(found) == [("2026-03-20 00:00:00", timedelta(0), timedelta(0)), ("2026-03-22 02:00:00", timedelta(0), timedelta(hours=1))]
    times = {uid: (event["DTSTART"].to_ical(), event["DTEND"].to_ical()) for uid, event in events(found).items()}
    assert times == {
        "before@show.example": (b"20260321T100000", b"20260321T110000"),
        "night@show.example": (b"20260322T013000", b"20260322T033000"),
        "after@show.example": (b"20260322T100000", b"20260322T110000"),
    }
    rows_of_data = client.get("/ramadan/sessions.json").json["sessions"]  # type: ignore[index]
    assert [(row["starts_at"], row["ends_at"]) for row in rows_of_data] == [
        ("2026-03-21T10:00:00+00:00", "2026-03-21T11:00:00+00:00"),
        ("2026-03-22T01:30:00+00:00", "2026-03-22T03:30:00+01:00"),
        ("2026-03-22T10:00:00+01:00", "2026-03-22T11:00:00+01:00"),
    ]
    page = client.get("/ramadan/sessions/before?lang=en").text
    assert ("UTC+0" in page, "UTC+0" in client.get("/ramadan/sessions/after?lang=en").text) == (True, False)


def test_an_hour_that_comes_twice_is_told_apart(client: FlaskClient) -> None:
    """On 20 September 2026 Casablanca's clocks go back from 02:00 to 01:00."""
    edition = make_edition("september", 27, date(2026, 9, 20), date(2026, 9, 20))
    rows = [session("first", "2026-09-20", 90, 30), session("second", "2026-09-20", 90, 30, fold=1)]
    store(edition, snapshot([room(1, "Atlas")], rows))
    found = read(client, "/september/schedule.ics")
    assert offsets(found) == [("2026-09-19 00:00:00", timedelta(hours=1), timedelta(hours=1)), ("2026-09-20 02:00:00", timedelta(hours=1), timedelta(0))]
    assert {uid: event["DTSTART"].to_ical() for uid, event in events(found).items()} == {"first@show.example": b"20260920T013000", "second@show.example": b"20260920T013000Z"}
    page = client.get("/september/schedule/all?lang=en").text
    assert page.count('data-at="6" data-for="6" data-in="1"') == 1
    assert page.count('data-at="18" data-for="6" data-in="1"') == 1


def test_a_zone_without_changes_has_one_rule() -> None:
    feed = calendar.Feed("x", "en", "Africa/Casablanca", PUBLISHED_AT, date(2018, 4, 12), date(2018, 4, 15))
    found: Calendar = Calendar.from_ical(calendar.write(feed, []))
    assert offsets(found) == [("2018-04-11 00:00:00", timedelta(hours=1), timedelta(hours=1))]


def test_data_are_plain_and_whole(client: FlaskClient, published: Edition) -> None:
    answer = client.get("/sistep-2018/sessions.json")
    assert answer.headers["Content-Type"] == "application/json"
    found = answer.get_json()
    assert set(found) == {"edition", "version", "published_at", "rooms", "sessions"}
    assert found["edition"] == {"slug": "sistep-2018", "name": published.name, "timezone": "Africa/Casablanca", "first_day": "2018-04-12", "last_day": "2018-04-15"}
    assert found["published_at"] == "2018-04-10T09:30:00+00:00"
    assert found["rooms"][1] == {"code": "r2", "name": {"fr": "Salle Rif", "ar": "قاعة الريف", "en": "Rif Room"}, "hall": None, "capacity": 100}
    assert [row["slug"] for row in found["sessions"]] == ["inauguration", "signature", "table-ronde", "atelier", "tole"]
    signing = found["sessions"][1]
    assert signing["people"][1] == {"role": "signatory", "name": same("Laurent Champaney"), "capacity": same("General Manager"), "organisation": same("Arts et Métiers ParisTech")}
    del signing["people"]
    assert signing == {
        "uid": "signature@show.example",
        "slug": "signature",
        "url": "http://localhost/sistep-2018/sessions/signature",
        "kind": "signing",
        "title": {"fr": "Signature du mémorandum", "ar": "توقيع مذكرة التفاهم", "en": "Signing of the memorandum"},
        "abstract": {},
        "languages": ["fr"],
        "day": "2018-04-12",
        "starts_at": "2018-04-12T11:45:00+01:00",
        "ends_at": "2018-04-12T12:00:00+01:00",
        "minutes": 15,
        "room": "r1",
        "part_of": "inauguration",
        "is_example": False,
    }


def test_data_before_the_first_publication_are_empty(client: FlaskClient, sistep: Edition) -> None:
    found = client.get("/sistep-2018/sessions.json").get_json()
    assert (found["version"], found["published_at"], found["sessions"]) == (None, None, [])
