"""The schedule's pages: what they show, in which language, and what they never show."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.programme.models import ProgrammeSession
from eventapp.schedule import queries
from eventapp.schedule.rules.grid import MOST_ROOMS, MOST_ROWS
from tests.support.cast import EIGHT, same
from tests.support.publishing import FIMME, inauguration_day, person, room, session, snapshot, store


@pytest.fixture
def published(sistep: Edition) -> Edition:
    """The edition of 2018 with its programme in small."""
    store(sistep, inauguration_day())
    return sistep


def titles(page: str) -> list[str]:
    """List the titles of sessions, as they stand on a page."""
    return re.findall(r"<h[34]><a [^>]*><bdi>([^<]+)</bdi>", page)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["Inauguration officielle", "Signature du mémorandum", "L’électronique en Afrique", "Soudage", "Tôlerie fine"]),
        ("ar", ["الافتتاح الرسمي", "توقيع مذكرة التفاهم", "الإلكترونيات في إفريقيا", "اللحام", "صفائح معدنية"]),
        ("en", ["Official opening", "Signing of the memorandum", "Electronics in Africa", "Welding", "Sheet metal"]),
    ],
)
def test_the_whole_programme_reads_in_three_languages(client: FlaskClient, published: Edition, language: str, expected: list[str]) -> None:
    page = client.get(f"/sistep-2018/schedule/all?lang={language}").text
    assert titles(page) == expected
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


def test_a_day_shows_its_sessions_and_no_other(client: FlaskClient, published: Edition) -> None:
    page = client.get("/sistep-2018/schedule/2018-04-13?lang=en").text
    assert titles(page) == ["Sheet metal"]
    assert re.findall(r'<li><a href="[^"]*/schedule/([^"?]+)[^"]*"( aria-current="page")?>', page) == [
        ("2018-04-12", ""),
        ("2018-04-13", ' aria-current="page"'),
        ("2018-04-14", ""),
        ("2018-04-15", ""),
        ("all", ""),
    ]


def test_a_day_without_sessions_says_so(client: FlaskClient, published: Edition) -> None:
    page = client.get("/sistep-2018/schedule/2018-04-15?lang=en")
    assert (page.status_code, titles(page.text)) == (200, [])
    assert "No session on this day" in page.text


def test_before_the_first_publication_the_page_says_what_will_come(client: FlaskClient, sistep: Edition) -> None:
    page = client.get("/sistep-2018/schedule?lang=en")
    assert page.status_code == 200
    assert "The programme will be published soon" in page.text


@pytest.mark.parametrize(
    "path",
    [
        "/sistep-2018/schedule/2018-04-11",
        "/sistep-2018/schedule/2018-4-12",
        "/sistep-2018/schedule/tomorrow",
        "/sistep-2018/sessions/no-such-session",
        "/sistep-2018/sessions/no-such-session.ics",
        "/sistep-2018/schedule.ics?day=2018-04-11",
        "/sistep-2018/schedule.ics?room=cellar",
        "/no-such-show/schedule",
        "/no-such-show/schedule.ics",
        "/no-such-show/sessions/signature",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, published: Edition, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<h1>Page not found</h1>" in answer.text


def test_a_draft_edition_has_no_schedule(client: FlaskClient, published: Edition) -> None:
    assert client.get("/sistep-2018/schedule/all?lang=en").status_code == 200
    with transaction():
        published.state = "draft"
    queries.look_again(published.id)
    assert client.get("/sistep-2018/schedule/all?lang=en").status_code == 404


def test_an_address_without_a_language_leads_to_the_readers(client: FlaskClient, published: Edition) -> None:
    answer = client.get("/sistep-2018/schedule/all?q=acier", headers={"Accept-Language": "ar"})
    assert (answer.status_code, answer.location) == (302, "/sistep-2018/schedule/all?q=acier&lang=ar")
    assert answer.headers["Vary"] == "Cookie, Accept-Language"
    client.set_cookie("lang", "fr")
    answer = client.get("/sistep-2018/sessions/signature", headers={"Accept-Language": "ar"})
    assert (answer.status_code, answer.location) == (302, "/sistep-2018/sessions/signature?lang=fr")
    assert client.get("/sistep-2018/sessions/signature?lang=klingon").location == "/sistep-2018/sessions/signature?lang=fr"


def test_an_address_with_more_than_the_page_needs_leads_to_the_plain_one(client: FlaskClient, published: Edition) -> None:
    answer = client.get("/sistep-2018/schedule/all?lang=en&utm_source=<script>")
    assert (answer.status_code, answer.location) == (302, "/sistep-2018/schedule/all?lang=en")
    assert "utm_source" not in client.get("/sistep-2018/schedule/all?lang=en").text


def test_a_page_names_itself_in_every_language(client: FlaskClient, published: Edition) -> None:
    page = client.get("/sistep-2018/sessions/signature?lang=ar").text
    base = "http://localhost/sistep-2018/sessions/signature"
    assert re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', page) == [(code, f"{base}?lang={code}") for code in ("fr", "ar", "en")]
    assert re.findall(r'<link rel="canonical" href="([^"]+)">', page) == [f"{base}?lang=ar"]


def parties_of(page: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Read a drawn signing: each party with its signatories and their capacities."""
    found = []
    for block in re.findall(r'<div class="party">(.*?)</div>', page, re.DOTALL):
        people = re.findall(r'party__person"><bdi>([^<]+)</bdi>(?: <span class="party__capacity"><bdi>([^<]+)</bdi></span>)?', block)
        name = re.search(r'party__name"><bdi>([^<]+)</bdi>', block)
        found.append((name.group(1) if name else "", people))
    return found


