"""Rules for stands, on plain values: their numbers, their shapes, which one is like another."""

from eventapp.core.texts import clean


def stand_number(typed: str) -> str:
    """Write a typed stand number as the plan does: B 12 and b12 are B12."""
    return "".join(clean(typed).upper().split())
