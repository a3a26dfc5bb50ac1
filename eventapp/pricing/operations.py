"""Verbs on price lists."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.orm.attributes import flag_modified

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.core.texts import clean
from eventapp.pricing import queries, rules
from eventapp.pricing.errors import PriceCodeTaken, PricedTwice
from eventapp.pricing.models import PriceItem, PriceList, QuotaStep
from eventapp.pricing.rules import PricePlan, QuotaTable, Terms
from eventapp.pricing.signals import price_leaving


def add_price(edition_id: int, plan: PricePlan, *, actor_id: int | None, now: datetime) -> PriceItem:
    """Put a price on the list, last of its kind; its code is its own in the edition."""
    plan = _checked(plan)
    with transaction():
        queries.list_to_change(edition_id)
        _refuse_a_twin(edition_id, plan)
        row = {**vars(plan), "name": dict(plan.name), "edition_id": edition_id, "on_sale": True, "position": queries.last_position(edition_id) + 1, "version": 1}
        if not insert_new(cast("Table", PriceItem.__table__), [row], ["edition_id", "code"]):
            raise PriceCodeTaken(code=plan.code)
        item = queries.item_with_code(edition_id, plan.code)
        _note("price.added", item, actor_id, now)
    return item


def change_price(edition_id: int, item_id: int, plan: PricePlan, *, version: int | None = None, actor_id: int | None, now: datetime) -> PriceItem:
    """Change a price; its kind stays. What was quoted or billed before keeps its own copy."""
    plan = _checked(plan)
    with transaction():
        queries.list_to_change(edition_id)
        item = queries.item_of_edition(edition_id, item_id)
        _refuse_another_version(item, version)
        if queries.code_is_taken(item, plan.code):
            raise PriceCodeTaken(code=plan.code)
        if item.on_sale:
            _refuse_a_twin(edition_id, replace(plan, kind=item.kind), item.id)
        changed = sorted(name for name, value in vars(plan).items() if name != "kind" and getattr(item, name) != value)
        for name in changed:
            setattr(item, name, getattr(plan, name))
        _note("price.changed", item, actor_id, now, fields=changed)
        db.session.flush()
    return item


def take_off_sale(edition_id: int, item_id: int, *, actor_id: int | None, now: datetime) -> PriceItem:
    """Take a price off sale: it stays on the organiser's list and can come back."""
    with transaction():
        queries.list_to_change(edition_id)
        item = queries.item_of_edition(edition_id, item_id)
        if item.on_sale:
            item.on_sale = False
            _note("price.taken_off_sale", item, actor_id, now)
    return item


def put_on_sale(edition_id: int, item_id: int, *, actor_id: int | None, now: datetime) -> PriceItem:
    """Put a price on sale again; another one for the same stands refuses."""
    with transaction():
        queries.list_to_change(edition_id)
        item = queries.item_of_edition(edition_id, item_id)
        if not item.on_sale:
            _refuse_a_twin(edition_id, PricePlan(**queries.plan_of(item)), item.id)
            item.on_sale = True
            _note("price.put_on_sale", item, actor_id, now)
    return item


