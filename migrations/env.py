"""Run migrations with the application's own engine and metadata, on SQLite and PostgreSQL alike."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import OperationalError

from eventapp.core.append_only import APPEND_ONLY, trigger_statements
from eventapp.core.db import UtcDateTime, db
from eventapp.models import metadata


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own types by their name."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from eventapp.core.db import UtcDateTime")
        return "UtcDateTime()"
    return False


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the queue's own tables alone."""
    return kind != "table" or not str(name).startswith("huey")


def restore_triggers(connection: Connection) -> None:
    """Make the triggers of append-only tables again: batch migrations on SQLite drop them with the old table."""
    there = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
    tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    for table in APPEND_ONLY & tables:
        for statement in trigger_statements(table, "sqlite"):
            if statement.split()[2] not in there:
                connection.exec_driver_sql(statement)


def pragma(connection: Connection, setting: str) -> None:
    """Set a pragma of SQLite outside any transaction: inside one it does nothing."""
    connection.connection.dbapi_connection.execute(f"PRAGMA {setting}")  # type: ignore[union-attr]


def run(connection: Connection) -> None:
    """Run what is to run; on SQLite without foreign keys, which are checked afterwards."""
    on_sqlite = connection.dialect.name == "sqlite"
    if on_sqlite:
        pragma(connection, "foreign_keys=OFF")
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=on_sqlite, render_item=render_item, include_name=is_ours, compare_type=True, transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()
        if on_sqlite:
            restore_triggers(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise RuntimeError(f"foreign keys are broken after the migration: {broken[:5]}")
    connection.commit()
    if on_sqlite:
        pragma(connection, "foreign_keys=ON")


settings = current_app.config["SETTINGS"]
engine = create_engine(settings.migration_database_url) if settings.migration_database_url else db.engine
try:
    started = engine.connect()
except OperationalError as error:  # Flask-Migrate tells it in one line
    raise CommandError(f"the database does not answer: {' '.join(str(error.orig).split())}") from error
with started:
    run(started)
