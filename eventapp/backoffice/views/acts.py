"""The trail in words: what each kind of act is called, and what an entry says beside it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from eventapp.accounts.models import Role
from eventapp.accounts.naming import role_name
from eventapp.attendees.rules import CATEGORY_NAMES
from eventapp.backoffice.views.fields import FIELDS
from eventapp.editions.forms import STATE_NAMES
from eventapp.programme.forms.words import ROLE_NAMES as STAGE_ROLES
from eventapp.programme.models import StageRole
from eventapp.web import i18n

KINDS = {
    "agreement": _l("Agreements"),
    "attendee": _l("Attendees"),
    "badge": _l("Badges"),
    "device": _l("Devices"),
    "document": _l("Documents to provide"),
    "edition": _l("Settings of the edition"),
    "circular": _l("Messages to exhibitors"),
    "exhibitor": _l("Exhibitors"),
    "exhibitor_import": _l("Imports of exhibitors"),
    "feature": _l("Floor plan"),
    "gate": _l("Gates"),
    "hall": _l("Halls"),
    "invitation": _l("Invitations"),
    "mail": _l("Mail"),
    "organisation": _l("Organisations"),
    "person": _l("People"),
    "price": _l("Prices"),
    "conditions": _l("Conditions of participation"),
    "exhibiting_rules": _l("Rules for exhibiting"),
    "price_list": _l("Price list"),
    "proposal": _l("Proposals of stands"),
    "published_version": _l("Published programme"),
    "room": _l("Rooms"),
    "session": _l("Sessions"),
    "stand": _l("Stands"),
    "statement": _l("Bank statements"),
    "user": _l("Accounts"),
    "view": _l("Saved views"),
    "zone": _l("Zones"),
}
ACTS = {
    "agreement.changed": _l("Agreement changed"),
    "agreement.deleted": _l("Agreement deleted"),
    "agreement.moved": _l("Signing moved"),
    "agreement.recorded": _l("Agreement recorded"),
    "agreement.scheduled": _l("Signing scheduled"),
    "agreement.unscheduled": _l("Signing taken off the programme"),
    "attendee.added": _l("Attendee added"),
    "attendee.asked_to_join": _l("Asked to join an exhibitor's staff"),
    "attendee.changed": _l("Attendee changed"),
    "attendee.corrected": _l("Attendee's details corrected"),
    "attendee.declined_to_join": _l("Said no to an exhibitor's staff"),
    "attendee.left_staff": _l("Taken off an exhibitor's staff"),
    "attendee.question_withdrawn": _l("Question to join a staff taken back"),
    "attendee.registered": _l("Attendee registered"),
    "attendee.withdrawn": _l("Attendee withdrawn"),
    "badge.issued": _l("Badge issued"),
    "badge.replaced": _l("Badge replaced"),
    "badge.revoked": _l("Badge revoked"),
    "badge.sent_again": _l("Badge mailed again"),
    "demo.loaded": _l("Example data loaded"),
    "credit.move_cancelled": _l("Use or refund of a credit cancelled"),
    "credit.refunded": _l("Credit sent back to the exhibitor"),
    "credit.used": _l("Credit used on an invoice"),
    "device.enrolled": _l("Device enrolled"),
    "device.moved": _l("Device moved to another gate"),
    "device.prepared": _l("Device prepared"),
    "device.revoked": _l("Device shut out"),
    "document.approved": _l("Document approved"),
    "document.asked_for": _l("Document asked for"),
    "document.changed": _l("What is asked of a document changed"),
    "document.dropped": _l("Document asked for no more"),
    "document.provided": _l("Document sent"),
    "document.refused": _l("Document refused"),
    "edition.changed": _l("Settings changed"),
    "edition.made": _l("Edition made"),
    "edition.floor_drawn": _l("Floor drawn"),
    "catalogue.logo_put": _l("Logo sent"),
    "catalogue.logo_removed": _l("Logo removed"),
    "catalogue.written": _l("Entry in the catalogue written"),
    "conditions.accepted": _l("Conditions of participation accepted"),
    "conditions.written": _l("Conditions of participation written"),
    "exhibiting_rules.set": _l("Rules for exhibiting set"),
    "edition.drawing_undone": _l("Last change of the plan undone"),
    "contract.accepted": _l("Contract accepted"),
    "contract.all_sent": _l("Contracts sent to everybody who waits for one"),
    "contract.sent": _l("Contract sent"),
    "exhibitors.imported": _l("List of exhibitors imported"),
    "exhibitors.import_told": _l("Imported exhibitors written to"),
    "exhibitors.import_undone": _l("Import of exhibitors undone"),
    "exhibitor.corrected": _l("Application corrected"),
    "circular.sent": _l("Message written to many"),
    "exhibitor.accepted": _l("Application accepted"),
    "exhibitor.answered": _l("The exhibitor wrote"),
    "exhibitor.answers_read": _l("Answers read"),
    "exhibitor.handed_over": _l("Ownership handed over"),
    "exhibitor.invited": _l("Colleague invited"),
    "exhibitor.joined": _l("Colleague joined"),
    "exhibitor.kept_apart": _l("Kept apart from another exhibitor"),
    "exhibitor.left": _l("Colleague left"),
    "exhibitor.let_be_neighbour": _l("Not kept apart any more"),
    "exhibitor.prepared": _l("Registration prepared by telephone"),
    "exhibitor.prepared_again": _l("Link of the prepared registration mailed again"),
    "exhibitor.refused": _l("Application refused"),
    "exhibitor.submitted": _l("Application sent"),
    "exhibitor.confirmed": _l("Confirmed by its owner"),
    "exhibitor.waitlisted": _l("Put on the waiting list"),
    "exhibitor.withdrawn": _l("Application withdrawn"),
    "exhibitor.written_to": _l("The organiser wrote"),
    "feature.removed": _l("Something beside stands removed"),
    "gate.added": _l("Gate added"),
    "gate.changed": _l("Gate changed"),
    "gate.removed": _l("Gate removed"),
    "invitation.accepted": _l("Invitation accepted"),
    "invitation.sent": _l("Invitation sent"),
    "invitation.withdrawn": _l("Invitation withdrawn"),
    "mail.sent_again": _l("Mail sent again"),
    "organisation.added": _l("Organisation added"),
    "organisation.join_accepted": _l("Let in to act for an organisation"),
    "organisation.join_asked": _l("Asked to act for an organisation"),
    "organisation.join_refused": _l("Not let in to act for an organisation"),
    "organisation.completed": _l("Organisation's record completed"),
    "person.name_corrected": _l("Name corrected"),
    "person.spelling_added": _l("Spelling of a name added"),
    "edition.seller_set": _l("Seller and bank account changed"),
    "edition.withdrawal_scale_set": _l("Scale of withdrawals changed"),
    "exhibitor.billing_set": _l("Billing address changed"),
    "invoice.balance_issued": _l("Balance invoice issued"),
    "invoice.credit_note_issued": _l("Credit note issued"),
    "invoice.deposit_issued": _l("Deposit invoice issued"),
    "payment.cancelled": _l("Payment cancelled"),
    "payment.recorded": _l("Payment recorded"),
    "price.added": _l("Price added"),
    "price.changed": _l("Price changed"),
    "price.moved": _l("Price moved in the list"),
    "price.put_on_sale": _l("Price put on sale again"),
    "price.removed": _l("Price removed"),
    "price.taken_off_sale": _l("Price taken off sale"),
    "price_list.quota_set": _l("Badge quota set"),
    "price_list.terms_set": _l("Terms of payment set"),
    "programme.published": _l("Programme published"),
    "role.granted": _l("Role given"),
    "role.withdrawn": _l("Role taken away"),
    "room.added": _l("Room added"),
    "room.changed": _l("Room changed"),
    "hall.removed": _l("Hall removed"),
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
    "statement.columns_named": _l("Columns of a bank statement named"),
    "statement.read": _l("Bank statement read in"),
    "statement.recorded": _l("Lines of a bank statement recorded"),
    "statement.undone": _l("Bank statement taken back"),
    "proposal.accepted": _l("Proposal of stands accepted"),
    "proposal.asked": _l("Proposal of stands asked for"),
    "proposal.changed": _l("Line of a proposal changed"),
    "proposal.undone": _l("Acceptance of a proposal undone"),
    "stand.added": _l("Stand added"),
    "stand.allocated": _l("Stand allocated"),
    "stand.blocked": _l("Stand blocked"),
    "stand.described": _l("Stand's number, kind or sides changed"),
    "stand.freed": _l("Stand freed"),
    "stand.held": _l("Stand held"),
    "stand.hold_renewed": _l("Hold made longer"),
    "stand.left": _l("Left for another stand"),
    "stand.moved": _l("Moved to another stand"),
    "stand.released": _l("Hold ended"),
    "stand.request_ended": _l("Request for a stand ended"),
    "stand.requested": _l("Stand requested"),
    "stand.reshaped": _l("Stand drawn anew"),
    "stand.retired": _l("Stand taken off the plan"),
    "stand.swapped": _l("Stand swapped with another exhibitor"),
    "stand.unblocked": _l("Stand unblocked"),
    "stand.waiting_told": _l("Waiting list told of a free stand"),
    "stand.undone": _l("Stand's last change undone"),
    "view.changed": _l("View of the work list changed"),
    "view.deleted": _l("View of the work list deleted"),
    "view.saved": _l("View of the work list saved"),
    "visa_letter.asked": _l("Letter for a visa asked for"),
    "visa_letter.issued": _l("Letter for a visa issued"),
    "visa_letter.passports_erased": _l("Passports' data erased"),
    "visa_letter.refused": _l("Letter for a visa refused"),
    "visa_letter.withdrawn": _l("Request for a letter taken back"),
    "zone.removed": _l("Zone removed"),
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
_UNSAID = frozenset({"folded"})  # what follows from another field
_SCRIPTS = {"arab": _l("in Arabic letters"), "latn": _l("in Latin letters")}
_FOR = {"exhibitor": _l("to an exhibitor's team"), "role": _l("to the organiser's team")}


def kind(code: str) -> str:
    """Name what entries are about; what has no name any more keeps its code, since facts outlive our words for them."""
    return str(KINDS.get(code, code))


def did(action: str) -> str:
    """Name an act."""
    return str(ACTS.get(action, action))


def more(details: Mapping[str, Any]) -> str:
    """Write the rest of an entry in the reader's words; bare numbers say nothing to a reader."""
    said = (_WORDS.get(name, _plain)(value, details) for name, value in details.items() if value and (name in _WORDS or isinstance(value, str)))
    return " · ".join(filter(None, said))


