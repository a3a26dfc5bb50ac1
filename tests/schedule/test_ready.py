"""Pages kept ready: the same bytes, no database, no session, and never a page that holds no more."""

import gzip
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventapp import create_app
from eventapp.core import clock
from eventapp.core.clock import ClockAnchor
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.models import metadata
from eventapp.schedule import queries
from eventapp.web import headers, ready
from tests.support.cast import make_edition
from tests.support.databases import Store, test_settings
from tests.support.publishing import inauguration_day, room, session, snapshot, store
from tests.support.statements import statements

PAGE = "/sistep-2018/schedule/all?lang=en"


@pytest.fixture
def published(sistep: Edition) -> Edition:
    """The edition of 2018 with its programme in small."""
    store(sistep, inauguration_day())
    return sistep


def one_session(title: str) -> dict[str, Any]:
    """Write a programme of one session."""
    return snapshot([room(1, "Atlas")], [session("only", "2018-04-12", 600, title={"fr": title})])


def test_a_ready_page_is_the_same_as_the_first_and_needs_no_statement(app: Flask, client: FlaskClient, published: Edition) -> None:
    first = client.get(PAGE)
    with statements() as sent:
        second = client.get(PAGE)
    assert sent == []
    assert (second.status_code, second.data, sorted(second.headers)) == (200, first.data, sorted(first.headers))
    assert len(app.shelf) > 0  # type: ignore[attr-defined]


def test_a_ready_page_has_every_security_header(client: FlaskClient, published: Edition) -> None:
    for _time in range(2):
        answer = client.get(PAGE)
        assert answer.headers["Content-Security-Policy"] == headers.PLAIN_CSP
        names = ("Permissions-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy")
        assert [name for name in names if name not in answer.headers] == []
        assert (answer.headers["Vary"], answer.headers["Cache-Control"], "Set-Cookie" in answer.headers) == ("Accept-Encoding", "public, no-cache", False)


def test_a_ready_page_reads_no_session(client: FlaskClient, published: Edition) -> None:
    plain = client.get(PAGE).data
    with client.session_transaction() as visit:
        visit["_user_id"] = "someone"
        visit["_flashes"] = [("ok", "A FLASH FOR ONE READER")]
    answer = client.get(PAGE)
    assert answer.data == plain
    queries.forget()
    assert client.get(PAGE).data == plain
    with client.session_transaction() as visit:
        assert visit["_flashes"] == [("ok", "A FLASH FOR ONE READER")]


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "*", "GZIP"])
def test_a_reader_who_takes_gzip_gets_it(client: FlaskClient, published: Edition, accepted: str) -> None:
    plain = client.get(PAGE).data
    for _time in range(2):
        answer = client.get(PAGE, headers={"Accept-Encoding": accepted})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert gzip.decompress(answer.data) == plain


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity", "*;q=0", "gzip;q=nonsense"])
def test_a_reader_who_does_not_take_gzip_gets_plain_text(client: FlaskClient, published: Edition, accepted: str) -> None:
    for _time in range(2):
        answer = client.get(PAGE, headers={"Accept-Encoding": accepted})
        assert "Content-Encoding" not in answer.headers
        assert answer.data.startswith(b"<!doctype html>")
        assert int(answer.headers["Content-Length"]) == len(answer.data)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_an_unchanged_page_is_not_sent_again(client: FlaskClient, published: Edition, form: str) -> None:
    tag = client.get(PAGE).headers["ETag"]
    for _time in range(2):
        answer = client.get(PAGE, headers={"If-None-Match": form.format(tag.removeprefix("W/"))})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
        assert "Content-Type" not in answer.headers
        assert answer.headers["Content-Security-Policy"] == headers.PLAIN_CSP


def test_another_tag_gets_the_page(client: FlaskClient, published: Edition) -> None:
    for _time in range(2):
        assert client.get(PAGE, headers={"If-None-Match": 'W/"another"'}).status_code == 200


def test_a_head_request_gets_the_headers_alone(client: FlaskClient, published: Edition) -> None:
    length = client.get(PAGE).headers["Content-Length"]
    queries.forget()
    for _time in range(2):
        answer = client.head(PAGE)
        assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (200, b"", length)


def test_strict_transport_is_said_on_the_secure_address_alone(client: FlaskClient, published: Edition) -> None:
    for _time in range(2):
        said = [client.get(PAGE, base_url=base).headers.get("Strict-Transport-Security") for base in ("http://localhost", "https://localhost")]
        assert said == [None, "max-age=31536000"]


