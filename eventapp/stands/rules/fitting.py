"""Whether a stand fits what somebody wished."""

from decimal import Decimal

LEAST, MOST = Decimal("0.75"), Decimal("1.5")


def fits(area_m2: Decimal, wished_m2: Decimal | None) -> bool:
    """Say whether a stand's area fits a wish: from three quarters of it to half as much again; without a wish every area does."""
    return wished_m2 is None or wished_m2 * LEAST <= area_m2 <= wished_m2 * MOST
