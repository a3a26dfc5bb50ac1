"""Sessions: opened anew at every sign-in, and over as soon as the account's epoch, state or address says so."""

from flask import session
from flask_login import login_user
from sqlalchemy.orm import selectinload

from eventapp.accounts.models import User
from eventapp.core.db import db
from eventapp.extensions import login_manager

KEPT = ("exhibit",)  # the key of a registration under way, so that signing in loses nothing


@login_manager.user_loader
def load_user(session_id: str) -> User | None:
    """Find the user of a session; None when it ended: signed out everywhere, disabled, not confirmed."""
    number, _, epoch = session_id.partition(".")
    if not (number.isdigit() and epoch.isdigit()):
        return None
    user = db.session.get(User, int(number), options=[selectinload(User.roles)])
    return user if user is not None and user.is_active and user.session_epoch == int(epoch) else None


def open_session(user: User) -> None:
    """Start a new session for a user; whatever somebody planted in the old one is gone. Who is signed in as that user keeps the token of the forms that are open."""
    mine = session.get("_user_id", "").partition(".")[0] == str(user.id)
    kept = {name: session[name] for name in (*KEPT, *(("csrf_token",) if mine else ())) if name in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    login_user(user)


def close_session() -> None:
    """End this browser's session; nothing of it stays on a shared computer."""
    session.clear()
