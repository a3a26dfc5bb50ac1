"""Random identifiers: secrets for links and devices, references that people can read out."""

import hashlib
import secrets

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0/O, 1/I/L, U


def new_secret() -> str:
    """Make an unguessable text for a link or a device (256 bits)."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Hash a secret for the database: what is stored does not open anything."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_reference(prefix: str, length: int = 6) -> str:
    """Make a reference that can be read out on the telephone, as in V-7K2M9Q."""
    return f"{prefix}-{''.join(secrets.choice(_ALPHABET) for _ in range(length))}"


def new_serial() -> int:
    """Draw a badge's serial: 1 to 2**32 - 1."""
    return secrets.randbelow(2**32 - 1) + 1


def new_code() -> str:
    """Draw a code of eight letters and digits that people can type from another screen."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))
