"""What a withdrawal costs: said before it, in the mail after it, and billed where only a part was invoiced."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.accounts.models import Role, User
from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.operations import withdraw
from eventapp.invoicing import queries
from eventapp.invoicing.errors import AlreadyInvoiced, NotAccepted, NothingStaysDue
from eventapp.invoicing.operations import Origin, accept_contract, issue_credit_note, issue_invoice, send_contract, set_scale
from eventapp.invoicing.rules.owing import Leaving, Owing
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import render_mail
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.doctor import breaches
from tests.support.exhibiting import make_exhibitor
from tests.support.invoicing import TODAY, issue, on_stand, pay, sells

FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}
LATER: dict[str, Any] = {"actor_id": None, "now": EIGHT + timedelta(hours=1)}


@pytest.fixture
def atlas(sistep: Edition, stranger: User, monkeypatch: pytest.MonkeyPatch) -> Exhibitor:
    """An exhibitor of 60,600.00 that paid 10,000.00 of its deposit of 30,300.00; who leaves keeps owing 80%."""
    monkeypatch.setattr("eventapp.core.clock.show_now", lambda: LATER["now"])
    sells(sistep)
    set_scale(sistep.id, [(TODAY, Decimal(80))], **FACTS)
    atlas = on_stand(sistep, "Atlas", stranger, "B12")
    pay(issue(atlas, "deposit"), "10000")
    return atlas


def words(page: str) -> str:
    """Read a page's words, with plain spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_what_a_withdrawal_leaves_is_reckoned_by_invoice() -> None:
    owed = (Owing(Decimal(300), Decimal(0), Decimal(300), date(2018, 5, 1)), Owing(Decimal(700), Decimal(100), Decimal(50), date(2018, 5, 1)))
    some, all_of_it, none = (Leaving(Decimal(0), Decimal(900), Decimal(kept), owed) for kept in (320, 1000, 0))
    reckoned = [" ".join(str(money) for money in (*one.credits, one.credited, one.due, one.back, one.to_invoice)) for one in (some, all_of_it, none)]
    assert reckoned == ["0 580 580 0 30 0", "0 0 0 550 0 100", "300 600 900 0 350 0"]


def test_what_stays_due_beyond_the_deposit_is_billed_once_after_a_withdrawal(atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    withdraw(atlas.id, **LATER)
    assert [(one.kind, str(one.total)) for one in queries.invoices_of(atlas.id)] == [("deposit", "30300.00")]
    with pytest.raises(NotAccepted):
        issue_invoice(atlas.id, "deposit", **LATER)
    rest = issue_invoice(atlas.id, "balance", **LATER)
    assert (rest.label, str(rest.net), str(rest.vat), str(rest.total)) == ("SISTEP-2018-F-0001", "15150.00", "3030.00", "18180.00")
    assert [(line.name["en"], str(line.net)) for line in rest.lines] == [
        ("Withdrawal: 80% of the participation stay due", "40400.00"),
        ("Less the deposit invoice SISTEP-2018-A-0001", "-25250.00"),
    ]
    with pytest.raises(AlreadyInvoiced):
        issue_invoice(atlas.id, "balance", **LATER)
    issue_credit_note(rest.id, rest.total, "Goodwill", edition_id=sistep.id, **LATER)
    assert str(issue_invoice(atlas.id, "balance", **LATER).total) == "18180.00"
    assert breaches() == []
    rif = on_stand(sistep, "Rif", stranger, "B13")
    issue(rif)
    withdraw(rif.id, **LATER)
    waiting = make_exhibitor(sistep, "Souss", stranger, state="submitted")
    with pytest.raises(NotAccepted):
        issue_invoice(waiting.id, "balance", **LATER)
    withdraw(waiting.id, **LATER)
    for wholly in (rif, waiting):
        with pytest.raises((NothingStaysDue, AlreadyInvoiced)):
            issue_invoice(wholly.id, "balance", **LATER)


def test_who_only_accepted_the_contract_owes_by_the_scale_too_and_a_high_deposit_is_credited(atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    rif = on_stand(sistep, "Rif", stranger, "B13")
    contract = send_contract(rif.id, **FACTS)
    accept_contract(rif.id, contract.id, seen=contract.sha256, language="fr", origin=Origin("192.0.2.7", "Browser"), actor_id=stranger.id, now=EIGHT)
    withdraw(rif.id, **LATER)
    assert str(issue_invoice(rif.id, "balance", **LATER).total) == "48480.00"
    set_scale(sistep.id, [(TODAY, Decimal(20))], **FACTS)
    withdraw(atlas.id, **LATER)
    assert [(one.kind, str(one.total)) for one in queries.invoices_of(atlas.id)] == [("deposit", "30300.00"), ("credit_note", "18180.00")]
    with pytest.raises(NothingStaysDue):
        issue_invoice(atlas.id, "balance", **LATER)


def test_the_cost_is_said_before_the_button_and_in_the_mail_and_finance_bills_the_rest(client: FlaskClient, atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    chief = grant(make_user("chief@show.example", "Chief"), sistep, Role.ADMINISTRATOR)
    said = (
        "By the scale of today, 80% of MAD 60,600.00 stay due: MAD 48,480.00 with tax.",
        "MAD 20,300.00 is still to be paid on invoices.",
        "MAD 18,180.00 is not invoiced yet: an invoice follows.",
    )
    sign_in_as(client, chief)
    before = words(client.get(f"/organiser/sistep-2018/exhibitors/{atlas.id}/withdraw").text.replace("\xa0", " "))
    assert [line in before for line in said] == [True] * 3
    assert "80% of your participation stay due" in before.replace("\xa0", " ")  # the mail, shown before it goes
    sign_in_as(client, stranger)
    own = f"/exhibitor/sistep-2018/{atlas.id}/withdraw"
    before = words(client.get(own).text.replace("\xa0", " "))
    assert [line in before for line in said] == [True] * 3
    assert send(client, own, version=str(atlas.version)).status_code == 302
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "exhibitors/withdrawn")).one()
    text = render_mail(mail)[1].replace("\xa0", " ")
    assert [part in text for part in ("80% of your participation", "MAD 48,480.00", "MAD 20,300.00", "MAD 18,180.00")] == [True] * 4
    sign_in_as(client, chief)
    account = f"/organiser/sistep-2018/invoices/exhibitors/{atlas.id}"
    assert "Invoice of what stays due: MAD 18,180.00" in words(client.get(account).text.replace("\xa0", " "))
    assert client.get(f"{account}/issue/balance").text.count("Withdrawal: 80% of the participation stay due") == 1


def test_who_has_paid_all_that_stays_due_is_told_that_nothing_more_follows(client: FlaskClient, atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    said = "All of it is paid: nothing more is to be paid, and nothing comes back."
    set_scale(sistep.id, [(TODAY, Decimal(50))], **FACTS)  # the deposit is half of it
    sign_in_as(client, stranger)
    own = f"/exhibitor/sistep-2018/{atlas.id}/withdraw"
    before = said in client.get(own).text
    pay(queries.invoices_of(atlas.id)[0], "20300")
    assert (before, said in client.get(own).text) == (False, True)
    assert send(client, own, version=str(atlas.version)).status_code == 302
    assert said in render_mail(db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "exhibitors/withdrawn")).one())[1]
    set_scale(sistep.id, [], **FACTS)
    rif = on_stand(sistep, "Rif", stranger, "B13")
    assert said not in client.get(f"/exhibitor/sistep-2018/{rif.id}/withdraw").text
