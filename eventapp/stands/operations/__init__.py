"""Verbs on stands: drawing them, giving them away, moving who has one, holding one for a while, proposing who gets which."""

from eventapp.stands.operations.accepting import Undone, accept_lines, change_line, undo_acceptance
from eventapp.stands.operations.changes import undo_last
from eventapp.stands.operations.claiming import allocate_stand, block_stand, forget_wishes, free_stand, free_stands_of, keep_wishes, unblock_stand
from eventapp.stands.operations.drawing import add_stand, copy_floor, describe_stand, number_stands, reshape_stand, sides_on_aisles, take_off_the_plan
from eventapp.stands.operations.features import add_feature, change_feature, mark_of_feature, remove_feature
from eventapp.stands.operations.holding import hold_stand, release_hold, renew_hold, settle_hold, settle_request
from eventapp.stands.operations.merging import merge_stands, split_stand
from eventapp.stands.operations.moving import move_exhibitor, swap_stands
from eventapp.stands.operations.pairs import keep_apart, let_be_neighbours
from eventapp.stands.operations.searching import ask_for_proposal, end_search, fail_search, take_up
from eventapp.stands.operations.waiting import tell_of_ended_request

__all__ = [
    "Undone",
    "accept_lines",
    "add_feature",
    "add_stand",
    "allocate_stand",
    "ask_for_proposal",
    "block_stand",
    "change_feature",
    "change_line",
    "copy_floor",
    "describe_stand",
    "end_search",
    "fail_search",
    "forget_wishes",
    "free_stand",
    "free_stands_of",
    "hold_stand",
    "keep_apart",
    "keep_wishes",
    "let_be_neighbours",
    "mark_of_feature",
    "merge_stands",
    "move_exhibitor",
    "number_stands",
    "release_hold",
    "remove_feature",
    "renew_hold",
    "reshape_stand",
    "settle_hold",
    "settle_request",
    "sides_on_aisles",
    "split_stand",
    "swap_stands",
    "take_off_the_plan",
    "take_up",
    "tell_of_ended_request",
    "unblock_stand",
    "undo_acceptance",
    "undo_last",
]
