"""Decisions about the programme, on plain values: the grid, claims, texts, snapshots."""

from eventapp.programme.rules.claims import Claim, Held, Place, check_parts, wanted_claims
from eventapp.programme.rules.days import check_day, check_placement
from eventapp.programme.rules.details import Details, NewPerson, OnStage, Organisation, Placement, checked, slug_of
from eventapp.programme.rules.slots import GRID_MINUTES, slot_moment, slot_number, slots, wall_end, wall_start
from eventapp.programme.rules.snapshots import Change, changes

__all__ = [
    "GRID_MINUTES",
    "Change",
    "Claim",
    "Details",
    "Held",
    "NewPerson",
    "OnStage",
    "Organisation",
    "Place",
    "Placement",
    "changes",
    "check_day",
    "check_parts",
    "check_placement",
    "checked",
    "slot_moment",
    "slot_number",
    "slots",
    "slug_of",
    "wall_end",
    "wall_start",
    "wanted_claims",
]
