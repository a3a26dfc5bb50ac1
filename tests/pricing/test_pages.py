"""The organiser's price list over HTTP, and what the public sees of it."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from eventapp.accounts.models import Role, User
from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.editions.operations import change_settings
from eventapp.pricing.operations import change_price, remove_price, set_quota, set_terms, take_off_sale
from eventapp.pricing.queries import price_list
from eventapp.pricing.rules import Terms
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, grant, make_user, same
from tests.support.pricing import BARE, BY_RANGE, EQUIPPED, NINE_THEN_TEN, POWER, plan, put, put_all
from tests.support.statements import statements

LIST = "/organiser/sistep-2018/prices/"
PUBLIC = "/sistep-2018/exhibit"
FACTS: dict[str, Any] = {"actor_id": None, "now": EIGHT}


@pytest.fixture
def farid(sistep: Edition) -> User:
    """Who keeps the money of the edition of 2018."""
    return grant(make_user("farid@show.example", "Farid Finance"), sistep, Role.FINANCE)


@pytest.fixture
def desk(client: FlaskClient, farid: User) -> FlaskClient:
    """The browser of who keeps the money."""
    return sign_in_as(client, farid)


def words(page: TestResponse) -> str:
    """Return a page's words, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).replace("\xa0", " ").replace("&nbsp;", " ").split())


def test_an_empty_list_says_what_to_do(desk: FlaskClient, sistep: Edition) -> None:
    page = words(desk.get(LIST))
    assert ["No price yet" in page, "Add a price of space" in page, "Try it" in page] == [True, True, False]


def test_prices_are_shown_by_kind_without_and_with_tax(desk: FlaskClient, sistep: Edition) -> None:
    items = put_all(sistep)
    take_off_sale(sistep.id, items[-1].id, **FACTS)
    page = words(desk.get(LIST))
    for said in ("MAD 1,350.00 per m²", "MAD 1,620.00 per m²", "bare stands · from 36 m²", "10% of the space's price", "2 open sides · from 12 m²", "MAD 1,020.30", "Off sale"):
        assert said in page
    assert page.index("Packages") < page.index("Supplements for open sides") < page.index("Extras")


