"""What the portal's pages show."""

from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from config import ROOT
from eventapp.core.db import db
from eventapp.jobs.runner import worker_is_alive


def migrations_are_whole() -> bool:
    """Say whether the database has every migration."""
    heads = set(ScriptDirectory(str(Path(ROOT) / "migrations")).get_heads())
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads


def readiness() -> dict[str, bool]:
    """Check what the program needs to do its work."""
    try:
        return {"database": True, "migrations": migrations_are_whole(), "worker": worker_is_alive()}
    except SQLAlchemyError:
        db.session.rollback()
        return {"database": False, "migrations": False, "worker": False}
