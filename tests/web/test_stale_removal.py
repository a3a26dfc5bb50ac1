"""A page about something that was removed never removes what was made after it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from eventapp.accounts.models import User
from eventapp.core.db import Model, db
from eventapp.editions import operations as editions
from eventapp.editions.models import Category, Edition, Hall, Zone
from eventapp.editions.operations.halls import HallPlan
from eventapp.editions.operations.zones import ZonePlan
from eventapp.pricing.models import PriceItem
from eventapp.pricing.operations import remove_price
from eventapp.programme import operations as programme
from eventapp.programme.models import Room
from tests.support.browsing import send, sign_in_as
from tests.support.cast import EIGHT, same
from tests.support.pricing import POWER, put
from tests.support.programme import make_room

BY: dict[str, Any] = {"actor_id": None, "now": EIGHT}
Make = Callable[[Edition], Any]
Remove = Callable[[Edition, int], None]

THINGS: dict[str, tuple[type[Model], Make, Remove]] = {
    "settings/halls": (
        Hall,
        lambda edition: editions.add_hall(edition.id, HallPlan("C", same("Hall C"), Decimal(40), Decimal(20)), **BY),
        lambda edition, number: editions.remove_hall(edition.id, number, **BY),
    ),
    "settings/zones": (
        Zone,
        lambda edition: editions.add_zone(edition.id, ZonePlan("build", same("Build-up"), [(Category.BUILD_UP, None)]), **BY),
        lambda edition, number: editions.remove_zone(edition.id, number, **BY),
    ),
    "programme/rooms": (Room, lambda edition: make_room(edition, "atlas"), lambda _edition, number: programme.remove_room(number, **BY)),
    "prices": (PriceItem, lambda edition: put(edition, POWER), lambda edition, number: remove_price(edition.id, number, **BY)),
}


@pytest.mark.parametrize("place", THINGS)
def test_a_stale_page_leads_to_the_list_and_leaves_the_newer_one_alone(client: FlaskClient, sistep: Edition, adil: User, place: str) -> None:
    kind, make, remove = THINGS[place]
    old = make(sistep).id
    remove(sistep, old)
    new = make(sistep).id
    answer = send(sign_in_as(client, adil), "/account", to=f"/organiser/sistep-2018/{place}/{old}/remove")
    assert (answer.status_code, new > old) == (302, True)
    assert db.session.get(kind, new) is not None
