"""The scanner: a page without data that a steward's telephone keeps, and the few files beside it."""

import hashlib
from pathlib import Path

from flask import Blueprint, Response, current_app, json, render_template, url_for
from flask_babel import gettext as _

from eventapp.accounts import access
from eventapp.core.texts import RIGHT_TO_LEFT
from eventapp.web import headers, i18n
from eventapp.web.assets import asset

door = Blueprint("door", __name__)

_PARTS = (
    "doors/*",
    "shared/*.css",
    "shared/star.svg",
    "vendor/*.css",
    "vendor/fonts/*.woff2",
    "vendor/zxing/es/*.js",
    "vendor/zxing/es/reader/*.js",
    "vendor/zxing/reader/*.wasm",
)


def _files() -> list[str]:
    """List the addresses of everything that the page is made of, with their versions."""
    folder = Path(str(current_app.static_folder))
    found = sorted({file.relative_to(folder).as_posix() for part in _PARTS for file in folder.glob(part)})
    return [asset(name) for name in found if name != "doors/shell.js"] + [url_for("door.reader")]


def _version(files: list[str]) -> str:
    """Name this version of the page."""
    return f"door-{hashlib.sha256(' '.join(files).encode()).hexdigest()[:12]}"


@door.get("/")
@access.public
def scanner() -> Response:
    """Show the scanner, the same to everybody: who the telephone belongs to is known to the telephone."""
    headers.allow_scanning()
    return Response(render_template("doors/door/scanner.html"), headers={"Door-Shell": _version(_files())})


@door.get("/reader.js")
@access.public
def reader() -> Response:
    """Start the worker that reads codes; a worker obeys the policy of its own file, and this one may compile WebAssembly."""
    headers.allow_scanning()
    program = json.dumps(asset("vendor/zxing/reader/zxing_reader.wasm"))
    return Response(f"import {{ serve }} from {json.dumps(asset('doors/decode.js'))};\nserve({program});\n", mimetype="text/javascript")


@door.get("/sw.js")
@access.public
def shell() -> Response:
    """Start the service worker that keeps the page itself, for a telephone that opens it where there is no network."""
    files = _files()
    kept = json.dumps({"name": _version(files), "page": url_for("door.scanner"), "files": files})
    return Response(f"self.kept = {kept};\nimportScripts({json.dumps(asset('doors/shell.js'))});\n", mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@door.get("/manifest.webmanifest")
@access.public
def manifest() -> Response:
    """Describe the scanner to a telephone that puts it on its first screen."""
    language = i18n.language()
    content = {
        "id": url_for("door.scanner"),
        "name": _("Scanner of the doors"),
        "short_name": _("Scanner"),
        "description": _("Reads the badges of the show at its doors."),
        "lang": language,
        "dir": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "start_url": url_for("door.scanner"),
        "scope": url_for("door.scanner"),
        "display": "standalone",
        "background_color": "#fbf8f3",
        "theme_color": "#17202b",
        "icons": [{"src": asset("doors/icon.svg"), "type": "image/svg+xml", "sizes": "any", "purpose": purpose} for purpose in ("any", "maskable")],
    }
    return Response(current_app.json.dumps(content, ensure_ascii=False), mimetype="application/manifest+json")
