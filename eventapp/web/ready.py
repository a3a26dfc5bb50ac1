"""Answers kept ready: a public page that is the same for everybody is given again, byte for byte, before the rest of the machinery wakes up.

A view makes its answer as always and says by `keep` that it may be kept, and how to tell that it still holds. Flask finishes it with all
security headers; only then it goes on the shelf, under scheme, host, path and query, as the request had them that passed the access guard
and the check of the host. An answer that read the session, sets a cookie or is not a plain success is never kept.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Response, g, request
from werkzeug.http import parse_accept_header, parse_etags

MOST_ANSWERS = 2000
Key = tuple[str, str, str, str]
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """A page's bytes, compressed, and the tag that changes with them."""

    packed: bytes
    etag: str


def pack(content: str | bytes) -> Page:
    """Compress a page and give it its tag."""
    plain = content.encode() if isinstance(content, str) else content
    return Page(gzip.compress(plain, 6, mtime=0), f'W/"{hashlib.sha256(plain).hexdigest()[:20]}"')


@lru_cache(maxsize=500)
def takes_gzip(header: str) -> bool:
    """Say whether an Accept-Encoding takes gzip."""
    accepted = {name.lower(): quality for name, quality in parse_accept_header(header)}
    return accepted.get("gzip", accepted.get("*", 0)) > 0


class Answer:
    """One finished answer in its three forms: compressed, plain, unchanged."""

    def __init__(self, page: Page, headers: Headers, holds: Callable[[], bool]) -> None:
        self.page, self.holds = page, holds
        self._own = [(name, value) for name, value in headers if name.lower() not in {"content-length", "content-encoding", "etag"}]
        self._own.append(("ETag", page.etag))
        self._packed = [*self._own, ("Content-Encoding", "gzip"), ("Content-Length", str(len(page.packed)))]
        self._unchanged = [(name, value) for name, value in self._own if name.lower() != "content-type"]

    def _is_known(self, tags: str) -> bool:
        return tags == self.page.etag or parse_etags(tags).contains_weak(self.page.etag.removeprefix("W/").strip('"'))

    def form(self, environ: dict[str, Any]) -> tuple[str, Headers, bytes]:
        """Choose status, headers and body by what the reader has and takes."""
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags is not None and self._is_known(tags):
            return "304 NOT MODIFIED", self._unchanged.copy(), b""
        if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
            return "200 OK", self._packed.copy(), self.page.packed
        plain = gzip.decompress(self.page.packed)
        return "200 OK", [*self._own, ("Content-Length", str(len(plain)))], plain


class Shelf:
    """The finished answers of one process; when it is full it is emptied, so it cannot grow without bound."""

    def __init__(self) -> None:
        self._answers: dict[Key, Answer] = {}

    def __len__(self) -> int:
        """Count the answers."""
        return len(self._answers)

    @staticmethod
    def _key(environ: dict[str, Any]) -> Key:
        return environ["wsgi.url_scheme"], environ.get("HTTP_HOST", ""), environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")

    def find(self, environ: dict[str, Any]) -> Answer | None:
        """Find the answer to a request; nothing when there is none, or when it holds no more."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return None
        key = self._key(environ)
        answer = self._answers.get(key)
        if answer is None or answer.holds():
            return answer
        self._answers.pop(key, None)
        return None

    def put(self, environ: dict[str, Any], answer: Answer) -> None:
        """Keep an answer for the next who asks the same."""
        if len(self._answers) >= MOST_ANSWERS:
            self._answers.clear()
        self._answers[self._key(environ)] = answer


def keep(page: Page, content_type: str, holds: Callable[[], bool], *, shelve: bool) -> Response:
    """Answer with a page; `holds` tells at any later time whether it is still the right one; `shelve` where its address is one of few."""
    answer = Response(b"", content_type=content_type, headers={"Cache-Control": "public, no-cache", "Vary": "Accept-Encoding"})
    g.ready = (page, holds, shelve)
    return answer


def finish(answer: Response, shelf: Shelf) -> Response:
    """Give a ready answer its form for this reader, and put it on the shelf."""
    if "ready" not in g or answer.status_code != 200:  # noqa: PLR2004 - OK
        return answer
    page, holds, shelve = g.ready
    kept = Answer(page, list(answer.headers), holds)
    if shelve and "Set-Cookie" not in answer.headers and "cookie" not in answer.vary:
        shelf.put(request.environ, kept)
    status, headers, body = kept.form(request.environ)
    return Response(body, status, headers)


def give(answer: Answer, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Send an answer from the shelf."""
    status, headers, body = answer.form(environ)
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
