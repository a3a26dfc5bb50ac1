"""Setting prices: what the list takes, what it refuses, who comes second, what a new edition gets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from eventapp.audit.models import AuditEntry
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere, Refusal
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.editions.operations import NewEdition, make_edition
from eventapp.pricing import operations, queries
from eventapp.pricing.errors import PriceCodeTaken, PricedTwice, QuotaFalls
from eventapp.pricing.models import PriceItem, PriceList, QuotaStep
from eventapp.pricing.operations import add_price, change_price, move_price, put_on_sale, remove_price, set_quota, set_terms, take_off_sale
from eventapp.pricing.queries import price_list
from eventapp.pricing.rules import QuotaTable, Space, Terms, quote_of_stand
from eventapp.pricing.signals import price_leaving
from tests.support.cast import EIGHT, same
from tests.support.pricing import BARE, BY_RANGE, CARPET, CORNER, EQUIPPED, NINE_THEN_TEN, PACKAGE, POWER, plan, put, put_all
from tests.support.racing import claim_without_looking, race
from tests.support.statements import statements

FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}
WRITERS = 6


def codes(edition: Edition) -> list[str]:
    return [item.code for item in price_list(edition.id).items]


def test_a_price_list_is_read_by_kind_and_in_its_order(sistep: Edition) -> None:
    put_all(sistep)
    found = price_list(sistep.id)
    assert [(item.code, item.amount) for item in found.of_kind("space")] == [("BARE", Decimal("1350.00")), ("EQUIPPED", Decimal("2500.00"))]
    assert codes(sistep) == ["PACK", "BARE", "EQUIPPED", "CORNER", "ISLAND", "POWER", "CARPET"]
    assert (found.currency, found.vat_percent, found.quota, found.extra_badge_amount) == ("MAD", Decimal(20), NINE_THEN_TEN, Decimal(150))
    assert found.with_tax(Decimal(1350)) == Decimal(1620)


def test_an_edition_without_prices_has_an_empty_list(sistep: Edition) -> None:
    found = price_list(sistep.id)
    assert (found.items, found.quota, found.terms, found.version) == ((), QuotaTable(), Terms(), 0)
    with pytest.raises(NotThere):
        price_list(sistep.id + 1000)


def test_the_list_is_read_in_three_statements_however_long_it_is(sistep: Edition, other_edition: Edition) -> None:
    counted = []
    put(sistep, EQUIPPED)
    put_all(other_edition)
    ids = [sistep.id, other_edition.id]
    for edition_id in ids:
        db.session.rollback()
        with statements() as sent:
            found = price_list(edition_id)
            quotes = [quote_of_stand(Space(Decimal(area), "equipped", 2), found.items, found.vat_percent) for area in range(1, 201)]
        assert None not in quotes
        counted.append(len([one for one in sent if one.lstrip().startswith("SELECT")]))
    assert counted == [3, 3]


def test_a_code_is_written_in_capitals_and_is_its_own_in_the_edition(sistep: Edition, other_edition: Edition) -> None:
    assert put(sistep, POWER, code=" power ").code == "POWER"
    with pytest.raises(PriceCodeTaken):
        put(sistep, CARPET, code="power")
    assert put(other_edition, POWER).code == "POWER"


def test_two_prices_for_the_same_stands_cannot_be_on_sale(sistep: Edition) -> None:
    first = put(sistep, BARE)
    with pytest.raises(PricedTwice) as refusal:
        put(sistep, BARE, code="OTHER")
    assert refusal.value.facts == {"code": "BARE", "name": same("Bare")}
    put(sistep, BARE, code="LARGE", least_area_m2=Decimal(100))
    take_off_sale(sistep.id, first.id, **FACTS)
    second = put(sistep, BARE, code="OTHER")
    with pytest.raises(PricedTwice):
        put_on_sale(sistep.id, first.id, **FACTS)
    take_off_sale(sistep.id, second.id, **FACTS)
    assert put_on_sale(sistep.id, first.id, **FACTS).on_sale
    for extra in ("ONE", "TWO"):
        put(sistep, POWER, code=extra)
        put(sistep, PACKAGE, code=f"PACK-{extra}")


def test_a_change_that_would_price_a_stand_twice_is_refused_and_nothing_is_changed(sistep: Edition) -> None:
    put(sistep, BARE)
    item = put(sistep, BARE, code="LARGE", least_area_m2=Decimal(100))
    with pytest.raises(PricedTwice):
        change_price(sistep.id, item.id, plan(BARE, code="LARGE"), **FACTS)
    assert change_price(sistep.id, item.id, plan(BARE, code="LARGE", least_area_m2=Decimal(100), amount=Decimal(1200)), **FACTS).amount == Decimal(1200)
    assert queries.item_of_edition(sistep.id, item.id).least_area_m2 == Decimal(100)


def test_a_change_from_an_old_page_is_refused(sistep: Edition) -> None:
    item = put(sistep, POWER)
    change_price(sistep.id, item.id, plan(POWER, amount=Decimal(900)), version=1, **FACTS)
    with pytest.raises(ChangedMeanwhile):
        change_price(sistep.id, item.id, plan(POWER, amount=Decimal(800)), version=1, **FACTS)
    with pytest.raises(PriceCodeTaken):
        change_price(sistep.id, put(sistep, CARPET).id, plan(CARPET, code="POWER"), **FACTS)
    assert price_list(sistep.id).items[0].amount == Decimal(900)


def test_a_price_keeps_its_kind(sistep: Edition) -> None:
    item = put(sistep, POWER)
    assert change_price(sistep.id, item.id, replace(plan(POWER), kind="package"), **FACTS).kind == "extra"


def test_another_editions_price_is_not_there(sistep: Edition, other_edition: Edition) -> None:
    theirs = put(other_edition, POWER).id
    for verb in (take_off_sale, put_on_sale, remove_price):
        with pytest.raises(NotThere):
            verb(sistep.id, theirs, **FACTS)
    with pytest.raises(NotThere):
        change_price(sistep.id, theirs, plan(POWER), **FACTS)
    with pytest.raises(NotThere):
        move_price(sistep.id, theirs, 1, **FACTS)


def test_prices_move_among_those_of_their_kind_and_stay_at_the_end(sistep: Edition) -> None:
    items = {item.code: item.id for item in put_all(sistep)}
    move_price(sistep.id, items["CARPET"], -1, **FACTS)
    assert codes(sistep)[-2:] == ["CARPET", "POWER"]
    move_price(sistep.id, items["CARPET"], -1, **FACTS)
    move_price(sistep.id, items["POWER"], 1, **FACTS)
    assert codes(sistep) == ["PACK", "BARE", "EQUIPPED", "CORNER", "ISLAND", "CARPET", "POWER"]
    move_price(sistep.id, items["CARPET"], 1, **FACTS)
    assert codes(sistep)[-2:] == ["POWER", "CARPET"]


class InUse(Refusal):
    """Somebody ordered it."""


def test_a_price_is_removed_only_when_nothing_above_uses_it(sistep: Edition) -> None:
    item = put(sistep, POWER)

    def in_use(_sender: Any, *, item: PriceItem) -> None:
        raise InUse

    with price_leaving.connected_to(in_use), pytest.raises(InUse):
        remove_price(sistep.id, item.id, **FACTS)
    assert codes(sistep) == ["POWER"]
    remove_price(sistep.id, item.id, **FACTS)
    assert codes(sistep) == []


def test_every_change_is_in_the_trail(sistep: Edition) -> None:
    item = put(sistep, POWER)
    put(sistep, CARPET)
    change_price(sistep.id, item.id, plan(POWER, amount=Decimal(900)), **FACTS)
    for verb in (take_off_sale, take_off_sale, put_on_sale, put_on_sale):
        verb(sistep.id, item.id, **FACTS)
    move_price(sistep.id, item.id, 1, **FACTS)
    remove_price(sistep.id, item.id, **FACTS)
    set_terms(sistep.id, Terms(Decimal(50), 30, same("Note")), **FACTS)
    set_quota(sistep.id, BY_RANGE, None, **FACTS)
    acts = db.session.execute(select(AuditEntry.action, AuditEntry.details).where(AuditEntry.edition_id == sistep.id).order_by(AuditEntry.id)).all()
    expected = ["price.added"] * 2 + ["price.changed", "price.taken_off_sale", "price.put_on_sale", "price.moved", "price.removed", "price_list.terms_set", "price_list.quota_set"]
    assert [act for act, _details in acts] == expected
    assert acts[2][1] == {"code": "POWER", "fields": ["amount"]}


def test_terms_and_quota_are_kept_and_an_old_page_is_refused(sistep: Edition) -> None:
    set_terms(sistep.id, Terms(Decimal(50), 45, same("Note")), version=0, **FACTS)
    seen = price_list(sistep.id).version
    set_quota(sistep.id, BY_RANGE, Decimal(120), version=seen, **FACTS)
    for late in (0, seen):
        with pytest.raises(ChangedMeanwhile):
            set_quota(sistep.id, NINE_THEN_TEN, None, version=late, **FACTS)
        with pytest.raises(ChangedMeanwhile):
            set_terms(sistep.id, Terms(), version=late, **FACTS)
    found = price_list(sistep.id)
    assert (found.terms, found.quota, found.extra_badge_amount) == (Terms(Decimal(50), 45, same("Note")), BY_RANGE, Decimal(120))
    set_quota(sistep.id, NINE_THEN_TEN, None, version=found.version, **FACTS)
    assert price_list(sistep.id).quota == NINE_THEN_TEN


def test_a_change_of_the_steps_alone_raises_the_version(sistep: Edition) -> None:
    set_quota(sistep.id, QuotaTable(((Decimal(9), 2),)), None, **FACTS)
    before = price_list(sistep.id).version
    set_quota(sistep.id, QuotaTable(((Decimal(9), 3),)), None, version=before, **FACTS)
    assert price_list(sistep.id).version == before + 1


def test_a_table_that_falls_is_refused_and_the_old_one_stays(sistep: Edition) -> None:
    set_quota(sistep.id, BY_RANGE, None, **FACTS)
    with pytest.raises(QuotaFalls):
        set_quota(sistep.id, QuotaTable(((Decimal(12), 9), (Decimal(31), 5))), None, **FACTS)
    assert price_list(sistep.id).quota == BY_RANGE


def copied(old: Edition) -> Edition:
    new = NewEdition("sistep-2027", same("SISTEP 2027"), same("Whole name"), date(2027, 4, 7), date(2027, 4, 8), "contact@sistep.example")
    return make_edition(new, copied_from=old.id, reserved=(), **FACTS)


def test_a_new_edition_gets_the_price_list_of_the_old_one(sistep: Edition) -> None:
    items = put_all(sistep)
    move_price(sistep.id, items[-1].id, -1, **FACTS)
    take_off_sale(sistep.id, items[0].id, **FACTS)
    set_terms(sistep.id, Terms(Decimal(50), 45, same("Note")), **FACTS)
    made = copied(sistep)
    old, new = price_list(sistep.id), price_list(made.id)
    assert [replace(item, id=0) for item in new.items] == [replace(item, id=0) for item in old.items]
    assert (new.terms, new.quota, new.extra_badge_amount) == (old.terms, old.quota, old.extra_badge_amount)
    change_price(made.id, new.items[1].id, plan(BARE, amount=Decimal(1400)), **FACTS)
    assert price_list(sistep.id) == old


def test_a_new_edition_from_one_without_prices_has_none(sistep: Edition) -> None:
    assert price_list(copied(sistep).id).version == 0


BROKEN: list[dict[str, Any]] = [
    {"kind": "gift"},
    {"kind": "package", "unit": "m2"},
    {"kind": "space", "unit": "each"},
    {"kind": "extra", "unit": "percent"},
    {"amount": Decimal(-1)},
    {"amount": Decimal(10_000_000)},
    {"stand_kind": "round"},
    {"open_sides": 2},
    {"kind": "supplement", "open_sides": 1},
    {"kind": "supplement", "open_sides": 2, "unit": "percent", "amount": Decimal(101)},
    {"least_area_m2": Decimal(9)},
    {"per_co_exhibitor": True},
]


@pytest.mark.parametrize("wrong", BROKEN, ids=str)
def test_the_database_itself_refuses_what_is_no_price(sistep: Edition, wrong: dict[str, Any]) -> None:
    row = {"code": "X", "kind": "extra", "name": same("X"), "unit": "each", "amount": Decimal(1), **wrong}
    with pytest.raises(IntegrityError), transaction():
        db.session.add(PriceItem(edition_id=sistep.id, **row))


def test_the_database_itself_refuses_a_second_price_for_the_same_stands(sistep: Edition) -> None:
    put(sistep, CORNER)
    with pytest.raises(IntegrityError), transaction():
        db.session.add(PriceItem(edition_id=sistep.id, **{**vars(plan(CORNER)), "code": "CORNER-2"}))


def at_once(app: Flask, attempt: Callable[[int], object]) -> dict[str, int]:
    """Let six people do the same at once; count how it ended."""

    def one(number: int) -> str:
        attempt(number)
        return "done"

    return race(app, one, range(WRITERS))


def breaches() -> list[str]:
    return [breach for found in examine().values() for breach in found]


def test_of_six_who_add_one_code_at_once_one_does(app: Flask, sistep: Edition) -> None:
    edition_id = sistep.id
    assert at_once(app, lambda _n: add_price(edition_id, plan(POWER), **FACTS)) == {"done": 1, "PriceCodeTaken": WRITERS - 1}
    assert codes(sistep) == ["POWER"]


def test_without_the_key_the_same_code_is_there_more_than_once(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    drop("uq_price_items_edition_id_code")

    def newest(_edition_id: int, _code: str) -> PriceItem:
        return db.session.scalars(select(PriceItem).order_by(PriceItem.id.desc()).limit(1)).one()

    claim_without_looking(monkeypatch, operations, "price_items")
    monkeypatch.setattr(queries, "item_with_code", newest)
    edition_id = sistep.id
    assert at_once(app, lambda _n: add_price(edition_id, plan(POWER), **FACTS)) == {"done": WRITERS}
    assert codes(sistep) == ["POWER"] * WRITERS


def test_of_six_who_price_one_kind_of_stand_at_once_one_does(app: Flask, sistep: Edition) -> None:
    edition_id = sistep.id
    assert at_once(app, lambda number: add_price(edition_id, plan(BARE, code=f"BARE-{number}"), **FACTS)) == {"done": 1, "PricedTwice": WRITERS - 1}
    assert breaches() == []


def test_without_the_guard_stands_are_priced_twice_and_doctor_says_so(app: Flask, sistep: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    drop("uq_price_items_stand")
    monkeypatch.setattr(queries, "twin_of", lambda *_given: None)
    edition_id = sistep.id
    assert at_once(app, lambda number: add_price(edition_id, plan(BARE, code=f"BARE-{number}"), **FACTS)) == {"done": WRITERS}
    assert breaches() == [f"edition {edition_id} has two prices of the kind space for bare stands with 0 open sides from 36.00 m²"]


def test_of_six_who_write_the_badge_table_at_once_one_does(app: Flask, sistep: Edition) -> None:
    edition_id = sistep.id
    set_terms(edition_id, Terms(), **FACTS)
    set_terms(edition_id, Terms(Decimal(1)), **FACTS)
    seen = price_list(edition_id).version
    ended = at_once(app, lambda number: set_quota(edition_id, QuotaTable(((Decimal(9), number),)), None, version=seen, **FACTS))
    assert ended == {"done": 1, "ChangedMeanwhile": WRITERS - 1}
    assert len(price_list(edition_id).quota.steps) == 1


def test_two_who_begin_a_list_at_once_share_it(app: Flask, sistep: Edition) -> None:
    edition_id = sistep.id
    assert at_once(app, lambda number: add_price(edition_id, plan(POWER, code=f"POWER-{number}"), **FACTS)) == {"done": WRITERS}
    assert len(db.session.scalars(select(PriceList.edition_id)).all()) == 1
    assert sorted(item.position for item in db.session.scalars(select(PriceItem))) == list(range(1, WRITERS + 1))


def test_doctor_finds_a_table_that_falls(sistep: Edition, other_edition: Edition) -> None:
    with transaction():
        for edition in (sistep, other_edition):
            db.session.add_all(QuotaStep(edition_id=edition.id, from_area_m2=Decimal(area), badges=badges) for area, badges in ((9, 3), (31, 5)))
    assert breaches() == []
    with transaction():
        db.session.add(QuotaStep(edition_id=sistep.id, from_area_m2=Decimal(50), badges=4))
    assert breaches() == [f"edition {sistep.id} has fewer badges from 50.00 m² on"]


def drop(key: str) -> None:
    """Take a key of prices away; SQLite makes the table anew without it."""
    with db.engine.begin() as connection:
        if key == "uq_price_items_stand":
            connection.exec_driver_sql(f"DROP INDEX {key}")
        elif connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"ALTER TABLE price_items DROP CONSTRAINT {key}")
        else:
            sql = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'price_items'").scalar_one()
            connection.exec_driver_sql("DROP TABLE price_items")
            connection.exec_driver_sql(sql.replace(f"CONSTRAINT {key} UNIQUE (edition_id, code)", "CHECK (1)"))
