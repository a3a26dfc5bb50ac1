"""Every refusal and every fault becomes one clear page, or a JSON problem (RFC 9457)."""

import math
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.routing import RequestRedirect

from eventapp.core import clock
from eventapp.core.db import db, is_transient
from eventapp.core.errors import Busy, ChangedMeanwhile, NotThere, Refusal
from eventapp.web import gone, i18n, ready

MOST_TRIES = 4
_TOO_MANY = 429
_SECRET_FIELDS = {"csrf_token", "password", "current"}

log = structlog.get_logger(__name__)


class EventApp(Flask):
    """Flask, which gives ready answers at once, and does a request again when the database says that doing it again may succeed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make the app with an empty shelf of ready answers."""
        super().__init__(*args, **kwargs)
        self.shelf = ready.Shelf()

    def wsgi_app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Give a ready answer; else do the work."""
        kept = self.shelf.find(environ)
        if kept is not None:
            return ready.give(kept, environ, start_response)
        return super().wsgi_app(environ, start_response)

    def process_response(self, response: Response) -> Response:
        """Finish an answer; one that may be kept goes on the shelf as it leaves."""
        return ready.finish(super().process_response(response), self.shelf)

    def dispatch_request(self) -> Any:
        """Run the view; after a deadlock, lock time-out or lost connection roll back and run it again."""
        for attempt in range(1, MOST_TRIES + 1):
            try:
                return super().dispatch_request()
            except DBAPIError as error:
                db.session.rollback()
                if attempt == MOST_TRIES or not is_transient(error):
                    raise
                log.warning("request is done again", attempt=attempt, reason=type(error.orig).__name__)
        raise AssertionError


def wants_json() -> bool:
    """Say whether the caller is a program."""
    return request.path.startswith("/api/")


def same_site() -> bool:
    """Say whether the browser itself vouches that the form came from our own page; an older one does so by naming the page."""
    vouched = request.headers.get("Sec-Fetch-Site")
    if vouched is not None:
        return vouched == "same-origin"
    return urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "").netloc == request.host


def _kept() -> list[tuple[str, str]]:
    """List what was typed on our own page, to be sent again; no secret is written into a page."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in _SECRET_FIELDS] if same_site() else []


def problem(status: int, title: str, detail: str) -> Response:
    """Answer a program with a problem document."""
    answer = jsonify(type="about:blank", title=title, status=status, detail=detail)
    answer.status_code = status
    answer.content_type = "application/problem+json"
    return answer


def error_page(status: int, title: str, detail: str, *, resend: bool = False) -> Response:
    """Answer a person with what happened and what to do; `resend` offers to send the same form again."""
    if wants_json():
        return problem(status, title, detail)
    kept = _kept() if resend else []
    return make_response(render_template("shared/error.html", status=status, title=title, detail=detail, kept=kept, resend=bool(kept)), status)


def _wait() -> str:
    """Say how long to wait, and that nothing typed is lost where that is so."""
    minutes = max(1, math.ceil((g.get("again_at", 0) - clock.real_now().timestamp()) / 60))
    words = ngettext("Please wait %(num)s minute, then try again.", "Please wait %(num)s minutes, then try again.", minutes)
    return " ".join([words, _("What you typed is kept: send it again then with the button below.")]) if _kept() else words


def _titles() -> dict[int, tuple[str, str]]:
    return {
        400: (_("We could not read that request"), _("Go back, check what you entered and send it again.")),
        401: (_("Please sign in"), _("This page is for people with an account.")),
        403: (_("Not for this account"), _("Your account may not open this page. Ask an administrator of the edition for the role.")),
        404: (_("Page not found"), _("The address may be mistyped, or the page is no longer there. The schedule and the home page are good places to go on.")),
        405: (_("This page works differently"), _("Open it from its own form or link.")),
        413: (_("That is too large"), _("Send a smaller file or a shorter text.")),
        415: (_("We cannot read that kind of file"), _("Send one of the formats that the page names.")),
        429: (_("Too many tries"), ""),
        503: (_("The system is very busy"), _("Nothing was lost. Please try again in a few seconds.")),
    }


