"""Published versions."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.programme.models import PublishedVersion


def latest_version(edition_id: int) -> PublishedVersion | None:
    """Load the programme that was published last; None before the first time."""
    return db.session.scalar(select(PublishedVersion).where(PublishedVersion.edition_id == edition_id).order_by(PublishedVersion.number.desc()).limit(1))


def version_of_edition(edition_id: int, number: int) -> PublishedVersion:
    """Load one published version by its number."""
    found = db.session.scalar(select(PublishedVersion).where(PublishedVersion.edition_id == edition_id, PublishedVersion.number == number))
    if found is None:
        raise NotThere
    return found


def versions_of(edition_id: int, limit: int = 20) -> Sequence[tuple[int, datetime]]:
    """List the latest versions, without their content: number and when."""
    rows = select(PublishedVersion.number, PublishedVersion.published_at).where(PublishedVersion.edition_id == edition_id).order_by(PublishedVersion.number.desc()).limit(limit)
    return [(number, at) for number, at in db.session.execute(rows)]
