"""Act as a signed-in person over HTTP, with CSRF on."""

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventapp.accounts.models import User
from eventapp.core.db import db


class Browser(FlaskClient):
    """A client whose every request has an application context of its own, as in a real server."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request; the test's own database session sees afterwards what it stored."""
        db.session.rollback()
        with self.application.app_context():
            answer = super().open(*args, **kwargs)
        db.session.rollback()
        return answer


def sign_in_as(client: FlaskClient, user: User) -> FlaskClient:
    """Open a session for a user, as a successful sign-in would."""
    with client.session_transaction() as session:
        session["_user_id"] = user.get_id()
        session["_fresh"] = True
    return client


def csrf_of(page: TestResponse) -> str:
    """Read the CSRF token of a page's first form."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, "the page has no form with a CSRF token"
    return found.group(1)


def send(client: FlaskClient, path: str, /, to: str | None = None, **fields: object) -> TestResponse:
    """Open a page and send its form, as a browser would; `to` where the form's action is another address."""
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    return client.post(to or path, data={**fields, "csrf_token": csrf_of(page)})
