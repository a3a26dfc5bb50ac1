"""Stands, applications, decisions, allocations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from eventapp.core.zones import instant
from eventapp.demo.operations.accounts import add_contact
from eventapp.demo.rules.companies import Company
from eventapp.demo.rules.crowd import ZONE
from eventapp.demo.rules.floor import Place, features, places
from eventapp.demo.rules.names import name
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.operations import accept, add_exhibitor, refuse, waitlist
from eventapp.exhibitors.rules import Application
from eventapp.stands.models import Stand
from eventapp.stands.operations import add_feature, add_stand, allocate_stand, block_stand
from eventapp.stands.rules.shapes import rectangle

KEPT_FREE = "B12"
BLOCKED = "C12"
FEATURE_WORDS = {
    "aisle": {"fr": "Allée", "ar": "الممر", "en": "Aisle"},
    "door": {"fr": "Porte", "ar": "الباب", "en": "Door"},
}
_MESSAGE = "Exemple de demande, générée pour la démonstration."


@dataclass(frozen=True)
class Counts:
    """How many applications end how."""

    accepted: int = 120
    waiting: int = 15
    waitlisted: int = 5
    refused: int = 4

    @property
    def total(self) -> int:
        """Count all applications."""
        return self.accepted + self.waiting + self.waitlisted + self.refused


def add_stands(edition: Edition, actor_id: int, now: datetime) -> dict[str, Stand]:
    """Draw the floor plan; return the stands by their numbers."""
    halls = {hall.code: hall for hall in edition.halls}
    found = {}
    for one in features():
        if one.hall in halls:
            label = {language: f"{word} {one.number}" for language, word in FEATURE_WORDS[one.kind].items()} if one.number else {}
            add_feature(halls[one.hall], one.kind, rectangle(one.x, one.y, one.width, one.depth), label, actor_id=actor_id, now=now)
    for place in places():
        if place.hall not in halls:
            continue
        outline = rectangle(place.x, place.y, place.width, place.depth)
        found[place.number] = add_stand(halls[place.hall], place.number, outline, open_on=place.open_on, kind=place.kind, actor_id=actor_id, now=now)
    return found


def add_exhibitors(rng: Random, edition: Edition, firms: Sequence[Company], counts: Counts, stands: dict[str, Stand], actor_id: int, password: str) -> list[Exhibitor]:
    """Add every application, decide on most of them, and give the accepted ones a stand; the first firm's contact can sign in."""
    block_stand(stands[BLOCKED].id, "Exemple : issue de secours", actor_id=actor_id, now=day_before(edition.first_day, 150, 9, 0))
    free = [place for place in places() if place.number not in {KEPT_FREE, BLOCKED}]
    rng.shuffle(free)
    found = []
    for number, firm in enumerate(firms[: counts.total]):
        sent = day_before(edition.first_day, 120 - number * 90 // counts.total, 9 + number % 9, number % 60)
        exhibitor = _apply(rng, edition, firm, free[number % len(free)], stands, sent, password if number == 0 else None)
        _decide(exhibitor, number, counts, stands[free[number % len(free)].number], actor_id, sent + timedelta(days=4, hours=2))
        found.append(exhibitor)
    return found


def day_before(first_day: date, before: int, hour: int, minute: int) -> datetime:
    """Say when a time of day was, so many days before the show."""
    return instant(first_day - timedelta(days=before), time(hour, minute), ZONE)


def _apply(rng: Random, edition: Edition, firm: Company, place: Place, stands: dict[str, Stand], at: datetime, password: str | None) -> Exhibitor:
    contact, language = name(rng, firm.country), "fr" if firm.country in {"MA", "SN", "CI", "GN", "GA", "CM", "TN", "FR"} else "en"
    email = f"contact@{firm.domain}"
    owner = add_contact(email, contact.full, language, at, password)
    application = Application(
        name=firm.name,
        name_ar=firm.name_ar,
        country=firm.country,
        city=firm.city,
        ice=firm.ice,
        sector=firm.sector,
        website=f"https://www.{firm.domain}",
        contact_name=contact.full,
        contact_email=email,
        language=language,
        stand_kind=place.kind,
        area=str(Decimal(str(place.area)).quantize(Decimal("0.1"))),
        wishes=(stands[place.number].id,),
        message=_MESSAGE,
    )
    exhibitor = add_exhibitor(edition.id, application, owner_id=owner.id, is_example=True, now=at, real_now=at)
    exhibitor.fascia_name = firm.fascia
    return exhibitor


def _decide(exhibitor: Exhibitor, number: int, counts: Counts, stand: Stand, actor_id: int, at: datetime) -> None:
    """Lead an application to where it stands on the day of the show."""
    if number < counts.accepted:
        accept(exhibitor.id, actor_id=actor_id, now=at)
        allocate_stand(stand.id, exhibitor.id, actor_id=actor_id, now=at + timedelta(days=7))
    elif number < counts.accepted + counts.waitlisted:
        waitlist(exhibitor.id, actor_id=actor_id, now=at)
    elif number < counts.accepted + counts.waitlisted + counts.refused:
        refuse(exhibitor.id, note="Exemple de refus\u00a0: activité hors du thème du salon.", actor_id=actor_id, now=at)
