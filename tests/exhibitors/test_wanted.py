"""What an application brings and wants beside the stand, and the conditions that it accepts."""

from decimal import Decimal
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.models import Edition
from eventapp.exhibitors import queries, rules
from eventapp.exhibitors.errors import ConditionsNotAccepted, PriceOrdered, TextMissing
from eventapp.exhibitors.models import AcceptedConditions, ExhibitingConditions, Exhibitor
from eventapp.exhibitors.operations import save_step, submit_registration, write_conditions
from eventapp.organisations.errors import IceTooShort
from eventapp.pricing.errors import ExtraNotForStand, ExtraOffSale, NoSuchExtra, QuantityOdd
from eventapp.pricing.operations import change_price, remove_price, take_off_sale
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import answers, more_answers
from tests.support.pricing import CARPET, POWER, plan, put
from tests.support.racing import at_once, tally

KEY = "a-browser's-key"


def fill(edition: Edition, *extras: str, **more: object) -> None:
    for step, given in {**answers(**more), **more_answers(*extras)}.items():
        save_step(edition.id, KEY, step, given, now=EIGHT)


def submit(edition: Edition, accepted: tuple[int, str] | None = None) -> Exhibitor:
    return submit_registration(edition.id, KEY, seen=rules.mark(EIGHT), accepted=accepted, user_id=None, now=EIGHT, real_now=EIGHT)


def sent() -> list[Exhibitor]:
    return list(db.session.scalars(select(Exhibitor).where(Exhibitor.state != "draft")))


def test_an_application_keeps_what_it_brings_and_wants(sistep: Edition) -> None:
    put(sistep, POWER)
    fill(sistep, "POWER")
    wanted = queries.wanted_by(submit(sistep).id)
    assert (wanted.sectors, wanted.products) == (["electronics", "training"], ["Press brakes", "القطع بالليزر"])
    assert [(firm.name, firm.country, firm.ice, firm.contact_name, firm.contact_email) for firm in wanted.co_exhibitors] == [
        ("Rif Laser", "FR", None, "Rachid", "rachid@rif.example")
    ]
    assert [(firm.name, firm.country) for firm in wanted.represented] == [("Muster Maschinen", "DE"), ("Ejemplo", "ES")]
    assert [(line.code, line.quantity, line.unit_price) for line in wanted.extras] == [("POWER", Decimal(2), Decimal("850.25"))]


def test_without_the_optional_steps_there_is_nothing_beside_the_stand(sistep: Edition) -> None:
    for step, given in answers().items():
        save_step(sistep.id, KEY, step, given, now=EIGHT)
    assert queries.wanted_by(submit(sistep).id) == queries.Wanted([], [], [], [], [])


def test_the_main_sector_is_not_a_further_one(sistep: Edition) -> None:
    fill(sistep)
    save_step(sistep.id, KEY, "products", {"sectors": ["sheet_metal", "electronics"], "products": []}, now=EIGHT)
    exhibitor = submit(sistep)
    assert (exhibitor.sector, queries.wanted_by(exhibitor.id).sectors) == ("sheet_metal", ["electronics"])


def test_an_order_keeps_the_price_of_its_day_and_keeps_it_in_the_list(sistep: Edition) -> None:
    item = put(sistep, POWER)
    fill(sistep, "POWER")
    exhibitor = submit(sistep)
    change_price(sistep.id, item.id, plan(POWER, amount=Decimal(999)), actor_id=None, now=EIGHT)
    assert [line.unit_price for line in queries.wanted_by(exhibitor.id).extras] == [Decimal("850.25")]
    with pytest.raises(PriceOrdered):
        remove_price(sistep.id, item.id, actor_id=None, now=EIGHT)


@pytest.mark.parametrize(
    ("code", "quantity", "refusal"),
    [("NOTHING", "1", NoSuchExtra), ("CARPET", "1", ExtraNotForStand), ("POWER", "1.5", QuantityOdd), ("POWER", "-1", QuantityOdd), ("POWER", "NaN", QuantityOdd)],
)
def test_what_is_not_offered_cannot_be_ordered(sistep: Edition, code: str, quantity: str, refusal: type[Exception]) -> None:
    put(sistep, POWER)
    put(sistep, CARPET)
    fill(sistep)
    with pytest.raises(refusal):
        save_step(sistep.id, KEY, "extras", {"extras": {code: quantity}}, now=EIGHT)


