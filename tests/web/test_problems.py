"""Refusals and faults: a clear page, nothing lost, the right status."""

import sqlite3
import threading
import traceback
from collections.abc import Iterator

import psycopg.errors
import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from wtforms import PasswordField

from eventapp import create_app
from eventapp.accounts import access
from eventapp.accounts import forms as account_forms
from eventapp.core.db import db, is_transient, transaction
from eventapp.core.errors import Busy, Refusal
from eventapp.editions.models import Edition
from eventapp.web import problems
from eventapp.web.forms import Form
from tests.support.browsing import Browser, csrf_of
from tests.support.databases import Store, test_settings

calls: list[str] = []


class TooManyLamps(Refusal):
    message = "Only %(most)s lamps fit on stand %(stand)s."


@access.public
def refuse() -> str:
    raise TooManyLamps(most=2, stand="<b>B12</b>")


@access.public
def busy() -> str:
    if request.method == "GET":
        return '<input name="csrf_token" value="x">'
    raise Busy


@access.public
def fault() -> str:
    raise ZeroDivisionError


@access.public
def spill(secret: str) -> str:
    db.session.execute(text("SELECT :typed FROM nowhere"), {"typed": secret})
    return "done"


@access.public
def contended() -> str:
    calls.append("called")
    with transaction():
        db.session.execute(text("UPDATE users SET name = 'x'"))
        if len(calls) < 3:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise OperationalError("UPDATE", {}, error)
    return "done"


