"""What the loader asks of the database, and the mark that two loads are compared by."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Table, func, inspect, select

from eventapp.accounts.models import User
from eventapp.accounts.passwords import is_right
from eventapp.core.db import Model, db
from eventapp.demo.rules.people import OWNER
from eventapp.editions.models import Edition

# Random by nature, or the time of loading: two loads differ in these and in nothing else.
DIFFERING = {
    "token",
    "personal_key",
    "password_hash",
    "secret_hash",
    "token_hash",
    "code_hash",
    "recorded_at",
    "real_at",
    "uid",
    "message_id",
    "reference",
    "search_text",
    "next_path",
    "place",  # where a file lies
    "buyer",  # on an invoice: with the reference
    "party",  # in a contract: so too, and with it its file
    "document",
    "sha256",
}


def tables_are_there() -> bool:
    """Say whether the database was migrated."""
    return inspect(db.engine).has_table(Edition.__tablename__)


def editions() -> list[tuple[str, bool]]:
    """List every edition's slug, and whether it is an example."""
    return [(slug, is_example) for slug, is_example in db.session.execute(select(Edition.slug, Edition.is_example).order_by(Edition.slug))]


def password_is(password: str) -> bool:
    """Say whether the demo's accounts have this password."""
    stored = db.session.scalar(select(User.password_hash).where(User.email == OWNER.email))
    return stored is not None and is_right(stored, password)


def is_demo() -> bool:
    """Say whether the demo's accounts are there."""
    return db.session.scalar(select(User.id).where(User.email == OWNER.email)) is not None


def marks() -> dict[str, tuple[int, str]]:
    """Count every table's rows and hash what is the same in every load."""
    return {table.name: _mark(table) for table in Model.metadata.sorted_tables}


def _mark(table: Table) -> tuple[int, str]:
    kept = [column for column in table.columns if column.name not in DIFFERING]
    rows: Iterable[str] = sorted(repr(tuple(row)) for row in db.session.execute(select(*kept)))
    total = db.session.scalar(select(func.count()).select_from(table)) or 0
    return total, hashlib.sha256("\n".join(rows).encode()).hexdigest()


def account(email: str) -> User | None:
    """Find the account of an address."""
    return db.session.scalar(select(User).where(User.email == email))
