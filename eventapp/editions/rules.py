"""Decisions about editions, on plain values."""

from datetime import date
from typing import Literal

from eventapp.editions.models import Edition


def registration_is_open(edition: Edition, kind: Literal["visit", "exhibit"], today: date) -> bool:
    """Say whether people can register today: the organiser's switch is on, and today lies within the dates, where there are any."""
    switch, first, last = getattr(edition, f"{kind}_open"), getattr(edition, f"{kind}_from"), getattr(edition, f"{kind}_until")
    return bool(switch) and (first is None or first <= today) and (last is None or today <= last)
