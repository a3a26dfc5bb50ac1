"""An organisation that exhibited before registers again: what is known of it comes along, for its own people only."""

from datetime import datetime
from typing import Any

from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.errors import NotTheirPeople
from eventapp.exhibitors.models import Exhibitor, RegistrationDraft
from eventapp.exhibitors.operations.registration import begin_registration
from eventapp.exhibitors.queries import joining as queries
from eventapp.exhibitors.queries import wanted_by
from eventapp.organisations.queries import organisation as load_organisation


def begin_again(edition_id: int, key: str, organisation_id: int, *, user_id: int, now: datetime) -> RegistrationDraft:
    """Fill a registration in with what an organisation gave last time, or with its record where it never exhibited; answers that are there already stay."""
    with transaction():
        if not queries.acts_for(user_id, organisation_id):
            raise NotTheirPeople
        last = queries.last_exhibitor(user_id, edition_id, organisation_id)
        draft = begin_registration(edition_id, key, now=now)
        known = answers_of(last) if last else {"organisation": _record(organisation_id)}
        if last:
            edition = db.session.get_one(Edition, last.edition_id)
            known["taken_from"] = {"edition": dict(edition.name), "organisation": organisation_id}
        draft.answers = {**known, **draft.answers}
        draft.changed_at = now
        db.session.get_one(Exhibitor, draft.exhibitor_id).public_name = draft.answers["organisation"]["name"]
    return draft


def _record(organisation_id: int) -> dict[str, Any]:
    one = load_organisation(organisation_id)
    known = {"name": one.name, "name_ar": one.name_ar or "", "country": one.country, "city": one.city, "ice": one.ice or "", "website": one.website or ""}
    return {**known, "sector": "other", "known_id": one.id}


def answers_of(last: Exhibitor) -> dict[str, Any]:
    """Write what an exhibitor gave as the answers of a new registration; stands, extras and messages are of their edition and stay there."""
    wanted = wanted_by(last.id)
    organisation = {
        name: getattr(last, column) or "" for name, column in (("name", "public_name"), ("name_ar", "public_name_ar"), ("city", "city"), ("ice", "ice"), ("website", "website"))
    }
    contact = ("contact_name", "contact_email", "contact_phone", "language", "invoice_name", "invoice_email", "billing_entity")
    answers: dict[str, Any] = {
        "organisation": {**organisation, "country": last.organisation.country, "sector": last.sector, "known_id": last.organisation_id},
        "contact": {**{name: getattr(last, name) for name in contact}, "purchase_order": ""},
    }
    if last.area_wished:
        sides = str(last.open_sides_wished or "")
        space = {"stand_kind": last.stand_kind, "area": format(last.area_wished.normalize(), "f"), "open_sides": sides, "fascia_name": last.fascia_name}
        answers["space"] = {**space, "wishes": [], "message": ""}
    if wanted.sectors or wanted.products:
        answers["products"] = {"sectors": wanted.sectors, "products": wanted.products}
    if wanted.co_exhibitors or wanted.represented:
        co_exhibitors = [
            {"name": one.name, "country": one.country, "ice": one.ice or "", "contact_name": one.contact_name, "contact_email": one.contact_email} for one in wanted.co_exhibitors
        ]
        answers["companions"] = {"co_exhibitors": co_exhibitors, "represented": [{"name": one.name, "country": one.country} for one in wanted.represented]}
    return answers
