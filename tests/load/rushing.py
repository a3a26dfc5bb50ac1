"""One applicant in the rush for stands: hold a free one, take the nearest when somebody was quicker, send."""

from datetime import datetime
from random import Random
from typing import Any

from eventapp.exhibitors.operations import save_step, submit_registration
from eventapp.exhibitors.queries import draft
from eventapp.exhibitors.rules import mark
from eventapp.stands import queries
from eventapp.stands.errors import HoldRanOut, StandHeld
from eventapp.stands.operations import hold_stand

SPACE = {"stand_kind": "equipped", "area": "18", "wishes": [], "message": ""}


def begin_registrations(edition_id: int, count: int, now: datetime) -> list[str]:
    """Fill in every step for some applicants; return the keys of their registrations."""
    keys = [f"registration-{number}" for number in range(count)]
    for number, key in enumerate(keys):
        who = {"name": f"Example Works {number}", "name_ar": "", "country": "MA", "city": "Casablanca", "sector": "sheet_metal", "ice": "", "website": ""}
        contact = {"contact_name": f"Contact {number}", "contact_email": f"contact{number}@works.example", "contact_phone": "+212 5 22 00 00 00", "language": "fr"}
        steps: dict[str, dict[str, Any]] = {"organisation": who, "contact": contact, "space": SPACE}
        for step, given in steps.items():
            save_step(edition_id, key, step, given, now=now)
    return keys


def take_and_send(edition_id: int, key: str, rng: Random, now: datetime) -> str:
    """Hold a stand and send the application: "sold", or "refused" when nothing is free any more."""
    registration = draft(edition_id, key)
    if registration is None or registration.exhibitor_id is None:
        return "no registration"
    exhibitor_id = registration.exhibitor_id
    free = queries.free_stands(edition_id, now)
    while free:
        wanted = rng.choice(free).id
        try:
            hold_stand(wanted, exhibitor_id, actor_id=None, now=now)
            submit_registration(edition_id, key, seen=mark(registration.changed_at), held=wanted, user_id=None, now=now, real_now=now)
        except (StandHeld, HoldRanOut):
            free = queries.free_stands(edition_id, now)
            continue
        return "sold"
    return "refused"
