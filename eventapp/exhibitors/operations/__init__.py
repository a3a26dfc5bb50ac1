"""Verbs on exhibitors: registration, decisions, team."""

from eventapp.exhibitors.operations.catalogue import EntryPlan, put_logo, remove_logo, write_entry
from eventapp.exhibitors.operations.conditions import keep_acceptance, write_conditions
from eventapp.exhibitors.operations.decisions import accept, letter, refuse, waitlist, withdraw
from eventapp.exhibitors.operations.messages import answer, message_letter, read_answers, write_to_many, write_to_one, written_for
from eventapp.exhibitors.operations.on_behalf import correct_application, enter_application, prepare_registration, send_prepared_again
from eventapp.exhibitors.operations.registration import add_exhibitor, begin_registration, confirm_application, save_step, send_resume_link, submit_registration
from eventapp.exhibitors.operations.saved_views import change_view, delete_view, open_whole, open_with, save_view
from eventapp.exhibitors.operations.settings import RulesPlan, copy_settings, set_exhibiting_rules
from eventapp.exhibitors.operations.team import add_member, hand_over, invite_colleague, remove_member
from eventapp.exhibitors.operations.together import decide_together

__all__ = [
    "EntryPlan",
    "RulesPlan",
    "accept",
    "add_exhibitor",
    "add_member",
    "answer",
    "begin_registration",
    "change_view",
    "confirm_application",
    "copy_settings",
    "correct_application",
    "decide_together",
    "delete_view",
    "enter_application",
    "hand_over",
    "invite_colleague",
    "keep_acceptance",
    "letter",
    "message_letter",
    "open_whole",
    "open_with",
    "prepare_registration",
    "put_logo",
    "read_answers",
    "refuse",
    "remove_logo",
    "remove_member",
    "save_step",
    "save_view",
    "send_prepared_again",
    "send_resume_link",
    "set_exhibiting_rules",
    "submit_registration",
    "waitlist",
    "withdraw",
    "write_conditions",
    "write_entry",
    "write_to_many",
    "write_to_one",
    "written_for",
]