def test_a_signing_shows_both_parties_with_names_and_capacities(client: FlaskClient, published: Edition) -> None:
    both = [("FIMME", [("Abdelhamid Souiri", "President")]), ("Arts et Métiers ParisTech", [("Laurent Champaney", "General Manager")])]
    assert parties_of(client.get("/sistep-2018/schedule/2018-04-12?lang=en").text) == both
    assert parties_of(client.get("/sistep-2018/sessions/signature?lang=en").text) == both
    in_arabic = parties_of(client.get("/sistep-2018/sessions/signature?lang=ar").text)
    assert in_arabic[0] == (FIMME["ar"], [("عبد الحميد الصويري", "President")])


def test_people_of_one_organisation_sign_on_one_side(client: FlaskClient, sistep: Edition) -> None:
    people = [person("First", "signatory", "Chair", FIMME), person("Other", "signatory", "", None), person("Second", "signatory", "", FIMME)]
    store(sistep, snapshot([room(1, "Atlas")], [session("deal", "2018-04-12", 600, kind="signing", people=people)]))
    page = client.get("/sistep-2018/sessions/deal?lang=en").text
    assert parties_of(page) == [("FIMME", [("First", "Chair"), ("Second", "")]), ("", [("Other", "")])]


def test_a_part_stands_inside_its_whole_and_leads_back_to_it(client: FlaskClient, published: Edition) -> None:
    page = client.get("/sistep-2018/schedule/2018-04-12?lang=en").text
    whole = re.search(r'<li class="session session--inauguration".*?</ol>\s*</li>', page, re.DOTALL)
    assert whole is not None
    assert titles(whole.group(0)) == ["Official opening", "Signing of the memorandum"]
    part = client.get("/sistep-2018/sessions/signature?lang=en").text
    assert '<dt>Part of</dt>\n    <dd><a href="/sistep-2018/sessions/inauguration?lang=en"><bdi>Official opening</bdi></a>' in part


def test_a_part_whose_whole_is_not_published_stands_for_itself(client: FlaskClient, sistep: Edition) -> None:
    store(sistep, snapshot([room(1, "Atlas")], [session("alone", "2018-04-12", 600, parent="draft@show.example")]))
    assert titles(client.get("/sistep-2018/schedule/all?lang=en").text) == ["alone"]


def test_a_session_says_what_comes_before_after_and_meanwhile(client: FlaskClient, published: Edition) -> None:
    page = client.get("/sistep-2018/sessions/inauguration?lang=en").text
    assert re.findall(r'rel="(prev|next)" href="/sistep-2018/sessions/([^?]+)', page) == [("next", "atelier")]
    assert re.findall(r'board__what"><a href="/sistep-2018/sessions/([^?]+)', page) == ["table-ronde"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ELECTRONIQUE", ["Electronics in Africa"]),
        ("q=tolerie", ["Sheet metal"]),
        ("q=الصويري", ["Official opening", "Signing of the memorandum"]),
        ("q=الالكترونيات+افريقيا", ["Electronics in Africa"]),
        ("q=metiers+champaney", ["Official opening", "Signing of the memorandum"]),
        ("q=minister", ["Official opening", "Signing of the memorandum"]),
        ("q=welding+workshop", ["Welding"]),
        ("room=r2", ["Electronics in Africa", "Sheet metal"]),
        ("kind=signing", ["Official opening", "Signing of the memorandum"]),
        ("kind=workshop&room=r2", []),
        ("kind=nonsense", []),
        ("q=%00%E2%80%AEsoudage", ["Welding"]),
    ],
)
def test_search_and_filters_find_in_three_scripts(client: FlaskClient, published: Edition, query: str, expected: list[str]) -> None:
    answer = client.get(f"/sistep-2018/schedule?{query}&lang=en")
    assert (answer.status_code, titles(answer.text)) == (200, expected)
    assert ("Nothing matches" in answer.text) == (not expected)


def test_a_search_counts_what_it_found_itself(client: FlaskClient, published: Edition) -> None:
    assert "1 session found" in client.get("/sistep-2018/schedule?kind=signing&lang=en").text
    assert "2 sessions found" in client.get("/sistep-2018/schedule?room=r2&lang=en").text


def test_an_overlong_search_is_cut_and_answered(client: FlaskClient, published: Edition) -> None:
    assert client.get("/sistep-2018/schedule", query_string={"lang": "fr", "q": "é" * 5000, "room": "x" * 5000, "kind": "<b>"}).status_code == 200


