"""Verbs on attendees: register, add, take away."""

from eventapp.attendees.operations.adding import add_attendee, add_staff
from eventapp.attendees.operations.asking import answer_request, withdraw_request
from eventapp.attendees.operations.correcting import correct_attendee
from eventapp.attendees.operations.listing import add_staff_list
from eventapp.attendees.operations.registering import register_visitor
from eventapp.attendees.operations.visas import ask_for_letter, erase_passports, issue_letter, refuse_letter, withdraw_letter_request
from eventapp.attendees.operations.withdrawing import withdraw_attendee, withdraw_staff, withdraw_staff_member

__all__ = [
    "add_attendee",
    "add_staff",
    "add_staff_list",
    "answer_request",
    "ask_for_letter",
    "correct_attendee",
    "erase_passports",
    "issue_letter",
    "refuse_letter",
    "register_visitor",
    "withdraw_attendee",
    "withdraw_letter_request",
    "withdraw_request",
    "withdraw_staff",
    "withdraw_staff_member",
]
