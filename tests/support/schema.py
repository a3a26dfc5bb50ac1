"""What a database's tables are and hold, and how to write past its keys."""

import re
from typing import Any

from sqlalchemy import Connection, MetaData, select, text

from eventapp.core.db import db


def rules_of(connection: Connection) -> set[tuple[str, str]]:
    """List the tables' columns, keys and checks, the indexes with their conditions, and the triggers, as the database writes them; the order within a table says nothing."""
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"))
        return {(name, re.sub(r'[\s"]+', " ", line).strip(" ,")) for name, sql in rows for line in sql.splitlines()}
    checks = "SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = current_schema()::regnamespace"
    indexes = "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
    found = {(table, line) for query in (checks, indexes) for table, line in connection.execute(text(query))}
    return {(table, line) for table, line in found if table != "alembic_version" and not table.startswith("huey")}


def rules() -> set[tuple[str, str]]:
    """List the rules of the test's database."""
    with db.engine.connect() as connection:
        return rules_of(connection)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every table, in the order of the first column."""
    found = MetaData()
    with db.engine.connect() as connection:
        found.reflect(connection)
        tables = [table for name, table in sorted(found.tables.items()) if name != "alembic_version"]
        return {table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr) for table in tables}


def write_past_the_keys(*statements: str) -> None:
    """Write to the database while it looks at no foreign key."""
    db.session.rollback()
    on_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect() as connection:
        if on_sqlite:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        with connection.begin():
            if not on_sqlite:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for statement in statements:
                connection.exec_driver_sql(statement)
        if on_sqlite:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
