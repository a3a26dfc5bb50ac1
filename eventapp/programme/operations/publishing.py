"""Publishing: the working programme becomes an immutable, numbered version."""

from datetime import datetime

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.programme import queries, rules
from eventapp.programme.errors import NothingThereYet, NothingToPublish
from eventapp.programme.models import PublishedVersion
from eventapp.programme.signals import programme_published


def publish(edition_id: int, *, actor_id: int | None, now: datetime) -> PublishedVersion:
    """Publish the working programme as the next version; refuse when nobody would see a difference. Numbers have no gaps."""
    with transaction():
        queries.edition_to_number(edition_id)
        snapshot, last = queries.working_snapshot(edition_id, queries.hold_programme(edition_id)), queries.latest_version(edition_id)
        if not snapshot["sessions"]:
            raise NothingThereYet
        if last is not None and rules.same_content(last.snapshot, snapshot):
            raise NothingToPublish(number=last.number)
        version = PublishedVersion(edition_id=edition_id, number=last.number + 1 if last else 1, published_at=now, published_by=actor_id, snapshot=snapshot)
        db.session.add(version)
        db.session.flush()
        record("programme.published", "published_version", version.id, actor_id=actor_id, at=now, edition_id=edition_id, number=version.number)
        programme_published.send(version=version, now=now)
    return version
