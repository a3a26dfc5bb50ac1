"""Addresses of static files: with a hash of the content, kept by browsers for a year."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for


@cache
def _version(path: str, _changed: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """Name a static file's address, with its version."""
    path = Path(str(current_app.static_folder)) / name
    try:
        return url_for("static", filename=name, v=_version(str(path), path.stat().st_mtime_ns))
    except FileNotFoundError:
        return url_for("static", filename=name)


def _keep(answer: Response) -> Response:
    if request.endpoint == "static":
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable" if "v" in request.args and answer.status_code == 200 else "no-cache"  # noqa: PLR2004 - OK
    return answer


def init_app(app: Flask) -> None:
    """Give templates `asset()` and let browsers keep versioned files."""
    app.jinja_env.globals["asset"] = asset
    app.after_request(_keep)
