"""People with passwords, and the links that went out by mail."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.accounts.models import User
from eventapp.accounts.passwords import hash_password
from eventapp.core.db import db
from eventapp.mail.models import OutgoingMail
from tests.support.cast import PASSWORD, make_user

HASH = hash_password(PASSWORD)


@pytest.fixture
def salma(app: Flask) -> User:
    """Somebody with an account and a password."""
    return make_user("salma@atlas.example", "Salma Alaoui", password_hash=HASH)


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[tuple[str, str]]]:
    """List what was queued: to whom, which mail."""

    def listed() -> list[tuple[str, str]]:
        db.session.rollback()
        return [(mail.to, mail.template) for mail in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))]

    return listed


@pytest.fixture
def link(app: Flask) -> Callable[[], str]:
    """Read the secret link of the newest mail."""

    def newest() -> str:
        db.session.rollback()
        values = db.session.scalars(select(OutgoingMail.values).order_by(OutgoingMail.id.desc())).first()
        assert values is not None
        return str(values["secret_path"])

    return newest
