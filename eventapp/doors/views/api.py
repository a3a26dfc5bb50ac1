"""What devices talk to: JSON with a bearer token; no cookie and no session is read, so there is nothing that another site could abuse."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from eventapp.accounts import access
from eventapp.attendees.rules import CATEGORY_NAMES
from eventapp.badges.token import keyring
from eventapp.core import clock
from eventapp.core.texts import pick
from eventapp.core.zones import wall
from eventapp.doors import operations, queries
from eventapp.doors.errors import DeviceRevoked, NoDevice
from eventapp.doors.operations import Answer
from eventapp.doors.queries import Post
from eventapp.extensions import csrf, limiter
from eventapp.web import i18n
from eventapp.web.problems import problem

door_api = Blueprint("door_api", __name__)
csrf.exempt(door_api)

MOST_SCANS = 500
LARGEST_BATCH = 1_000_000
LARGEST_ENROLMENT = 4_000


def _was_wrong(answer: Response) -> bool:
    return answer.status_code == 422  # noqa: PLR2004 - the code was wrong


class BadBody(Exception):  # noqa: N818 - what was sent is at fault, not this program
    """The body is not what this address takes; `status` and the message say why."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


@door_api.errorhandler(BadBody)
def _bad_body(error: BadBody) -> Response:
    titles = {413: _("That is too large"), 415: _("This address takes JSON")}
    return problem(error.status, titles.get(error.status, _("We could not read that request")), error.detail)


@door_api.errorhandler(NoDevice)
def _no_device(refusal: NoDevice) -> Response:
    title = _("This device was taken out of use") if isinstance(refusal, DeviceRevoked) else _("Enrol this device first")
    answer = problem(401, title, i18n.explain(refusal))
    answer.headers["WWW-Authenticate"] = 'Bearer realm="door"' if "Authorization" not in request.headers else 'Bearer realm="door", error="invalid_token"'
    return answer


def _body(largest: int) -> Mapping[str, Any]:
    """Read the JSON object that was sent."""
    if request.mimetype != "application/json":
        raise BadBody(415, _("Send application/json."))
    request.max_content_length = largest
    try:
        given = json.loads(request.get_data())  # kept: the view may run again
    except (ValueError, RecursionError) as error:
        raise BadBody(400, _("The body is not JSON.")) from error
    if not isinstance(given, dict):
        raise BadBody(400, _("The body must be a JSON object."))
    return given


def _bearer() -> str:
    """Read the device's token."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise NoDevice
    return token.strip()


def _post(post: Post) -> dict[str, Any]:
    """Tell a device where it stands, and what time the show has."""
    now, language = clock.show_now(), i18n.wished_language()
    offset = wall(now, post.edition.timezone).utcoffset() or timedelta()
    return {
        "device": {"id": post.device.id, "label": post.device.label},
        "gate": {"id": post.gate.id, "code": post.gate.code, "name": pick(post.gate.name, language)},
        "edition": {"slug": post.edition.slug, "name": pick(post.edition.name, language), "timezone": post.edition.timezone},
        "zone": {"name": pick(post.zone.name, language)},
        "now": now.isoformat(timespec="milliseconds"),
        "utc_offset": int(offset.total_seconds()) // 60,
    }


@door_api.post("/enrolments")
@access.public
@limiter.limit("30 per 15 minutes", deduct_when=_was_wrong)  # a whole show may stand behind one address
def enrol() -> tuple[Response, int]:
    """Turn an enrolment code into a device's token."""
    given = _body(LARGEST_ENROLMENT)
    code, label = given.get("code"), given.get("label", "")
    if not isinstance(code, str) or not isinstance(label, str):
        raise BadBody(422, _("Send the code, and a label if you like, as texts."))
    enrolled = operations.enrol(code, label, now=clock.show_now(), real_now=clock.real_now())
    return jsonify(token=enrolled.token, **_post(queries.post_of(enrolled.device_id))), 201


@door_api.get("/state")
@access.device
def state() -> Response:
    """Tell a device where it stands and how many people are inside."""
    device = queries.device_with_token(_bearer())
    operations.note_sign_of_life(device, clock.show_now())
    post = queries.post_of(device.id)
    told = _post(post)
    today = wall(clock.show_now(), post.edition.timezone).date()
    return jsonify(**told, inside=queries.inside_zone(post.edition.id, post.zone.id, today))


@door_api.post("/scans")
@access.device
def scans() -> Response:
    """Record scans; answer each of them."""
    bearer = _bearer()
    given = _body(LARGEST_BATCH).get("scans")
    if not isinstance(given, list) or not given:
        raise BadBody(422, _("Send a list of scans."))
    if len(given) > MOST_SCANS:
        raise BadBody(413, _("Send %(most)s scans at a time at most.", most=MOST_SCANS))
    language = i18n.wished_language()
    timezone, answers = operations.record_scans(bearer, given, keys=keyring().public_keys, language=language, now=clock.show_now())
    told = json.dumps({"scans": [_told(answer, timezone, language) for answer in answers]}, ensure_ascii=False)
    return Response(told, mimetype="application/json")


def _told(answer: Answer, timezone: str, language: str) -> dict[str, Any]:
    """Write one answer in the steward's language."""
    holder, since = answer.holder, answer.since
    at = wall(since.at, timezone) if since else None
    return {
        "id": answer.id,
        "outcome": answer.outcome,
        "reason": answer.reason,
        "holder": {"name": holder.name, "organisation": holder.organisation, "category": pick(CATEGORY_NAMES[holder.category], language)} if holder else None,
        "since": {"at": at.isoformat(), "time": at.strftime("%H:%M"), "gate": pick(since.gate, language)} if since and at else None,
    }
