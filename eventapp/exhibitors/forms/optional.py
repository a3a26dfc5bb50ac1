"""The steps of a registration that need no answer: sectors and products, companions on the stand, extras."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, Field, FieldList, FormField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.core.errors import Refusal
from eventapp.core.texts import clean
from eventapp.exhibitors.forms.words import SECTOR_NAMES
from eventapp.exhibitors.rules import LONGEST_PRODUCT, MOST_COMPANIONS, MOST_PRODUCTS
from eventapp.organisations.rules import ice_number
from eventapp.pricing.forms import QUANTITY_HINTS, NumberField
from eventapp.pricing.models import Unit
from eventapp.pricing.rules import Price, extra_field
from eventapp.web import i18n
from eventapp.web.forms import Form, Within, email_address

_ADD, _REMOVE = "add-", "remove-"
_LONGEST_INDEX = 4


class StepForm(Form):
    """One step of the registration."""

    def answers(self) -> dict[str, Any]:
        """Collect what was answered, as plain values."""
        return {field.name: field.data or "" for field in self if field.name != "csrf_token"}


class ProductsForm(StepForm):
    """What is shown: sectors beside the main one, and products in the exhibitor's own words."""

    sectors = SelectMultipleField(
        _l("Further sectors"),
        description=_l("Visitors find you under each of them, beside the main sector of the first page."),
        choices=[SelectChoice(code, name) for code, name in SECTOR_NAMES.items()],
        invalid_choice_message=_l("Choose the sectors from the list."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
    )
    products = TextAreaField(
        _l("Products and keywords"),
        description=_l("One on each line, at most %(most)s: for instance press brakes, laser cutting.", most=MOST_PRODUCTS),
        validators=[Within(max=2000, message=_l("Shorten the list to 2,000 characters."))],
    )

    @property
    def listed(self) -> list[str]:
        """List the products, each once."""
        return list(dict.fromkeys(line for typed in (self.products.data or "").splitlines() if (line := clean(typed))))

    def validate_products(self, _field: Field) -> None:
        """Bound the list and each line of it."""
        if len(self.listed) > MOST_PRODUCTS:
            raise StopValidation(_("There are %(count)s lines. Keep the %(most)s most important ones.", count=len(self.listed), most=MOST_PRODUCTS))
        long = next((line for line in self.listed if len(line) > LONGEST_PRODUCT), None)
        if long:
            raise StopValidation(_("Shorten “%(line)s…” to %(most)s characters.", line=long[:20], most=LONGEST_PRODUCT))

    def answers(self) -> dict[str, Any]:
        """Collect sectors and products as lists."""
        return {"sectors": self.sectors.data or [], "products": self.listed}


class _Row(Form):
    """A firm in a list; a row in which nothing was typed is left out."""

    class Meta(Form.Meta):
        """The form around it has the token."""

        csrf = False

    name = StringField(_l("Name of the firm"), validators=[Within(max=160, message=_l("Shorten the name to 160 characters."))])
    country = SelectField(_l("Country"), default="MA", invalid_choice_message=_l("Choose the country from the list."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build the row with countries in the reader's language."""
        super().__init__(*args, **kwargs)
        self.country.choices = dict(i18n.countries(kept=self.country.object_data))

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was typed."""
        return not any(field.data for field in self if field.short_name != "country")

    def validate(self, extra_validators: Any = None) -> bool:
        """Check a row that has something in it: the name is needed then."""
        if self.is_empty:
            return True
        good = bool(super().validate(extra_validators))
        if not self.name.data:
            self.name.errors = [*self.name.errors, _("Enter the name of the firm, or empty the whole row.")]
        return good and bool(self.name.data)


class CoExhibitorRow(_Row):
    """A firm that shows on the stand with people of its own."""

    ice = StringField(_l("ICE"), validators=[Within(max=40, message=_l("An ICE has 15 digits. Take out what does not belong to it."))])
    contact_name = StringField(_l("Name of the contact"), validators=[Within(max=120, message=_l("Shorten the name to 120 characters."))])
    contact_email = EmailField(
        _l("E-mail address"),
        validators=[Optional(), Within(max=254, message=_l("Shorten the address to 254 characters.")), email_address(_l("Enter an address as in name@company.example."))],
    )

    def validate_ice(self, field: Field) -> None:
        """Say what is wrong with a number."""
        try:
            field.data = ice_number(field.data or "") or ""
        except Refusal as refusal:
            raise StopValidation(i18n.explain(refusal)) from refusal


class RepresentedRow(_Row):
    """A firm whose products are shown while none of its people are there."""


class Rows(FieldList):
    """A list of rows whose numbers are small; anything else that a request says is no row."""

    def _extract_indices(self, prefix: str, formdata: Mapping[str, Any]) -> Iterator[int]:
        for key in formdata:
            number = key[len(prefix) + 1 :].partition("-")[0] if key.startswith(f"{prefix}-") else ""
            if number.isascii() and number.isdigit() and len(number) < _LONGEST_INDEX:
                yield int(number)


class CompanionsForm(StepForm):
    """Who else is on the stand; rows are added and removed by buttons that need no script."""

    LISTS: ClassVar[Sequence[str]] = ("co_exhibitors", "represented")

    co_exhibitors = Rows(FormField(CoExhibitorRow), max_entries=MOST_COMPANIONS)
    represented = Rows(FormField(RepresentedRow), max_entries=MOST_COMPANIONS)

    def change_rows(self, act: str) -> bool:
        """Add or remove a row where a button asks for it; say whether one did."""
        for name in self.LISTS:
            if act == f"{_ADD}{name}":
                if len(self[name].entries) < MOST_COMPANIONS:
                    self[name].append_entry({})
                return True
            if act.startswith(f"{_REMOVE}{name}-"):
                left = [entry for entry in self[name].entries if entry.name != act.removeprefix(_REMOVE)]
                self[name].entries = left
                return True
        return False

    @property
    def rows(self) -> list[Any]:
        """List the rows of both lists."""
        return [entry for name in self.LISTS for entry in self[name].entries]

    @property
    def problems(self) -> list[tuple[str | None, str]]:
        """List what is to mend, field by field."""
        whole: list[tuple[str | None, str]] = [(None, self.refusal)] if self.refusal else []
        whole += [(None, str(message)) for message in self.errors.get("csrf_token", [])]
        return whole + [(field.id, str(field.errors[0])) for row in self.rows for field in row.form if field.errors]

    def answers(self) -> dict[str, Any]:
        """Collect the firms that were named."""
        filled = {name: [entry.form for entry in self[name].entries if not entry.form.is_empty] for name in self.LISTS}
        return {name: [{field.short_name: field.data or "" for field in row} for row in rows] for name, rows in filled.items()}


class ExtrasForm(StepForm):
    """What is ordered beside the stand; its fields are those of the price list: see `extras_form`."""

    CODES: ClassVar[Sequence[str]] = ()

    def answers(self) -> dict[str, Any]:
        """Collect the quantities above nothing."""
        typed: dict[str, Decimal | None] = {code: self[extra_field(code)].data for code in self.CODES}
        return {"extras": {code: format(quantity, "f") for code, quantity in typed.items() if quantity}}


def extras_form(extras: Iterable[Price]) -> type[ExtrasForm]:
    """Make the form that orders some of the extras on sale."""
    listed = list(extras)
    fields: dict[str, Any] = {"CODES": [price.code for price in listed]}
    for price in listed:
        fields[extra_field(price.code)] = NumberField(
            i18n.text(price.name), _l("Enter the quantity as a number."), description=QUANTITY_HINTS[Unit(price.unit)], validators=[Optional()]
        )
    return type("ExtrasOfList", (ExtrasForm,), fields)
