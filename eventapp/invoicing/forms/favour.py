"""Forms of what is in an exhibitor's favour: used on an invoice, or sent back."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from eventapp.editions.forms.fields import DayField
from eventapp.invoicing.forms.invoices import amount_field, within
from eventapp.invoicing.operations import Refund
from eventapp.invoicing.queries import Pot, Row
from eventapp.web import i18n
from eventapp.web.forms import Form, required


class _FromPot(Form):
    """Take money from what is in an exhibitor's favour."""

    pot = SelectField(_l("From"))
    amount = amount_field(_l("Amount"))

    def offer(self, pots: Sequence[Pot], currency: str) -> None:
        """Offer what there is."""
        self.pot.choices = [SelectChoice(one.code, f"{self._named(one)} · {i18n.money(one.left, currency)}") for one in pots]

    @staticmethod
    def _named(pot: Pot) -> str:
        return _("Paid on %(label)s and then credited", label=pot.name) if pot.code.startswith("invoice") else pot.name


class UseCreditForm(_FromPot):
    """Pay an invoice with it."""

    invoice = SelectField(_l("On the invoice"), coerce=str)

    def offer_invoices(self, rows: Sequence[Row]) -> None:
        """Offer the invoices on which something is due."""
        due = [(row.invoice, row.owing.due) for row in rows if row.owing and row.owing.due]
        self.invoice.choices = [SelectChoice(str(invoice.id), f"{invoice.label} · {i18n.money(left, invoice.currency)}") for invoice, left in due]


class RefundForm(_FromPot):
    """Send it back."""

    paid_on = DayField(_l("Day on which it was sent"), validators=[InputRequired(_l("Enter the day."))])
    reference = StringField(_l("Reference of the transfer"), validators=[within(120)])
    reason = StringField(_l("Reason"), validators=[required(_l("Enter the reason.")), within(300)])

    @property
    def sent(self) -> Refund:
        """Read it as the operation takes it."""
        return Refund(self.amount.data or Decimal(0), self.paid_on.data, self.reference.data or "", self.reason.data or "")
