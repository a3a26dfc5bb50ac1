"""The optional steps, the quote and the conditions of a registration, over HTTP and without JavaScript."""

from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from eventapp.core.db import db
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor, RegistrationDraft
from eventapp.exhibitors.operations import write_conditions
from eventapp.exhibitors.queries import accepted_conditions, wanted_by
from tests.portal.test_exhibit_wizard import CONTACT, HOME, SPACE, answer_all, exhibitors, send_application
from tests.support.browsing import csrf_of, send
from tests.support.cast import EIGHT
from tests.support.pricing import put_all

FIRM: dict[str, Any] = {"co_exhibitors-0-name": "Rif Laser", "co_exhibitors-0-country": "FR", "represented-0-name": "Muster", "represented-0-country": "DE"}


def kept() -> dict[str, Any]:
    return db.session.scalars(select(RegistrationDraft)).one().answers


def test_what_is_optional_is_offered_at_the_end_and_needs_nothing(client: FlaskClient, sistep: Edition) -> None:
    put_all(sistep)
    answer_all(client)
    page = client.get(f"{HOME}/check").text
    for step in ("products", "companions", "extras"):
        assert f'href="{HOME}/{step}"' in page
        assert client.get(f"{HOME}/{step}").status_code == 200
        assert send(client, f"{HOME}/{step}").location == f"{HOME}/check"
    assert send_application(client).location == f"{HOME}/done"


