"""Screens for halls: the whole programme by room, with instants in minutes and the show's offset, so that the page goes on by itself."""

import re
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from eventapp.editions.models import Edition
from eventapp.schedule import queries, rules
from tests.support.cast import make_edition
from tests.support.publishing import inauguration_day, room, session, snapshot, store

NOW = "/sistep-2018/now"


def at(text: str) -> int:
    """Write an instant as the page does."""
    return int(datetime.fromisoformat(text).timestamp() // 60)


def slots(page: str) -> list[tuple[str, int, int]]:
    """List what a page holds: title, first and last minute, parts after their wholes."""
    found = re.findall(r'<li class="slot(?:__part)?" data-since="(\d+)" data-until="(\d+)".*?class="slot__title">(?:<a [^>]*>)?<bdi>([^<]*)', page, re.DOTALL)
    return [(title, int(since), int(until)) for since, until, title in found]


@pytest.fixture
def published(sistep: Edition) -> Edition:
    """The edition of 2018 with its programme in small."""
    store(sistep, inauguration_day(), datetime(2018, 4, 10, 9, 30, tzinfo=UTC))
    return sistep


def test_a_screen_holds_every_session_with_its_minutes(client: FlaskClient, published: Edition) -> None:
    page = client.get(f"{NOW}?lang=en").text
    assert slots(page) == [
        ("Official opening", at("2018-04-12T11:00+01:00"), at("2018-04-12T12:30+01:00")),
        ("Signing of the memorandum", at("2018-04-12T11:45+01:00"), at("2018-04-12T12:00+01:00")),
        ("Welding", at("2018-04-12T14:00+01:00"), at("2018-04-12T16:00+01:00")),
        ("Electronics in Africa", at("2018-04-12T11:30+01:00"), at("2018-04-12T12:30+01:00")),
        ("Sheet metal", at("2018-04-13T10:00+01:00"), at("2018-04-13T10:45+01:00")),
    ]
    assert f'data-offsets="{at("2018-04-12T00:00+01:00")}:60 "' in page


def test_a_room_has_a_screen_of_its_own(client: FlaskClient, published: Edition) -> None:
    assert [title for title, _since, _until in slots(client.get(f"{NOW}/r2?lang=fr").text)] == ["L’électronique en Afrique", "Tôlerie fine"]
    assert [client.get(f"{NOW}/{odd}?lang=fr").status_code for odd in ("r9", "R2", "%00", "r2/x")] == [404] * 4


def test_a_screen_without_a_language_is_led_to_one_and_before_a_publication_says_so(client: FlaskClient, sistep: Edition) -> None:
    led = client.get(NOW)
    assert (led.status_code, led.location) == (302, f"{NOW}?lang=en")
    assert "The programme will be published soon" in client.get(f"{NOW}?lang=en").text


def test_a_publication_reaches_the_screen(client: FlaskClient, published: Edition) -> None:
    before = client.get(f"{NOW}?lang=en").headers["ETag"]
    assert client.get(f"{NOW}?lang=en", headers={"If-None-Match": before}).status_code == 304
    store(published, snapshot([room(1, "Atlas")], [session("moved", "2018-04-12", 600)]))
    queries.forget()
    newer = client.get(f"{NOW}?lang=en", headers={"If-None-Match": before})
    assert (newer.status_code, [title for title, *_when in slots(newer.text)]) == (200, ["moved"])


def test_the_offset_follows_a_change_of_the_clocks() -> None:
    """In 2026 Casablanca goes from +00 to +01 on 22 March at 02:00."""
    found = rules.offsets(rules.read_programme(None, "Africa/Casablanca"), date(2026, 3, 21), date(2026, 3, 23), "Africa/Casablanca")
    assert found == [(at("2026-03-21T00:00+00:00"), 0), (at("2026-03-22T02:00+00:00"), 60)]
    assert rules.midnights(date(2026, 3, 22), tz="Africa/Casablanca") == (at("2026-03-22T00:00+00:00"), at("2026-03-23T00:00+01:00"))


def test_a_room_without_sessions_is_left_out_of_the_common_screen_and_stays_on_its_own(client: FlaskClient) -> None:
    edition = make_edition("expo", 31, date(2026, 5, 1), date(2026, 5, 1))
    store(edition, snapshot([room(1, "Atlas"), room(2, "Rif")], [session("one", "2026-05-01", 600)]))
    shown = re.findall(r'<h2 id="room-(\d)"', client.get("/expo/now?lang=en").text)
    assert (shown, '<h2 id="room-2"' in client.get("/expo/now/r2?lang=en").text) == (["1"], True)
