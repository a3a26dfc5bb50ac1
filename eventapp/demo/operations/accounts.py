"""The accounts that sign in to the demo."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.accounts.models import RoleGrant, User
from eventapp.accounts.passwords import hash_password
from eventapp.core.db import db
from eventapp.demo.rules.people import ORGANISERS, OWNER, SignIn
from eventapp.editions.models import Edition


def add_accounts(editions: Sequence[Edition], password: str, now: datetime) -> User:
    """Add the owner of the installation and one account for each role, in every edition; return the administrator."""
    db.session.add(_user(OWNER, password, now, is_owner=True))
    users = [_user(sign_in, password, now) for sign_in in ORGANISERS]
    db.session.add_all(users)
    db.session.flush()
    for user, sign_in in zip(users, ORGANISERS, strict=True):
        db.session.add_all(RoleGrant(user_id=user.id, edition_id=edition.id, role=sign_in.role, granted_at=now) for edition in editions)
    db.session.flush()
    return users[0]


def _user(sign_in: SignIn, password: str, now: datetime, *, is_owner: bool = False) -> User:
    return User(email=sign_in.email, name=sign_in.name, language="fr", is_owner=is_owner, password_hash=hash_password(password), created_at=now, confirmed_at=now)


def add_contact(email: str, name: str, language: str, now: datetime, password: str | None = None) -> User:
    """Add an exhibitor's account; without a password nobody can sign in to it."""
    user = User(email=email, name=name, language=language, created_at=now, confirmed_at=now, password_hash=hash_password(password) if password else None)
    db.session.add(user)
    db.session.flush()
    return user
