"""Which free stands are most like one that is taken, on plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

OTHER_HALL_M = 100.0  # counts as far away as this
OTHER_KIND_M = 200.0
OTHER_SIDES_M = 12.0  # for each open side more or less


@dataclass(frozen=True)
class Candidate:
    """A stand as far as likeness goes; the middle in metres from the hall's corner."""

    id: int
    hall_id: int
    middle_m: tuple[float, float]
    area_m2: Decimal
    open_sides: int
    kind: str


def unlikeness(wanted: Candidate, other: Candidate) -> float:
    """Measure how unlike two stands are, in metres of walking: distance, and what a visitor to the plan would trade for it."""
    away = OTHER_HALL_M if wanted.hall_id != other.hall_id else abs(wanted.middle_m[0] - other.middle_m[0]) + abs(wanted.middle_m[1] - other.middle_m[1])
    size = 100 * abs(float(other.area_m2 / wanted.area_m2) - 1)
    return away + size + OTHER_SIDES_M * abs(wanted.open_sides - other.open_sides) + (OTHER_KIND_M if wanted.kind != other.kind else 0)


def nearest_like(wanted: Candidate, free: Iterable[Candidate], most: int = 3) -> list[Candidate]:
    """Choose the free stands that are most like the wanted one, the best first."""
    return sorted((other for other in free if other.id != wanted.id), key=lambda other: (unlikeness(wanted, other), other.id))[:most]
