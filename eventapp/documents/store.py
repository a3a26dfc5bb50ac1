"""Where the bytes of stored files lie: a folder beside the database. A file is written first, then its row; what an undone operation left behind is swept."""

import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from eventapp.core import clock
from eventapp.core.db import db, transaction, writing
from eventapp.core.errors import NotThere
from eventapp.documents.models import StoredFile
from eventapp.documents.uploads import Upload

KEPT_AFTER_DROP = timedelta(days=7)  # somebody may have its page open, or a backup may be under way
ORPHAN_AFTER = timedelta(days=1)  # longer than any operation lasts
_SWEPT_AT_ONCE = 200

_instance: list[Callable[[], Path]] = []


def connect(instance: Callable[[], Path]) -> None:
    """Say which folder the program keeps its data in."""
    _instance[:] = [instance]


def _folder() -> Path:
    return _instance[0]() / "files"


def path_of(file: StoredFile) -> Path:
    """Say where a file's bytes lie; a file that was swept is not there."""
    path = _path(file.place)
    if file.swept_at is not None or not path.is_file():
        raise NotThere
    return path


def _path(place: str) -> Path:
    return _folder() / place[:2] / place


def put(upload: Upload, edition_id: int, *, by_user_id: int | None, now: datetime) -> StoredFile:
    """Keep a file for an edition, inside an operation."""
    if not writing():
        raise RuntimeError("a file is stored inside an operation")
    place = secrets.token_hex(16)
    _write(_path(place), upload.content)
    facts = {"media_type": upload.media_type, "size": len(upload.content), "sha256": upload.sha256, "name": upload.name, "width": upload.width, "height": upload.height}
    file = StoredFile(edition_id=edition_id, place=place, stored_at=now, by_user_id=by_user_id, **facts)
    db.session.add(file)
    db.session.flush()
    return file


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by this user alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".part")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def drop(file_id: int | None, *, now: datetime) -> None:
    """Note that a file is not needed any more; its bytes go some days later."""
    file = db.session.get(StoredFile, file_id) if file_id is not None else None
    if file is not None and file.dropped_at is None:
        file.dropped_at = now
        db.session.flush()


def sweep() -> None:
    """Take away the bytes of dropped files, and those that belong to no row: a task of the worker."""
    now = clock.real_now()
    old = select(StoredFile).where(StoredFile.dropped_at < now - KEPT_AFTER_DROP, StoredFile.swept_at.is_(None)).order_by(StoredFile.id).limit(_SWEPT_AT_ONCE)
    with transaction():
        swept = list(db.session.scalars(old.with_for_update(skip_locked=True)))
        for file in swept:
            file.swept_at = now
        places = [file.place for file in swept]
    for place in places:  # after the commit: a row never says that bytes are there which are not
        _path(place).unlink(missing_ok=True)
    for path in _without_row(ORPHAN_AFTER):
        path.unlink(missing_ok=True)


def empty() -> None:
    """Take away every file: the database that knew them was emptied."""
    shutil.rmtree(_folder(), ignore_errors=True)


def _without_row(age: timedelta) -> Iterator[Path]:
    """Find what lies in the folder for longer than that and is no file of ours."""
    before = time.time() - age.total_seconds()
    found = {path.name: path for path in _folder().glob("??/*") if path.stat().st_mtime < before}
    known = set(db.session.scalars(select(StoredFile.place).where(StoredFile.swept_at.is_(None))))
    return (path for name, path in sorted(found.items()) if name not in known)


def orphans() -> list[str]:
    """List what lies in the folder and belongs to no file: a breach once the worker should have swept it."""
    return [f"files/{path.parent.name}/{path.name} belongs to no file" for path in _without_row(2 * ORPHAN_AFTER)]


def missing_files() -> list[str]:
    """List files whose bytes are gone or have another size: breaches."""
    found = []
    for file in db.session.scalars(select(StoredFile).where(StoredFile.swept_at.is_(None)).order_by(StoredFile.id)):
        path = _path(file.place)
        if not path.is_file() or path.stat().st_size != file.size:
            found.append(f"file {file.id} has not its {file.size} bytes")
    return found
