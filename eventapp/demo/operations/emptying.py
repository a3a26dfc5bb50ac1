"""Empty a database that holds examples only: facts cannot be deleted, so the tables go as a whole and migrations make them again."""

from sqlalchemy import Connection, create_engine, inspect

from eventapp.core.clock import forget_anchor
from eventapp.core.db import Model, db

_OF_MIGRATIONS = "alembic_version"


def empty_database(url: str) -> None:
    """Drop our tables (and no other) through this address; the caller runs the migrations afterwards."""
    db.session.remove()
    db.engine.dispose()
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            _drop(connection)
    finally:
        engine.dispose()
    forget_anchor()


def _drop(connection: Connection) -> None:
    """Drop every table of ours in one transaction, those first that refer to others."""
    there = set(inspect(connection).get_table_names())
    connection.rollback()
    with connection.begin():
        for name in [*(table.name for table in reversed(Model.metadata.sorted_tables)), _OF_MIGRATIONS]:
            if name in there:
                connection.exec_driver_sql(f'DROP TABLE "{name}"')
