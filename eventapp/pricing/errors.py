"""Why a price cannot be set so, or a stand not be quoted."""

from decimal import Decimal

from eventapp.core.errors import N_, AtField, Refusal


def plain(number: Decimal) -> str:
    """Write a number without needless zeros."""
    return f"{number.normalize():f}"


class PriceCodeTaken(Refusal):
    """Another price of the edition has the code."""

    message = N_("There is already a price with the code %(code)s. Choose another one.")
    field = "code"


class PricedTwice(Refusal):
    """Two prices on sale would be right for the same stand."""

    message = N_("%(code)s (%(name)s) is on sale for the same stands from the same area. Take it off sale first, or change it.")


class AmountOdd(AtField):
    """No price is so large, so small or so fine."""

    message = N_("Enter an amount from 0 to 9,999,999.99, with at most two decimals.")
    status = 422


class PercentOdd(AtField):
    """No percentage of a price is so large."""

    message = N_("Enter a percentage from 0 to 100, with at most two decimals.")
    status = 422


class AreaOdd(AtField):
    """No stand is so large or so small."""

    message = N_("Enter an area in square metres, above 0 and at most 10,000, with at most two decimals.")
    status = 422


class StandTooSmall(Refusal):
    """Space of this kind is sold from a least area on."""

    message = N_("Stands of this kind begin at %(least)s m²; this one has %(area)s m².")
    field = "area_m2"
    status = 422

    def __init__(self, least: Decimal, area: Decimal) -> None:
        super().__init__(least=plain(least), area=plain(area))
        self.least, self.area = least, area


class NoSpacePrice(Refusal):
    """The list does not say what such a stand costs."""

    message = N_("The price list has no price for stands of this kind.")
    field = "kind"
    status = 422


class NoSuchExtra(AtField):
    """The list has no such extra."""

    message = N_("The price list has no extra with the code %(code)s.")
    status = 422


class ExtraOffSale(AtField):
    """The extra was taken off sale."""

    message = N_("%(name)s is not on sale any more.")


class ExtraNotForStand(AtField):
    """The extra goes with another kind of stand."""

    message = N_("%(name)s is not offered with this kind of stand.")
    status = 422


class QuantityOdd(AtField):
    """Nobody orders so many, or so few."""

    message = N_("Enter a quantity above 0 and at most 9,999; pieces in whole numbers, square metres with at most two decimals.")
    status = 422


class CoExhibitorsOdd(Refusal):
    """No stand has so many."""

    message = N_("Enter the number of co-exhibitors, from 0 to 99.")
    field = "co_exhibitors"
    status = 422


class DaysOdd(Refusal):
    """No invoice may be paid so late."""

    message = N_("Enter a number of days from 0 to 365.")
    field = "payment_days"
    status = 422


class BadgesOdd(AtField):
    """No stand has so many badges."""

    message = N_("Enter a number of badges from 0 to 999.")
    status = 422


class StepTwice(AtField):
    """Two lines of the badge table begin at the same area."""

    message = N_("Two lines begin at %(area)s m². Keep one of them.")
    status = 422


class QuotaFalls(AtField):
    """A larger stand would have fewer badges."""

    message = N_("From %(area)s m² a stand would have fewer badges than a smaller one. Check the numbers.")
    status = 422


class NothingToGoOnFrom(Refusal):
    """Further badges need a line that they go on from."""

    message = N_("Enter at least one line of the table: further badges go on from the last one.")
    field = "more_every_m2"
    status = 422
