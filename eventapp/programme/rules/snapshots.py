"""Published versions compared: what an organiser is about to publish."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_PLACE = ("day", "start", "length", "room", "parent")
_SILENT = ("id", "sequence")  # what no reader sees


@dataclass(frozen=True)
class Change:
    """One session that differs between two versions; `before` or `after` is None where it is new or gone."""

    how: str  # added, moved, edited, removed
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def session(self) -> Mapping[str, Any]:
        """Return the session as it is now, or as it last was."""
        return self.after or self.before or {}


def changes(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> list[Change]:
    """List how sessions differ between an older snapshot (None: nothing was published) and a newer one, in the order of the programme."""
    before = {session["uid"]: session for session in (old or {}).get("sessions", [])}
    after = {session["uid"]: session for session in new["sessions"]}
    found = [Change("removed", session, None) for uid, session in before.items() if uid not in after]
    for uid, session in after.items():
        was = before.get(uid)
        if was is None:
            found.append(Change("added", None, session))
        elif any(was[name] != session[name] for name in _PLACE):
            found.append(Change("moved", was, session))
        elif _seen(was) != _seen(session):
            found.append(Change("edited", was, session))
    return sorted(found, key=lambda change: (change.session["day"], change.session["start"], change.session["uid"]))


def _seen(session: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in session.items() if name not in _SILENT}


def same_content(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Say whether two snapshots say the same to a reader."""
    return not changes(old, new) and old["rooms"] == new["rooms"]
