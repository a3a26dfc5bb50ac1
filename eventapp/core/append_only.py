"""Tables whose rows are facts: the database itself refuses to change or delete them."""

from typing import cast

from sqlalchemy import DDL, Connection, Table, event, text

from eventapp.core.db import Model

APPEND_ONLY: set[str] = set()

_SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
)
_POSTGRES = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23001'; END $$",
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
)


def trigger_statements(table: str, dialect: str) -> list[str]:
    """Write the statements that make a table append-only on one kind of database."""
    return [line.format(table=table) for line in (_SQLITE if dialect == "sqlite" else _POSTGRES)]


def append_only(model: type[Model]) -> type[Model]:
    """Mark a table as append-only (a class decorator); its triggers come with the table."""
    table = cast("Table", model.__table__)
    APPEND_ONLY.add(table.name)
    for dialect in ("sqlite", "postgresql"):
        for statement in trigger_statements(table.name, dialect):
            event.listen(table, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))
    return model


def missing_triggers(connection: Connection) -> list[str]:
    """List the triggers of append-only tables that the database lacks."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    )
    there = set(connection.execute(text(query)).scalars())
    verbs = ("update", "delete") if connection.dialect.name == "sqlite" else ("update", "delete", "truncate")
    return sorted(f"{table}_no_{verb}" for table in APPEND_ONLY for verb in verbs if f"{table}_no_{verb}" not in there)
