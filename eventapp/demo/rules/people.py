"""Who signs in to the demo, and who has which role."""

from dataclasses import dataclass
from datetime import time

from eventapp.accounts.models import Role
from eventapp.core.zones import instant
from eventapp.demo.rules.companies import companies
from eventapp.demo.rules.crowd import ZONE
from eventapp.demo.rules.editions import FIRST_DAY

SHOW_START = instant(FIRST_DAY, time(10), ZONE)  # the doors have been open for an hour, the inauguration is at eleven


@dataclass(frozen=True)
class SignIn:
    """One account of the demo, with what it is for."""

    email: str
    name: str
    role: Role | None
    does: str


OWNER = SignIn("owner@sistep.example", "Olga Exemple", None, "owner of the installation")
ORGANISERS = (
    SignIn("organiser@sistep.example", "Adil Exemple", Role.ADMINISTRATOR, "administrator of every edition"),
    SignIn("exhibitors@sistep.example", "Ghita Exemple", Role.EXHIBITOR_MANAGER, "exhibitor manager"),
    SignIn("finance@sistep.example", "Salma Exemple", Role.FINANCE, "finance: prices, invoices and payments"),
    SignIn("attendees@sistep.example", "Anas Exemple", Role.ATTENDEE_MANAGER, "attendee manager"),
    SignIn("programme@sistep.example", "Hajar Exemple", Role.PROGRAMME_MANAGER, "programme manager"),
    SignIn("protocol@sistep.example", "Karim Exemple", Role.PROTOCOL_OFFICER, "protocol officer: agreements and signings"),
    SignIn("doors@sistep.example", "Omar Exemple", Role.DOOR_SUPERVISOR, "door supervisor: gates, devices, scans"),
    SignIn("helpdesk@sistep.example", "Imane Exemple", Role.HELP_DESK, "help desk: badges again"),
)


def sign_ins() -> list[SignIn]:
    """List every account of the demo that has a password."""
    firm = companies(1)[0]
    return [OWNER, *ORGANISERS, SignIn(f"contact@{firm.domain}", firm.name, None, f"owner of an exhibitor, {firm.name}")]
