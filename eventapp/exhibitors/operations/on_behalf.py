"""What an organiser does for an exhibitor who telephones: prepares or enters its registration, corrects its application. The trail names the organiser."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from eventapp.accounts.models import User
from eventapp.accounts.people import find_or_add_user, mail_way_in
from eventapp.audit.trail import record
from eventapp.core import ids
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.exhibitors import queries, rules
from eventapp.exhibitors.errors import AlreadySent, NotPossibleNow
from eventapp.exhibitors.models import ApplicationState, Exhibitor, PreparedRegistration, RegistrationDraft
from eventapp.exhibitors.operations.registration import add_exhibitor, begin_registration, mail_resume_link, write_answers
from eventapp.exhibitors.queries import desk
from eventapp.exhibitors.rules import Application
from eventapp.mail.outbox import queue_mail
from eventapp.organisations.rules import folded_names, ice_number

Answers = Mapping[str, Mapping[str, Any]]
CORRECTED = (
    *("public_name", "public_name_ar", "city", "ice", "website", "sector", "contact_name", "contact_email", "contact_phone", "language"),
    *("invoice_name", "invoice_email", "billing_entity", "purchase_order", "stand_kind", "area_wished", "open_sides_wished", "fascia_name", "message"),
)


def prepare_registration(edition_id: int, answers: Answers, *, actor_id: int, now: datetime) -> RegistrationDraft:
    """Fill in a registration for somebody, and mail them the link by which they check it, accept the conditions and send it."""
    with transaction():
        draft = begin_registration(edition_id, ids.new_secret(), now=now)
        draft.answers = {**answers, "organisation": {**answers["organisation"], "ice": ice_number(answers["organisation"].get("ice") or "") or ""}}
        exhibitor = db.session.get_one(Exhibitor, draft.exhibitor_id)
        exhibitor.public_name = answers["organisation"]["name"]
        db.session.add(PreparedRegistration(draft_id=draft.id, edition_id=edition_id, by_user_id=actor_id, at=now, last_mail_at=now))
        _mail_link(draft, by_itself=True, now=now)
        record("exhibitor.prepared", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=edition_id)
    return draft


def _mail_link(draft: RegistrationDraft, *, by_itself: bool, now: datetime) -> None:
    contact = draft.answers["contact"]
    mail_resume_link(draft, contact["contact_email"], contact["language"], by_itself=by_itself, template="exhibitors/prepared", now=now)


def send_prepared_again(edition_id: int, draft_id: int, *, actor_id: int, now: datetime) -> RegistrationDraft:
    """Mail the link of a prepared registration once more, to whom it names as its contact."""
    with transaction():
        prepared, draft = desk.prepared_to_change(edition_id, draft_id)
        if draft.sent_at is not None:
            raise AlreadySent
        _mail_link(draft, by_itself=False, now=now)
        prepared.last_mail_at = now
        record("exhibitor.prepared_again", "exhibitor", draft.exhibitor_id or 0, actor_id=actor_id, at=now, edition_id=edition_id)
    return draft


def enter_application(edition_id: int, answers: Answers, *, actor_id: int, now: datetime, real_now: datetime) -> Exhibitor:
    """Enter a whole application for somebody; its contact is told, owns it, and confirms the address by the mail with the way in."""
    with transaction():
        edition = db.session.get_one(Edition, edition_id)
        ice = ice_number(answers["organisation"].get("ice") or "") or ""
        applied = rules.application({**answers, "organisation": {**answers["organisation"], "ice": ice}})
        owner = find_or_add_user(applied.contact_email, applied.contact_name, applied.language, real_now)
        exhibitor = add_exhibitor(edition_id, applied, owner_id=owner.id, brought_by=actor_id, now=now, real_now=real_now)
        tell_of_entry(exhibitor, owner, edition, real_now=real_now)
    return exhibitor


def tell_of_entry(exhibitor: Exhibitor, owner: User, edition: Edition, *, real_now: datetime) -> None:
    """Tell the contact what the organiser entered, and mail the owner the way in; inside an operation."""
    path = f"/exhibitor/{edition.slug}/{exhibitor.id}/"
    facts: dict[str, Any] = {"name": exhibitor.public_name, "reference": exhibitor.reference, "path": path, "contact": edition.contact_email}
    queue_mail(exhibitor.contact_email, "exhibitors/entered", exhibitor.language, edition_id=edition.id, accepted=exhibitor.state == ApplicationState.ACCEPTED, **facts)
    mail_way_in(owner, exhibitor.language, next_path=path, edition_id=edition.id, now=real_now)


def correct_application(exhibitor_id: int, applied: Application, *, asked: str, version: int, actor_id: int, now: datetime) -> list[str]:
    """Change what an application says, as its exhibitor asked; name what was changed. The contact is told, and the one before where it is another.

    `asked` says how it was asked for, as a code for the trail.
    """
    with transaction():
        exhibitor = queries.exhibitor_to_change(exhibitor_id)
        if exhibitor.version != version:
            raise ChangedMeanwhile
        if exhibitor.state in rules.ENDED:
            raise NotPossibleNow
        before = {name: getattr(exhibitor, name) for name in CORRECTED}
        write_answers(exhibitor, applied)
        changed = sorted(name for name in CORRECTED if getattr(exhibitor, name) != before[name])
        if changed:
            exhibitor.folded = folded_names(exhibitor.public_name, exhibitor.public_name_ar)
            record("exhibitor.corrected", "exhibitor", exhibitor.id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id, fields=changed, asked=asked)
            _tell_of_correction(exhibitor, changed, before["contact_email"])
    return changed


def _tell_of_correction(exhibitor: Exhibitor, changed: list[str], address_before: str) -> None:
    if exhibitor.is_example:
        return
    edition = db.session.get_one(Edition, exhibitor.edition_id)
    facts: dict[str, Any] = {"name": exhibitor.public_name, "reference": exhibitor.reference, "fields": changed, "contact": edition.contact_email}
    for address in dict.fromkeys((exhibitor.contact_email, address_before)):
        queue_mail(address, "exhibitors/corrected", exhibitor.language, edition_id=edition.id, path=f"/exhibitor/{edition.slug}/{exhibitor.id}/", **facts)
