"""Verbs on exhibitors: registration, decisions, team."""

from eventapp.exhibitors.operations.conditions import write_conditions
from eventapp.exhibitors.operations.decisions import accept, refuse, waitlist, withdraw
from eventapp.exhibitors.operations.registration import add_exhibitor, begin_registration, save_step, send_resume_link, submit_registration
from eventapp.exhibitors.operations.settings import RulesPlan, copy_settings, set_exhibiting_rules
from eventapp.exhibitors.operations.team import add_member, hand_over, invite_colleague, remove_member

__all__ = [
    "RulesPlan",
    "accept",
    "add_exhibitor",
    "add_member",
    "begin_registration",
    "copy_settings",
    "hand_over",
    "invite_colleague",
    "refuse",
    "remove_member",
    "save_step",
    "send_resume_link",
    "set_exhibiting_rules",
    "submit_registration",
    "waitlist",
    "withdraw",
    "write_conditions",
]