def test_what_went_off_sale_meanwhile_is_named_on_sending(sistep: Edition) -> None:
    item = put(sistep, POWER)
    fill(sistep, "POWER")
    take_off_sale(sistep.id, item.id, actor_id=None, now=EIGHT)
    with pytest.raises(ExtraOffSale):
        submit(sistep)
    assert sent() == []


def test_a_wrong_ice_of_a_co_exhibitor_sends_nothing(sistep: Edition) -> None:
    fill(sistep)
    save_step(sistep.id, KEY, "companions", {"co_exhibitors": [{"name": "Rif", "country": "MA", "ice": "123"}], "represented": []}, now=EIGHT)
    with pytest.raises(IceTooShort):
        submit(sistep)
    assert sent() == []


def test_invoice_data_open_sides_and_fascia_go_with_the_application(sistep: Edition) -> None:
    fill(sistep)
    save_step(sistep.id, KEY, "contact", {**answers()["contact"], "invoice_email": "Compta@atlas.example", "billing_entity": "Atlas Holding", "purchase_order": "PO-7"}, now=EIGHT)
    save_step(sistep.id, KEY, "space", {**answers()["space"], "open_sides": "3", "fascia_name": "FONDERIE DE L'ATLAS"}, now=EIGHT)
    exhibitor = submit(sistep)
    assert (exhibitor.invoice_email, exhibitor.billing_entity, exhibitor.purchase_order) == ("compta@atlas.example", "Atlas Holding", "PO-7")
    assert (exhibitor.open_sides_wished, exhibitor.fascia_name) == (3, "FONDERIE DE L'ATLAS")


def test_a_bare_stand_has_no_fascia(sistep: Edition) -> None:
    fill(sistep)
    save_step(sistep.id, KEY, "space", {**answers()["space"], "stand_kind": "bare", "fascia_name": "ATLAS"}, now=EIGHT)
    assert submit(sistep).fascia_name == ""


def test_conditions_are_accepted_with_evidence_that_nobody_can_change(sistep: Edition) -> None:
    write_conditions(sistep.id, same("Pay in time."), actor_id=None, now=EIGHT)
    second = write_conditions(sistep.id, same("Pay in time, please."), actor_id=None, now=EIGHT)
    fill(sistep)
    exhibitor = submit(sistep, (2, "ar"))
    evidence = db.session.scalars(select(AcceptedConditions)).one()
    owner = exhibitor.members[0].user_id
    assert (evidence.exhibitor_id, evidence.conditions_id, evidence.language, evidence.at, evidence.by_user_id) == (exhibitor.id, second.id, "ar", EIGHT, owner)
    assert "conditions.accepted" in db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_id == exhibitor.id)).all()
    for table in ("accepted_conditions", "exhibiting_conditions"):
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET edition_id = edition_id"):
            with pytest.raises(DatabaseError), transaction():
                db.session.connection().exec_driver_sql(statement)


@pytest.mark.parametrize("accepted", [None, (1, "fr"), (3, "fr")])
def test_nothing_is_sent_without_accepting_the_conditions_that_count(sistep: Edition, accepted: tuple[int, str] | None) -> None:
    write_conditions(sistep.id, same("Pay in time."), actor_id=None, now=EIGHT)
    write_conditions(sistep.id, same("Pay at once."), actor_id=None, now=EIGHT)
    fill(sistep)
    with pytest.raises(ConditionsNotAccepted):
        submit(sistep, accepted)
    assert sent() == []


def test_the_same_conditions_again_make_no_version_and_of_two_writers_one_is_told(app: Flask, sistep: Edition, adil: User) -> None:
    first = write_conditions(sistep.id, same("Pay in time."), seen=0, actor_id=adil.id, now=EIGHT)
    assert write_conditions(sistep.id, same("Pay in time."), seen=1, actor_id=adil.id, now=EIGHT).id == first.id
    with pytest.raises(TextMissing):
        write_conditions(sistep.id, {"fr": ""}, actor_id=None, now=EIGHT)
    edition_id = sistep.id
    writers = [partial(write_conditions, edition_id, same(f"Version of {number}."), seen=1, actor_id=None, now=EIGHT) for number in range(4)]
    assert tally(at_once(app, writers)) == {"won": 1, ChangedMeanwhile.__name__: 3}
    assert db.session.scalars(select(ExhibitingConditions.number).order_by(ExhibitingConditions.number)).all() == [1, 2]
