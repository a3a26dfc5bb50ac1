"""Views of the work list: saved under a name, shared, made the one with which the list opens, deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import Table, delete

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile, NotAllowed
from eventapp.exhibitors.errors import ViewNameTaken
from eventapp.exhibitors.models import DefaultView, SavedView
from eventapp.exhibitors.queries import desk


def save_view(edition_id: int, user_id: int, name: str, filters: Mapping[str, str], *, shared: bool = False, default: bool = False, now: datetime) -> int:
    """Keep how the list is narrowed and sorted under a name of the user's own; return its number."""
    row = {"edition_id": edition_id, "user_id": user_id, "name": name, "is_shared": shared, "filters": dict(filters), "created_at": now, "version": 1}
    with transaction():
        if not insert_new(cast("Table", SavedView.__table__), [row], ["edition_id", "user_id", "name"]):
            raise ViewNameTaken(name=name)
        view = next(one for one in desk.views_of(user_id, edition_id) if (one.user_id, one.name) == (user_id, name))
        record("view.saved", "view", view.id, actor_id=user_id, at=now, edition_id=edition_id)
        if default:
            open_with(view.id, user_id)
    return view.id


def change_view(view_id: int, name: str, *, shared: bool, version: int, user_id: int, now: datetime) -> None:
    """Give a view another name, share it or keep it to oneself; only its maker does. A list that opened with it opens whole when it is hidden."""
    with transaction():
        view = desk.view_to_change(view_id)
        _by_maker(view, user_id)
        if view.version != version:
            raise ChangedMeanwhile
        if desk.name_is_taken(user_id, view.edition_id, name, but=view.id):
            raise ViewNameTaken(name=name)
        if (view.name, view.is_shared) == (name, shared):
            return
        view.name, view.is_shared = name, shared
        record("view.changed", "view", view.id, actor_id=user_id, at=now, edition_id=view.edition_id)
        if not shared:
            db.session.execute(delete(DefaultView).where(DefaultView.view_id == view.id, DefaultView.user_id != user_id))


def delete_view(view_id: int, *, user_id: int, manages: bool, now: datetime) -> None:
    """Delete a view of one's own, or as a manager one that is shared; lists that opened with it open whole again."""
    with transaction():
        view = desk.view_to_change(view_id)
        if not (manages and view.is_shared):
            _by_maker(view, user_id)
        db.session.execute(delete(DefaultView).where(DefaultView.view_id == view.id))
        record("view.deleted", "view", view.id, actor_id=user_id, at=now, edition_id=view.edition_id)
        db.session.delete(view)


def _by_maker(view: SavedView, user_id: int) -> None:
    if view.user_id != user_id:
        raise NotAllowed


def open_with(view_id: int, user_id: int) -> None:
    """Let somebody's list open with a view."""
    with transaction():
        view = desk.view_to_change(view_id)
        if not view.is_shared:
            _by_maker(view, user_id)
        open_whole(view.edition_id, user_id)
        insert_new(cast("Table", DefaultView.__table__), [{"edition_id": view.edition_id, "user_id": user_id, "view_id": view.id}], ["edition_id", "user_id"])


def open_whole(edition_id: int, user_id: int) -> None:
    """Let somebody's list open with everything again."""
    with transaction():
        db.session.execute(delete(DefaultView).where(DefaultView.edition_id == edition_id, DefaultView.user_id == user_id))
