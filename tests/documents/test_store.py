"""Where stored files lie: written before their row, swept once nothing needs them, missed when they are gone."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.documents import store
from eventapp.documents.models import StoredFile
from eventapp.editions.models import Edition
from tests.support.doctor import breaches
from tests.support.files import logo, stored


def lying(app: Flask) -> set[Path]:
    return set(app.config["SETTINGS"].instance_dir.glob("files/??/*"))


def test_a_file_lies_under_a_random_name_that_only_this_user_reads(app: Flask, sistep: Edition) -> None:
    before = lying(app)
    file = stored(sistep.id)
    (path,) = lying(app) - before
    assert (store.path_of(file), path.name, path.read_bytes(), path.stat().st_mode & 0o777) == (path, file.place, logo().content, 0o600)
    assert (file.size, file.sha256, file.name, file.media_type) == (len(logo().content), logo().sha256, "Logo.webp", "image/webp")
    assert breaches() == []
    path.write_bytes(b"short")
    assert breaches() == [f"file {file.id} has not its {file.size} bytes"]
    path.unlink()
    assert breaches() == [f"file {file.id} has not its {file.size} bytes"]
    with pytest.raises(NotThere):
        store.path_of(file)


def test_what_an_undone_operation_left_and_what_was_dropped_is_swept_in_time(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, dropped, before = stored(sistep.id), stored(sistep.id), lying(app)
    with pytest.raises(ZeroDivisionError), transaction():
        store.put(logo(), sistep.id, by_user_id=None, now=clock.real_now())
        raise ZeroDivisionError
    (orphan,) = lying(app) - before
    with transaction():
        store.drop(dropped.id, now=clock.real_now())
    store.sweep()
    assert (lying(app) >= {orphan, store.path_of(kept), store.path_of(dropped)}, breaches()) == (True, [])  # an operation may be under way
    gone = store.path_of(dropped)
    long_ago = clock.real_now() - timedelta(days=3)
    os.utime(orphan, (long_ago.timestamp(), long_ago.timestamp()))
    assert breaches() == [f"files/{orphan.parent.name}/{orphan.name} belongs to no file"]
    later = clock.real_now() + timedelta(days=8)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    store.sweep()
    assert ({orphan, gone} & lying(app), store.path_of(kept) in lying(app), breaches()) == (set(), True, [])
    assert db.session.get_one(StoredFile, dropped.id).swept_at == later
    with pytest.raises(NotThere):
        store.path_of(db.session.get_one(StoredFile, dropped.id))