def test_names_and_titles_are_isolated_and_escaped(client: FlaskClient, sistep: Edition) -> None:
    nasty = "<script>alert(1)</script> شركة OCP 1 " + "long" * 40
    people = [person("عبد <b>", "speaker", "<i>", FIMME)]
    store(sistep, snapshot([room(1, "<u>Atlas")], [session("nasty", "2018-04-12", 600, title={"fr": nasty}, abstract={"fr": nasty}, people=people)]))
    for path in ("/sistep-2018/schedule/all?lang=en", "/sistep-2018/sessions/nasty?lang=ar"):
        page = client.get(path).text
        assert f"<bdi>&lt;script&gt;alert(1)&lt;/script&gt; شركة OCP 1 {'long' * 40}</bdi>" in page
        assert [bad for bad in ("<script>alert", "<b>", "<i>", "<u>") if bad in page] == []


def test_structured_data_describe_the_event(client: FlaskClient, published: Edition) -> None:
    page = client.get("/sistep-2018/sessions/signature?lang=en").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    described = json.loads(found.group(1))
    assert {name: described[name] for name in ("@type", "name", "startDate", "endDate", "url")} == {
        "@type": "BusinessEvent",
        "name": "Signing of the memorandum",
        "startDate": "2018-04-12T11:45:00+01:00",
        "endDate": "2018-04-12T12:00:00+01:00",
        "url": "http://localhost/sistep-2018/sessions/signature?lang=en",
    }
    assert described["superEvent"]["name"] == "Official opening"
    assert [one["name"] for one in described["performer"]] == ["Abdelhamid Souiri", "Laurent Champaney"]


def test_the_style_sheet_knows_every_row_and_room_of_a_grid() -> None:
    sheet = Path("static/schedule/grid.css").read_text()
    wanted = [f'[data-at="{n}"]{{grid-row-start:{n + 2}}}' for n in range(MOST_ROWS)]
    wanted += [f'[data-for="{n}"]{{grid-row-end:span {n}}}' for n in range(1, MOST_ROWS + 1)]
    wanted += [f'[data-in="{n}"]{{grid-column:{n + 1}}}' for n in range(1, MOST_ROOMS + 1)]
    wanted += [f'[data-rooms="{n}"]{{--rooms:{n}}}' for n in range(1, MOST_ROOMS + 1)]
    assert [rule for rule in wanted if rule not in sheet] == []


def test_sessions_stand_in_their_rows_and_rooms(client: FlaskClient, published: Edition) -> None:
    page = client.get("/sistep-2018/schedule/2018-04-12?lang=en").text
    placed = re.findall(r'<li class="session session--(\w+)" data-at="(\d+)" data-for="(\d+)" data-in="(\d+)"', page)
    assert placed == [("inauguration", "0", "18", "1"), ("round_table", "6", "12", "2"), ("workshop", "36", "24", "1")]
    assert re.findall(r'<li data-at="(\d+)"><span>([\d:]+)', page) == [("0", "11:00"), ("12", "12:00"), ("24", "13:00"), ("36", "14:00"), ("48", "15:00")]


def test_on_a_day_of_the_show_the_schedule_opens_on_that_day(client: FlaskClient, sistep: Edition) -> None:
    today = clock.real_now().date().isoformat()
    elsewhere = date(2018, 4, 12).isoformat()
    store(sistep, snapshot([room(1, "Atlas")], [session("now", today, 600), session("then", elsewhere, 600)]))
    assert titles(client.get("/sistep-2018/schedule?lang=en").text) == ["now"]
    assert titles(client.get("/sistep-2018/schedule/all?lang=en").text) == ["then", "now"]
    assert titles(client.get("/sistep-2018/schedule?lang=en&q=then").text) == ["then"]


def test_only_what_is_published_is_shown(client: FlaskClient, published: Edition) -> None:
    with transaction():
        draft = ProgrammeSession(edition_id=published.id, slug="canary-slug", kind="signing", title=same("CANARYTITLE"), abstract=same("CANARYABSTRACT"), languages=["fr"])
        draft.uid, draft.created_at = "canary@show.example", EIGHT
        db.session.add(draft)
    paths = [
        "schedule?lang=en",
        "schedule/all?lang=fr",
        "schedule/2018-04-12?lang=ar",
        "schedule?q=canary&lang=en",
        "schedule.ics",
        "schedule.json",
        "schedule.xml",
        "sessions.json",
        "sessions/inauguration?lang=en",
    ]
    leaks = [path for path in paths if re.search("canary(title|abstract|-slug|@)", client.get(f"/sistep-2018/{path}").text, re.IGNORECASE)]
    assert leaks == []
    assert client.get("/sistep-2018/sessions/canary-slug").status_code == 404


def test_one_edition_never_shows_anothers_programme(client: FlaskClient, published: Edition, other_edition: Edition) -> None:
    store(other_edition, snapshot([room(1, "Elsewhere")], [session("foreign", "2025-12-03", 600)]))
    assert titles(client.get("/sistep-2025/schedule/all?lang=en").text) == ["foreign"]
    assert client.get("/sistep-2018/sessions/foreign").status_code == 404
    assert client.get("/sistep-2025/sessions/signature").status_code == 404
