"""From the first saved step to an application."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select

from eventapp.accounts.people import user_by_email, user_for_address
from eventapp.audit.trail import record
from eventapp.core import ids
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import NotThere
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.editions.rules import registration_is_open
from eventapp.exhibitors import queries, rules
from eventapp.exhibitors.errors import AlreadyApplied, AlreadySent, AnswersChanged, MustJoin, RegistrationClosed, StepMissing
from eventapp.exhibitors.models import ApplicationState, Exhibitor, ExhibitorMember, RegistrationDraft, ResumeLink, StandKind
from eventapp.exhibitors.operations.conditions import check_acceptance, keep_acceptance
from eventapp.exhibitors.operations.wanted import keep_wanted
from eventapp.exhibitors.queries.joining import acts_for, has_people
from eventapp.exhibitors.rules import Application
from eventapp.exhibitors.signals import exhibitor_submitted, said
from eventapp.mail.outbox import queue_mail
from eventapp.organisations.models import Organisation
from eventapp.organisations.operations import find_or_add_organisation
from eventapp.organisations.queries import organisation as known_organisation
from eventapp.organisations.queries import organisation_called, organisation_with_ice
from eventapp.organisations.rules import folded_names, ice_number
from eventapp.pricing.queries import price_list
from eventapp.pricing.rules import check_extras


def save_step(edition_id: int, key: str, step: str, answers: Mapping[str, Any], *, kind: str | None = None, now: datetime) -> RegistrationDraft:
    """Keep the answers of one step; the first one opens the registration that the key belongs to. `kind` is that of the stand that is held."""
    kept = dict(answers)
    if "ice" in kept:
        kept["ice"] = ice_number(kept["ice"] or "") or ""
    with transaction():
        draft = begin_registration(edition_id, key, now=now)
        if step == "extras":
            check_extras(kind or draft.answers.get("space", {}).get("stand_kind", StandKind.EQUIPPED), rules.quantities(kept["extras"]), price_list(edition_id).items)
        draft.answers = {**draft.answers, step: kept}
        draft.changed_at = now
        if step == "contact":
            mail_resume_link(draft, kept["contact_email"], kept["language"], by_itself=True, now=now)
        db.session.get_one(Exhibitor, draft.exhibitor_id).public_name = draft.answers.get("organisation", {}).get("name", "")
    return draft


def begin_registration(edition_id: int, key: str, *, now: datetime) -> RegistrationDraft:
    """Open the registration that a key belongs to, with a draft exhibitor that can hold a stand; one that is open already stays as it is."""
    with transaction():
        _must_be_open(db.session.get_one(Edition, edition_id), now)
        draft = queries.draft_to_change(edition_id, key)
        if draft is None:
            empty = {"edition_id": edition_id, "key_hash": ids.hash_secret(key), "answers": {}, "created_at": now, "changed_at": now}
            insert_new(cast("Table", RegistrationDraft.__table__), [empty], ["edition_id", "key_hash"])
            draft = queries.draft_to_change(edition_id, key)
        if draft is None or draft.sent_at is not None:
            raise AlreadySent
        if draft.exhibitor_id is None:
            draft.exhibitor_id = _begin(edition_id, now).id
    return draft


def _begin(edition_id: int, now: datetime) -> Exhibitor:
    """Add an exhibitor that is a draft: it can hold a stand, and counts for nothing else."""
    exhibitor = Exhibitor(edition_id=edition_id, reference=_free_reference(edition_id), state=ApplicationState.DRAFT, public_name="", created_at=now)
    db.session.add(exhibitor)
    db.session.flush()
    return exhibitor


def send_resume_link(edition_id: int, key: str, email: str, language: str, *, now: datetime) -> None:
    """Mail a link that opens the registration in another browser, to whoever asks for it in this one."""
    with transaction():
        draft = queries.draft_to_change(edition_id, key)
        if draft is None:
            raise NotThere
        if draft.sent_at is not None:
            raise AlreadySent
        mail_resume_link(draft, email, language, by_itself=False, now=now)


def mail_resume_link(draft: RegistrationDraft, email: str, language: str, *, by_itself: bool, template: str = "exhibitors/resume", now: datetime) -> None:
    """Mail a new link to a registration, inside an operation; by itself the program mails one to each address, however often the contact is saved."""
    secret, email = ids.new_secret(), email.strip().lower()
    once = f"resume-{draft.id}-{ids.hash_secret(email)}" if by_itself else None
    edition = db.session.get_one(Edition, draft.edition_id)
    facts = {"name": draft.answers.get("organisation", {}).get("name", ""), "contact": edition.contact_email}
    mail = queue_mail(email, template, language, edition_id=edition.id, key=once, secret_path=f"/{edition.slug}/exhibit/resume/{secret}", **facts)
    if mail is not None:
        db.session.add(ResumeLink(edition_id=edition.id, key_hash=ids.hash_secret(secret), draft_id=draft.id, created_at=now))
        db.session.flush()


def submit_registration(  # noqa: PLR0913 - all that the last page says
    edition_id: int,
    key: str,
    *,
    seen: str,
    held: int | None = None,
    space: Mapping[str, str] | None = None,
    accepted: tuple[int, str] | None = None,
    user_id: int | None,
    now: datetime,
    real_now: datetime,
) -> Exhibitor:
    """Turn the saved answers into an application; sending the same registration again returns the same one.

    `seen` is the mark of the answers that the page showed, `held` the stand that it said is held, `space` its kind and area, `accepted` the number of
    the conditions that were accepted on it and the language in which they were read. Who is not signed in owns the application through the
    contact's address, which is confirmed by mail; `real_now` is for that link.
    """
    with transaction():
        draft = queries.draft_to_change(edition_id, key)
        if draft is None:
            raise StepMissing
        if draft.sent_at is not None:
            return db.session.get_one(Exhibitor, draft.exhibitor_id)
        _must_be_open(db.session.get_one(Edition, edition_id), now)
        if rules.first_missing(draft.answers) is not None:
            raise StepMissing
        if seen != rules.mark(draft.changed_at):
            raise AnswersChanged
        begun = db.session.get(Exhibitor, draft.exhibitor_id) if draft.exhibitor_id else None
        applied = rules.application(rules.with_space(draft.answers, space))
        terms = check_acceptance(edition_id, accepted[0] if accepted else None)
        known, organisation_id = None if user_id else user_by_email(applied.contact_email), _whose(applied, edition_id, user_id)
        secret = _await_confirmation(draft, now) if known is not None and known.confirmed_at is not None else None
        owner_id = known.id if known is not None and secret else user_id
        exhibitor = add_exhibitor(edition_id, applied, begun=begun, held=held, owner_id=owner_id, organisation_id=organisation_id, to_confirm=secret, now=now, real_now=real_now)
        if terms is not None and accepted is not None:
            keep_acceptance(exhibitor, terms, accepted[1], now=now)
        draft.exhibitor_id, draft.sent_at = exhibitor.id, now
    return exhibitor


def _await_confirmation(draft: RegistrationDraft, now: datetime) -> str:
    """Let an application that is sent in the name of an account, by somebody not signed in, wait for the link that its mail has; return the link's secret."""
    secret = ids.new_secret()
    draft.answers = {**draft.answers, "awaits": ids.hash_secret(secret)}
    db.session.add(ResumeLink(edition_id=draft.edition_id, key_hash=ids.hash_secret(secret), draft_id=draft.id, created_at=now))
    return secret


