"""Passwords: which ones are good, and their argon2 hashes."""

import re
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from eventapp.accounts.errors import PasswordIsYourName, PasswordTooCommon, PasswordTooLong, PasswordTooShort
from eventapp.core.texts import fold

LEAST = 10
MOST = 200

_hasher = PasswordHasher()
_NOBODY = _hasher.hash("the password of nobody")
_ROWS = ("1234567890", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz")
_COMMON = {
    "password",
    "passwort",
    "motdepasse",
    "azerty",
    "qwerty",
    "iloveyou",
    "jetaime",
    "bonjour",
    "welcome",
    "bienvenue",
    "changeme",
    "letmein",
    "football",
    "superman",
    "princess",
}
_COMMON |= {
    "administrator",
    "administrateur",
    "admin",
    "maroc",
    "morocco",
    "casablanca",
    "sistep",
    "fimme",
    "soleil",
    "doudou",
    "loulou",
    "chouchou",
    "marseille",
    "secret",
    "test",
}


def _plain(password: str) -> str:
    """Write a password as it is hashed: the same characters however the keyboard made them."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, email: str, name: str) -> None:
    """Refuse a password that is short, very common, or the person's own name or address."""
    if len(_plain(password)) < LEAST:
        raise PasswordTooShort(least=LEAST)
    if len(password) > MOST:
        raise PasswordTooLong(most=MOST)
    bare = _letters(password)
    if bare in _own_words(email, name):
        raise PasswordIsYourName
    if _is_common(password, bare):
        raise PasswordTooCommon


def _letters(text: str) -> str:
    """Keep what is left of a text without digits, signs and doubles of the whole: Soleil-2018! is soleil."""
    bare = "".join(c for c in fold(text) if c.isalpha())
    return re.sub(r"^(.{3,})\1+$", r"\1", bare)


def _own_words(email: str, name: str) -> set[str]:
    local, _, domain = email.partition("@")
    words = {email, local, domain, domain.partition(".")[0], name, *name.split(), "".join(reversed(name.split()))}
    return {_letters(word) for word in words} - {""}


def _is_common(password: str, bare: str) -> bool:
    typed = fold(password).replace(" ", "")
    in_a_row = any(typed in row * 3 or typed in row[::-1] * 3 or (bare and typed.strip("0123456789!.") in row) for row in (*_ROWS, "0123456789"))
    return bare in _COMMON or in_a_row or len(set(typed)) < 4  # noqa: PLR2004 - three different characters are no password


def hash_password(password: str) -> str:
    """Hash a password (argon2id, salted)."""
    return _hasher.hash(_plain(password))


def new_hash(password: str, *, email: str, name: str) -> str:
    """Check a new password and hash it; slow on purpose, so never inside an operation, where every other writer would wait."""
    check_password(password, email=email, name=name)
    return hash_password(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Check a password; for somebody who has none the same work is done, so that the time tells nothing."""
    try:
        return _hasher.verify(password_hash or _NOBODY, _plain(password)) and password_hash is not None
    except (Argon2Error, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Say whether a hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(password_hash)
