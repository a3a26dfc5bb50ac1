"""What is drawn beside stands: aisles, pillars, doors, walls, services. They claim nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.core.texts import LANGUAGES
from eventapp.editions.models import Hall
from eventapp.stands import queries
from eventapp.stands.errors import FeatureLeavesHall
from eventapp.stands.models import FloorFeature
from eventapp.stands.operations.changes import feature_state, note_change
from eventapp.stands.rules import shapes

WALL = 2  # half metres


def _inside(hall: Hall, corners: shapes.Outline) -> list[list[int]]:
    """Refuse what leaves the hall by more than a wall's width: doors and walls lie on its edge."""
    left, back, right, front = shapes.box(corners)
    if min(left, back) < -WALL or shapes.metres(right - WALL) > hall.width_m or shapes.metres(front - WALL) > hall.depth_m:
        raise FeatureLeavesHall(hall=hall.code)
    return [list(point) for point in corners]


def mark_of_feature(feature: FloorFeature) -> str:
    """Mark how something beside stands is drawn, for the page that shows it."""
    return "|".join([feature.kind, shapes.path(feature.outline), *(feature.label.get(code, "") for code in LANGUAGES)])


def add_feature(hall: Hall, kind: str, outline: Sequence[Sequence[int]], label: Mapping[str, str], *, actor_id: int | None, now: datetime) -> FloorFeature:
    """Draw an aisle, a pillar, a door, a wall or a service on a hall's floor."""
    corners = _inside(hall, shapes.outline_of(outline))
    with transaction():
        queries.lock_floor(hall.edition_id)
        feature = FloorFeature(edition_id=hall.edition_id, hall_id=hall.id, kind=kind, outline=corners, label=dict(label))
        db.session.add(feature)
        db.session.flush()
        note_change(hall.edition_id, "feature_added", [], [feature_state(feature)], actor_id=actor_id, now=now)
        record("edition.floor_drawn", "edition", hall.edition_id, actor_id=actor_id, at=now, edition_id=hall.edition_id)
    return feature


def change_feature(
    hall: Hall, feature_id: int, kind: str, outline: Sequence[Sequence[int]], label: Mapping[str, str], *, seen: str | None = None, actor_id: int | None, now: datetime
) -> FloorFeature:
    """Move or draw something beside stands anew."""
    corners = _inside(hall, shapes.outline_of(outline))
    with transaction():
        queries.lock_floor(hall.edition_id)
        feature = queries.feature_of_edition(hall.edition_id, feature_id)
        if seen is not None and seen != mark_of_feature(feature):
            raise ChangedMeanwhile
        before = feature_state(feature)
        feature.kind, feature.outline, feature.label = kind, corners, dict(label)
        db.session.flush()
        note_change(hall.edition_id, "feature_changed", [before], [feature_state(feature)], actor_id=actor_id, now=now)
        record("edition.floor_drawn", "edition", hall.edition_id, actor_id=actor_id, at=now, edition_id=hall.edition_id)
    return feature


def remove_feature(edition_id: int, feature_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Take something beside stands from the floor."""
    with transaction():
        queries.lock_floor(edition_id)
        feature = queries.feature_of_edition(edition_id, feature_id)
        note_change(edition_id, "feature_removed", [feature_state(feature)], [], actor_id=actor_id, now=now)
        db.session.delete(feature)
        record("feature.removed", "feature", feature.id, actor_id=actor_id, at=now, edition_id=edition_id)