def confirm_application(edition_id: int, secret: str, *, now: datetime) -> Exhibitor:
    """Confirm, by the link that was mailed with the application, that the account's owner sent it; doing so again changes nothing."""
    with transaction():
        draft = queries.draft_to_change(edition_id, secret)
        if draft is None or draft.exhibitor_id is None:
            raise NotThere
        exhibitor = db.session.get_one(Exhibitor, draft.exhibitor_id)
        if draft.answers.get("awaits") == ids.hash_secret(secret):
            draft.answers = {name: given for name, given in draft.answers.items() if name != "awaits"}
            owner = queries.owner_of(exhibitor.id)
            record("exhibitor.confirmed", "exhibitor", exhibitor.id, actor_id=owner.id if owner else None, at=now, edition_id=edition_id)
    return exhibitor


def _whose(applied: Application, edition_id: int, user_id: int | None) -> int | None:
    """Name the organisation that is registered, where it is known; one that has people is registered by them alone.

    Who is not signed in is who the contact's address belongs to: the application is that account's.
    """
    if user_id is None:
        account = user_by_email(applied.contact_email)
        user_id = account.id if account else None
    if applied.known_id is not None and acts_for(user_id, applied.known_id):
        return applied.known_id
    number = ice_number(applied.ice)
    found = organisation_with_ice(number) if number else None
    found = found or (None if applied.another else organisation_called(applied.name, applied.country, number))
    if found is None:
        return None
    if has_people(found.id) and not acts_for(user_id, found.id):
        refuse_second_application(db.session.get_one(Edition, edition_id), found.id, applied.name)
        raise MustJoin(organisation=applied.name)
    return found.id


def _must_be_open(edition: Edition, now: datetime) -> None:
    if not registration_is_open(edition, "exhibit", wall(now, edition.timezone).date()):
        raise RegistrationClosed(contact=edition.contact_email)


