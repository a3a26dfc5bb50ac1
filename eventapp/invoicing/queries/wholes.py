"""What exhibitors owe for all that they have and ordered, by the prices of now."""

from collections.abc import Sequence

from eventapp.core.errors import Refusal
from eventapp.core.money import rounded
from eventapp.exhibitors.models import CoExhibitor, Exhibitor, OrderedExtra
from eventapp.exhibitors.queries import companions_of, extras_of
from eventapp.invoicing.errors import NoStandToInvoice
from eventapp.invoicing.rules.bills import Bill, BillLine, whole_bill
from eventapp.invoicing.rules.contracts import AgreedStand, Agreement
from eventapp.pricing.queries import Prices, price_list
from eventapp.pricing.rules import Space
from eventapp.stands.queries import StandLine, stands_of


def agreement_with(exhibitor: Exhibitor) -> Agreement:
    """Say what is agreed with an exhibitor as things are now; refuse where there is no stand or no price."""
    one = [exhibitor.id]
    return _agreement(exhibitor, stands_of(one)[exhibitor.id], companions_of(one)[exhibitor.id], extras_of(one)[exhibitor.id], price_list(exhibitor.edition_id))


def agreements_with(exhibitors: Sequence[Exhibitor]) -> dict[int, Agreement]:
    """Say it for several of one edition, in as many statements; who has no stand, or one without a price, is left out."""
    found: dict[int, Agreement] = {}
    if not exhibitors:
        return found
    ids = [one.id for one in exhibitors]
    stands, companions, extras, prices = stands_of(ids), companions_of(ids), extras_of(ids), price_list(exhibitors[0].edition_id)
    for one in exhibitors:
        try:
            found[one.id] = _agreement(one, stands[one.id], companions[one.id], extras[one.id], prices)
        except Refusal:
            continue
    return found


def _agreement(exhibitor: Exhibitor, stands: Sequence[StandLine], companions: Sequence[CoExhibitor], extras: Sequence[OrderedExtra], prices: Prices) -> Agreement:
    if not stands:
        raise NoStandToInvoice(name=exhibitor.public_name)
    spaces = [(line.number, Space(line.area_m2, line.kind, line.open_sides)) for line in stands]
    ordered = [BillLine(one.code, one.name, "", one.unit, one.quantity, one.unit_price, rounded(one.quantity * one.unit_price)) for one in extras]
    return Agreement(
        stands=tuple(AgreedStand(line.number, line.hall, line.area_m2, line.open_sides, line.kind) for line in stands),
        bill=whole_bill(spaces, prices.on_sale, prices.vat_percent, co_exhibitors=len(companions), ordered=ordered),
        co_exhibitors=tuple(one.name for one in companions),
        deposit_percent=prices.terms.deposit_percent,
        payment_days=prices.terms.payment_days,
        currency=prices.currency,
    )


def whole_of(exhibitor: Exhibitor) -> Bill:
    """Bill an exhibitor's allocated stands by the price list of now, its co-exhibitors, and its extras at the prices at which they were ordered."""
    return agreement_with(exhibitor).bill