def _plain(value: str, _details: Mapping[str, Any]) -> str:
    return value


def _named(names: Mapping[Any, Any]) -> Callable[[Any, Mapping[str, Any]], str]:
    """Make what writes a code by its name."""
    return lambda value, _details: str(names.get(value, value))


def _role(code: str, _details: Mapping[str, Any]) -> str:
    """Name a role in the team or on stage."""
    if code in list(StageRole):
        return str(STAGE_ROLES[StageRole(code)])
    return role_name(code) if code in list(Role) else code


def _category(code: str, _details: Mapping[str, Any]) -> str:
    return i18n.text(CATEGORY_NAMES[code]) if code in CATEGORY_NAMES else code


def _fields(names: list[str], _details: Mapping[str, Any]) -> str:
    """List what was changed, each matter once."""
    return i18n.listing(list(dict.fromkeys(str(FIELDS.get(name, name)) for name in names if name not in _UNSAID)))


def _when(day: str, details: Mapping[str, Any]) -> str:
    """Write a day, with the hour where the entry has one."""
    try:
        written = i18n.day(date.fromisoformat(day))
    except ValueError:
        return day
    start = details.get("start_minute")
    return i18n.with_commas(written, i18n.hour(start)) if isinstance(start, int) else written


def _minutes(minutes: int, _details: Mapping[str, Any]) -> str:
    return str(ngettext("%(num)s minute", "%(num)s minutes", minutes))


_ASKED = {"telephone": _l("asked for by telephone"), "mail": _l("asked for by e-mail"), "desk": _l("asked for at our desk"), "nobody": _l("a correction of ours")}


_WORDS: dict[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "asked": _named(_ASKED),
    "category": _category,
    "day": _when,
    "fields": _fields,
    "kind": _named(_FOR),
    "minutes": _minutes,
    "role": _role,
    "script": _named(_SCRIPTS),
    "state": _named(STATE_NAMES),
}
