"""Give back a file that somebody sent: under the media type that its content has, never run, and to keep rather than to open."""

from pathlib import Path

from flask import Response, send_file

from eventapp.web.headers import as_file

A_YEAR = 31_536_000


def attachment(path: Path, media_type: str, name: str) -> Response:
    """Give a file to keep; nobody between the server and the reader keeps it."""
    as_file()
    answer = send_file(path, mimetype=media_type, as_attachment=True, download_name=name, conditional=False, etag=False)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def picture(path: Path, media_type: str, mark: str, *, public: bool) -> Response:
    """Show a picture; one for everybody may be kept for a year, since its address has its mark in it."""
    as_file()
    answer = send_file(path, mimetype=media_type, etag=mark, max_age=A_YEAR if public else None)
    answer.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable" if public else "private, no-cache"
    return answer