def test_sectors_and_products_are_kept_as_lists(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    send(client, f"{HOME}/products", sectors=["electronics", "training"], products="Press brakes\n\n  Laser cutting \nPress brakes\n")
    assert kept()["products"] == {"sectors": ["electronics", "training"], "products": ["Press brakes", "Laser cutting"]}
    page = client.get(f"{HOME}/check").text
    assert "Press brakes, Laser cutting" in page
    send_application(client)
    assert wanted_by(exhibitors()[0].id).products == ["Press brakes", "Laser cutting"]
    assert "electronics" in wanted_by(exhibitors()[0].id).sectors


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"products": "\n".join(str(number) for number in range(21))}, "There are 21 lines."),
        ({"products": "x" * 61}, "to 60 characters."),
        ({"sectors": ["witchcraft"]}, "Choose the sectors from the list."),
    ],
)
def test_too_many_products_or_an_unknown_sector_are_named(client: FlaskClient, sistep: Edition, typed: dict[str, Any], said: str) -> None:
    answer_all(client)
    answer = send(client, f"{HOME}/products", **typed)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_firms_are_added_and_removed_by_buttons_without_any_script(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    more = send(client, f"{HOME}/companions", **FIRM, act="add-co_exhibitors")
    assert (more.status_code, 'name="co_exhibitors-1-name"' in more.text, 'value="Rif Laser"' in more.text, "companions" in kept()) == (200, True, True, False)
    fewer = send(client, f"{HOME}/companions", **FIRM, act="remove-co_exhibitors-0")
    assert (fewer.status_code, "Rif Laser" in fewer.text, 'value="Muster"' in fewer.text) == (200, False, True)
    assert send(client, f"{HOME}/companions", **FIRM).location == f"{HOME}/check"
    assert [firm["name"] for firm in (*kept()["companions"]["co_exhibitors"], *kept()["companions"]["represented"])] == ["Rif Laser", "Muster"]
    assert "Rif Laser" in client.get(f"{HOME}/check").text
    send_application(client)
    assert [firm.name for firm in wanted_by(exhibitors()[0].id).co_exhibitors] == ["Rif Laser"]


@pytest.mark.parametrize(
    ("typed", "said", "field"),
    [
        ({"co_exhibitors-0-ice": "1234", "co_exhibitors-0-name": "Rif", "co_exhibitors-0-country": "MA"}, "this one has 4, so digits are missing", "co_exhibitors-0-ice"),
        ({"co_exhibitors-0-contact_name": "Rachid", "co_exhibitors-0-country": "MA"}, "Enter the name of the firm, or empty the whole row.", "co_exhibitors-0-name"),
        ({"represented-0-name": "x" * 161, "represented-0-country": "MA"}, "Shorten the name to 160 characters.", "represented-0-name"),
        ({"represented-0-name": "Muster", "represented-0-country": "XX"}, "Choose the country from the list.", "represented-0-country"),
    ],
)
def test_what_is_wrong_with_a_firm_is_named_at_its_field(client: FlaskClient, sistep: Edition, typed: dict[str, Any], said: str, field: str) -> None:
    answer_all(client)
    answer = send(client, f"{HOME}/companions", **typed)
    assert (answer.status_code, said in answer.text, f'href="#{field}"' in answer.text, f'id="{field}-error"' in answer.text) == (422, True, True, True)


@pytest.mark.parametrize(
    "name", ["co_exhibitors-²-name", "co_exhibitors-99999999999999-name", "co_exhibitors--name", "co_exhibitors-", "co_exhibitors-1", "co_exhibitors-0-nothing"]
)
def test_rows_that_no_page_has_do_no_harm(client: FlaskClient, sistep: Edition, name: str) -> None:
    answer_all(client)
    assert send(client, f"{HOME}/companions", **{name: "Rif"}).status_code in {302, 422}


def test_more_rows_than_allowed_are_left_out(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    rows = {f"represented-{number}-{name}": value for number in range(200) for name, value in (("name", f"Firm {number}"), ("country", "MA"))}
    assert send(client, f"{HOME}/companions", **rows).status_code == 302
    assert len(kept()["companions"]["represented"]) == 20
    assert client.get(f"{HOME}/companions").text.count('value="Firm ') == 20


def test_the_quote_has_every_line_and_follows_what_is_ordered(client: FlaskClient, sistep: Edition) -> None:
    put_all(sistep)
    answer_all(client, stand_kind="equipped")  # 1,000 for the package and 18 times 2,500
    page = client.get(f"{HOME}/check").text
    assert [amount in page for amount in ("46,000.00", "9,200.00", "55,200.00", "850.25")] == [True, True, True, False]
    send(client, f"{HOME}/companions", **FIRM)
    extras = client.get(f"{HOME}/extras").text
    assert ('name="extra-POWER"' in extras, 'name="extra-CARPET"' in extras) == (True, False)  # the carpet is for bare stands
    assert send(client, f"{HOME}/extras", **{"extra-POWER": "2"}).location == f"{HOME}/check"
    page = client.get(f"{HOME}/check").text
    assert [amount in page for amount in ("2,000.00", "1,700.50", "48,700.50", "58,440.60")] == [True, True, True, True]
    send_application(client)
    assert [(line.code, line.quantity) for line in wanted_by(exhibitors()[0].id).extras] == [("POWER", Decimal(2))]


def test_a_stand_without_a_price_says_so_and_can_be_sent(client: FlaskClient, sistep: Edition) -> None:
    put_all(sistep)
    answer_all(client)  # bare, 18 m²: such stands begin at 36
    assert "Stands of this kind begin at 36 m²; this one has 18 m²." in client.get(f"{HOME}/check").text
    assert send_application(client).status_code == 302


def test_a_wrong_quantity_is_named_at_its_field(client: FlaskClient, sistep: Edition) -> None:
    put_all(sistep)
    answer_all(client, stand_kind="equipped")
    for typed in ("two", "1.5", "-1", "99999", "NaN"):
        answer = send(client, f"{HOME}/extras", **{"extra-POWER": typed})
        assert (answer.status_code, 'id="extra-POWER-error"' in answer.text) == (422, True), typed


def test_the_conditions_are_read_and_accepted_on_the_last_page(client: FlaskClient, sistep: Edition) -> None:
    write_conditions(sistep.id, {"fr": "Payez à temps.", "en": "Pay in time."}, actor_id=None, now=EIGHT)
    answer_all(client)
    assert "Pay in time." in client.get(f"{HOME}/check").text
    refused = send_application(client, conditions="1")
    assert (refused.status_code, "Read the conditions of participation and tick the box" in refused.text, exhibitors()) == (422, True, [])
    write_conditions(sistep.id, {"en": "Pay at once."}, actor_id=None, now=EIGHT)
    stale = send_application(client, conditions="1", accepted="y")
    assert (stale.status_code, "The conditions of participation were changed" in stale.text, "Pay at once." in stale.text) == (422, True, True)
    assert send_application(client, conditions="2", accepted="y").location == f"{HOME}/done"
    evidence = accepted_conditions(exhibitors()[0].id)
    assert evidence is not None
    assert (evidence[0].language, evidence[1].number) == ("en", 2)


def test_invoice_data_is_out_of_the_way_until_it_is_needed(client: FlaskClient, sistep: Edition) -> None:
    assert '<details class="more">' in client.get(f"{HOME}/contact").text
    answer = send(client, f"{HOME}/contact", **CONTACT, invoice_email="nobody")
    assert (answer.status_code, '<details class="more" open>' in answer.text) == (422, True)
    answer_all(client)
    send(client, f"{HOME}/contact", **CONTACT, invoice_email="compta@atlas.example", purchase_order="PO-7")
    page = client.get(f"{HOME}/check").text
    assert ("compta@atlas.example" in page, "PO-7" in page, "Firm to be billed" in page) == (True, True, False)


def test_the_fascia_is_the_name_unless_another_is_asked_for(client: FlaskClient, sistep: Edition) -> None:
    answer_all(client)
    db.session.rollback()
    page = client.get(f"{HOME}/space").text
    assert 'name="fascia_name"' in page
    refused = client.post(f"{HOME}/space", data={**SPACE, "fascia_name": "x" * 31, "csrf_token": csrf_of(client.get(f"{HOME}/space"))})
    assert (refused.status_code, "Shorten the name to 30 characters." in refused.text) == (422, True)
    send(client, f"{HOME}/space", **{**SPACE, "stand_kind": "equipped"}, fascia_name="ATLAS", open_sides="2")
    send_application(client)
    exhibitor = db.session.scalars(select(Exhibitor).where(Exhibitor.state == "submitted")).one()
    assert (exhibitor.fascia_name, exhibitor.open_sides_wished) == ("ATLAS", 2)