def add_exhibitor(  # noqa: PLR0913 - all that may be known of it
    edition_id: int,
    applied: Application,
    *,
    begun: Exhibitor | None = None,
    held: int | None = None,
    owner_id: int | None,
    organisation_id: int | None = None,
    brought_by: int | None = None,
    is_example: bool = False,
    to_confirm: str | None = None,
    now: datetime,
    real_now: datetime,
) -> Exhibitor:
    """Add an application with its organisation, owner and wishes, or send the draft that was begun; confirm it to the contact by mail.

    Nothing is mailed for examples, nor for what an organiser brings along (`brought_by`). `organisation_id` names the organisation where it is known which one it is,
    `to_confirm` is the secret by which the owner confirms that it is theirs.
    """
    with transaction():
        edition = db.session.get_one(Edition, edition_id)
        organisation = known_organisation(organisation_id) if organisation_id else _organisation(applied, brought_by or owner_id, now, is_example=is_example)
        refuse_second_application(edition, organisation.id, applied.name)
        exhibitor = begun or _begin(edition_id, now)
        _fill(exhibitor, organisation, applied, now)
        exhibitor.is_example = is_example
        db.session.flush()
        keep_wanted(exhibitor, applied)
        path = f"/exhibitor/{edition.slug}/{exhibitor.id}/"
        if owner_id is None:
            owner_id = user_for_address(applied.contact_email, applied.contact_name, applied.language, next_path=path, edition_id=edition_id, now=real_now).id
        exhibitor.members.append(ExhibitorMember(user_id=owner_id, role="owner", since=now))
        record("exhibitor.submitted", "exhibitor", exhibitor.id, actor_id=brought_by or (None if to_confirm else owner_id), at=now, edition_id=edition_id)
        beside = said(exhibitor_submitted.send(exhibitor=exhibitor, wishes=applied.wishes, held=held, now=now))
        if not is_example and brought_by is None:
            facts: dict[str, Any] = {"name": applied.name, "reference": exhibitor.reference, "path": path}
            facts |= {"secret_path": f"/{edition.slug}/exhibit/resume/{to_confirm}", "contact": edition.contact_email} if to_confirm else {}
            queue_mail(applied.contact_email, "exhibitors/received", applied.language, edition_id=edition_id, **facts, **beside)
    return exhibitor


def _organisation(applied: Application, actor_id: int | None, now: datetime, *, is_example: bool) -> Organisation:
    facts: dict[str, Any] = {name: getattr(applied, name) for name in ("name", "country", "city", "ice", "name_ar", "website")}
    return find_or_add_organisation(**facts, another=bool(applied.another), is_example=is_example, actor_id=actor_id, now=now)


def refuse_second_application(edition: Edition, organisation_id: int, name: str) -> None:
    """Refuse when the organisation has a living application; its row is locked, so that of two at once one is refused."""
    db.session.execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())
    if queries.living_application(edition.id, organisation_id) is not None:
        raise AlreadyApplied(organisation=name, contact=edition.contact_email)


def _fill(exhibitor: Exhibitor, organisation: Organisation, applied: Application, now: datetime) -> None:
    """Make an application of the exhibitor's row, with what was applied for."""
    exhibitor.organisation, exhibitor.state, exhibitor.submitted_at = organisation, ApplicationState.SUBMITTED, now
    write_answers(exhibitor, applied)


def write_answers(exhibitor: Exhibitor, applied: Application) -> None:
    """Write what was applied for into the exhibitor's row."""
    exhibitor.public_name, exhibitor.public_name_ar = applied.name, applied.name_ar or None
    exhibitor.folded = folded_names(applied.name, applied.name_ar)
    exhibitor.city, exhibitor.ice, exhibitor.website, exhibitor.sector = applied.city, applied.ice or None, applied.website or None, applied.sector
    exhibitor.contact_name, exhibitor.contact_email, exhibitor.contact_phone = applied.contact_name, applied.contact_email.lower(), applied.contact_phone
    exhibitor.invoice_name, exhibitor.invoice_email = applied.invoice_name, applied.invoice_email.lower()
    exhibitor.billing_entity, exhibitor.purchase_order = applied.billing_entity, applied.purchase_order
    exhibitor.fascia_name = applied.fascia_name[: rules.LONGEST_FASCIA] if applied.stand_kind == StandKind.EQUIPPED else ""
    exhibitor.open_sides_wished = int(applied.open_sides) if applied.open_sides else None
    exhibitor.language, exhibitor.stand_kind, exhibitor.area_wished, exhibitor.message = applied.language, applied.stand_kind, applied.area_wished, applied.message


def _free_reference(edition_id: int) -> str:
    """Draw a reference that nobody in the edition has."""
    reference = ids.new_reference("E")
    while queries.reference_is_taken(edition_id, reference):
        reference = ids.new_reference("E")
    return reference