def _meant() -> str | None:
    """Find the page that an address means which somebody typed with a slash too many at its end."""
    typed = request.path.rstrip("/")
    routes = current_app.create_url_adapter(request)
    if request.method not in {"GET", "HEAD"} or request.endpoint or routes is None or typed == request.path:
        return None
    try:
        endpoint, values = routes.match(typed, "GET")
    except (HTTPException, RequestRedirect):
        return None
    asked = request.query_string.decode("ascii", "ignore")
    return url_for(endpoint, **values) + (f"?{asked}" if asked else "")


def _on_http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    if isinstance(error, SecurityError):  # no page: its links would need the host that is not trusted
        return make_response("This site is not served under that name.\n", 400, {"Content-Type": "text/plain"})
    status = error.code or 500
    meant = _meant() if status == 404 else None  # noqa: PLR2004 - not there
    if meant:
        return redirect(meant)  # type: ignore[return-value]
    title, detail = _titles().get(status, (_("Something is wrong with this request"), _("Go back and try again.")))
    too_many = status == _TOO_MANY
    answer = error_page(status, title, _wait() if too_many else detail, resend=too_many)
    if too_many and "again_at" in g:
        answer.headers["Retry-After"] = str(max(1, math.ceil(g.again_at - clock.real_now().timestamp())))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _on_refusal(refusal: Refusal) -> Response:
    led_on = gone.way_on() if type(refusal) is NotThere else None
    if led_on:
        return led_on  # type: ignore[return-value]
    titles = _titles() if refusal.status != Busy.status or isinstance(refusal, Busy) else {}
    title, detail = titles.get(refusal.status, (_("This was not done"), ""))
    if type(refusal) is not NotThere:
        detail = i18n.explain(refusal)
    answer = error_page(refusal.status, title, detail, resend=isinstance(refusal, Busy))
    if isinstance(refusal, Busy):
        answer.headers["Retry-After"] = "2"
    return answer


def on_csrf(_error: CSRFError) -> Response:
    """Offer a form again that was sent without the token of its session; say so only where it can be offered."""
    offered = _("For your safety the form has to be sent again. Nothing you typed is lost if you use the button below.")
    otherwise = _("For your safety the form was not sent. Go back, copy what you typed, open the page anew and send it again.")
    return error_page(400, _("This page was open for too long"), offered if _kept() else otherwise, resend=True)


def _on_stale(_error: StaleDataError) -> Response:
    return _on_refusal(ChangedMeanwhile())


def _on_database(error: DBAPIError) -> Response:
    db.session.rollback()
    if is_transient(error):
        return _on_refusal(Busy())
    return _on_fault(error)


def _on_fault(error: Exception) -> Response:
    log.error("fault", endpoint=request.endpoint, method=request.method, exc_info=error)  # not the path: some hold a secret
    return error_page(500, _("Something broke on our side"), _("It was noted. Please try again; if it happens again, tell the organiser what you did."))


def _let_go(_error: BaseException | None) -> None:
    """End what the request read; a connection that got lost since then takes nothing from the answer."""
    try:
        db.session.close()
    except DBAPIError as error:
        if not is_transient(error):
            raise
        log.warning("the connection was lost after the work", reason=type(error.orig).__name__)
        db.session().invalidate()


def init_app(app: Flask) -> None:
    """Let every refusal and fault of the app end in a page."""
    app.register_error_handler(Refusal, _on_refusal)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(StaleDataError, _on_stale)
    app.register_error_handler(DBAPIError, _on_database)
    app.register_error_handler(Exception, _on_fault)
    app.teardown_appcontext(_let_go)  # before the one of Flask-SQLAlchemy, which would make a 500 of a good answer
