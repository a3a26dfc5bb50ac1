"""Every select of the doors."""

from eventapp.doors.queries.figures import inside_by_zone, inside_zone, visits_on
from eventapp.doors.queries.loading import (
    Post,
    device_of_edition,
    device_to_change,
    device_with_code,
    device_with_token,
    gate_of_edition,
    gate_to_change,
    gate_to_use,
    gates_into,
    gates_of,
    gates_to_copy,
    next_position,
    post_of,
    was_entered,
    zone_to_use,
    zones_of,
)

__all__ = [
    "Post",
    "device_of_edition",
    "device_to_change",
    "device_with_code",
    "device_with_token",
    "gate_of_edition",
    "gate_to_change",
    "gate_to_use",
    "gates_into",
    "gates_of",
    "gates_to_copy",
    "inside_by_zone",
    "inside_zone",
    "next_position",
    "post_of",
    "visits_on",
    "was_entered",
    "zone_to_use",
    "zones_of",
]
