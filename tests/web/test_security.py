"""What a browser is told for safety: cookies, transport, and links that no header can bend."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventapp import create_app
from eventapp.core.db import db
from eventapp.editions.models import Edition
from tests.support.databases import Store, test_settings


@pytest.fixture
def behind_https(app: Flask, store: Store, tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser before an installation that is served by HTTPS."""
    safe = create_app(test_settings(tmp_path, store.url, base_url="https://show.example", trusted_hosts=("show.example",)))
    yield safe.test_client()
    with safe.app_context():
        db.engine.dispose()


def test_by_https_the_session_cookie_is_bound_to_the_host_and_the_connection(behind_https: FlaskClient, sistep: Edition) -> None:
    answer = behind_https.get("/sign-in", base_url="https://show.example")
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if "session=" in value)
    parts = {part.strip() for part in cookie.split(";")}
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert not any(part.startswith("Domain") for part in parts)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_by_http_nothing_promises_https(client: FlaskClient, sistep: Edition) -> None:
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host", "X-Original-Host", "Forwarded"])
def test_no_header_bends_the_links_of_a_page(behind_https: FlaskClient, sistep: Edition, name: str) -> None:
    value = "host=evil.example" if name == "Forwarded" else "evil.example"
    answer = behind_https.get("/sistep-2018/?lang=en", base_url="https://show.example", headers={name: value})
    assert "evil.example" not in answer.text
    assert answer.status_code == (400 if name == "Host" else 200)


def test_nobody_can_claim_another_address_without_a_proxy_of_ours(client: FlaskClient, sistep: Edition) -> None:
    answer = client.get("/sign-in", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"})
    assert "Strict-Transport-Security" not in answer.headers


def test_a_public_page_sets_no_cookie(client: FlaskClient, sistep: Edition) -> None:
    paths = ("/sistep-2018/", "/sistep-2018/exhibitors", "/privacy", "/legal", "/nowhere")
    assert [client.get(f"{path}?lang=fr").headers.getlist("Set-Cookie") for path in paths] == [[]] * 5


@pytest.mark.parametrize("path", ["/static/../config.py", "/static/%2e%2e/config.py", "/static/..%2f..%2fetc/passwd", "/static//etc/passwd", "/static/.env"])
def test_static_files_are_those_of_the_folder_only(client: FlaskClient, path: str) -> None:
    assert client.get(path, follow_redirects=True).status_code == 404