def remove_price(edition_id: int, item_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Remove a price that nothing uses; the rooms above say what does."""
    with transaction():
        queries.list_to_change(edition_id)
        item = queries.item_of_edition(edition_id, item_id)
        price_leaving.send(item=item)
        _note("price.removed", item, actor_id, now)
        db.session.delete(item)


def move_price(edition_id: int, item_id: int, by: int, *, actor_id: int | None, now: datetime) -> PriceItem:
    """Move a price up (-1) or down (1) among those of its kind; at the end it stays."""
    with transaction():
        queries.list_to_change(edition_id)
        item = queries.item_of_edition(edition_id, item_id)
        row = [one for one in queries.items_of(edition_id) if one.kind == item.kind]
        before = row.index(item)
        row.insert(max(0, before + by), row.pop(before))
        for position, one in zip(sorted(one.position for one in row), row, strict=True):
            one.position = position
        if row.index(item) != before:
            _note("price.moved", item, actor_id, now)
    return item


def set_terms(edition_id: int, terms: Terms, *, version: int | None = None, actor_id: int | None, now: datetime) -> PriceList:
    """Say how bills are paid, and what the list says beside its prices."""
    rules.check_terms(terms)
    with transaction():
        own = _own_list(edition_id, version)
        own.deposit_percent, own.payment_days, own.note = terms.deposit_percent, terms.payment_days, dict(terms.note)
        record("price_list.terms_set", "price_list", edition_id, actor_id=actor_id, at=now, edition_id=edition_id)
        db.session.flush()
    return own


def set_quota(edition_id: int, table: QuotaTable, extra_badge_amount: Decimal | None, *, version: int | None = None, actor_id: int | None, now: datetime) -> PriceList:
    """Say how many staff badges come with a stand, and what one more costs (None: none is sold)."""
    table = rules.check_quota(table)
    if extra_badge_amount is not None:
        rules.check_amount("extra_badge_amount", extra_badge_amount)
    with transaction():
        own = _own_list(edition_id, version)
        for step in queries.steps_of(edition_id):
            db.session.delete(step)
        db.session.flush()
        db.session.add_all(QuotaStep(edition_id=edition_id, from_area_m2=area, badges=badges) for area, badges in table.steps)
        own.more_every_m2, own.co_exhibitor_badges, own.extra_badge_amount = table.more_every_m2, table.per_co_exhibitor, extra_badge_amount
        flag_modified(own, "note")  # so that a change of the steps raises the version too
        record("price_list.quota_set", "price_list", edition_id, actor_id=actor_id, at=now, edition_id=edition_id)
        db.session.flush()
    return own


def copy_prices(old_edition_id: int, new_edition_id: int) -> None:
    """Give a new edition the price list of an old one: prices, terms and quotas."""
    with transaction():
        old = queries.price_list(old_edition_id)
        if not old.version:
            return
        own = queries.list_to_change(new_edition_id)
        own.deposit_percent, own.payment_days, own.note = old.terms.deposit_percent, old.terms.payment_days, dict(old.terms.note)
        own.more_every_m2, own.co_exhibitor_badges, own.extra_badge_amount = old.quota.more_every_m2, old.quota.per_co_exhibitor, old.extra_badge_amount
        for position, item in enumerate(old.items, start=1):
            values: dict[str, Any] = {name: getattr(item, name) for name in PricePlan.__dataclass_fields__}
            db.session.add(PriceItem(**values | {"name": dict(item.name)}, edition_id=new_edition_id, on_sale=item.on_sale, position=position))
        db.session.add_all(QuotaStep(edition_id=new_edition_id, from_area_m2=area, badges=badges) for area, badges in old.quota.steps)


def _checked(plan: PricePlan) -> PricePlan:
    return rules.check_plan(replace(plan, code=clean(plan.code).upper()))


def _own_list(edition_id: int, version: int | None) -> PriceList:
    """Load the list to change; a page from before there was one shows version 0."""
    own = queries.list_to_change(edition_id)
    _refuse_another_version(own, None if version == 0 and own.version == 1 else version)
    return own


def _refuse_another_version(thing: PriceItem | PriceList, version: int | None) -> None:
    if version is not None and thing.version != version:
        raise ChangedMeanwhile


def _refuse_a_twin(edition_id: int, plan: PricePlan, item_id: int | None = None) -> None:
    twin = queries.twin_of(edition_id, plan, item_id)
    if twin is not None:
        raise PricedTwice(code=twin.code, name=twin.name)


def _note(act: str, item: PriceItem, actor_id: int | None, now: datetime, **more: Any) -> None:
    record(act, "price", item.id, actor_id=actor_id, at=now, edition_id=item.edition_id, code=item.code, **more)
