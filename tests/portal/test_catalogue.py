"""The public list of exhibitors and the page of each: accepted ones only, with their stand on the plan."""

import json
import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from eventapp.accounts.models import User
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import CoExhibitor, ExhibitedProduct, FurtherSector, OrderedExtra, RepresentedFirm
from eventapp.pricing.operations import add_price
from eventapp.stands.operations import allocate_stand
from tests.support.browsing import sign_in_as
from tests.support.cast import EIGHT, same
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.pricing import POWER, plan

LIST = "/sistep-2018/exhibitors"


def test_the_list_leads_to_the_exhibitor_and_its_stand(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger, public_name_ar="الأطلس", website="https://atlas.example")
    allocate_stand(make_stand(sistep, "B12").id, atlas.id, actor_id=None, now=EIGHT)
    listed = client.get(LIST).text
    assert [f"{LIST}/{atlas.id}" in listed, "/sistep-2018/floor-plan/B12" in listed] == [True, True]
    page = client.get(f"{LIST}/{atlas.id}").text
    assert [words in page for words in ("Atlas", "الأطلس", "Sheet metal", "Casablanca", "atlas.example", 'data-stand="B12"')] == [True] * 6
    assert stranger.email not in page


def test_products_and_firms_on_the_stand_are_found_and_shown(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    atlas, rif = (make_exhibitor(sistep, name, stranger, state=state) for name, state in (("Atlas", "accepted"), ("Rif", "submitted")))
    make_exhibitor(sistep, "Bremen", stranger)
    price = add_price(sistep.id, plan(POWER, name=same("Electricity")), actor_id=None, now=EIGHT)
    with transaction():
        for one in (atlas, rif):
            of = {"exhibitor_id": one.id, "edition_id": sistep.id}
            db.session.add_all([FurtherSector(**of, sector="training"), ExhibitedProduct(**of, position=1, name="Découpe laser")])
            db.session.add(CoExhibitor(**of, position=1, name="Souss Métal", country="FR", contact_name="Rachid", contact_email="rachid@souss.example"))
            db.session.add(RepresentedFirm(**of, position=1, name="مسبك الشمال", country="DE"))
        ordered = {"quantity": Decimal(2), "code": price.code, "name": price.name, "unit": price.unit, "unit_price": price.amount}
        db.session.add(OrderedExtra(exhibitor_id=atlas.id, edition_id=sistep.id, price_item_id=price.id, **ordered))

    def found(typed: str) -> tuple[list[str], list[str]]:
        listed = client.get(LIST, query_string={"q": typed}).text
        return re.findall(r"<h2><a [^>]*><bdi>(\w+)</bdi>", listed), re.findall(r"<strong><bdi>(.*?)</bdi>", listed)

    assert found("LASER decoupe") == found("atlas laser") == (["Atlas"], ["Découpe laser"])
    assert [found(typed) for typed in ("souss metal", "الشمال", "atlas")] == [(["Atlas"], ["Souss Métal"]), (["Atlas"], ["مسبك الشمال"]), (["Atlas"], [])]
    assert [found(typed)[0] for typed in ("laser bremen", "rachid", "%", " ")] == [[], [], [], ["Atlas", "Bremen"]]

    page = client.get(f"{LIST}/{atlas.id}").text
    assert [words in page for words in ("Training", "Découpe laser", "Souss Métal", "مسبك الشمال", "rachid@souss.example", "Electricity")] == [True] * 4 + [False] * 2
    sign_in_as(client, stranger)
    home, adding, entry = (client.get(f"/exhibitor/sistep-2018/{atlas.id}/{place}").text for place in ("", "staff/new", "catalogue"))
    assert [words in home for words in ("Découpe laser", "Souss Métal", "rachid@souss.example", "Electricity", "you add their people")] == [True] * 5
    assert ["people of your co-exhibitors" in adding, "Souss Métal" in entry] == [True, True]


def test_an_exhibitor_is_described_for_search_engines(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas </script> & sons", stranger)
    allocate_stand(make_stand(sistep, "B12").id, atlas.id, actor_id=None, now=EIGHT)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get(f"{LIST}/{atlas.id}").text, re.DOTALL)
    assert found
    told = json.loads(found.group(1))
    assert (told["@type"], told["name"], told["address"]["addressCountry"], told["event"]["location"]["name"]) == ("Organization", "Atlas </script> & sons", "MA", "OFEC, B12")


def test_an_exhibitor_without_a_stand_has_a_page(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    page = client.get(f"{LIST}/{make_exhibitor(sistep, 'Atlas', stranger).id}").text
    assert ["Stand to come" in page, "data-plan-frame" in page] == [True, False]


@pytest.mark.parametrize("state", ["draft", "submitted", "waitlisted", "refused", "withdrawn"])
def test_who_is_not_accepted_and_who_is_of_another_edition_has_no_page(client: FlaskClient, sistep: Edition, other_edition: Edition, stranger: User, state: str) -> None:
    mine, theirs = make_exhibitor(sistep, "Atlas", stranger, state=state), make_exhibitor(other_edition, "Rif", stranger)
    assert [client.get(f"{LIST}/{number}").status_code for number in (mine.id, theirs.id, 999_999)] == [404, 404, 404]


def test_list_and_plan_are_narrowed_by_sector_and_country(client: FlaskClient, sistep: Edition, stranger: User) -> None:
    atlas = make_exhibitor(sistep, "Atlas", stranger)
    bremen = make_exhibitor(sistep, "Bremen", stranger, sector="training")
    with transaction():
        bremen.organisation.country = "DE"
    for number, owner in (("B1", atlas), ("B2", bremen)):
        allocate_stand(make_stand(sistep, number).id, owner.id, actor_id=None, now=EIGHT)
    make_stand(sistep, "B3")

    def named(query: str) -> list[str]:
        found = re.findall(r"<h2><a [^>]*><bdi>(\w+)</bdi>", client.get(f"{LIST}?{query}").text)
        listed = re.findall(r"<tr\b.*?</tr>", client.get(f"/sistep-2018/floor-plan?{query}").text, re.DOTALL)
        on_plan = [name for name in ("Atlas", "Bremen") if any(name in row for row in listed)]
        assert found == on_plan, query
        return found

    narrowed = [named(query) for query in ("", "country=DE", "country=MA", "sector=training", "country=MA&sector=training", "country=XX", "country=d%00")]
    assert narrowed == [["Atlas", "Bremen"], ["Bremen"], ["Atlas"], ["Bremen"], [], [], ["Atlas", "Bremen"]]
    shown = client.get(LIST).text
    assert [f'<option value="{code}"' in shown for code in ("DE", "MA", "FR")] == [True, True, False]
