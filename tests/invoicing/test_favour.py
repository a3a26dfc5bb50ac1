"""What is in an exhibitor's favour is used on another of its invoices or sent back, never more than there is."""

import re
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from eventapp.accounts.models import Role, User
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.doctor import examine
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.operations import withdraw
from eventapp.invoicing import queries
from eventapp.invoicing.errors import AlreadyCancelled, MoneyMovedOn, NotSoMuchDue, NotSoMuchInFavour, PriceBilled, ReasonMissing, RefundedOnOdd
from eventapp.invoicing.models import Invoice, NamedCredit
from eventapp.invoicing.operations import Refund, Source, cancel_move, cancel_payment, issue_credit_note, refund, send_contract, use_credit
from eventapp.pricing.operations import remove_price
from eventapp.pricing.queries import price_list
from eventapp.stands.models import StandCell
from eventapp.stands.operations import move_exhibitor
from eventapp.stands.queries import stands_of
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.exhibiting import make_stand
from tests.support.invoicing import TODAY, issue, on_stand, pay, sells
from tests.support.racing import at_once, tally, without_locks

FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}
AREAS = "the square metres billed are those of the stands"
CREDITS = "of what is in an exhibitor's favour no more is used or sent back than there is"
RACERS = 8


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An exhibitor that paid its deposit of 30,300.00 with 700.00 too much, and owes the balance of 30,300.00."""
    sells(sistep)
    found = on_stand(sistep, "Atlas", stranger, "B12")
    pay(issue(found, "deposit"), "31000", credit_name="Advance")
    issue(found)
    return found


def named(exhibitor: Exhibitor) -> Source:
    return Source("payment", next(one.id for one in queries.payments_of(exhibitor.id) if one.invoice_id is None))


def invoices(exhibitor: Exhibitor) -> list[Invoice]:
    return queries.invoices_of(exhibitor.id)


def pots(exhibitor: Exhibitor) -> list[tuple[str, str]]:
    return [(pot.name, f"{pot.left:.2f}") for pot in queries.pots_of(exhibitor.id)]


def paid(exhibitor: Exhibitor) -> list[str]:
    return [f"{account.paid:.2f}" for account in queries.accounts_of(exhibitor.id).values()]


def breaches() -> list[str]:
    db.session.rollback()
    return [line for found in examine().values() for line in found]


def test_a_credit_is_used_on_another_invoice_and_the_rest_sent_back(atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    deposit, balance = invoices(atlas)
    issue_credit_note(deposit.id, Decimal(300), "Smaller", edition_id=sistep.id, **FACTS)
    assert pots(atlas) == [("SISTEP-2018-A-0001", "300.00"), ("Advance", "700.00")]
    use_credit(atlas.id, Source("invoice", deposit.id), balance.id, Decimal(300), **FACTS)
    use_credit(atlas.id, named(atlas), balance.id, Decimal(600), **FACTS)
    assert (paid(atlas), pots(atlas)) == (["30000.00", "900.00"], [("Advance", "100.00")])
    sent = Refund(Decimal(100), TODAY, "VIR 9", "Asked for")
    refund(atlas.id, named(atlas), sent, **FACTS)
    account = queries.account_of(atlas.id)
    assert (str(account.in_favour), str(account.paid), str(account.totals.due)) == ("0", "30900.00", "29400.00")
    rif = on_stand(sistep, "Rif", stranger, "B13")
    theirs = issue(rif)
    for refused, act in (
        (NotSoMuchInFavour, partial(use_credit, atlas.id, named(atlas), balance.id, Decimal("0.01"))),
        (NotSoMuchInFavour, partial(refund, atlas.id, Source("invoice", deposit.id), sent)),
        (NotSoMuchDue, partial(use_credit, atlas.id, named(atlas), balance.id, Decimal(29401))),
        (NotThere, partial(use_credit, atlas.id, named(atlas), theirs.id, Decimal(1))),
        (NotThere, partial(use_credit, rif.id, named(atlas), theirs.id, Decimal(1))),
        (NotThere, partial(refund, rif.id, Source("invoice", deposit.id), sent)),
        (RefundedOnOdd, partial(refund, atlas.id, named(atlas), Refund(Decimal(1), TODAY + timedelta(days=1), "", "Why"))),
        (ReasonMissing, partial(refund, atlas.id, named(atlas), Refund(Decimal(1), TODAY, "", " "))),
    ):
        with pytest.raises(refused):
            act(**FACTS)
    with pytest.raises(NotThere):
        Source.read("purse-1")
    assert (len(queries.moves_of(atlas.id)), breaches()) == (3, [])


def test_what_was_done_by_mistake_is_taken_back_in_order(atlas: Exhibitor, sistep: Edition) -> None:
    deposit, balance = invoices(atlas)
    used = use_credit(atlas.id, named(atlas), balance.id, Decimal(700), **FACTS)
    payments = queries.payments_of(atlas.id)
    with pytest.raises(MoneyMovedOn):
        cancel_payment(payments[1].id, "Another's", edition_id=sistep.id, **FACTS)
    issue_credit_note(balance.id, balance.total, "Anew", edition_id=sistep.id, **FACTS)
    back = refund(atlas.id, Source("invoice", balance.id), Refund(Decimal(700), TODAY, "", "Asked for"), **FACTS)
    with pytest.raises(MoneyMovedOn):
        cancel_move(sistep.id, used.id, "Mistake", **FACTS)
    cancel_move(sistep.id, back.id, "Mistake", **FACTS)
    with pytest.raises(AlreadyCancelled):
        cancel_move(sistep.id, back.id, "Mistake", **FACTS)
    cancel_move(sistep.id, used.id, "Mistake", **FACTS)
    assert (paid(atlas), pots(atlas)) == (["30300.00", "0.00"], [("Advance", "700.00")])
    for payment in payments:
        cancel_payment(payment.id, "Another's", edition_id=sistep.id, **FACTS)
    assert (pots(atlas), breaches(), deposit.label) == ([], [], "SISTEP-2018-A-0001")


def uses(atlas: Exhibitor) -> list[Any]:
    return [partial(use_credit, atlas.id, named(atlas), invoices(atlas)[1].id, Decimal(200), **FACTS) for _ in range(RACERS)]


def test_of_many_uses_at_once_no_more_than_there_is_goes(app: Flask, atlas: Exhibitor) -> None:
    assert tally(at_once(app, uses(atlas))) == {"won": 3, "NotSoMuchInFavour": RACERS - 3}
    assert (pots(atlas), breaches()) == ([("Advance", "100.00")], [])


def test_without_locks_and_check_more_would_go(app: Flask, atlas: Exhibitor, monkeypatch: pytest.MonkeyPatch) -> None:
    works = uses(atlas)
    without_locks(monkeypatch, queries, "credit_to_change", RACERS)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE named_credits DROP CONSTRAINT ck_named_credits_used")
    at_once(app, works)
    assert sum(move.amount for move in queries.moves_of(atlas.id)) > 700


def test_a_credit_that_is_not_what_its_payment_says_is_told(atlas: Exhibitor) -> None:
    with transaction():
        db.session.query(NamedCredit).one().used = Decimal(5)
    assert len(examine()[CREDITS]) == 1


def test_square_metres_billed_are_those_on_the_floor_through_credit_move_and_withdrawal(atlas: Exhibitor, sistep: Edition) -> None:
    balance = invoices(atlas)[1]
    issue_credit_note(balance.id, Decimal(1200), "Discount", edition_id=sistep.id, **FACTS)
    assert examine()[AREAS] == []
    issue_credit_note(balance.id, balance.total - 1200, "Another stand", edition_id=sistep.id, **FACTS)
    move_exhibitor(atlas.id, stands_of([atlas.id])[atlas.id][0].id, make_stand(sistep, "B20", width_m=Decimal(8)).id, **FACTS)
    again = issue(atlas)
    assert (sum(line.area_m2 or 0 for line in again.lines), examine()[AREAS]) == (24, [])
    taken = stands_of([atlas.id])[atlas.id][0].id
    with transaction():
        cell = db.session.query(StandCell).filter_by(stand_id=taken).first()
        db.session.delete(cell)
    assert examine()[AREAS] == [f"exhibitor {atlas.id} is billed 24.00 m2 and has stands of 23.75 m2"]
    withdraw(atlas.id, **FACTS)
    assert examine()[AREAS] == []


def test_a_price_that_invoices_or_contracts_name_is_not_removed(atlas: Exhibitor, sistep: Edition) -> None:
    ids = {item.code: item.id for item in price_list(sistep.id).items}
    with pytest.raises(PriceBilled):
        remove_price(sistep.id, ids["CORNER"], **FACTS)
    remove_price(sistep.id, ids["ISLAND"], **FACTS)
    for invoice in invoices(atlas):
        assert invoice.lines[0].code in {"DEPOSIT", "PACK"}
    send_contract(atlas.id, **FACTS)
    with pytest.raises(PriceBilled):
        remove_price(sistep.id, ids["EQUIPPED"], **FACTS)


def test_finance_uses_and_sends_back_on_the_pages_and_the_exhibitor_sees_it(
    client: FlaskClient, atlas: Exhibitor, sistep: Edition, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventapp.core.clock.show_now", lambda: EIGHT)
    desk = sign_in_as(client, grant(make_user("farid@show.example", "Farid"), sistep, Role.FINANCE))
    account = f"/organiser/sistep-2018/invoices/exhibitors/{atlas.id}"
    pot, balance = f"payment-{named(atlas).number}", invoices(atlas)[1]
    too_much = send(desk, f"{account}/use-credit", pot=pot, invoice=str(balance.id), amount="701")
    assert (too_much.status_code, "Only 700.00 of it is left." in too_much.text) == (422, True)
    assert send(desk, f"{account}/use-credit", pot=pot, invoice=str(balance.id), amount="500").location == account
    assert send(desk, f"{account}/refund", pot=pot, amount="150", paid_on="2018-04-12", reason="Asked for").location == account
    words = " ".join(re.sub(r"<[^>]+>", " ", desk.get(account).text).replace("\xa0", " ").split())
    assert [one in words for one in ("Credit: Advance · MAD 50.00", "used on SISTEP-2018-F-0001", "sent back: Asked for")] == [True] * 3
    move = queries.moves_of(atlas.id)[0]
    assert send(desk, f"/organiser/sistep-2018/invoices/moves/{move.id}/cancel", reason="Mistake").location == account
    theirs = sign_in_as(client, stranger).get(f"/exhibitor/sistep-2018/{atlas.id}/invoices").text
    assert ("In your favour" in theirs, "550.00" in theirs) == (True, True)
