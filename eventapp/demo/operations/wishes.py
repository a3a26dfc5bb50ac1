"""An edition whose stands are placed by wishes: accepted exhibitors that wish some of the same stands, and none has one yet."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from eventapp.demo import queries
from eventapp.demo.operations.accounts import add_contact
from eventapp.demo.operations.exhibitors import day_before
from eventapp.demo.rules.companies import Company
from eventapp.demo.rules.floor import Place, places
from eventapp.demo.rules.names import name
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor, StandWay
from eventapp.exhibitors.operations import RulesPlan, accept, add_exhibitor, set_exhibiting_rules
from eventapp.exhibitors.rules import Application
from eventapp.stands.models import Stand
from eventapp.stands.operations import block_stand, keep_apart

BLOCKED, POPULAR = "A7", 18
_EVERY, _MOST = 5, 30


def add_wishes(rng: Random, edition: Edition, firms: Sequence[Company], stands: dict[str, Stand], actor_id: int) -> None:
    """Let some firms of the edition before, and some new ones, wish stands that many like; two of them are kept apart."""
    set_exhibiting_rules(edition.id, RulesPlan(StandWay.WISH_LIST), actor_id=actor_id, now=day_before(edition.first_day, 190, 10, 0))
    block_stand(stands[BLOCKED].id, "Exemple : issue de secours", actor_id=actor_id, now=day_before(edition.first_day, 150, 9, 0))
    there = [place for place in places() if place.number in stands and place.number != BLOCKED]
    popular = rng.sample(there, POPULAR)
    found = []
    for number, firm in enumerate(firms[1::_EVERY][:_MOST]):
        sent = day_before(edition.first_day, 120 - number, 9 + number % 9, number)
        exhibitor = _apply(rng, edition, firm, popular, stands, sent)
        found.append(accept(exhibitor.id, actor_id=actor_id, now=sent + timedelta(days=4)))
    keep_apart(edition.id, found[0].id, found[1].id, actor_id=actor_id, now=day_before(edition.first_day, 60, 9, 0))


def _apply(rng: Random, edition: Edition, firm: Company, popular: Sequence[Place], stands: dict[str, Stand], at: datetime) -> Exhibitor:
    """Apply for the edition with one to three wishes; who exhibited before has its account."""
    email = f"contact@{firm.domain}"
    wished = rng.sample(popular, rng.randint(1, 3))
    contact = name(rng, firm.country)
    owner = queries.account(email) or add_contact(email, contact.full, "fr", at)
    application = Application(
        name=firm.name,
        name_ar=firm.name_ar,
        country=firm.country,
        city=firm.city,
        ice=firm.ice,
        sector=firm.sector,
        contact_name=owner.name,
        contact_email=email,
        stand_kind=wished[0].kind,
        area=str(Decimal(str(wished[0].area)).quantize(Decimal("0.1"))),
        open_sides=rng.choice(("", "", "2")),
        wishes=tuple(stands[place.number].id for place in wished),
    )
    return add_exhibitor(edition.id, application, owner_id=owner.id, is_example=True, now=at, real_now=at)
