"""Accounts of people: found or made by their address."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, select

from eventapp.accounts.links import mail_link
from eventapp.accounts.models import User
from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import NotThere
from eventapp.core.texts import clean
from eventapp.mail.outbox import queue_mail


def user_by_email(email: str) -> User | None:
    """Find the account of an address, however its letters were typed."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def user_to_change(user_id: int) -> User:
    """Load a user, locked until the operation ends."""
    user = db.session.scalar(select(User).where(User.id == user_id).with_for_update().execution_options(populate_existing=True))
    if user is None:
        raise NotThere
    return user


def find_or_add_user(email: str, name: str, language: str, now: datetime) -> User:
    """Find the account of an address or make an unconfirmed one, inside an operation."""
    email = email.strip().lower()
    row = {"email": email, "name": clean(name)[:120] or email.partition("@")[0][:120], "language": language, "is_owner": False, "session_epoch": 1, "created_at": now}
    made = insert_new(cast("Table", User.__table__), [row], ["email"])
    user = db.session.scalars(select(User).where(User.email == email)).one()
    if made:
        record("user.added", "user", user.id, actor_id=None, at=now)
    return user


def user_for_address(email: str, name: str, language: str, *, next_path: str, edition_id: int | None, now: datetime) -> User:
    """Find the account of an address or make one, and mail the way in: to confirm the address and set a password, or to sign in.

    The caller's operation goes on with the account; nobody who is not signed in learns whether it was there. `now` is real time.
    """
    with transaction():
        user = find_or_add_user(email, name, language, now)
        mail_way_in(user, language, next_path=next_path, edition_id=edition_id, now=now)
    return user


def mail_way_in(user: User, language: str, *, next_path: str, edition_id: int | None, now: datetime) -> None:
    """Mail a user what leads to a page of theirs; a disabled account gets nothing."""
    if user.disabled_at is not None:
        return
    if user.confirmed_at is None:
        mail_link(user, "confirm", language=language, next_path=next_path, edition_id=edition_id, now=now)
    else:
        once_an_hour = f"way-in-{user.id}-{edition_id}-{now:%Y%m%d%H}"
        queue_mail(user.email, "accounts/sign_in_to_continue", user.language, edition_id=edition_id, key=once_an_hour, name=user.name, path=next_path)
