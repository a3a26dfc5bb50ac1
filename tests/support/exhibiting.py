"""Exhibitors and stands, stored as a registration and an organiser would leave them."""

from decimal import Decimal

from eventapp.accounts.models import User
from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor, ExhibitorMember
from eventapp.organisations.operations import find_or_add_organisation
from eventapp.organisations.rules import folded_names
from eventapp.stands.models import Stand
from eventapp.stands.operations import add_stand
from eventapp.stands.queries import count_in_hall
from eventapp.stands.rules.shapes import rectangle
from tests.support.cast import EIGHT


def make_exhibitor(edition: Edition, name: str, owner: User, *, state: str = "accepted", number: int | None = None, **more: object) -> Exhibitor:
    """Store an exhibitor with its owner, in a state."""
    with transaction():
        organisation = find_or_add_organisation(name=name, country="MA", city="Casablanca", actor_id=None, now=EIGHT)
        values: dict[str, object] = {"sector": "sheet_metal", "contact_name": owner.name, "contact_email": owner.email, "contact_phone": "+212 5 22 00 00 00", "language": "en"}
        values |= {
            "reference": f"E-{number or organisation.id:06}",
            "public_name": name,
            "folded": folded_names(name, None),
            "city": "Casablanca",
            "created_at": EIGHT,
            "submitted_at": EIGHT,
        }
        exhibitor = Exhibitor(edition_id=edition.id, organisation_id=organisation.id, state=state, **(values | more))
        if state != "submitted":
            exhibitor.decided_at = EIGHT
        exhibitor.members = [ExhibitorMember(user_id=owner.id, role="owner", since=EIGHT)]
        db.session.add(exhibitor)
    return exhibitor


def make_stand(edition: Edition, number: str, *, hall: str = "B", **more: object) -> Stand:
    """Store a stand of 18 m² in the next free place of a hall, or where it is said."""
    own = next(one for one in edition.halls if one.code == hall)
    row, column = divmod(count_in_hall(own.id), max(1, int(own.width_m) // 6))
    values: dict[str, Decimal] = {"x_m": Decimal(6 * column), "y_m": Decimal(3 * row), "width_m": Decimal(6), "depth_m": Decimal(3)}
    outline = rectangle(**(values | {name: value for name, value in more.items() if name in values}))  # type: ignore[arg-type]
    drawn: dict[str, object] = {"open_on": "ES", "kind": "equipped", **{name: value for name, value in more.items() if name not in values}}
    return add_stand(own, number, outline, actor_id=None, now=EIGHT, **drawn)  # type: ignore[arg-type]


def answers(**more: object) -> dict[str, dict[str, object]]:
    """Answer every step of a registration."""
    steps: dict[str, dict[str, object]] = {
        "organisation": {
            "name": "Fonderie de l'Atlas",
            "name_ar": "مسبك الأطلس",
            "country": "MA",
            "city": "Casablanca",
            "sector": "sheet_metal",
            "ice": "001561191000066",
            "website": "",
        },
        "contact": {"contact_name": "Amina Benali", "contact_email": "amina@atlas.example", "contact_phone": "+212 5 22 00 00 00", "language": "fr"},
        "space": {"stand_kind": "equipped", "area": "18", "wishes": [], "message": ""},
    }
    return {step: {**given, **{name: value for name, value in more.items() if name in given}} for step, given in steps.items()}


def more_answers(*extras: str) -> dict[str, dict[str, object]]:
    """Answer the optional steps of a registration, with two of each extra."""
    return {
        "products": {"sectors": ["electronics", "training"], "products": ["Press brakes", "القطع بالليزر"]},
        "companions": {
            "co_exhibitors": [{"name": "Rif Laser", "country": "FR", "ice": "", "contact_name": "Rachid", "contact_email": "Rachid@rif.example"}],
            "represented": [{"name": "Muster Maschinen", "country": "DE"}, {"name": "Ejemplo", "country": "ES"}],
        },
        "extras": {"extras": dict.fromkeys(extras, "2")},
    }