@pytest.fixture(scope="module")
def odd_app(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app with five more pages, each of which goes wrong in its own way."""
    app = create_app(test_settings(tmp_path_factory.mktemp("odd"), store.url))
    app.test_client_class = Browser
    for view in (refuse, busy, fault, contended):
        app.add_url_rule(f"/odd/{view.__name__}", view.__name__, view, methods=["GET", "POST"])
    app.add_url_rule("/odd/spill/<secret>", "spill", spill)
    app.add_url_rule("/api/odd", "api_refuse", access.public(refuse))
    return app


@pytest.fixture
def odd(odd_app: Flask, store: Store) -> Iterator[FlaskClient]:
    """A browser on that app."""
    store.reset()
    calls.clear()
    with odd_app.app_context():
        client = odd_app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        yield client
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    ("typed", "status", "leads_to"),
    [
        ("/odd/refuse/", 302, "/odd/refuse"),
        ("/odd/refuse//?q=a%26b", 302, "/odd/refuse?q=a%26b"),
        ("/odd/nowhere/", 404, None),
        ("///elsewhere.example/", 404, None),
        ("///elsewhere.example/odd/refuse/", 404, None),
    ],
)
def test_a_slash_too_many_at_the_end_leads_to_the_page_that_is_meant(odd: FlaskClient, typed: str, status: int, leads_to: str | None) -> None:
    answer = odd.get(typed)
    assert (answer.status_code, answer.headers.get("Location")) == (status, leads_to)


def test_a_form_sent_to_an_address_with_a_slash_too_many_is_not_found(odd: FlaskClient) -> None:
    assert odd.post("/odd/refuse/").status_code == 404


def test_a_refusal_is_a_page_with_its_words_escaped(odd: FlaskClient) -> None:
    page = odd.get("/odd/refuse")
    assert page.status_code == 409
    assert "Only 2 lamps fit on stand &lt;b&gt;B12&lt;/b&gt;." in page.text


def test_a_program_gets_a_problem_document(odd: FlaskClient) -> None:
    answer = odd.get("/api/odd")
    assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
    assert answer.json["detail"] == "Only 2 lamps fit on stand <b>B12</b>."  # type: ignore[index]


def test_a_busy_answer_keeps_the_form(odd: FlaskClient) -> None:
    token = csrf_of(odd.get("/sign-up"))
    page = odd.post("/odd/busy", data={"csrf_token": token, "company": "Atlas & Rif", "password": "secret words"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "2"
    assert 'name="company" value="Atlas &amp; Rif"' in page.text
    assert "secret words" not in page.text


def test_no_password_is_kept_in_a_page() -> None:
    forms = [form for form in vars(account_forms).values() if isinstance(form, type) and issubclass(form, Form)]
    passwords = {name for form in forms for name, field in vars(form).items() if getattr(field, "field_class", None) is PasswordField}
    assert passwords == {"current", "password"} == problems._SECRET_FIELDS - {"csrf_token"}


def test_an_old_form_can_be_sent_again_from_our_own_page_only(odd: FlaskClient) -> None:
    ours = odd.post("/odd/busy", data={"csrf_token": "stale", "company": "Atlas"}, headers={"Sec-Fetch-Site": "same-origin"})
    theirs = odd.post("/odd/busy", data={"csrf_token": "stale", "company": "Atlas"}, headers={"Sec-Fetch-Site": "cross-site"})
    unknown = odd.post("/odd/busy", data={"csrf_token": "stale", "company": "Atlas"})
    assert [a.status_code for a in (ours, theirs, unknown)] == [400, 400, 400]
    assert ["Atlas" in a.text for a in (ours, theirs, unknown)] == [True, False, False]
    assert ["the button below" in a.text for a in (ours, theirs, unknown)] == [True, False, False]


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"Origin": "http://localhost"}, True),
        ({"Referer": "http://localhost/odd/busy?q=1"}, True),
        ({"Origin": "http://evil.example", "Referer": "http://localhost/odd/busy"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://localhost:8080"}, False),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, False),
    ],
)
def test_an_older_browser_vouches_by_naming_the_page_that_the_form_came_from(odd: FlaskClient, headers: dict[str, str], kept: bool) -> None:
    answer = odd.post("/odd/busy", data={"csrf_token": "stale", "company": "Atlas"}, headers=headers)
    assert (answer.status_code, "Atlas" in answer.text, "Go back, copy what you typed" in answer.text) == (400, kept, not kept)


def test_a_fault_is_a_calm_page_without_details(odd: FlaskClient) -> None:
    page = odd.get("/odd/fault")
    assert page.status_code == 500
    assert "ZeroDivisionError" not in page.text
    assert "Something broke on our side" in page.text


def test_the_log_tells_a_fault_and_nothing_that_was_written_or_sent(odd: FlaskClient) -> None:
    with capture_logs() as lines:
        assert odd.get("/odd/spill/secret-of-a-link").status_code == 500
    told = "".join(traceback.format_exception(lines[0].pop("exc_info")))
    assert lines == [{"event": "fault", "endpoint": "spill", "method": "GET", "log_level": "error"}]
    assert ("SELECT :typed FROM nowhere" in told or "SELECT ? FROM nowhere" in told or "SELECT %(typed)s" in told, "secret-of-a-link" in told) == (True, False)


def test_a_request_is_done_again_when_the_database_was_busy(odd: FlaskClient) -> None:
    token = csrf_of(odd.get("/sign-up"))
    answer = odd.post("/odd/contended", data={"csrf_token": token})
    assert (answer.status_code, answer.text, len(calls)) == (200, "done", 3)


def test_a_real_lock_is_known_as_passing(app: Flask, store: Store) -> None:
    if store.kind == "sqlite":
        holder = sqlite3.connect(db.engine.url.database or "", isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            with pytest.raises(OperationalError) as caught, db.engine.connect() as other:
                other.exec_driver_sql("PRAGMA busy_timeout=1")
                other.exec_driver_sql("UPDATE users SET name = 'x'")
        finally:
            holder.execute("ROLLBACK")
            holder.close()
        with db.engine.connect() as restored:
            restored.exec_driver_sql("PRAGMA busy_timeout=10000")
        assert is_transient(caught.value)
    else:
        assert is_transient(_real_deadlock())


def _real_deadlock() -> BaseException:
    """Let two transactions lock two rows crosswise; return what the loser got."""
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE crossing (id int PRIMARY KEY, n int)"))
        connection.execute(text("INSERT INTO crossing VALUES (1, 0), (2, 0)"))
    both = threading.Barrier(2)
    lost: list[BaseException] = []
    engine = db.engine

    def cross(first: int, second: int) -> None:
        try:
            with engine.begin() as connection:
                connection.execute(text("UPDATE crossing SET n = 1 WHERE id = :i"), {"i": first})
                both.wait(10)
                connection.execute(text("UPDATE crossing SET n = 1 WHERE id = :i"), {"i": second})
        except OperationalError as error:
            lost.append(error)

    threads = [threading.Thread(target=cross, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(lost) == 1
    assert isinstance(lost[0], OperationalError)
    assert isinstance(lost[0].orig, psycopg.errors.DeadlockDetected)
    return lost[0]


def test_every_answer_has_the_security_headers(client: FlaskClient, sistep: Edition) -> None:
    for path in ("/", "/privacy", "/nowhere", "/static/shared/app.css", "/healthz"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        policy = headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy


def test_a_foreign_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/privacy", headers={"Host": "evil.example"}).status_code == 400


def test_an_unknown_edition_is_a_page_not_found(client: FlaskClient, sistep: Edition) -> None:
    page = client.get("/no-such-edition/")
    assert page.status_code == 404
    assert "Page not found" in page.text or "could not find" in page.text


def test_a_draft_edition_is_not_there_for_the_public(client: FlaskClient, sistep: Edition) -> None:
    with transaction():
        db.session.get_one(Edition, sistep.id).state = "draft"
    missing = client.get("/no-such-edition/")
    hidden = client.get("/sistep-2018/")
    assert hidden.status_code == missing.status_code == 404
    assert "OFEC" not in hidden.text
