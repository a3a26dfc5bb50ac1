"""What an exhibitor brings and wants beside the stand."""

from eventapp.core.db import db, transaction
from eventapp.exhibitors.models import CoExhibitor, ExhibitedProduct, Exhibitor, FurtherSector, OrderedExtra, RepresentedFirm
from eventapp.exhibitors.rules import Application
from eventapp.organisations.rules import ice_number
from eventapp.pricing.queries import price_list
from eventapp.pricing.rules import check_extras


def keep_wanted(exhibitor: Exhibitor, applied: Application) -> None:
    """Keep what a new application brings and wants: further sectors, products, companions, and extras at the prices of now."""
    of = {"exhibitor_id": exhibitor.id, "edition_id": exhibitor.edition_id}
    with transaction():
        db.session.add_all(FurtherSector(**of, sector=sector) for sector in applied.further_sectors)
        db.session.add_all(ExhibitedProduct(**of, position=position, name=name) for position, name in enumerate(applied.products, start=1))
        db.session.add_all(RepresentedFirm(**of, position=position, name=firm["name"], country=firm["country"]) for position, firm in enumerate(applied.represented, start=1))
        for position, firm in enumerate(applied.co_exhibitors, start=1):
            contact = {"contact_name": firm.get("contact_name", ""), "contact_email": firm.get("contact_email", "").lower()}
            db.session.add(CoExhibitor(**of, position=position, name=firm["name"], country=firm["country"], ice=ice_number(firm.get("ice", "")), **contact))
        _order(of, applied)
        db.session.flush()


def _order(of: dict[str, int], applied: Application) -> None:
    if not applied.extras:
        return
    ordered = check_extras(applied.stand_kind, applied.quantities, price_list(of["edition_id"]).items)
    for code, price in ordered.items():
        copied = {"code": code, "name": dict(price.name), "unit": price.unit, "unit_price": price.amount}
        db.session.add(OrderedExtra(**of, price_item_id=price.id, quantity=applied.quantities[code], **copied))
