"""The fixed cast: the same editions, people and times in every test."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from flask import Flask

from eventapp.accounts.models import Role, RoleGrant, User
from eventapp.core.db import db, transaction
from eventapp.editions.models import Category, Edition, Hall, OpeningHours, Zone, ZoneRule

PASSWORD = "correct horse battery staple"
EIGHT = datetime(2018, 4, 12, 7, 0, tzinfo=UTC)  # eight o'clock in Casablanca
TEN_O_CLOCK = datetime(2018, 4, 12, 9, 0, tzinfo=UTC)  # in Casablanca, the doors open
SISTEP_DAYS = (date(2018, 4, 12), date(2018, 4, 15))


def same(text: str) -> dict[str, str]:
    """Write one text for all three languages."""
    return {"fr": text, "ar": text, "en": text}


@pytest.fixture
def eight_o_clock() -> datetime:
    """Eight in the morning of the first day, in Casablanca."""
    return EIGHT


def make_edition(slug: str, number: int, first_day: date, last_day: date, **more: object) -> Edition:
    """Store an edition with one hall, two zones and opening hours from 9 to 18."""
    values: dict[str, object] = {
        "state": "public",
        "name": same(slug.upper()),
        "full_name": same(f"{slug} whole name"),
        "theme": same("Industry"),
        "about": same("About the show"),
        "languages": ["fr", "ar", "en"],
        "organiser": same("FIMME"),
        "venue": same("OFEC"),
        "city": {"fr": "Casablanca", "ar": "الدار البيضاء", "en": "Casablanca"},
        "address": same("Boulevard Tiznit"),
        "access": same("Tram"),
        "contact_email": "contact@show.example",
        "figures": [],
        "privacy_controller": same("FIMME"),
        "exhibit_open": True,
        "visit_open": True,
        "created_at": EIGHT,
    }
    edition = Edition(slug=slug, token_number=number, first_day=first_day, last_day=last_day, **(values | more))
    edition.halls = [Hall(code="B", name=same("Hall B"), width_m=Decimal(60), depth_m=Decimal(30), position=1)]
    edition.zones = [
        Zone(code="show", name=same("Show floor"), bit=0, rules=[ZoneRule(category=category) for category in Category if category is not Category.BUILD_UP]),
        Zone(code="vip", name=same("VIP lounge"), bit=1, rules=[ZoneRule(category=category) for category in (Category.VIP, Category.OFFICIAL, Category.SIGNATORY)]),
    ]
    edition.hours = [OpeningHours(day=date.fromordinal(day), opens=time(9), closes=time(18)) for day in range(first_day.toordinal(), last_day.toordinal() + 1)]
    with transaction():
        db.session.add(edition)
    return edition


@pytest.fixture
def sistep(app: Flask) -> Edition:
    """The edition of 2018, current and open for registration."""
    return make_edition("sistep-2018", 11, *SISTEP_DAYS, is_current=True)


@pytest.fixture
def other_edition(app: Flask) -> Edition:
    """Another edition, whose data must never show in the first."""
    return make_edition("sistep-2025", 13, date(2025, 12, 3), date(2025, 12, 6))


def make_user(email: str, name: str, *, is_owner: bool = False, password_hash: str | None = None) -> User:
    """Store a confirmed user."""
    user = User(email=email, name=name, is_owner=is_owner, created_at=EIGHT, confirmed_at=EIGHT, password_hash=password_hash, language="en")
    with transaction():
        db.session.add(user)
    return user


def grant(user: User, edition: Edition, role: Role) -> User:
    """Give a user a role in an edition."""
    with transaction():
        db.session.add(RoleGrant(user_id=user.id, edition_id=edition.id, role=role, granted_at=EIGHT))
    return user


@pytest.fixture
def olga(app: Flask) -> User:
    """The owner of the installation."""
    return make_user("olga@show.example", "Olga Owner", is_owner=True)


@pytest.fixture
def adil(sistep: Edition) -> User:
    """The administrator of the edition of 2018."""
    return grant(make_user("adil@show.example", "Adil Administrator"), sistep, Role.ADMINISTRATOR)


@pytest.fixture
def nadia(other_edition: Edition) -> User:
    """The administrator of the other edition: a stranger here."""
    return grant(make_user("nadia@show.example", "Nadia Neighbour"), other_edition, Role.ADMINISTRATOR)


@pytest.fixture
def stranger(app: Flask) -> User:
    """Somebody with an account and nothing else."""
    return make_user("stranger@show.example", "Sam Stranger")
