"""The pages of invoices: finance issues, credits and books; the exhibitor's people see their own."""

import csv
import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.accounts.models import Role, User
from eventapp.attendees.operations import add_staff
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ExhibitingRules, Exhibitor
from eventapp.invoicing import queries
from eventapp.invoicing.operations import issue_credit_note, mail_invoice, set_scale
from eventapp.jobs.models import Job
from eventapp.mail.models import OutgoingMail
from eventapp.mail.rendering import render_mail
from eventapp.pricing.operations import set_terms
from eventapp.pricing.rules import Terms
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user
from tests.support.invoicing import SELLER, TODAY, issue, on_stand, pay, sells
from tests.support.pricing import put_all
from tests.support.statements import statements

LIST = "/organiser/sistep-2018/invoices"
FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}


@pytest.fixture(autouse=True)
def the_show_is_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is eight o'clock on the first day."""
    monkeypatch.setattr("eventapp.core.clock.show_now", lambda: EIGHT)


@pytest.fixture
def farid(sistep: Edition) -> User:
    """Who keeps the money of the edition of 2018."""
    return grant(make_user("farid@show.example", "Farid Finance"), sistep, Role.FINANCE)


@pytest.fixture
def desk(client: FlaskClient, farid: User) -> FlaskClient:
    """The browser of who keeps the money."""
    return sign_in_as(client, farid)


@pytest.fixture
def atlas(sistep: Edition, stranger: User) -> Exhibitor:
    """An exhibitor on a stand of an edition that sells."""
    sells(sistep)
    return on_stand(sistep, "Atlas", stranger, "B12")


