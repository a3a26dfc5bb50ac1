"""Invoices, issued as finance would."""

from datetime import date
from decimal import Decimal

from eventapp.accounts.models import User
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.invoicing.models import Invoice
from eventapp.invoicing.operations import Received, issue_invoice, record_payment, set_seller
from eventapp.pricing.operations import set_terms
from eventapp.pricing.rules import Terms
from eventapp.stands.operations import allocate_stand
from tests.support.cast import EIGHT
from tests.support.exhibiting import make_exhibitor, make_stand
from tests.support.pricing import put_all

SELLER = {
    "name": "FIMME Salons",
    "name_ar": "معارض فيم",
    "address": "1, rue de l'Exemple\nCasablanca",
    "ice": "001561191000066",
    "tax_id": "1234567",
    "patente": "34567890",
    "rc": "Casablanca 12345",
    "bank": "Banque de l'Exemple",
    "account": "011 780 0000123456789012 34",
    "bic": "EXMPMAMC",
    "prefix": "SISTEP-2018",
}
TODAY = date(2018, 4, 12)


def sells(edition: Edition, **more: str) -> None:
    """Let an edition sell: its seller, its prices, half of it in advance."""
    set_seller(edition.id, {**SELLER, **more}, actor_id=None, now=EIGHT)
    put_all(edition)
    set_terms(edition.id, Terms(Decimal(50), 30), actor_id=None, now=EIGHT)


def on_stand(edition: Edition, name: str, owner: User, stand: str, **more: object) -> Exhibitor:
    """Store an accepted exhibitor on a stand of 18 m² at a corner: 50,500.00 without tax, 60,600.00 with it."""
    exhibitor = make_exhibitor(edition, name, owner, **more)  # type: ignore[arg-type]
    allocate_stand(make_stand(edition, stand).id, exhibitor.id, actor_id=None, now=EIGHT)
    return exhibitor


def issue(exhibitor: Exhibitor, kind: str = "balance") -> Invoice:
    """Issue an exhibitor's next invoice of a kind."""
    return issue_invoice(exhibitor.id, kind, actor_id=None, now=EIGHT)


def pay(invoice: Invoice, amount: str, **more: str) -> None:
    """Book a payment of today."""
    record_payment(invoice.id, Received(Decimal(amount), TODAY, **more), edition_id=invoice.edition_id, actor_id=None, now=EIGHT)
