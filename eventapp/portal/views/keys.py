"""The key in the browser that opens a registration under way."""

from flask import session

from eventapp.core.ids import new_secret
from eventapp.editions.models import Edition


def registration_key(edition: Edition) -> str | None:
    """Read the key of the registration under way from the signed session."""
    key: str | None = session.get("exhibit", {}).get(edition.slug)
    return key


def registration_key_to_write(edition: Edition) -> str:
    """Read the key, or make one and keep it in the session."""
    key = registration_key(edition) or new_secret()
    keep_registration_key(edition, key)
    return key


def keep_registration_key(edition: Edition, key: str) -> None:
    """Let this browser go on with the registration that a key opens."""
    session["exhibit"] = {**session.get("exhibit", {}), edition.slug: key}
