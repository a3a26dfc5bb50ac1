"""The latest published programme, kept in memory; whether it is still the latest is looked at no more than once a second in a process."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, and_, func, select, true

from eventapp.core.clock import ClockAnchor, real_now
from eventapp.core.db import db
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.programme.models import PublishedVersion
from eventapp.schedule.rules import Programme, read_programme

LOOK_AGAIN_SECONDS = 1.0
Signature = tuple[Any, ...]


@dataclass
class Published:
    """What is published for an edition: version and instant (None before the first time), the programme, the day on the show's clock, and pages made from them."""

    signature: Signature
    number: int | None
    published_at: datetime | None
    programme: Programme
    today: date
    pages: dict[Hashable, Any] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Watch:
    """What one process last saw of one edition, and when it looked."""

    def __init__(self, engine: Engine, edition_id: int) -> None:
        self.engine, self.edition_id = engine, edition_id
        self.lock = threading.Lock()
        self.looked_at = float("-inf")
        self.signature: Signature | None = None
        self.published: Published | None = None

    def is_due(self) -> bool:
        """Say whether it is time to look again."""
        return time.monotonic() - self.looked_at >= LOOK_AGAIN_SECONDS

    def look(self) -> Signature:
        """Look, when it is time, at everything that a page depends on; whoever looks holds the lock, so that a publication never slips in between."""
        if self.signature is None or self.is_due():
            seen = _signature(self.engine, self.edition_id)
            self.looked_at = time.monotonic()
            if seen != self.signature:
                self.signature = seen
        assert self.signature is not None
        return self.signature


_watches: "WeakKeyDictionary[Engine, dict[int, _Watch]]" = WeakKeyDictionary()


def _watch(engine: Engine, edition_id: int) -> _Watch:
    return _watches.setdefault(engine, {}).setdefault(edition_id, _Watch(engine, edition_id))


def _signature(engine: Engine, edition_id: int) -> Signature:
    """Read the edition's state and version, the latest publication and the demo's anchor, in one statement; add the day on the show's clock."""
    newest = select(func.max(PublishedVersion.number)).where(PublishedVersion.edition_id == edition_id).scalar_subquery()
    statement = (
        select(
            Edition.state, Edition.version, Edition.timezone, PublishedVersion.id, PublishedVersion.number, PublishedVersion.published_at, ClockAnchor.real_at, ClockAnchor.show_at
        )
        .outerjoin(PublishedVersion, and_(PublishedVersion.edition_id == Edition.id, PublishedVersion.number == newest))
        .outerjoin(ClockAnchor, true())
        .where(Edition.id == edition_id)
    )
    with engine.connect() as connection:
        row = connection.execute(statement).first()
    if row is None:
        return ("gone", *[None] * 7, date.min)
    now = real_now() if row.real_at is None else row.show_at + (real_now() - row.real_at)
    return (*row, wall(now, row.timezone).date())


def latest(edition: Edition) -> Published:
    """Return what is published now; a new version is read once, whoever asks first. With an edition that was loaded before it changed, the answer is good for this once."""
    watch = _watch(db.engine, edition.id)
    with watch.lock:
        signature = watch.look()
        if edition.version != signature[1]:
            return _read(watch.engine, edition, (*signature,))
        if watch.published is None or watch.published.signature is not signature:
            watch.published = _read(watch.engine, edition, signature)
        return watch.published


def _read(engine: Engine, edition: Edition, signature: Signature) -> Published:
    """Read the version that was seen, by its own connection: the request's session may have begun to read before it was there."""
    _state, _version, _timezone, version_id, number, published_at, _real, _show, today = signature
    snapshot = None
    if version_id is not None:
        with engine.connect() as connection:
            snapshot = connection.execute(select(PublishedVersion.snapshot).where(PublishedVersion.id == version_id)).scalar_one()
    return Published(signature, number, published_at, read_programme(snapshot, edition.timezone), today)


def is_latest(engine: Engine, edition_id: int, published: Published) -> bool:
    """Say whether that is still what is published: between two looks without any lock or statement."""
    watch = _watch(engine, edition_id)
    if watch.is_due():
        with watch.lock:
            watch.look()
    return watch.signature is published.signature


def watcher(edition: Edition, published: Published) -> Callable[[], bool]:
    """Make what tells, at any later time and outside any request, whether that is still what is published."""
    return partial(is_latest, db.engine, edition.id, published)


def look_again(edition_id: int) -> None:
    """Look at the next request, because something was published here."""
    watch = _watch(db.engine, edition_id)
    with watch.lock:
        watch.looked_at = float("-inf")


def forget() -> None:
    """Forget everything seen: between tests, whose databases have the same ids."""
    _watches.clear()
