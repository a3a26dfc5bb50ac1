"""Decisions about the programme, on plain values: the grid, claims, texts, snapshots."""

from eventapp.programme.rules.claims import Claim, Held, Place, check_parts, wanted_claims
from eventapp.programme.rules.days import check_day, check_hours, check_placement, listed
from eventapp.programme.rules.details import Details, NewPerson, OnStage, Organisation, Placement, Texts, checked, folded_titles, slug_of, texts
from eventapp.programme.rules.grids import Block, Cell, Grid, grid_of, repeats_an_hour
from eventapp.programme.rules.rooms import checked_clearing, checked_room
from eventapp.programme.rules.slots import GRID_MINUTES, moved_along, slot_moment, slot_number, slots, wall_end, wall_start
from eventapp.programme.rules.snapshots import Change, changes, same_content

__all__ = [
    "GRID_MINUTES",
    "Block",
    "Cell",
    "Change",
    "Claim",
    "Details",
    "Grid",
    "Held",
    "NewPerson",
    "OnStage",
    "Organisation",
    "Place",
    "Placement",
    "Texts",
    "changes",
    "check_day",
    "check_hours",
    "check_parts",
    "check_placement",
    "checked",
    "checked_clearing",
    "checked_room",
    "folded_titles",
    "grid_of",
    "listed",
    "moved_along",
    "repeats_an_hour",
    "same_content",
    "slot_moment",
    "slot_number",
    "slots",
    "slug_of",
    "texts",
    "wall_end",
    "wall_start",
    "wanted_claims",
]
