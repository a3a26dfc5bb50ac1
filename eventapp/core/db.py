"""The database: declarative base, the one transaction, claims, and how SQLite is opened."""

import math
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, ColumnElement, Connection, Dialect, Engine, Integer, MetaData, Pool, Table, event
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 10
TRIED_AFTER_SECONDS = 2
_SQLITE_BUSY = {5, 6}
_POSTGRES_TRANSIENT = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "08006", "08003"}

_sqlite_writer = threading.RLock()

db = SQLAlchemy(disable_autonaming=True)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = SqlDateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Use timestamptz where there is one."""
        return dialect.type_descriptor(SqlDateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody can tell which instant it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")


class Model(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, str]: JSON, dict[str, Any]: JSON, list[str]: JSON, list[dict[str, Any]]: JSON}  # noqa: RUF012 - SQLAlchemy reads it from the class


@contextmanager
def transaction() -> Iterator[None]:
    """Run one operation: all of it is stored, or none; only the outermost call commits, an inner one is a savepoint."""
    session = db.session()
    if session.info.get("writing"):
        with _promises_kept(session), session.begin_nested():
            yield
        return
    session.rollback()  # end the request's read transaction
    with _turn(session):
        session.info["writing"] = True
        session.info["after_commit"] = []
        try:
            session.connection(execution_options={"begin": "IMMEDIATE"})
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            del session.info["writing"]
            callbacks = session.info.pop("after_commit")
    for callback in callbacks:
        callback()


@contextmanager
def _promises_kept(session: Session) -> Iterator[None]:
    """Forget what an inner operation wanted done after the commit when it is undone."""
    before = len(session.info["after_commit"])
    try:
        yield
    except BaseException:
        del session.info["after_commit"][before:]
        raise


def _turn(session: Session) -> AbstractContextManager[Any]:
    """Let the threads of one process write to SQLite one after the other: waiting here is fair and quick, SQLite's own waiting is neither."""
    return _sqlite_writer if session.get_bind().dialect.name == "sqlite" else nullcontext()


@contextmanager
def direct_transaction() -> Iterator[Connection]:
    """Run one operation in SQL on a connection of its own, past the session: for what has to be quick. Never inside another operation."""
    if db.session.registry.has():
        if writing():
            raise RuntimeError("an operation is under way")
        db.session.rollback()
    engine = db.engine
    with _sqlite_writer if engine.dialect.name == "sqlite" else nullcontext(), engine.connect() as connection:
        connection.execution_options(begin="IMMEDIATE")
        with connection.begin():
            yield connection


def after_commit(callback: Callable[[], None]) -> None:
    """Call back once the running transaction is stored; not at all when it is not."""
    db.session().info["after_commit"].append(callback)


def insert_new(table: Table, rows: Sequence[Mapping[str, Any]], keys: Sequence[str], *, where: ColumnElement[bool] | None = None) -> set[tuple[Any, ...]]:
    """Insert the rows whose keys are free, in key order, and return the keys that were; the others are left alone.

    `where` is the condition of a partial unique index.
    """
    if not rows:
        return set()
    ordered = sorted(rows, key=lambda row: tuple(row[key] for key in keys))
    insert = sqlite.insert if db.session().get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).on_conflict_do_nothing(index_elements=list(keys), index_where=where).returning(*(table.c[key] for key in keys))
    taken: set[tuple[Any, ...]] = set()
    for start in range(0, len(ordered), 500):
        taken.update(tuple(row) for row in db.session.execute(statement.values(ordered[start : start + 500])))
    return taken


def is_transient(error: BaseException) -> bool:
    """Say whether the same work, done again, may well succeed: a deadlock, a lock time-out, a lost connection."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_BUSY
    return getattr(error.orig, "sqlstate", None) in _POSTGRES_TRANSIENT


@event.listens_for(Pool, "checkin")
def _note_use(_connection: Any, record: Any) -> None:
    """Note when a connection was last known to be alive."""
    record.info["used_at"] = time.monotonic()


@event.listens_for(Pool, "checkout")
def _look_whether_alive(connection: Any, record: Any, _proxy: Any) -> None:
    """Try a connection that lay idle before it is used; one that was in use a moment ago is not asked each time, since a lost one is noticed and the work done again."""
    if time.monotonic() - record.info.get("used_at", math.inf) < TRIED_AFTER_SECONDS:  # inf: it is new
        return
    try:
        cursor = connection.cursor()
        cursor.execute("SELECT 1")
        cursor.close()
        connection.commit()  # a rollback would make psycopg forget its prepared statements
    except Exception as error:
        raise DisconnectionError from error


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, _record: Any) -> None:
    """Open a SQLite connection durable, strict about keys, and with our own BEGIN."""
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_on_sqlite(connection: Connection) -> None:
    """Take SQLite's write lock at the start of a writing transaction."""
    if connection.dialect.name == "sqlite":
        kind = connection.get_execution_options().get("begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {kind}")


def writing(session: Session | None = None) -> bool:
    """Say whether an operation is under way."""
    return bool((session or db.session()).info.get("writing"))