def words(page: TestResponse) -> str:
    """Return a page's words, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).replace("\xa0", " ").replace("&nbsp;", " ").split())


def account(exhibitor: Exhibitor) -> str:
    return f"{LIST}/exhibitors/{exhibitor.id}"


def test_before_anybody_said_who_sells_the_pages_lead_there(desk: FlaskClient, sistep: Edition, stranger: User) -> None:
    exhibitor = on_stand(sistep, "Atlas", stranger, "B12")
    assert ["Nobody can be invoiced yet." in words(desk.get(page)) for page in (LIST, account(exhibitor))] == [True, True]
    assert "No invoice yet" in words(desk.get(LIST))
    assert send(desk, f"{LIST}/seller", **SELLER, version="0").location == LIST
    assert queries.seller_for_invoices(sistep.id).account == "011 780 0000123456789012 34"
    wrong = send(desk, f"{LIST}/seller", **{**SELLER, "ice": "001561191000065", "version": "1"})
    assert (wrong.status_code, "The last two digits, 65, do not fit" in wrong.text, 'value="001561191000065"' in wrong.text) == (422, True, True)
    late = send(desk, f"{LIST}/seller", **{**SELLER, "bank": "Another bank", "version": "7"})
    assert (late.status_code, "Stored meanwhile by somebody else" in words(late)) == (422, True)


def test_an_invoice_is_checked_issued_listed_and_mailed(desk: FlaskClient, atlas: Exhibitor, farid: User) -> None:
    page = f"{account(atlas)}/issue/deposit"
    shown = words(desk.get(page))
    assert [one in shown for one in ("Deposit of 50% on the participation", "MAD 30,300.00", "Issue the invoice", "stranger@show.example")] == [True] * 4
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', desk.get(page).text)
    assert seen
    assert send(desk, page, due_on="2018-05-01", seen=seen[1]).location == account(atlas)
    invoice = queries.invoices_of(atlas.id)[0]
    assert (invoice.label, invoice.due_on, invoice.by_user_id) == ("SISTEP-2018-A-0001", date(2018, 5, 1), farid.id)
    assert [job.arguments for job in db.session.scalars(select(Job).where(Job.task == "invoicing.send_invoice"))] == [[invoice.id]]
    assert ["SISTEP-2018-A-0001" in words(desk.get(one)) for one in (LIST, account(atlas))] == [True, True]
    again = words(desk.get(page))
    assert ("SISTEP-2018-A-0001 is issued already." in again, "Issue the invoice" in again) == (True, False)


def test_a_page_with_an_older_bill_shows_the_new_one_and_issues_nothing(desk: FlaskClient, atlas: Exhibitor, sistep: Edition) -> None:
    page = f"{account(atlas)}/issue/deposit"
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', desk.get(page).text)
    assert seen
    set_terms(sistep.id, Terms(Decimal(30), 30), **FACTS)
    late = send(desk, page, due_on="2018-05-01", seen=seen[1])
    assert (late.status_code, "Somebody changed this while you had the page open." in words(late), "MAD 18,180.00" in words(late)) == (422, True, True)
    odd = send(desk, page, due_on="2017-05-01", seen=seen[1])
    assert (odd.status_code, "Enter a due date from today on" in words(odd) or "Somebody changed this" in words(odd)) == (422, True)
    assert queries.invoices_of(atlas.id) == []


def test_a_payment_is_booked_and_what_is_too_much_is_asked_about(desk: FlaskClient, atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    page = f"{LIST}/{invoice.id}/pay"
    too_much = send(desk, page, amount="70000", paid_on="2018-04-12", reference="VIR 7")
    assert (too_much.status_code, "Only 60,600.00 is due on SISTEP-2018-F-0001." in words(too_much), 'value="70000"' in too_much.text) == (422, True, True)
    assert send(desk, page, amount="70 000,00", paid_on="2018-04-12", reference="VIR 7", credit_name="Advance").location == account(atlas)
    shown = words(desk.get(account(atlas)))
    assert [one in shown for one in ("In the exhibitor's favour MAD 9,400.00", "Still due MAD 0.00", "Credit: Advance", "VIR 7")] == [True] * 4
    assert [str(payment.amount) for payment in queries.payments_of(atlas.id)] == ["60600.00", "9400.00"]


def test_a_payment_is_cancelled_with_a_reason(desk: FlaskClient, atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    pay(invoice, "600")
    page = f"{LIST}/payments/{queries.payments_of(atlas.id)[0].id}/cancel"
    assert send(desk, page, reason="").status_code == 422
    assert send(desk, page, reason="Another firm's").location == account(atlas)
    assert "Another firm&#39;s" in desk.get(account(atlas)).text
    assert "This payment was cancelled already." in words(desk.get(page))
    assert queries.accounts_of(atlas.id)[invoice.id].paid == 0


def test_a_credit_note_is_issued_with_its_reason(desk: FlaskClient, atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    page = f"{LIST}/{invoice.id}/credit"
    too_much = send(desk, page, amount="60600.01", reason="Smaller", seen="0")
    assert (too_much.status_code, "Only 60,600.00 of SISTEP-2018-F-0001 is left to credit." in words(too_much)) == (422, True)
    assert send(desk, page, amount="600", reason="Smaller stand", seen="0").location == account(atlas)
    note = queries.invoices_of(atlas.id)[1]
    assert (note.label, note.reason, str(note.total), str(note.net)) == ("SISTEP-2018-AV-0001", "Smaller stand", "600.00", "500.00")
    stale = send(desk, page, amount="600", reason="Smaller stand", seen="0")
    assert (stale.status_code, len(queries.invoices_of(atlas.id))) == (422, 2)
    assert ["Nothing of it is left to credit." in words(desk.get(f"{LIST}/{note.id}/credit")), "Nobody pays a credit note." in words(desk.get(f"{LIST}/{note.id}/pay"))] == [
        True,
        True,
    ]


@pytest.fixture
def five(sistep: Edition, stranger: User) -> dict[str, str]:
    """An invoice in each state, and a credit note; which name has which."""
    sells(sistep)
    names = {"due": "Atlas", "part_paid": "Rif", "overdue": "Souss", "paid": "Draa", "credited": "Oriental"}
    firms = {state: on_stand(sistep, name, stranger, f"B{number}") for number, (state, name) in enumerate(names.items(), start=12)}
    invoices = {state: issue(firm) for state, firm in firms.items()}
    pay(invoices["part_paid"], "600")
    pay(invoices["paid"], "60600")
    issue_credit_note(invoices["credited"].id, Decimal(60600), "All of it", edition_id=sistep.id, **FACTS)
    with transaction():
        queries.accounts_of(firms["overdue"].id)[invoices["overdue"].id].due_on = date(2018, 4, 1)
    return names


def listed(page: TestResponse) -> list[str]:
    return re.findall(r'exhibitors/\d+"><bdi>(\w+)</bdi>', page.text)


def test_the_list_is_narrowed_by_state_and_search_and_sums_what_it_shows(desk: FlaskClient, five: dict[str, str], sistep: Edition) -> None:
    assert {state: listed(desk.get(f"{LIST}?state={state}")) for state in five} == {state: [name] for state, name in five.items()}
    assert listed(desk.get(f"{LIST}?state=credit_note")) == ["Oriental"]
    assert [len(listed(desk.get(f"{LIST}?state={state}"))) for state in ("", "nonsense")] == [6, 6]
    assert [listed(desk.get(f"{LIST}?q={typed}")) for typed in ("rif", "f-0004", "nobody")] == [["Rif"], ["Draa"], []]
    assert queries.counts(sistep.id, "", TODAY) == {"due": 1, "part_paid": 1, "overdue": 1, "paid": 1, "credited": 1, "credit_note": 1}
    assert queries.totals(sistep.id, queries.Wanted(), TODAY) == queries.Totals(*(Decimal(one) for one in ("303000.00", "60600.00", "61200.00", "181200.00")))
    assert "Nothing matches" in words(desk.get(f"{LIST}?q=nobody"))


def test_the_list_as_a_table_has_the_same_rows(desk: FlaskClient, five: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(desk.get(f"{LIST}/invoices.csv?state=part_paid").data.decode("utf-8-sig"))))
    assert [(row["Number"], row["State"], row["Exhibitor"], row["With tax"], row["Paid"], row["Still due"]) for row in rows] == [
        ("SISTEP-2018-F-0002", "Part paid", "Rif", "60600.00", "600.00", "60000.00")
    ]


def test_the_list_takes_as_many_statements_for_six_as_for_one(desk: FlaskClient, five: dict[str, str]) -> None:
    counted = []
    for page in (f"{LIST}?q=rif", LIST):
        with statements() as sent:
            desk.get(page)
        counted.append(len(sent))
    assert counted[0] == counted[1]


def test_the_scale_of_withdrawals_is_kept_line_by_line(desk: FlaskClient, sistep: Edition) -> None:
    page = f"{LIST}/withdrawals"
    assert send(desk, page, day_2="2018-01-12", percent_2="50", day_1="2018-03-13", percent_1="100").location == page
    assert queries.scale_of(sistep.id) == [(date(2018, 1, 12), Decimal(50)), (date(2018, 3, 13), Decimal(100))]
    falls = send(desk, page, day_1="", percent_1="", day_2="2018-01-12", percent_2="50", day_5="2018-03-13", percent_5="40")
    assert (falls.status_code, 'id="percent_5-error"' in falls.text) == (422, True)
    half = send(desk, page, day_1="2018-01-12", percent_1="", day_2="", percent_2="")
    assert (half.status_code, "Enter both the day and the percentage of the line, or none." in words(half)) == (422, True)
    set_scale(sistep.id, [], **FACTS)
    assert send(desk, page, day_1="2018-01-12", percent_1="50", seen="2018-01-12:50").status_code == 422


def test_a_pro_forma_and_an_invoice_are_pdf_and_nothing_runs_them_in_the_browser(desk: FlaskClient, atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    for page, name in ((f"{account(atlas)}/pro-forma.pdf", f"pro-forma-{atlas.reference}"), (f"{LIST}/{invoice.id}/invoice.pdf", "SISTEP-2018-F-0001")):
        answer = desk.get(page)
        assert (answer.status_code, answer.mimetype, answer.data[:5], answer.headers["Content-Disposition"]) == (
            200,
            "application/pdf",
            b"%PDF-",
            f'attachment; filename="{name}.pdf"',
        )


def test_without_a_seller_a_pro_forma_leads_back_with_a_word(desk: FlaskClient, sistep: Edition, stranger: User) -> None:
    put_all(sistep)
    exhibitor = on_stand(sistep, "Atlas", stranger, "B12")
    assert desk.get(f"{account(exhibitor)}/pro-forma.pdf").location == account(exhibitor)
    assert "Say first who sells: the seller" in words(desk.get(account(exhibitor)))


def test_the_exhibitors_people_see_their_invoices_and_say_where_they_go(client: FlaskClient, atlas: Exhibitor, sistep: Edition, stranger: User) -> None:
    invoice = issue(atlas)
    pay(invoice, "600", reference="VIR 7")
    neighbour = on_stand(sistep, "Rif", make_user("rif@show.example", "Rif"), "B13")
    theirs = issue(neighbour)
    own = f"/exhibitor/sistep-2018/{atlas.id}/invoices"
    browser = sign_in_as(client, stranger)
    page = words(browser.get(own))
    assert [one in page for one in ("SISTEP-2018-F-0001", "Still due MAD 60,000.00", "VIR 7", "011 780 0000123456789012 34", theirs.label)] == [True, True, True, True, False]
    assert browser.get(f"{own}/{invoice.id}/invoice.pdf").data[:5] == b"%PDF-"
    assert [browser.get(f"{own}/{theirs.id}/invoice.pdf").status_code, browser.get(f"/exhibitor/sistep-2018/{neighbour.id}/invoices").status_code] == [404, 404]
    wrong = send(browser, f"{own}/billing", name="Holding", country="MA", ice="123", version="0")
    assert (wrong.status_code, "An ICE has 15 digits; this one has 3" in words(wrong), 'value="Holding"' in wrong.text) == (422, True, True)
    both = words(send(browser, f"{own}/billing", name="", country="MA", ice="123", version="0"))
    assert ("An ICE has 15 digits; this one has 3" in both, "Enter the name." in both) == (True, True)
    assert send(browser, f"{own}/billing", name="Holding", country="FR", city="Lyon", purchase_order="PO-7", version="0").location == own
    assert (queries.billing_of(atlas).purchase_order, queries.billing_of(atlas).country) == ("PO-7", "FR")
    late = send(browser, f"{own}/billing", name="Another", country="FR", version="0")
    assert (late.status_code, "Stored meanwhile by somebody else" in words(late)) == (422, True)


def test_the_mail_has_the_pdf_and_goes_once(atlas: Exhibitor) -> None:
    invoice = issue(atlas)
    mail_invoice(invoice.id)
    mail_invoice(invoice.id)
    mail = db.session.scalars(select(OutgoingMail).where(OutgoingMail.template == "invoicing/issued")).one()
    subject, text, _html = render_mail(mail)
    assert (mail.to, [(one.filename, one.content[:5]) for one in mail.attachments]) == ("stranger@show.example", [("SISTEP-2018-F-0001.pdf", b"%PDF-")])
    assert (subject, "MAD 60,600.00" in text.replace("\xa0", " "), "12 May 2018" in text) == ("Invoice SISTEP-2018-F-0001 – SISTEP-2018", True, True)


def test_who_is_billed_instead_was_told_at_the_registration(sistep: Edition, stranger: User) -> None:
    sells(sistep)
    told = {"billing_entity": "Holding de l'Atlas", "purchase_order": "PO-7", "invoice_email": "accounts@atlas.example", "ice": "001561191000066"}
    invoice = issue(on_stand(sistep, "Atlas", stranger, "B12", **told))
    mail_invoice(invoice.id)
    assert [invoice.buyer[name] for name in ("name", "ice", "purchase_order")] == ["Holding de l'Atlas", "", "PO-7"]
    assert db.session.scalars(select(OutgoingMail.to).where(OutgoingMail.template == "invoicing/issued")).one() == "accounts@atlas.example"


@pytest.mark.parametrize(("rule", "says"), [("deposit", "once the deposit invoice is paid"), ("full_payment", "once every invoice is paid")])
def test_badges_wait_for_the_payment_that_the_edition_asks_for(client: FlaskClient, atlas: Exhibitor, sistep: Edition, stranger: User, rule: str, says: str) -> None:
    with transaction():
        db.session.add(ExhibitingRules(edition_id=sistep.id, badges_from=rule))
    holder = add_staff(atlas.id, given="Omar", family="Alami", email="omar@atlas.example", **FACTS)
    home = f"/exhibitor/sistep-2018/{atlas.id}/"
    files = (f"{home}staff/{holder.id}/badge.pdf", f"{home}staff/badges.pdf")
    browser = sign_in_as(client, stranger)
    assert (says in words(browser.get(home)), [browser.get(file).location for file in files]) == (True, [f"{home}#staff"] * 2)
    assert db.session.scalars(select(Job.id).where(Job.task == "badges.send_badge")).all() == []
    deposit = issue(atlas, "deposit")
    pay(deposit, "30299.99")
    assert browser.get(files[0]).status_code == 302
    pay(deposit, "0.01")
    assert browser.get(files[0]).status_code == (200 if rule == "deposit" else 302)
    pay(issue(atlas), "30300")
    browser.get(home)  # what the refused downloads said is read here
    assert ([browser.get(file).status_code for file in files], says in words(browser.get(home))) == ([200, 200], False)
