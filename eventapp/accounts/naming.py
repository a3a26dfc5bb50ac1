"""Names of roles, in the reader's language."""

from flask_babel import gettext

from eventapp.accounts.models import Role
from eventapp.core.errors import N_

NAMES = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.EXHIBITOR_MANAGER: N_("Exhibitor manager"),
    Role.ATTENDEE_MANAGER: N_("Attendee manager"),
    Role.PROGRAMME_MANAGER: N_("Programme manager"),
    Role.PROTOCOL_OFFICER: N_("Protocol officer"),
    Role.DOOR_SUPERVISOR: N_("Door supervisor"),
    Role.HELP_DESK: N_("Help desk"),
    Role.FINANCE: N_("Finance"),
    Role.PRESS: N_("Press officer"),
}
DUTIES = {
    Role.ADMINISTRATOR: N_("everything in this edition, and who may do what"),
    Role.EXHIBITOR_MANAGER: N_("applications, stands and exhibitors' teams"),
    Role.ATTENDEE_MANAGER: N_("visitors, badges and categories"),
    Role.PROGRAMME_MANAGER: N_("rooms, sessions and speakers; publishing the programme"),
    Role.PROTOCOL_OFFICER: N_("agreements, signatories and signings"),
    Role.DOOR_SUPERVISOR: N_("gates, phones at the doors and what they scanned"),
    Role.HELP_DESK: N_("finding people and printing their badge again"),
    Role.FINANCE: N_("seeing exhibitors and stands for invoicing"),
    Role.PRESS: N_("seeing the programme and the press's badges"),
}


def role_name(role: str) -> str:
    """Name a role."""
    return gettext(NAMES[Role(role)])


def role_duty(role: str) -> str:
    """Say what a role is for."""
    return gettext(DUTIES[Role(role)])
