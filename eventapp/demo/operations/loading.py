"""Load the demo: everything in one transaction, the same every time."""

from datetime import date, datetime, time, timedelta
from random import Random

from eventapp.audit.trail import record
from eventapp.core.clock import ClockAnchor, forget_anchor
from eventapp.core.db import after_commit, db, transaction
from eventapp.core.zones import instant
from eventapp.demo.operations.accounts import add_accounts
from eventapp.demo.operations.agreements import add_agreements
from eventapp.demo.operations.attendees import add_guests
from eventapp.demo.operations.catalogue import add_entries
from eventapp.demo.operations.contracts import add_conditions, add_contracts
from eventapp.demo.operations.doors import add_doors
from eventapp.demo.operations.editions import add_edition
from eventapp.demo.operations.exhibitors import Counts, add_exhibitors, add_stands
from eventapp.demo.operations.invoices import add_invoices, add_seller
from eventapp.demo.operations.messages import add_messages
from eventapp.demo.operations.papers import ask_for_documents, provide_documents
from eventapp.demo.operations.prices import add_prices
from eventapp.demo.operations.programme import Programme, add_programme, publish_programme
from eventapp.demo.operations.wishes import add_wishes
from eventapp.demo.rules import editions as facts
from eventapp.demo.rules.companies import Company, companies
from eventapp.demo.rules.crowd import ZONE, Size, crowd, first_hour, staff
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import ExhibitingRules, Exhibitor, StandWay

SEED = 20180412
_OTHER_FIRMS = 40  # whose people come as visitors


def load_demo(password: str, *, size: Size, counts: Counts | None = None, show_at: datetime, real_now: datetime) -> None:
    """Load the editions into an empty database and set the show's clock."""
    counts, rng = counts or Counts(), Random(SEED)  # noqa: S311 - the same demo every time
    with transaction():
        db.session.add(ClockAnchor(real_at=real_now, show_at=show_at))
        beginning = _before(facts.FIRST_DAY, 200)
        edition = add_edition(facts.EDITION_2018, ("A", "B", "C"), beginning)
        next_one = add_edition(facts.EDITION_2025, ("A",), _before(facts.EDITION_2025["first_day"], 200))
        by_wishes = add_edition(facts.EDITION_2027, ("A",), _before(facts.EDITION_2027["first_day"], 200))
        administrator = add_accounts([edition, next_one, by_wishes], password, beginning)
        for one in (edition, next_one, by_wishes):
            add_prices(one, administrator.id, _before(one.first_day, 195))
            add_seller(one, administrator.id, _before(one.first_day, 195))
            add_conditions(one, administrator.id, _before(one.first_day, 195))
        codes = ask_for_documents(edition, administrator.id, beginning + timedelta(days=2))
        ask_for_documents(next_one, administrator.id, _before(next_one.first_day, 190))
        firms = companies(counts.total + _OTHER_FIRMS)
        db.session.add_all(ExhibitingRules(edition_id=one.id, stand_way=StandWay.FIRST_COME) for one in (edition, next_one))
        stands = add_stands(edition, administrator.id, beginning + timedelta(days=5))
        add_stands(next_one, administrator.id, _before(facts.EDITION_2025["first_day"], 190))
        exhibitors = add_exhibitors(rng, edition, firms, counts, stands, administrator.id, password)
        add_contracts(exhibitors, administrator.id, _before(facts.FIRST_DAY, 100))
        provide_documents(exhibitors, codes, administrator.id, _before(facts.FIRST_DAY, 35))
        add_entries(exhibitors, firms, _before(facts.FIRST_DAY, 40))
        wished = add_stands(by_wishes, administrator.id, _before(facts.EDITION_2027["first_day"], 190))
        add_wishes(Random(SEED + 3), by_wishes, firms, wished, administrator.id)  # noqa: S311
        add_invoices(edition, exhibitors, administrator.id, _before(facts.FIRST_DAY, 0))
        add_messages(edition, exhibitors, administrator.id, _before(facts.FIRST_DAY, 3))
        programme = add_programme(Random(SEED + 1), edition, firms[: counts.accepted], administrator.id, beginning + timedelta(days=20))  # noqa: S311
        add_agreements(Random(SEED + 2), programme, firms[: counts.accepted], administrator.id, beginning + timedelta(days=30))  # noqa: S311
        publish_programme(edition, administrator.id)
        _fill_halls(rng, edition, firms, exhibitors, programme, counts, size, real_now)
        for one in (edition, next_one, by_wishes):
            record("demo.loaded", "edition", one.id, actor_id=None, at=show_at, edition_id=one.id)
        after_commit(forget_anchor)


def _before(first_day: date, days: int) -> datetime:
    return instant(first_day - timedelta(days=days), time(9), ZONE)


def _fill_halls(rng: Random, edition: Edition, firms: list[Company], exhibitors: list[Exhibitor], programme: Programme, counts: Counts, size: Size, now: datetime) -> None:
    guests = crowd(rng, size, firms[counts.total :], edition.first_day) + staff(rng, firms[: counts.accepted], edition.first_day)
    people = {len(guests) + number: person_id for number, (_guest, person_id) in enumerate(programme.speakers)}
    guests += [guest for guest, _person_id in programme.speakers]
    badges = add_guests(rng, edition, guests, [exhibitor.id for exhibitor in exhibitors], people, now)
    add_doors(rng, edition, guests, badges, first_hour(rng, guests, size, edition.first_day), instant(edition.first_day, facts.OPENS, ZONE))
