"""The ways into an account: sign up, confirm the address, sign in, get a new password."""

from datetime import datetime

from eventapp.accounts import links, queries
from eventapp.accounts.errors import AccountDisabled, WrongCurrentPassword, WrongPassword
from eventapp.accounts.models import User
from eventapp.accounts.passwords import hash_password, is_outdated, is_right, new_hash
from eventapp.accounts.people import mail_way_in, user_by_email, user_for_address, user_to_change
from eventapp.audit.trail import record
from eventapp.core.db import transaction

NOBODY = 0  # in the trail: somebody asked for an account that is not there


def sign_up(email: str, name: str, language: str, *, next_path: str, now: datetime) -> None:
    """Mail the way in to an address, whether it has an account or not; the caller learns nothing."""
    user_for_address(email, name, language, next_path=next_path, edition_id=None, now=now)


def authenticate(email: str, password: str, *, now: datetime) -> User:
    """Find who signs in; the answer and the time it takes are the same for a wrong password and an unknown address."""
    user = user_by_email(email)
    right = is_right(user.password_hash if user else None, password)
    if user is None or user.confirmed_at is None or user.password_hash is None or not right:
        raise WrongPassword
    if user.disabled_at is not None:
        raise AccountDisabled
    if is_outdated(user.password_hash):
        _hash_anew(user.id, user.password_hash, hash_password(password), now)
    return user


def _hash_anew(user_id: int, seen: str, hashed: str, now: datetime) -> None:
    """Keep a better hash of the same password, unless another one was set meanwhile."""
    with transaction():
        user = user_to_change(user_id)
        if user.password_hash == seen:
            user.password_hash = hashed
            record("user.password_hashed_anew", "user", user.id, actor_id=user.id, at=now)


def confirm_address(secret: str, password: str, *, now: datetime) -> tuple[User, str | None]:
    """Use a confirmation link up: the address is its owner's, and an account without a password gets one. Says where the way went on."""
    asking = links.good_link(secret, "confirm", now).user
    hashed = new_hash(password, email=asking.email, name=asking.name) if asking.password_hash is None else None
    with transaction():
        link = links.use_link(secret, "confirm", now)
        user = user_to_change(link.user_id)
        if user.password_hash is None and hashed is not None:
            _set_password(user, hashed, now)
        user.confirmed_at = user.confirmed_at or now
        links.end_links(user.id, "confirm", now)
        record("user.confirmed", "user", user.id, actor_id=user.id, at=now)
    return user, link.next_path


def ask_for_reset(email: str, language: str, *, now: datetime) -> None:
    """Mail a link for a new password, if the address has an account; the caller learns nothing."""
    with transaction():
        user = user_by_email(email)
        if user is not None and user.disabled_at is None:
            if user.confirmed_at is None:
                mail_way_in(user, language, next_path="/me", edition_id=None, now=now)
            else:
                links.mail_link(user, "reset", language=user.language, next_path=None, edition_id=None, now=now)
        record("user.reset_asked", "user", user.id if user else NOBODY, actor_id=None, at=now)


def reset_password(secret: str, password: str, *, now: datetime) -> User:
    """Set a new password by a link; every session of the account ends."""
    asking = links.good_link(secret, "reset", now).user
    hashed = new_hash(password, email=asking.email, name=asking.name)
    with transaction():
        link = links.use_link(secret, "reset", now)
        user = user_to_change(link.user_id)
        _set_password(user, hashed, now)
        links.end_links(user.id, "reset", now)
    return user


def renew_link(secret: str, purpose: str, *, language: str, now: datetime) -> None:
    """Send a fresh link to the address that an old one went to; nothing happens when the account needs none."""
    with transaction():
        old = links.link_of(secret, purpose)
        if old is None or old.user.disabled_at is not None or (purpose == "confirm" and old.user.confirmed_at is not None):
            return
        links.mail_link(old.user, purpose, language=language, next_path=old.next_path, edition_id=None, now=now)


def change_password(user_id: int, current: str, password: str, *, now: datetime) -> User:
    """Change one's password; every other session ends. Sent twice, it is changed once."""
    asking = queries.account(user_id)
    seen = asking.password_hash
    if not is_right(seen, current):
        if is_right(seen, password):
            return asking  # the same form, a moment later
        raise WrongCurrentPassword
    hashed = new_hash(password, email=asking.email, name=asking.name)
    with transaction():
        user = user_to_change(user_id)
        if user.password_hash != seen:  # it was changed meanwhile
            raise WrongCurrentPassword
        _set_password(user, hashed, now)
        links.end_links(user.id, "reset", now)
    return user


def change_details(user_id: int, *, name: str, language: str, now: datetime) -> None:
    """Change one's name and language."""
    with transaction():
        user = user_to_change(user_id)
        if (user.name, user.language) == (name, language):
            return
        user.name, user.language = name, language
        record("user.changed", "user", user.id, actor_id=user.id, at=now)


def end_sessions(user_id: int, *, now: datetime) -> None:
    """Sign a user out everywhere."""
    with transaction():
        user = user_to_change(user_id)
        user.session_epoch += 1
        record("user.signed_out_everywhere", "user", user.id, actor_id=user.id, at=now)


def _set_password(user: User, hashed: str, now: datetime) -> None:
    user.password_hash = hashed
    user.session_epoch += 1
    record("user.password_set", "user", user.id, actor_id=user.id, at=now)
