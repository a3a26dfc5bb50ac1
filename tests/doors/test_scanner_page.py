"""The scanner's page: whole in every language, without data, and allowed to do what it must and no more."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventapp.doors.rules.verdicts import Reason
from eventapp.web.headers import PLAIN_CSP, SCANNING_CSP

MODULES = Path(__file__).resolve().parents[2] / "static/doors"


def settings_of(client: FlaskClient, language: str) -> dict[str, dict[str, dict[str, str]]]:
    page = client.get(f"/door/?lang={language}")
    found = re.search(r'<script type="application/json" id="door-settings">(.*?)</script>', page.text, re.DOTALL)
    assert page.status_code == 200
    assert found
    settings: dict[str, dict[str, dict[str, str]]] = json.loads(found.group(1))
    return settings


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_reason_of_the_server_has_words(client: FlaskClient, language: str) -> None:
    assert set(settings_of(client, language)["texts"]["reasons"]) == {reason.value for reason in Reason}


def test_the_words_are_those_of_the_language(client: FlaskClient) -> None:
    words = {language: settings_of(client, language)["texts"]["words"]["look"] for language in ("fr", "ar", "en")}
    assert words == {"fr": "Regardez", "ar": "انظر", "en": "Look"}


def test_the_page_reads_no_session_and_is_not_kept(client: FlaskClient) -> None:
    answer = client.get("/door/?lang=en")
    assert (answer.headers.get("Set-Cookie"), answer.headers["Cache-Control"]) == (None, "no-store")


def test_only_the_page_and_its_worker_may_compile_webassembly(client: FlaskClient) -> None:
    policies = {path: client.get(path).headers["Content-Security-Policy"] for path in ("/door/", "/door/reader.js", "/door/sw.js", "/door/manifest.webmanifest")}
    assert policies == {"/door/": SCANNING_CSP, "/door/reader.js": SCANNING_CSP, "/door/sw.js": PLAIN_CSP, "/door/manifest.webmanifest": PLAIN_CSP}


def test_the_worker_loads_only_our_own_files(app: Flask, client: FlaskClient) -> None:
    worker = client.get("/door/reader.js")
    named = re.findall(r'"(/static/[^"?]+)\?v=[0-9a-f]{10}"', worker.text)
    assert (worker.mimetype, named) == ("text/javascript", ["/static/doors/decode.js", "/static/vendor/zxing/reader/zxing_reader.wasm"])


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_the_manifest_lets_the_page_be_installed(client: FlaskClient, language: str, direction: str) -> None:
    answer = client.get(f"/door/manifest.webmanifest?lang={language}")
    manifest = answer.get_json()
    icons = {client.get(icon["src"]).status_code for icon in manifest["icons"]}
    assert answer.mimetype == "application/manifest+json"
    assert [manifest[name] for name in ("lang", "dir", "start_url", "scope", "display")] == [language, direction, "/door/", "/door/", "standalone"]
    assert icons == {200}


def test_every_module_that_the_page_loads_ahead_is_there_and_none_is_missed(client: FlaskClient) -> None:
    ahead = set(re.findall(r'rel="modulepreload" href="/static/doors/([a-z]+)\.js"', client.get("/door/").text))
    assert ahead == {file.stem for file in MODULES.glob("*.js")} - {"door", "decode", "shell"}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_service_worker_keeps_everything_that_the_page_names(client: FlaskClient, language: str) -> None:
    page, worker = client.get(f"/door/?lang={language}"), client.get("/door/sw.js")
    kept = json.loads(re.search(r"self.kept = (.*);", worker.text).group(1))  # type: ignore[union-attr]
    named = set(re.findall(r'(?:href|src)="(/static/[^"?]+)', page.text))
    assert named - {address.partition("?")[0] for address in kept["files"]} == set()
    assert (kept["page"], kept["name"], worker.headers["Cache-Control"]) == ("/door/", page.headers["Door-Shell"], "no-cache")
    assert [address for address in kept["files"] if client.get(address).status_code != 200] == []
