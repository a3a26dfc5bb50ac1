"""A form is sent twice: by a double click, by a reload, by going back. What it asks for is done once, and the second press leads to where the first one led."""

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, flash, make_response, redirect, request, session
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from eventapp.core import clock, presses
from eventapp.core.db import transaction
from eventapp.core.ids import hash_secret, new_secret

View = TypeVar("View", bound=Callable[..., Any])
FIELD = "press"
_A_PAGE = re.compile(r"[A-Za-z0-9_-]{43}")
_LED_ON = {302, 303}


class _NothingDone(Exception):  # noqa: N818 - no fault: the form is shown again
    """The view led nowhere: its answer says what to mend, and the page may be sent again."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


def once(view: View) -> View:
    """Let a page be pressed once: view, claim of the page and all that was done are one transaction.

    The view redirects when it did something; any other answer undoes everything, and the same page may be sent again. Put it below the access decorator.
    """

    @wraps(view)
    def pressed(*args: Any, **kwargs: Any) -> Any:
        key = _key() if request.method == "POST" else None
        return view(*args, **kwargs) if key is None else _press(key, lambda: make_response(view(*args, **kwargs)))

    return pressed  # type: ignore[return-value]


def _press(key: str, view: Callable[[], Response]) -> AnyResponse:
    try:
        with transaction():
            led_to = presses.claim(key, clock.real_now())
            if led_to is None:
                return _first(key, view())
    except _NothingDone as nothing:
        return nothing.answer
    flash(_("This was sent already, and it was done then. Sending it again did nothing more."), "ok")
    return redirect(led_to)


def _first(key: str, answer: Response) -> Response:
    if answer.status_code not in _LED_ON:
        raise _NothingDone(answer)
    presses.note_where(key, answer.location or "")
    return answer


def _key() -> str | None:
    """Name a press: who sends which page to where, with what in it. Somebody who went back and typed something else asks for something else; a page without a proper number is not known again."""
    if not _A_PAGE.fullmatch(request.form.get(FIELD, "")):
        return None
    typed = sorted((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    return hash_secret(json.dumps([session.get("_user_id"), request.full_path, typed, [_mark(name, sent) for name, sent in request.files.items(multi=True)]]))


def _mark(name: str, sent: FileStorage) -> list[str]:
    """Tell one file that was sent from another."""
    mark = hashlib.sha256()
    while piece := sent.stream.read(1 << 16):
        mark.update(piece)
    sent.stream.seek(0)
    return [name, sent.filename or "", mark.hexdigest()]


def init_app(app: Flask) -> None:
    """Let every form number its page."""
    app.jinja_env.globals["press_number"] = new_secret
