"""What doctor says of the test's database."""

from eventapp.core.db import db
from eventapp.doctor import examine


def breaches() -> list[str]:
    """List every breach of every check."""
    db.session.rollback()
    return [breach for found in examine().values() for breach in found]
