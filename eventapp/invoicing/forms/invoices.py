"""The words of invoices, and the forms that issue, credit and pay them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, StopValidation
from wtforms.widgets import HiddenInput

from eventapp.core.errors import Refusal
from eventapp.editions.forms import Section
from eventapp.editions.forms.fields import DayField
from eventapp.invoicing.models import InvoiceKind, InvoiceState
from eventapp.invoicing.operations import Received
from eventapp.invoicing.rules.owing import MOST_STEPS, mark_of
from eventapp.organisations.rules import ice_number
from eventapp.pricing.forms import NumberField
from eventapp.web import i18n
from eventapp.web.forms import Form, Within, required

KIND_NAMES = {InvoiceKind.DEPOSIT: _l("Deposit invoice"), InvoiceKind.BALANCE: _l("Balance invoice"), InvoiceKind.CREDIT_NOTE: _l("Credit note")}
STATE_NAMES = {
    InvoiceState.DUE: _l("Due"),
    InvoiceState.PART_PAID: _l("Part paid"),
    InvoiceState.OVERDUE: _l("Overdue"),
    InvoiceState.PAID: _l("Paid"),
    InvoiceState.CREDITED: _l("Credited"),
}


def within(most: int) -> Within:
    """Bound a text."""
    return Within(max=most, message=_l("Shorten it to %(most)s characters.", most=most))


def amount_field(label: Any, **more: Any) -> NumberField:
    """Ask for a sum of money."""
    return NumberField(label, _l("Enter the amount as a number: 1350 or 1350.50."), validators=[InputRequired(_l("Enter the amount."))], **more)


def right_ice(_form: Any, field: Any) -> None:
    """Check an ICE, so that what is wrong with it is told with all else; nothing typed is fine here."""
    try:
        ice_number(field.data or "")
    except Refusal as refusal:
        raise StopValidation(i18n.explain(refusal)) from refusal


class SellerForm(Section):
    """Who sells: as invoices name it."""

    PLAIN: ClassVar[Sequence[str]] = ("name", "name_ar", "address", "ice", "tax_id", "patente", "rc", "bank", "account", "bic", "prefix")

    name = StringField(_l("Legal name"), validators=[required(_l("Enter the legal name.")), within(160)])
    name_ar = StringField(_l("Legal name in Arabic"), validators=[within(160)])
    address = TextAreaField(_l("Address"), validators=[required(_l("Enter the address.")), within(400)])
    ice = StringField(_l("ICE"), description=_l("15 digits"), validators=[required(_l("Enter the ICE.")), within(40), right_ice])
    tax_id = StringField(_l("Tax id (IF)"), validators=[required(_l("Enter the tax id.")), within(20)])
    patente = StringField(_l("Business tax number (patente)"), validators=[required(_l("Enter the business tax number.")), within(20)])
    rc = StringField(_l("Trade register, with its court (RC)"), description=_l("An association has none."), validators=[within(60)])
    bank = StringField(_l("Bank"), validators=[required(_l("Enter the bank.")), within(120)])
    account = StringField(_l("Account (RIB or IBAN)"), validators=[required(_l("Enter the account.")), within(40)])
    bic = StringField(_l("BIC"), description=_l("For transfers from abroad."), validators=[within(11)])
    prefix = StringField(
        _l("Numbers begin with"),
        description=_l("For instance SISTEP-2018: the first invoice is SISTEP-2018-F-0001. It holds for numbers from now on."),
        validators=[required(_l("Enter what numbers begin with.")), within(20)],
    )


class BillingForm(Section):
    """To whom invoices go."""

    PLAIN: ClassVar[Sequence[str]] = ("name", "address", "city", "country", "ice", "purchase_order")

    name = StringField(_l("Name on the invoice"), validators=[required(_l("Enter the name.")), within(160)])
    address = TextAreaField(_l("Address"), validators=[within(400)])
    city = StringField(_l("City"), validators=[within(80)])
    country = SelectField(_l("Country"))
    ice = StringField(_l("ICE"), description=_l("15 digits; firms from abroad have none."), validators=[within(40), right_ice])
    purchase_order = StringField(_l("Your purchase-order number"), description=_l("Printed on the invoices issued from now on."), validators=[within(40)])

    def __init__(self, *given: Any, **more: Any) -> None:
        """List the countries in the reader's language."""
        super().__init__(*given, **more)
        self.country.choices = [SelectChoice(code, name) for code, name in i18n.countries()]


