"""Addresses that belong to no edition: signs of life for a process manager."""

from flask import Blueprint, Response, jsonify

from eventapp.accounts import access
from eventapp.portal import queries

site = Blueprint("site", __name__)


@site.get("/healthz")
@access.public
def healthz() -> Response:
    """Say that the process serves."""
    return jsonify(status="ok")


@site.get("/readyz")
@access.public
def readyz() -> Response:
    """Say whether database, migrations and worker are well."""
    checks = queries.readiness()
    answer = jsonify(status="ok" if all(checks.values()) else "not ready", **checks)
    answer.status_code = 200 if all(checks.values()) else 503
    return answer
