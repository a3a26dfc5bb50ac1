"""Static files: addresses with a hash of the content, kept by browsers for a year, and compressed once."""

import gzip
import hashlib
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

_COMPRESSIBLE = {"text/css", "text/javascript", "application/javascript", "application/wasm", "image/svg+xml", "application/json", "application/manifest+json"}


@cache
def _version(path: str, _changed: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]


@lru_cache(maxsize=200)
def _packed(path: str, _changed: int) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 6, mtime=0)


def asset(name: str) -> str:
    """Name a static file's address, with its version."""
    path = Path(str(current_app.static_folder)) / name
    try:
        return url_for("static", filename=name, v=_version(str(path), path.stat().st_mtime_ns))
    except FileNotFoundError:
        return url_for("static", filename=name)


def _pack(answer: Response) -> None:
    """Send a text or a program compressed to browsers that take it."""
    path = Path(str(current_app.static_folder)) / (request.view_args or {})["filename"]
    etag, _weak = answer.get_etag()
    answer.direct_passthrough = False
    answer.set_data(_packed(str(path), path.stat().st_mtime_ns))
    answer.headers["Content-Encoding"] = "gzip"
    if etag:
        answer.set_etag(etag, weak=True)


def _kept(*, good: bool) -> str:
    """Say how long a browser may keep the file: style sheets name fonts without a version, so those are kept for a month."""
    if good and "v" in request.args:
        return "public, max-age=31536000, immutable"
    return "public, max-age=2592000" if good and request.path.endswith(".woff2") else "no-cache"


def _serve(answer: Response) -> Response:
    if request.endpoint != "static":
        return answer
    good = answer.status_code == 200  # noqa: PLR2004 - OK
    answer.headers["Cache-Control"] = _kept(good=good)
    if answer.mimetype in _COMPRESSIBLE:
        answer.vary.add("Accept-Encoding")
        if good and request.method == "GET" and request.accept_encodings.quality("gzip") > 0:
            _pack(answer)
    return answer


def init_app(app: Flask) -> None:
    """Give templates `asset()`, let browsers keep versioned files, and compress what compresses."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_serve)
