"""The trail: who did what, and when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.accounts.naming import role_name
from eventapp.audit.models import AuditEntry
from eventapp.backoffice.queries import trail as queries
from eventapp.backoffice.views.blueprint import backoffice
from eventapp.editions.models import Edition
from eventapp.programme.forms.words import ROLE_NAMES as STAGE_ROLES
from eventapp.programme.models import StageRole
from eventapp.web import i18n
from eventapp.web.paging import page_number, page_of

_LONGEST_ID = 10
KINDS = {
    "agreement": _l("Agreements"),
    "attendee": _l("Attendees"),
    "badge": _l("Badges"),
    "device": _l("Devices"),
    "edition": _l("Settings of the edition"),
    "exhibitor": _l("Exhibitors"),
    "gate": _l("Gates"),
    "invitation": _l("Invitations"),
    "mail": _l("Mail"),
    "organisation": _l("Organisations"),
    "person": _l("People"),
    "published_version": _l("Published programme"),
    "room": _l("Rooms"),
    "session": _l("Sessions"),
    "stand": _l("Stands"),
    "user": _l("Accounts"),
}
ACTS = {
    "agreement.changed": _l("Agreement changed"),
    "agreement.deleted": _l("Agreement deleted"),
    "agreement.moved": _l("Signing moved"),
    "agreement.recorded": _l("Agreement recorded"),
    "agreement.scheduled": _l("Signing scheduled"),
    "agreement.unscheduled": _l("Signing taken off the programme"),
    "attendee.added": _l("Attendee added"),
    "attendee.changed": _l("Attendee changed"),
    "attendee.left_staff": _l("Taken off an exhibitor's staff"),
    "attendee.registered": _l("Attendee registered"),
    "attendee.withdrawn": _l("Attendee withdrawn"),
    "badge.issued": _l("Badge issued"),
    "badge.replaced": _l("Badge replaced"),
    "badge.revoked": _l("Badge revoked"),
    "badge.sent_again": _l("Badge mailed again"),
    "demo.loaded": _l("Example data loaded"),
    "device.enrolled": _l("Device enrolled"),
    "device.moved": _l("Device moved to another gate"),
    "device.prepared": _l("Device prepared"),
    "device.revoked": _l("Device shut out"),
    "edition.changed": _l("Settings changed"),
    "edition.made": _l("Edition made"),
    "exhibitor.accepted": _l("Application accepted"),
    "exhibitor.handed_over": _l("Ownership handed over"),
    "exhibitor.invited": _l("Colleague invited"),
    "exhibitor.joined": _l("Colleague joined"),
    "exhibitor.left": _l("Colleague left"),
    "exhibitor.refused": _l("Application refused"),
    "exhibitor.submitted": _l("Application sent"),
    "exhibitor.waitlisted": _l("Put on the waiting list"),
    "exhibitor.withdrawn": _l("Application withdrawn"),
    "gate.added": _l("Gate added"),
    "gate.changed": _l("Gate changed"),
    "gate.removed": _l("Gate removed"),
    "invitation.accepted": _l("Invitation accepted"),
    "invitation.sent": _l("Invitation sent"),
    "invitation.withdrawn": _l("Invitation withdrawn"),
    "mail.sent_again": _l("Mail sent again"),
    "organisation.added": _l("Organisation added"),
    "organisation.completed": _l("Organisation's record completed"),
    "person.spelling_added": _l("Spelling of a name added"),
    "programme.published": _l("Programme published"),
    "role.granted": _l("Role given"),
    "role.withdrawn": _l("Role taken away"),
    "room.added": _l("Room added"),
    "room.changed": _l("Room changed"),
    "room.removed": _l("Room removed"),
    "session.added": _l("Session added"),
    "session.cancelled": _l("Session cancelled"),
    "session.changed": _l("Session changed"),
    "session.clearing_set": _l("Time for clearing set"),
    "session.moved": _l("Session moved"),
    "session.person_added": _l("Person put on stage"),
    "session.person_removed": _l("Person taken off stage"),
    "session.placed": _l("Session scheduled"),
    "session.signatories_set": _l("Signatories set"),
    "session.taken_off": _l("Session taken off the programme"),
    "stand.added": _l("Stand added"),
    "stand.allocated": _l("Stand allocated"),
    "stand.freed": _l("Stand freed"),
    "user.added": _l("Account made"),
    "user.changed": _l("Account changed"),
    "user.confirmed": _l("Address confirmed"),
    "user.disabled": _l("Account disabled"),
    "user.enabled": _l("Account let in again"),
    "user.made_owner": _l("Made owner of the installation"),
    "user.password_hashed_anew": _l("Password stored in a stronger form"),
    "user.password_set": _l("Password set"),
    "user.reset_asked": _l("New password asked for"),
    "user.signed_out_everywhere": _l("Signed out everywhere"),
}


@backoffice.get("/trail")
@access.organiser(Role.ADMINISTRATOR)
def trail(edition: Edition) -> str:
    """List who did what, the latest first."""
    reader = queries.Reader(edition, with_general=current_user.is_owner)
    wanted = _wanted()
    page = page_of(queries.entries(reader, wanted), page_number(), 50)
    choices = {"kinds": [(kind, _kind(kind)) for kind in queries.kinds(reader)], "actors": queries.actors(reader)}
    return render_template("backoffice/trail.html", page=page, wanted=wanted, lines=_lines(page.rows), **choices)


def _wanted() -> queries.Wanted:
    """Read from the address how the trail is narrowed; what makes no sense narrows nothing."""
    actor = request.args.get("actor", "")
    known = actor == "system" or (actor.isascii() and actor.isdigit() and len(actor) < _LONGEST_ID)
    return queries.Wanted(request.args.get("kind", "")[:40].replace("\x00", ""), actor if known else "", _day("since"), _day("until"))


def _day(name: str) -> date | None:
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if date(1990, 1, 1) <= found <= date(2200, 1, 1) else None


def _kind(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def _lines(rows: Sequence[AuditEntry]) -> list[dict[str, Any]]:
    """Write entries in words: when, who, what was done, to whom or what, and what else the entry says."""
    names = queries.names_of(rows)
    return [
        {
            "at": row.at,
            "who": _text(names.get(("user", row.actor_id))) if row.actor_id is not None else None,
            "by_nobody": row.actor_id is None,
            "did": str(ACTS.get(row.action, row.action)),
            "kind": _kind(row.subject_kind),
            "what": _text(names.get((row.subject_kind, row.subject_id))) or _("no. %(number)s", number=row.subject_id),
            "more": _more(row.details),
        }
        for row in rows
    ]


def _text(name: queries.Name | None) -> str:
    return i18n.text(name) if isinstance(name, dict) else name or ""


def _more(details: dict[str, Any]) -> str:
    """Write the rest of an entry: roles by their name, words as they are; bare numbers say nothing to a reader."""
    said = {name: value for name, value in details.items() if isinstance(value, str | list) and value}
    return " · ".join(_role(str(value)) if name == "role" else ", ".join(map(str, value)) if isinstance(value, list) else str(value) for name, value in said.items())


def _role(code: str) -> str:
    """Name a role in the team or on stage; one that neither knows is written as it is, since facts outlive our words for them."""
    if code in list(StageRole):
        return str(STAGE_ROLES[StageRole(code)])
    return role_name(code) if code in list(Role) else code
