"""The demo's seller, whose numbers are examples, and how exhibitors pay there."""

from decimal import Decimal

from eventapp.core.money import percent_of
from eventapp.invoicing.models import InvoiceKind

BILLED = 30
SELLER = {
    "name": "FIMME (exemple)",
    "name_ar": "فيم (مثال)",
    "address": "Rue de l’Exemple\nCasablanca, Maroc",
    "ice": "001561191000066",  # an example of public documentation
    "tax_id": "00000000",
    "patente": "00000000",
    "rc": "",
    "bank": "Banque de l’Exemple",
    "account": "000 000 0000000000000000 00",
    "bic": "",
}
SCALE = ((180, Decimal(30)), (90, Decimal(50)), (30, Decimal(100)))  # from how many days before the opening, how many percent stay due


def paid_of(number: int, kind: str, total: Decimal) -> Decimal:
    """Say how much of an invoice the exhibitor of this number has paid: most paid the deposit, half the balance, some a part."""
    if kind == InvoiceKind.DEPOSIT:
        return total if number % 10 != 7 else Decimal(0)  # noqa: PLR2004 - one in ten
    return (total, total, Decimal(0), percent_of(total, Decimal(40)))[number % 4]
