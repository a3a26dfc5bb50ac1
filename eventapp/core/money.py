"""Amounts of money: decimal, two places, halves away from zero. How they are written is a matter of the reader's language."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def rounded(amount: Decimal) -> Decimal:
    """Round an amount to 0.01, a half upwards."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """Compute a percentage of an amount, rounded to 0.01."""
    return rounded(amount * percent / 100)


def with_tax(net: Decimal, vat_percent: Decimal) -> Decimal:
    """Add the tax to an amount without it."""
    return net + percent_of(net, vat_percent)
