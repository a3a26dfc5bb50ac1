"""Verbs on stands: drawing them, giving them away, moving who has one, holding one for a while."""

from eventapp.stands.operations.claiming import allocate_stand, block_stand, free_stand, free_stands_of, keep_wishes, unblock_stand
from eventapp.stands.operations.drawing import add_feature, add_stand, copy_floor, reshape_stand, take_off_the_plan
from eventapp.stands.operations.holding import hold_stand, release_hold, renew_hold, settle_hold, settle_request
from eventapp.stands.operations.moving import move_exhibitor, swap_stands

__all__ = [
    "add_feature",
    "add_stand",
    "allocate_stand",
    "block_stand",
    "copy_floor",
    "free_stand",
    "free_stands_of",
    "hold_stand",
    "keep_wishes",
    "move_exhibitor",
    "release_hold",
    "renew_hold",
    "reshape_stand",
    "settle_hold",
    "settle_request",
    "swap_stands",
    "take_off_the_plan",
    "unblock_stand",
]
