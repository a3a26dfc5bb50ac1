"""Decisions about the public schedule, on plain values: the programme read from its snapshot, the grid, the words, what a screen needs."""

from eventapp.schedule.rules.frab import Show, as_tree, as_xml
from eventapp.schedule.rules.grid import Grid, draw
from eventapp.schedule.rules.programme import (
    OnStage,
    Programme,
    Room,
    Session,
    days_shown,
    narrowed,
    neighbours,
    parallel,
    parties,
    read_programme,
)
from eventapp.schedule.rules.screen import by_room, midnights, minute, offsets
from eventapp.schedule.rules.words import KIND_NAMES, LONGEST_SEARCH, ROLE_NAMES, Wanted

__all__ = [
    "KIND_NAMES",
    "LONGEST_SEARCH",
    "ROLE_NAMES",
    "Grid",
    "OnStage",
    "Programme",
    "Room",
    "Session",
    "Show",
    "Wanted",
    "as_tree",
    "as_xml",
    "by_room",
    "days_shown",
    "draw",
    "midnights",
    "minute",
    "narrowed",
    "neighbours",
    "offsets",
    "parallel",
    "parties",
    "read_programme",
]
