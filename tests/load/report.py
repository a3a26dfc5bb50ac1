"""How a benchmark tells its result: a line for people and a line of JSON."""

import json
import statistics
from collections.abc import Sequence
from typing import Any


def report(name: str, value: float, unit: str, *, floor: float | None = None, goal: str, ok: bool, **more: Any) -> dict[str, Any]:
    """Print a result; `ratio` is value over floor, both measured in this run."""
    ratio = None if not floor else round(value / floor, 3)
    row = {"name": name, "value": round(value, 3), "unit": unit, "floor": None if floor is None else round(floor, 3), "ratio": ratio, "goal": goal, "ok": ok, **more}
    beside = "" if floor is None else f", floor {floor:,.1f}, ratio {ratio}"
    details = ", ".join(f"{k} {v}" for k, v in more.items())
    print(f"{name:<28}{value:>12,.1f} {unit}{beside}; goal {goal}: {'met' if ok else 'NOT met'}{f' ({details})' if details else ''}")
    print(json.dumps(row), flush=True)
    return row


def median(values: Sequence[float]) -> float:
    """The middle of several repetitions."""
    return statistics.median(values)