def test_finance_puts_a_price_on_the_list(desk: FlaskClient, sistep: Edition) -> None:
    answer = send(desk, f"{LIST}new/space", code="bare", name_fr="Stand nu", name_ar="رواق", amount="1 350,00", stand_kind="bare", least_area_m2="36")
    assert answer.location == f"{LIST}#space"
    (item,) = price_list(sistep.id).items
    assert (item.code, item.kind, item.unit, item.amount, item.stand_kind, item.least_area_m2, item.name) == (
        "BARE",
        "space",
        "m2",
        Decimal(1350),
        "bare",
        Decimal(36),
        {"fr": "Stand nu", "ar": "رواق"},
    )


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("package", {"per_co_exhibitor": "y"}, ("package", "each", 0, Decimal(0), True)),
        ("supplement", {"unit": "percent", "open_sides": "3"}, ("supplement", "percent", 3, Decimal(0), False)),
        ("extra", {"unit": "m2"}, ("extra", "m2", 0, Decimal(0), False)),
    ],
)
def test_every_kind_has_a_form_of_its_own(desk: FlaskClient, sistep: Edition, kind: str, typed: dict[str, str], stored: tuple[object, ...]) -> None:
    assert send(desk, f"{LIST}new/{kind}", code="X", name_en="Thing", amount="10", stand_kind="both", **typed).status_code == 302
    (item,) = price_list(sistep.id).items
    assert (item.kind, item.unit, item.open_sides, item.least_area_m2, item.per_co_exhibitor) == stored


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"code": ""}, "Enter the code."),
        ({"code": "A B"}, "Write the code with letters, digits and hyphens only."),
        ({"code": "X" * 21}, "Shorten it to 20 characters."),
        ({"code": "power"}, "There is already a price with the code POWER."),
        ({"name_en": ""}, "Enter it in one language at least."),
        ({"amount": ""}, "Enter the amount."),
        ({"amount": "much"}, "Enter the amount as a number"),
        ({"amount": "1,350"}, "1,350 can be read in two ways"),
        ({"amount": "1e3"}, "Enter the amount as a number"),
        ({"amount": "-1"}, "Enter an amount from 0 to 9,999,999.99"),
        ({"amount": "0.001"}, "Enter an amount from 0 to 9,999,999.99"),
        ({"amount": "NaN"}, "Enter the amount as a number"),
        ({"stand_kind": "round"}, "Not a valid choice"),
        ({"unit": "percent"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(desk: FlaskClient, sistep: Edition, typed: dict[str, str], says: str) -> None:
    put(sistep, POWER)
    good = {"code": "TABLE", "name_en": "A table of oak", "amount": "650", "unit": "each", "stand_kind": "both"}
    answer = send(desk, f"{LIST}new/extra", **{**good, **typed})
    kept = [value for name, value in {**good, **typed}.items() if name in {"code", "name_en", "amount"} and value and f'value="{value}"' not in answer.text]
    assert (answer.status_code, says in answer.text, kept) == (422, True, [])
    assert len(price_list(sistep.id).items) == 1


def test_a_second_price_for_the_same_stands_is_refused_on_the_page(desk: FlaskClient, sistep: Edition) -> None:
    put(sistep, BARE)
    answer = send(desk, f"{LIST}new/space", code="B2", name_en="Bare again", amount="1200", stand_kind="bare", least_area_m2="36")
    assert (answer.status_code, "BARE (Bare) is on sale for the same stands from the same area." in words(answer)) == (422, True)


def test_who_saw_an_older_price_is_told_and_can_send_again(desk: FlaskClient, sistep: Edition) -> None:
    item_id = put(sistep, POWER).id
    page = f"{LIST}{item_id}"
    typed = {"code": "POWER", "name_en": "Power", "unit": "each", "stand_kind": "both"}
    desk.get(page)
    change_price(sistep.id, item_id, plan(POWER, amount=Decimal(900)), **FACTS)
    late = send(desk, page, **typed, amount="800", version="1")
    said = words(late)
    assert (late.status_code, "Stored meanwhile by somebody else" in said, "900.00" in said, 'value="800"' in late.text, 'name="version" type="hidden" value="2"' in late.text) == (
        422,
        True,
        True,
        True,
        True,
    )
    assert send(desk, page, **typed, amount="800", version="2").status_code == 302
    assert price_list(sistep.id).items[0].amount == Decimal(800)


def test_a_price_is_taken_off_sale_put_back_moved_and_removed(desk: FlaskClient, sistep: Edition) -> None:
    power, table = put(sistep, POWER).id, put(sistep, POWER, code="TABLE").id
    assert send(desk, LIST, f"{LIST}{power}/off-sale").location == f"{LIST}#extra"
    assert [item.on_sale for item in price_list(sistep.id).items] == [False, True]
    send(desk, LIST, f"{LIST}{power}/on-sale")
    assert send(desk, LIST, f"{LIST}{table}/up").location == f"{LIST}#price-{table}"
    assert [(item.code, item.on_sale) for item in price_list(sistep.id).items] == [("TABLE", True), ("POWER", True)]
    send(desk, LIST, f"{LIST}{table}/down")
    assert send(desk, f"{LIST}{power}", f"{LIST}{power}/remove").location == LIST
    assert [item.code for item in price_list(sistep.id).items] == ["TABLE"]
    assert desk.get(f"{LIST}{power}").location == LIST
    assert "This price was removed." in desk.get(LIST).text


def test_a_price_removed_while_its_page_was_open_leads_to_the_list(desk: FlaskClient, sistep: Edition) -> None:
    item_id = put(sistep, POWER).id
    desk.get(f"{LIST}{item_id}")
    put(sistep, EQUIPPED)
    page = desk.get(f"{LIST}new/extra")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token
    remove_price(sistep.id, item_id, **FACTS)
    assert [desk.post(f"{LIST}{item_id}{verb}", data={"csrf_token": token[1]}).location for verb in ("", "/off-sale", "/on-sale", "/up", "/remove")] == [LIST] * 5


def test_the_badge_table_is_written_line_by_line_and_gaps_count_for_nothing(desk: FlaskClient, sistep: Edition) -> None:
    typed = {"from_2": "31", "badges_2": "9", "from_5": "12", "badges_5": "5", "co_exhibitor_badges": "3", "version": "0"}
    assert send(desk, f"{LIST}badges", **typed).location == f"{LIST}#badges"
    assert (price_list(sistep.id).quota, price_list(sistep.id).extra_badge_amount) == (BY_RANGE, None)
    page = desk.get(f"{LIST}badges").text
    assert [re.search(rf'id="{name}"[^>]*value="([^"]*)"', page)[1] for name in ("from_1", "badges_1", "from_2", "badges_2", "from_3")] == ["12", "5", "31", "9", ""]  # type: ignore[index]
    typed = {
        "from_1": "9",
        "badges_1": "2",
        "from_2": "",
        "badges_2": "",
        "more_every_m2": "10",
        "co_exhibitor_badges": "1",
        "extra_badge_amount": "150",
        "version": str(price_list(sistep.id).version),
    }
    send(desk, f"{LIST}badges", **typed)
    assert (price_list(sistep.id).quota, price_list(sistep.id).extra_badge_amount) == (NINE_THEN_TEN, Decimal(150))
    said = words(desk.get(LIST))
    assert "Stand from 9 m² 2 badges, then one more for each further 10 m² Each co-exhibitor 1 badge An extra badge MAD 150.00 without tax, MAD 180.00 with tax" in said


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"from_3": "31", "badges_3": "5", "from_7": "12", "badges_7": "9"}, "badges_3", "From 31 m² a stand would have fewer badges than a smaller one."),
        ({"from_2": "9", "badges_2": "2", "from_4": "9", "badges_4": "3"}, "from_4", "Two lines begin at 9 m²."),
        ({"from_2": "9"}, "badges_2", "Enter both numbers of the line, or none."),
        ({"badges_2": "9"}, "from_2", "Enter both numbers of the line, or none."),
        ({"from_1": "0", "badges_1": "1"}, "from_1", "Enter an area in square metres"),
        ({"from_1": "x", "badges_1": "1"}, "from_1", "Enter the square metres as a number"),
        ({"from_1": "9", "badges_1": "-1"}, "badges_1", "Enter a whole number."),
        ({"from_1": "9", "badges_1": "1000"}, "badges_1", "Enter a number of badges from 0 to 999."),
        ({"more_every_m2": "10"}, "more_every_m2", "Enter at least one line of the table"),
        ({"extra_badge_amount": "-1"}, "extra_badge_amount", "Enter an amount from 0"),
    ],
)
def test_an_odd_badge_table_is_refused_at_the_line_that_was_typed(desk: FlaskClient, sistep: Edition, typed: dict[str, str], field: str, says: str) -> None:
    answer = send(desk, f"{LIST}badges", **typed, version="0")
    found = re.search(rf'id="{field}-error">(.*?)</p>', answer.text, re.DOTALL)
    assert found, re.findall(r'id="(\w+-error)"', answer.text)
    assert (answer.status_code, says in found[1].replace("&#39;", "'")) == (422, True)
    assert price_list(sistep.id).quota.steps == ()


