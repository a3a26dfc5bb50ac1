"""Who sells, who pays, and what a withdrawal costs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from sqlalchemy import Table, delete

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.core.texts import clean
from eventapp.editions.queries import edition_to_change
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.invoicing import queries
from eventapp.invoicing.errors import OnlyDigits
from eventapp.invoicing.models import Billing, Seller, WithdrawalStep
from eventapp.invoicing.rules.owing import check_scale, mark_of
from eventapp.organisations.rules import ice_number


def set_seller(edition_id: int, values: Mapping[str, str], *, version: int | None = None, actor_id: int | None, now: datetime) -> Seller:
    """Say who sells at an edition; invoices that were issued keep what they say."""
    told = {name: clean(value) for name, value in values.items()}
    told["ice"] = ice_number(told["ice"]) or ""
    told["account"] = " ".join(told["account"].split()).upper()
    if not told["account"].replace(" ", "").isalnum() or not told["account"].isascii():
        raise OnlyDigits
    with transaction():
        made = insert_new(cast("Table", Seller.__table__), [{**told, "edition_id": edition_id, "version": 1}], ["edition_id"])
        seller = queries.seller_to_change(edition_id)
        assert seller is not None
        if not made:
            if version is not None and seller.version != version:
                raise ChangedMeanwhile
            for name, value in told.items():
                setattr(seller, name, value)
        record("edition.seller_set", "edition", edition_id, actor_id=actor_id, at=now, edition_id=edition_id)
        db.session.flush()
    return seller


def set_billing(exhibitor_id: int, values: Mapping[str, str], *, version: int | None = None, actor_id: int | None, now: datetime) -> Billing:
    """Say to whom an exhibitor's invoices go; those that were issued keep what they say."""
    told = {name: clean(value) for name, value in values.items()}
    told["ice"] = ice_number(told["ice"]) or ""
    with transaction():
        exhibitor = exhibitor_to_change(exhibitor_id)
        billing = queries.billing_of(exhibitor)
        if version is not None and billing.version != version:
            raise ChangedMeanwhile
        if not billing.version:
            billing = Billing(exhibitor_id=exhibitor.id, edition_id=exhibitor.edition_id)
            db.session.add(billing)
        for name, value in told.items():
            setattr(billing, name, value)
        record("exhibitor.billing_set", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id)
        db.session.flush()
    return billing


def set_scale(edition_id: int, steps: Sequence[tuple[date, Decimal]], *, seen: str | None = None, actor_id: int | None, now: datetime) -> None:
    """Say from which day on a withdrawing exhibitor keeps owing how many percent; `seen` is the mark of the scale that the page showed."""
    ordered = check_scale(steps)
    with transaction():
        edition_to_change(edition_id)
        if seen is not None and seen != mark_of(queries.scale_of(edition_id)):
            raise ChangedMeanwhile
        db.session.execute(delete(WithdrawalStep).where(WithdrawalStep.edition_id == edition_id))
        db.session.add_all(WithdrawalStep(edition_id=edition_id, from_day=day, percent_kept=percent) for day, percent in ordered)
        record("edition.withdrawal_scale_set", "edition", edition_id, actor_id=actor_id, at=now, edition_id=edition_id)