def test_in_the_demo_a_kept_page_says_the_day_and_lets_the_browser_tell_the_time(tmp_path: Path) -> None:
    real_at, show_at = datetime.now(UTC), datetime(2018, 4, 12, 9, 0, tzinfo=UTC)
    demo = create_app(test_settings(tmp_path, f"sqlite:///{tmp_path / 'demo.sqlite'}", app_env="demo"))
    with demo.app_context():
        metadata.create_all(db.engine)
        edition = make_edition("sistep-2018", 11, date(2018, 4, 12), date(2018, 4, 15))
        store(edition, inauguration_day())
        with transaction():
            db.session.add(ClockAnchor(id=1, real_at=real_at, show_at=show_at))
    first = demo.test_client().get("/sistep-2018/schedule?lang=en").text
    assert "On the show's clock it is Thursday, 12 April 2018</span>" in first
    assert f'data-real-at="{int(real_at.timestamp() * 1000)}" data-show-at="{int(show_at.timestamp() * 1000)}" data-offset="60" data-pattern="HH:MM"' in first
    assert '<a href="/sistep-2018/schedule/2018-04-12?lang=en" aria-current="page">' in first
    with demo.app_context():
        with transaction():
            db.session.get_one(ClockAnchor, 1).show_at = datetime(2018, 4, 13, 9, 0, tzinfo=UTC)
        queries.forget()
    clock.forget_anchor()
    later = demo.test_client().get("/sistep-2018/schedule?lang=en").text
    assert '<a href="/sistep-2018/schedule/2018-04-13?lang=en" aria-current="page">' in later
    with demo.app_context():
        db.engine.dispose()


def test_a_form_sent_to_a_ready_page_is_refused(client: FlaskClient, published: Edition) -> None:
    client.get(PAGE)
    assert client.post(PAGE).status_code in {400, 405}


def test_an_untrusted_host_gets_nothing_from_the_shelf(client: FlaskClient, published: Edition) -> None:
    client.get(PAGE)
    assert client.get(PAGE, headers={"Host": "evil.example"}).status_code == 400


def test_each_language_has_its_own_page(client: FlaskClient, published: Edition) -> None:
    seen = [client.get(f"/sistep-2018/schedule/all?lang={code}").headers["ETag"] for code in ("fr", "ar", "en", "fr")]
    assert len(set(seen)) == 3
    assert seen[0] == seen[3]


def test_searches_and_odd_addresses_are_not_kept(app: Flask, client: FlaskClient, published: Edition) -> None:
    client.get(PAGE)
    before = len(app.shelf)  # type: ignore[attr-defined]
    kept = len(queries.latest(published).pages)
    for number in range(20):
        client.get(f"/sistep-2018/schedule?q={number}&lang=en")
        client.get(f"/sistep-2018/schedule/all?lang=en&x={number}")
        client.get(f"/sistep-2018/schedule/2018-05-{number + 1:02}?lang=en")
        client.get(f"/sistep-2018/schedule.json?x={number}")
    assert (len(app.shelf), len(queries.latest(published).pages)) == (before, kept + 1)  # type: ignore[attr-defined]


def test_a_full_shelf_is_emptied(app: Flask) -> None:
    shelf = ready.Shelf()
    answer = ready.Answer(ready.pack("x"), [], lambda: True)
    for number in range(ready.MOST_ANSWERS + 1):
        shelf.put({"wsgi.url_scheme": "http", "PATH_INFO": f"/{number}"}, answer)
    assert len(shelf) == 1


@pytest.fixture
def neighbour(store: Store, app: Flask, tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser at another process of the same installation: an app of its own on the same database."""
    other = create_app(test_settings(tmp_path, store.url))
    client = other.test_client()
    yield client
    with other.app_context():
        db.engine.dispose()


def test_another_process_shows_a_publication_within_a_second(neighbour: FlaskClient, sistep: Edition) -> None:
    store(sistep, one_session("Old title"))
    assert "Old title" in neighbour.get(PAGE).text
    store(sistep, one_session("New title"))
    until = time.monotonic() + queries.LOOK_AGAIN_SECONDS + 0.2
    shown = neighbour.get(PAGE).text
    while "New title" not in shown and time.monotonic() < until:
        time.sleep(0.02)
        shown = neighbour.get(PAGE).text
    assert "New title" in shown
    assert "Old title" not in shown


def test_the_database_is_looked_at_once_a_second_and_not_per_request(app: Flask, client: FlaskClient, published: Edition) -> None:
    client.get(PAGE)
    time.sleep(queries.LOOK_AGAIN_SECONDS)
    with statements() as sent:
        for _time in range(50):
            client.get(PAGE)
    assert [one.split()[0] for one in sent if not one.startswith("BEGIN")] == ["SELECT"]


def test_a_changed_edition_changes_its_pages(client: FlaskClient, published: Edition) -> None:
    assert "SISTEP-2018" in client.get(PAGE).text
    with transaction():
        db.session.get_one(Edition, published.id).name = {"fr": "Renamed", "ar": "Renamed", "en": "Renamed"}
    queries.look_again(published.id)
    assert "· Renamed</title>" in client.get(PAGE).text


def test_an_edition_loaded_before_it_changed_is_not_kept(app: Flask, published: Edition) -> None:
    old = db.session.get_one(Edition, published.id)
    db.session.expunge(old)
    with transaction():
        db.session.get_one(Edition, published.id).name = {"fr": "Renamed", "ar": "Renamed", "en": "Renamed"}
    for_once = queries.latest(old)
    assert queries.watcher(old, for_once)() is False
    current = db.session.get_one(Edition, published.id)
    assert queries.latest(current) is queries.latest(current)
