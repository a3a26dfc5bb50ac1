"""Every select about the programme."""

from sqlalchemy import select

from eventapp.core.db import db
from eventapp.programme.models import PublishedVersion


def latest_version(edition_id: int) -> PublishedVersion | None:
    """Load the programme that was published last; None before the first time."""
    return db.session.scalar(select(PublishedVersion).where(PublishedVersion.edition_id == edition_id).order_by(PublishedVersion.number.desc()).limit(1))
