"""The example crowd: who registered when, and how the first hour at the doors went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from eventapp.core.zones import instant
from eventapp.demo.rules.companies import Company
from eventapp.demo.rules.names import ROLES, Name, name
from eventapp.editions.models import Category

ZONE = "Africa/Casablanca"
_WEEKS = 10
_LANGUAGES = ("fr", "fr", "fr", "ar", "en")
_SCHOOLS = ("École Exemple de Mécanique", "Institut Exemple des Métiers", "Faculté Exemple des Sciences")
_MEDIA = ("Journal Exemple", "Radio Exemple", "Revue Exemple de l’Industrie")
# beside the visitors: category, how many, for whom they come
_OTHERS: tuple[tuple[Category, int, tuple[str, ...]], ...] = (
    (Category.STUDENT, 90, _SCHOOLS),
    (Category.PRESS, 22, _MEDIA),
    (Category.VIP, 24, ("Invité Exemple",)),
    (Category.OFFICIAL, 14, ("Délégation Exemple",)),
    (Category.ORGANISER, 10, ("FIMME (exemple)",)),
    (Category.SECURITY, 12, ("Sécurité Exemple",)),
    (Category.SERVICE, 12, ("Services Exemple",)),
)


@dataclass(frozen=True)
class Size:
    """How big the example crowd is."""

    visitors: int = 2000
    admitted: int = 600


@dataclass(frozen=True)
class Guest:
    """One attendee: `company` is the number of the exhibitor whose staff the guest is."""

    name: Name
    email: str
    category: Category
    organisation: str
    job_title: str
    country: str
    language: str
    registered_at: datetime
    company: int | None = None


@dataclass(frozen=True)
class Passage:
    """One reading at a gate: the guest's number, or none for a code that is no badge."""

    guest: int | None
    gate: str
    direction: str
    at: datetime


def _registered(rng: Random, first_day: date) -> datetime:
    """Draw when somebody registered: in the weeks before, more and more of them towards the day."""
    days = int(7 * _WEEKS * rng.random() ** 2.4)
    latest = 8 if days == 0 else 22
    return instant(first_day - timedelta(days=days), time(rng.randint(6, latest), rng.randrange(60), rng.randrange(60)), ZONE)


def _guest(rng: Random, number: int, category: Category, organisation: str, country: str, first_day: date) -> Guest:
    who = name(rng, country)
    title = "Étudiant" if category is Category.STUDENT else rng.choice(ROLES)
    email = f"{who.mailbox}.{number}@{'visiteurs' if category is Category.VISITOR else 'invites'}.example"
    return Guest(who, email, category, organisation, title, country, rng.choice(_LANGUAGES), _registered(rng, first_day))


def crowd(rng: Random, size: Size, firms: Sequence[Company], first_day: date) -> list[Guest]:
    """Make the visitors and the others who are not staff of exhibitors; the visitors work for firms that do not exhibit."""
    guests = []
    for number in range(size.visitors):
        firm = rng.choice(firms)
        guests.append(_guest(rng, number, Category.VISITOR, firm.name, firm.country, first_day))
    for category, count, organisations in _OTHERS:
        guests += [_guest(rng, len(guests) + n, category, rng.choice(organisations), "MA", first_day) for n in range(count)]
    return guests


def staff(rng: Random, firms: Sequence[Company], first_day: date) -> list[Guest]:
    """Make two to four people for each exhibiting company."""
    found: list[Guest] = []
    for number, firm in enumerate(firms):
        for _ in range(rng.randint(2, 4)):
            who = name(rng, firm.country)
            registered = instant(first_day - timedelta(days=rng.randint(3, 30)), time(rng.randint(8, 18), rng.randrange(60)), ZONE)
            email = f"{who.mailbox}.{len(found)}@{firm.domain}"
            found.append(Guest(who, email, Category.EXHIBITOR, firm.name, rng.choice(ROLES), firm.country, rng.choice(_LANGUAGES), registered, number))
    return found


def speaker(rng: Random, number: int, firm: Company, first_day: date) -> Guest:
    """Make somebody who speaks for a firm; registered by the organiser weeks before."""
    who = name(rng, firm.country)
    registered = instant(first_day - timedelta(days=rng.randint(10, 40)), time(rng.randint(8, 18), rng.randrange(60)), ZONE)
    return Guest(who, f"{who.mailbox}.{number}@intervenants.example", Category.SPEAKER, firm.name, rng.choice(ROLES), firm.country, rng.choice(_LANGUAGES), registered)


def first_hour(rng: Random, guests: Sequence[Guest], size: Size, first_day: date) -> list[Passage]:
    """Tell what the gates read between nine and ten on the first day, in order of time."""
    opens = instant(first_day, time(9), ZONE)
    here = [n for n, guest in enumerate(guests) if guest.registered_at < opens]
    important = [n for n in here if guests[n].category in {Category.VIP, Category.OFFICIAL}]
    others = rng.sample([n for n in here if n not in set(important)], size.admitted - min(len(important), size.admitted // 20))
    coming = [*others, *important[: size.admitted - len(others)]]
    passages = []
    for guest in coming:
        after = timedelta(seconds=int(3300 * rng.random() ** 0.8))
        at, gate = opens + after, "hall-c" if rng.random() < 0.3 else "main"  # noqa: PLR2004 - three in ten
        passages.append(Passage(guest, gate, "in", at))
        passages += _later(rng, guests[guest], guest, gate, at, opens)
    passages += [Passage(None, "main", "in", opens + timedelta(minutes=minutes, seconds=7)) for minutes in (14, 31)]
    return sorted(passages, key=lambda p: (p.at, p.gate, p.guest is None, p.guest or 0))


def _later(rng: Random, guest: Guest, number: int, gate: str, at: datetime, opens: datetime) -> list[Passage]:
    """Tell what else somebody did in that hour: out again, a second reading, the lounge with or without the right to it."""
    left = int((opens + timedelta(minutes=59) - at).total_seconds())
    chance = rng.random()
    soon = at + timedelta(seconds=rng.randint(60, max(61, left)))
    if guest.category in {Category.VIP, Category.OFFICIAL}:
        return [Passage(number, "vip", "in", soon)]
    if left < 300 or chance > 0.1:  # noqa: PLR2004 - five minutes before the end; nine in ten just go in
        return []
    if chance < 0.06:  # noqa: PLR2004
        return [Passage(number, gate, "out", soon)]
    return [Passage(number, "vip", "in", soon)] if chance < 0.08 else [Passage(number, gate, "in", soon)]  # noqa: PLR2004