class MarkField(StringField):
    """What the page showed, to be sent back as it is."""

    widget = HiddenInput()


class IssueForm(Form):
    """Issue what the page shows."""

    due_on = DayField(_l("To be paid by"), validators=[InputRequired(_l("Enter the day."))])
    seen = MarkField()


class CreditForm(Form):
    """Take back a part of an invoice, or all of it."""

    amount = amount_field(_l("Amount with tax"))
    reason = StringField(_l("Reason"), description=_l("Stands on the credit note, in the exhibitor's language."), validators=[required(_l("Enter the reason.")), within(300)])
    seen = NumberField("", "", widget=HiddenInput(), validators=[Optional()])


class PaymentForm(Form):
    """Book what came in."""

    amount = amount_field(_l("Amount received"))
    paid_on = DayField(_l("Day on the bank's statement"), validators=[InputRequired(_l("Enter the day."))])
    reference = StringField(_l("Reference of the transfer"), validators=[within(120)])
    credit_name = StringField(
        _l("Name of the rest"),
        description=_l("Only when more came than is due: the rest is kept as a credit under this name, for instance “Advance for 2020”."),
        validators=[within(120)],
    )

    @property
    def received(self) -> Received:
        """Read it as the operation takes it."""
        return Received(self.amount.data or Decimal(0), self.paid_on.data, self.reference.data or "", self.credit_name.data or "")


class CancelForm(Form):
    """Take a payment back."""

    reason = StringField(_l("Why it is cancelled"), validators=[required(_l("Enter the reason.")), within(300)])


class ScaleForm(Form):
    """What a withdrawal costs, line by line."""

    LINES = range(1, MOST_STEPS + 1)

    seen = MarkField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for both values of a line, or for none."""
        good = super().validate(extra_validators)
        for number in self.LINES:
            day, percent = self[f"day_{number}"], self[f"percent_{number}"]
            if (day.data is None) != (percent.data is None) and not (day.errors or percent.errors):
                empty = day if day.data is None else percent
                empty.errors = [_l("Enter both the day and the percentage of the line, or none.")]
                good = False
        return good

    @property
    def filled(self) -> list[int]:
        """List the lines in which something was typed."""
        return [number for number in self.LINES if self[f"day_{number}"].data is not None]

    @property
    def steps(self) -> list[tuple[date, Decimal]]:
        """Read the scale as the operation takes it."""
        return [(self[f"day_{number}"].data, self[f"percent_{number}"].data) for number in self.filled]

    def refuse(self, refusal: Any) -> None:
        """Show a refusal at the line that was typed, which empty lines before it move."""
        name, _, number = (refusal.field or "").rpartition("_")
        if name in {"day", "percent"}:
            refusal.field = f"{name}_{self.filled[int(number) - 1]}"
        super().refuse(refusal)

    @staticmethod
    def stored(steps: Sequence[tuple[date, Decimal]]) -> dict[str, Any]:
        """Read what is stored, line by line."""
        shown = list(enumerate(steps[:MOST_STEPS], start=1))
        return {f"day_{number}": step[0] for number, step in shown} | {f"percent_{number}": step[1] for number, step in shown} | {"seen": mark_of(steps)}


for _number in ScaleForm.LINES:
    setattr(ScaleForm, f"day_{_number}", DayField(_l("Line %(number)s: from which day", number=_number), validators=[Optional()]))
    setattr(
        ScaleForm,
        f"percent_{_number}",
        NumberField(_l("Line %(number)s: percent that stays due", number=_number), _l("Enter the percentage as a number: 50."), validators=[Optional()]),
    )
