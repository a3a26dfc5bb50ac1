"""How the two databases write the values of hand-written SQL: ids, instants and days go in as texts."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import Connection


def is_sqlite(connection: Connection) -> bool:
    """Say which of the two databases it is."""
    return connection.dialect.name == "sqlite"


def stored_instant(at: datetime) -> str:
    """Write an instant as SQLite stores it; PostgreSQL is told the offset."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def told_instant(at: datetime, *, sqlite: bool) -> str:
    """Write an instant for the database."""
    return stored_instant(at) if sqlite else at.isoformat()


def read_instant(value: datetime | str) -> datetime:
    """Read an instant from the database."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value.astimezone(UTC)


def read_day(value: date | str) -> date:
    """Read a day from the database."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def read_id(value: UUID | str) -> UUID:
    """Read a scan's id from the database."""
    return UUID(value) if isinstance(value, str) else value
