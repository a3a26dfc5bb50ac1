"""What doctor asks about what applications bring and want."""

from sqlalchemy import func, select

from eventapp.core.db import db
from eventapp.exhibitors.models import (
    AcceptedConditions,
    ApplicationState,
    CoExhibitor,
    ExhibitedProduct,
    ExhibitingConditions,
    Exhibitor,
    FurtherSector,
    OrderedExtra,
    RepresentedFirm,
)
from eventapp.exhibitors.rules import MOST_COMPANIONS, MOST_PRODUCTS

_OF_EXHIBITORS = (FurtherSector, ExhibitedProduct, CoExhibitor, RepresentedFirm, OrderedExtra)
_IN_ORDER = ((ExhibitedProduct, MOST_PRODUCTS), (CoExhibitor, MOST_COMPANIONS), (RepresentedFirm, MOST_COMPANIONS))


def wrong_wanted() -> list[str]:
    """List what belongs to no application that was sent, or to one of another edition, what is told twice, and lists that are too long or begin before the first place: breaches."""
    found = []
    for model in _OF_EXHIBITORS:
        query = select(Exhibitor.id, Exhibitor.state, Exhibitor.edition_id != model.edition_id).join(model, model.exhibitor_id == Exhibitor.id)
        astray = db.session.execute(query.where((Exhibitor.state == ApplicationState.DRAFT) | (Exhibitor.edition_id != model.edition_id)).order_by(Exhibitor.id).distinct())
        found += [f"{model.__tablename__} of exhibitor {row[0]} are {'of another edition' if row[2] else 'of a draft'}" for row in astray]
    twice = select(FurtherSector.exhibitor_id).join(Exhibitor, Exhibitor.id == FurtherSector.exhibitor_id).where(Exhibitor.sector == FurtherSector.sector)
    found += [f"exhibitor {number} has its main sector among the further ones" for number in db.session.scalars(twice.order_by(FurtherSector.exhibitor_id))]
    for model, most in _IN_ORDER:
        counted = select(model.exhibitor_id, func.count(), func.min(model.position)).group_by(model.exhibitor_id)
        wrong = db.session.execute(counted.having((func.count() > most) | (func.min(model.position) < 1)).order_by(model.exhibitor_id))
        found += [f"{model.__tablename__} of exhibitor {row[0]} are {row[1]}, from place {row[2]}" for row in wrong]
    return found


def wrong_extras() -> list[str]:
    """List extras that are ordered for no money at all or less, or without a name: breaches."""
    query = select(OrderedExtra.exhibitor_id, OrderedExtra.code, OrderedExtra.unit_price, OrderedExtra.name)
    rows = db.session.execute(query.order_by(OrderedExtra.exhibitor_id, OrderedExtra.code))
    return [f"exhibitor {row[0]} ordered {row[1]} at {row[2]}, called {row[3]}" for row in rows if row[2] < 0 or not any(row[3].values())]


def wrong_acceptances() -> list[str]:
    """List conditions that were accepted before they were written, or in another edition: breaches."""
    query = select(AcceptedConditions.id, AcceptedConditions.exhibitor_id, ExhibitingConditions.since > AcceptedConditions.at)
    query = query.join(ExhibitingConditions, ExhibitingConditions.id == AcceptedConditions.conditions_id).join(Exhibitor, Exhibitor.id == AcceptedConditions.exhibitor_id)
    elsewhere = (ExhibitingConditions.edition_id != AcceptedConditions.edition_id) | (Exhibitor.edition_id != AcceptedConditions.edition_id)
    rows = db.session.execute(query.where(elsewhere | (ExhibitingConditions.since > AcceptedConditions.at)).order_by(AcceptedConditions.id))
    return [f"exhibitor {row[1]} accepted conditions {'before they were written' if row[2] else 'of another edition'} (acceptance {row[0]})" for row in rows]


def gaps_in_conditions() -> list[str]:
    """List editions whose versions of the conditions have a gap or do not begin with 1: breaches."""
    numbers = select(ExhibitingConditions.edition_id, func.count(), func.max(ExhibitingConditions.number)).group_by(ExhibitingConditions.edition_id)
    rows = db.session.execute(numbers.having(func.count() != func.max(ExhibitingConditions.number)).order_by(ExhibitingConditions.edition_id))
    return [f"edition {row[0]} has {row[1]} versions of its conditions, the last one is number {row[2]}" for row in rows]