def test_terms_are_kept_and_an_old_page_is_told(desk: FlaskClient, sistep: Edition) -> None:
    assert send(desk, f"{LIST}terms", deposit_percent="50", payment_days="45", note_fr="Chèque ou virement", version="0").location == f"{LIST}#terms"
    assert price_list(sistep.id).terms == Terms(Decimal(50), 45, {"fr": "Chèque ou virement"})
    set_terms(sistep.id, Terms(Decimal(30), 45, {"fr": "Chèque ou virement"}), **FACTS)
    late = send(desk, f"{LIST}terms", deposit_percent="40", payment_days="45", note_fr="Chèque ou virement", version="1")
    assert (late.status_code, "Stored meanwhile by somebody else" in late.text, 'value="40"' in late.text) == (422, True, True)
    odd = send(desk, f"{LIST}terms", deposit_percent="101", payment_days="400")
    assert (odd.status_code, "Enter a percentage from 0 to 100" in odd.text) == (422, True)


def test_a_stand_is_quoted_line_by_line_with_tax_and_badges(desk: FlaskClient, sistep: Edition) -> None:
    put_all(sistep)
    set_terms(sistep.id, Terms(Decimal(50)), **FACTS)
    page = words(desk.get(f"{LIST}try?area_m2=36,5&kind=bare&open_sides=2&co_exhibitors=2&extra-POWER=2&extra-CARPET=36.5"))
    for said in (
        "Pack PACK 3 MAD 1,000.00 MAD 3,000.00",
        "Bare BARE 36.5 m² MAD 1,350.00 MAD 49,275.00",
        "Corner CORNER MAD 49,275.00 10% MAD 4,927.50",
        "Power POWER 2 MAD 850.25 MAD 1,700.50",
        "Carpet CARPET 36.5 m² MAD 45.50 MAD 1,660.75",
        "Total without tax MAD 60,563.75",
        "VAT, 20% MAD 12,112.75",
        "Total with tax MAD 72,676.50",
        "6 staff badges come with it. Deposit: MAD 36,338.25.",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"area_m2": ""}, "Enter the area."),
        ({"area_m2": "x"}, "Enter the square metres as a number"),
        ({"area_m2": "-1"}, "Enter an area in square metres"),
        ({"kind": "bare"}, "Stands of this kind begin at 36 m²; this one has 20 m²."),
        ({"co_exhibitors": "100"}, "Enter the number of co-exhibitors, from 0 to 99."),
        ({"co_exhibitors": "-1"}, "Enter a whole number."),
        ({"extra-POWER": "1.5"}, "Enter a quantity above 0"),
        ({"extra-POWER": "-1"}, "Enter a quantity above 0"),
        ({"extra-CARPET": "1"}, "Carpet is not offered with this kind of stand."),
        ({"open_sides": "9"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_quoted_is_said_and_what_was_typed_stays(desk: FlaskClient, sistep: Edition, asked: dict[str, str], says: str) -> None:
    put_all(sistep)
    answer = desk.get(f"{LIST}try", query_string={"area_m2": "20", "kind": "equipped", "open_sides": "1", "co_exhibitors": "0", **asked})
    assert (answer.status_code, says in words(answer), "Total with tax" in answer.text) == (422, True, False)


def test_the_page_to_try_is_there_before_anything_is_asked(desk: FlaskClient, sistep: Edition) -> None:
    put_all(sistep)
    page = desk.get(f"{LIST}try")
    assert (page.status_code, "There is one thing to mend" in page.text) == (200, False)


def test_pages_ask_the_database_as_often_for_one_price_as_for_many(desk: FlaskClient, sistep: Edition, other_edition: Edition, farid: User) -> None:
    grant(farid, other_edition, Role.FINANCE)
    put(sistep, EQUIPPED)
    put_all(other_edition)
    counted = []
    desk.get(LIST)
    desk.get(PUBLIC)
    for path in ("/organiser/{}/prices/", "/{}/exhibit"):
        for slug in ("sistep-2018", "sistep-2025"):
            with statements() as sent:
                assert desk.get(path.format(slug)).status_code == 200
            counted.append(len(sent))
    assert counted[0::2] == counted[1::2]


def test_nobody_sees_anything_about_prices_before_there_is_one(client: FlaskClient, sistep: Edition) -> None:
    put_all(sistep)
    shown = client.get(PUBLIC).text
    with transaction():
        for item in price_list(sistep.id).items:
            take_off_sale(sistep.id, item.id, **FACTS)
    hidden = client.get(PUBLIC).text
    assert [("What it costs" in page, "Badges for your team" in page) for page in (shown, hidden)] == [(True, True), (False, True)]
    for item in price_list(sistep.id).items:
        remove_price(sistep.id, item.id, **FACTS)
    set_quota(sistep.id, type(NINE_THEN_TEN)(), None, **FACTS)
    assert "Badges for your team" not in client.get(PUBLIC).text


def test_the_public_sees_prices_without_and_with_tax_in_the_editions_currency(client: FlaskClient, sistep: Edition) -> None:
    items = put_all(sistep)
    take_off_sale(sistep.id, items[-1].id, **FACTS)
    with transaction():
        db.session.get_one(Edition, sistep.id).vat_percent = Decimal("14.5")
    page = words(client.get(PUBLIC))
    for said in (
        "Prices in MAD. VAT of 14.5% is added",
        "MAD 1,350.00 per m² MAD 1,545.75 per m²",
        "for you and for each co-exhibitor",
        "10% of the space's price",
        "2 badges, then one more",
    ):
        assert said in page
    assert "Carpet" not in page


@pytest.mark.parametrize(("language", "price"), [("fr", "1\u202f350,00\xa0MAD"), ("ar", "1.350,00\xa0د.م."), ("en", "MAD\xa01,350.00")])
def test_prices_are_written_in_the_readers_way(client: FlaskClient, sistep: Edition, language: str, price: str) -> None:
    put_all(sistep)
    assert price in client.get(f"{PUBLIC}?lang={language}").text


@pytest.mark.parametrize(("today", "shown"), [("2018-04-01T09:00+00:00", True), ("2018-04-16T09:00+00:00", False)])
def test_once_registration_is_closed_prices_are_shown_until_the_show_is_over(
    client: FlaskClient, sistep: Edition, monkeypatch: pytest.MonkeyPatch, today: str, shown: bool
) -> None:
    put_all(sistep)
    change_settings(sistep.id, {"exhibit_open": False}, **FACTS)
    monkeypatch.setattr(clock, "show_now", lambda: datetime.fromisoformat(today))
    page = client.get(PUBLIC).text
    assert ("Exhibitor registration is closed" in page, "What it costs" in page) == (True, shown)


def test_a_name_with_a_script_is_shown_as_it_is_written(desk: FlaskClient, sistep: Edition) -> None:
    put(sistep, EQUIPPED, name=same("<script>alert(1)</script>"))
    for path in (LIST, PUBLIC, f"{LIST}try?area_m2=9&kind=equipped&open_sides=1"):
        page = desk.get(path).text
        assert ("<script>alert(1)" in page, "&lt;script&gt;alert(1)" in page) == (False, True)
