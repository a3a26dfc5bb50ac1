"""Static files: versions, caching, compression."""

import gzip

from flask import Flask
from flask.testing import FlaskClient

from eventapp.web.assets import asset


def test_a_versioned_file_is_kept_for_a_year_and_a_plain_address_is_asked_again(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = asset("shared/app.css")
    assert "?v=" in address
    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/shared/app.css").headers["Cache-Control"] == "no-cache"


def test_a_style_sheet_is_compressed_for_who_takes_it_and_not_for_others(client: FlaskClient) -> None:
    plain = client.get("/static/shared/app.css")
    packed = client.get("/static/shared/app.css", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"


def test_an_unchanged_file_is_not_sent_again(client: FlaskClient) -> None:
    packed = client.get("/static/shared/app.css", headers={"Accept-Encoding": "gzip"})
    again = client.get("/static/shared/app.css", headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_no_path_leaves_the_folder(client: FlaskClient) -> None:
    for path in ("../config.py", "..%2fconfig.py", "%2e%2e/config.py", "shared/../../config.py"):
        assert client.get(f"/static/{path}").status_code == 404
