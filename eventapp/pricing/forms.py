"""The words of prices, and the forms that set them and try them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, IntegerField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TextInput

from eventapp.core.numbers import TwoReadingsError, typed_number
from eventapp.core.texts import LANGUAGES
from eventapp.editions.forms import Section
from eventapp.editions.forms.fields import add_texts, in_languages
from eventapp.pricing.models import ForStands, PriceKind, Unit
from eventapp.pricing.queries import Prices
from eventapp.pricing.rules import MOST_STEPS, Price, PricePlan, QuotaTable, Space, Terms, extra_field
from eventapp.web import i18n
from eventapp.web.forms import Form, Within, required

LONGEST_NAME, LONGEST_NOTE = 120, 1000
_LONGEST_NUMBER = 40

KIND_NAMES = {
    PriceKind.PACKAGE: _l("Packages"),
    PriceKind.SPACE: _l("Space"),
    PriceKind.SUPPLEMENT: _l("Supplements for open sides"),
    PriceKind.EXTRA: _l("Extras"),
}
NEW_TITLES = {
    PriceKind.PACKAGE: _l("A new package"),
    PriceKind.SPACE: _l("A new price of space"),
    PriceKind.SUPPLEMENT: _l("A new supplement"),
    PriceKind.EXTRA: _l("A new extra"),
}
KIND_NOTES = {
    PriceKind.PACKAGE: _l("Everybody who exhibits pays it, once, and for each co-exhibitor where it says so."),
    PriceKind.SPACE: _l("The price of a square metre. Of several prices the one for that kind of stand counts, then the one from the largest area that the stand has."),
    PriceKind.SUPPLEMENT: _l("Added for stands with so many open sides, from the area given."),
    PriceKind.EXTRA: _l("What exhibitors may order besides."),
}
STAND_NAMES = {ForStands.BOTH: _l("bare and equipped stands"), ForStands.BARE: _l("bare stands"), ForStands.EQUIPPED: _l("equipped stands")}
SIDE_NAMES = {1: _l("row, 1 open side"), 2: _l("corner, 2 open sides"), 3: _l("head, 3 open sides"), 4: _l("island, 4 open sides")}
UNIT_NAMES = {Unit.EACH: _l("in all, or a piece"), Unit.M2: _l("per m²"), Unit.PERCENT: _l("percent of the space's price")}

QUANTITY_HINTS = {Unit.EACH: _l("How many pieces"), Unit.M2: _l("How many m²")}


class NumberField(DecimalField):
    """A number with a comma or a point, and spaces where somebody likes them; what is none is said in words."""

    widget = TextInput()

    def __init__(self, label: Any, message: Any, **more: Any) -> None:
        """Show the number without needless zeros."""
        super().__init__(label, places=None, **more)
        self.message = message

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        if not valuelist:
            return
        self.data = None
        try:
            self.data = typed_number(valuelist[0])
        except TwoReadingsError as error:
            raise ValueError(_("%(typed)s can be read in two ways. Write it without a mark for thousands, as in 1000 or 1000.00.", typed=error)) from error
        except ValueError as error:
            raise ValueError(str(self.message)) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data.normalize():f}"


class CountField(IntegerField):
    """A whole number; what is none is said in words."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        if not valuelist:
            return
        self.data = None
        typed = valuelist[0].strip()
        if not typed:
            return
        if not typed.isdecimal() or len(typed) > _LONGEST_NUMBER:
            raise ValueError(str(_l("Enter a whole number.")))
        self.data = int(typed)


def _area(label: Any, **more: Any) -> NumberField:
    return NumberField(label, _l("Enter the square metres as a number: 36 or 36.5."), **more)


def _amount(label: Any, **more: Any) -> NumberField:
    return NumberField(label, _l("Enter the amount as a number: 1350 or 1350.50."), **more)


class PriceForm(Section):
    """A price: what every kind of it has."""

    TEXTS = ("name",)
    PLAIN: ClassVar[Sequence[str]] = ("code", "amount", "stand_kind")
    KIND: ClassVar[str] = ""

    code = StringField(
        _l("Code"),
        description=_l("Short, as on a quote: BARE, CORNER, POWER-3KW."),
        validators=[required(_l("Enter the code.")), Within(max=20, message=_l("Shorten it to %(most)s characters.", most=20))],
    )
    amount = _amount(_l("Amount without tax"), validators=[InputRequired(_l("Enter the amount."))])
    stand_kind = SelectField(_l("For"), choices=[SelectChoice(str(kind), name) for kind, name in STAND_NAMES.items()])

    def plan(self) -> PricePlan:
        """Read the price as the operation takes it."""
        given = {name: self[name].data for name in self.PLAIN}
        for name in {"open_sides", "least_area_m2"} & set(given):
            given[name] = Decimal(given[name] or 0) if name == "least_area_m2" else int(given[name])
        return PricePlan(kind=self.KIND, name=self.texts("name"), **{"unit": self.UNIT, **given})

    UNIT: ClassVar[str] = Unit.EACH

    @classmethod
    def stored(cls, thing: Any) -> dict[str, Any]:
        """Read what is stored; no least area is an empty field."""
        found = super().stored(thing)
        return found | {name: found[name] or None for name in {"least_area_m2"} & set(found)} | {name: str(found[name]) for name in {"open_sides"} & set(found)}


class PackageForm(PriceForm):
    """A compulsory package."""

    PLAIN = ("code", "amount", "stand_kind", "per_co_exhibitor")
    KIND = PriceKind.PACKAGE

    per_co_exhibitor = BooleanField(_l("Also for each co-exhibitor"))


class SpaceForm(PriceForm):
    """A square metre."""

    PLAIN = ("code", "amount", "stand_kind", "least_area_m2")
    KIND, UNIT = PriceKind.SPACE, Unit.M2

    least_area_m2 = _area(_l("From how many m²"), description=_l("Leave it empty where there is no least area."), validators=[Optional()])


class SupplementForm(PriceForm):
    """A supplement for open sides."""

    PLAIN = ("code", "amount", "unit", "stand_kind", "open_sides", "least_area_m2")
    KIND = PriceKind.SUPPLEMENT

    unit = SelectField(_l("Counted"), choices=[SelectChoice(str(unit), name) for unit, name in UNIT_NAMES.items()])
    open_sides = SelectField(_l("Open sides"), choices=[SelectChoice(str(sides), name) for sides, name in SIDE_NAMES.items() if sides > 1])
    least_area_m2 = _area(_l("From how many m²"), description=_l("Leave it empty where there is no least area."), validators=[Optional()])


class ExtraForm(PriceForm):
    """An extra that can be ordered."""

    PLAIN = ("code", "amount", "unit", "stand_kind")
    KIND = PriceKind.EXTRA

    unit = SelectField(_l("Counted"), choices=[SelectChoice(str(unit), UNIT_NAMES[unit]) for unit in (Unit.EACH, Unit.M2)])


for _form in (PackageForm, SpaceForm, SupplementForm, ExtraForm):
    add_texts(_form, {"name": in_languages(_l("Name"), LONGEST_NAME)})
PRICE_FORMS: dict[str, type[PriceForm]] = {form.KIND: form for form in (PackageForm, SpaceForm, SupplementForm, ExtraForm)}


class EmptyPrice:
    """What the form of a new price shows."""

    name: ClassVar[dict[str, str]] = {}
    code, amount, unit, stand_kind, open_sides, least_area_m2, per_co_exhibitor = "", None, Unit.EACH, ForStands.BOTH, 2, None, False


class TermsForm(Section):
    """How bills are paid, and a word on the prices."""

    deposit_percent = NumberField(_l("Deposit, percent of the total"), _l("Enter the percentage as a number: 50."), validators=[InputRequired(_l("Enter the percentage."))])
    payment_days = CountField(_l("Days to pay an invoice"), validators=[InputRequired(_l("Enter the number of days."))])

    def terms(self) -> Terms:
        """Read the terms as the operation takes them."""
        return Terms(self.deposit_percent.data or Decimal(0), self.payment_days.data or 0, self.texts("note"))

    @classmethod
    def stored(cls, thing: Prices) -> dict[str, Any]:
        """Read what is stored."""
        notes = {f"note_{code}": thing.terms.note.get(code, "") for code in LANGUAGES}
        return notes | {"deposit_percent": thing.terms.deposit_percent, "payment_days": thing.terms.payment_days}


add_texts(TermsForm, {"note": in_languages(_l("Note beside the prices"), LONGEST_NOTE, long=True)})


class QuotaForm(Section):
    """The table of staff badges, line by line."""

    LINES = range(1, MOST_STEPS + 1)

    more_every_m2 = _area(
        _l("After the last line, one badge more for each further … m²"), description=_l("Leave it empty when the last line is for every larger stand."), validators=[Optional()]
    )
    co_exhibitor_badges = CountField(_l("Badges for each co-exhibitor"), validators=[Optional()])
    extra_badge_amount = _amount(_l("Price of an extra badge, without tax"), description=_l("Leave it empty when none is sold."), validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for both numbers of a line, or for none; lines may be left empty anywhere."""
        good = super().validate(extra_validators)
        for number in self.LINES:
            area, badges = self[f"from_{number}"], self[f"badges_{number}"]
            if (area.data is None) != (badges.data is None) and not (area.errors or badges.errors):
                empty = area if area.data is None else badges
                empty.errors = [_l("Enter both numbers of the line, or none.")]
                good = False
        return good

    def table(self) -> QuotaTable:
        """Read the table as the operation takes it."""
        steps = [(self[f"from_{number}"].data, self[f"badges_{number}"].data) for number in self.filled]
        return QuotaTable(steps, self.more_every_m2.data, self.co_exhibitor_badges.data or 0)

    @property
    def filled(self) -> list[int]:
        """List the lines in which something was typed."""
        return [number for number in self.LINES if self[f"from_{number}"].data is not None]

    def refuse(self, refusal: Any) -> None:
        """Show a refusal at the line that was typed, which empty lines before it move."""
        name, _, number = (refusal.field or "").rpartition("_")
        if name in {"from", "badges"}:
            refusal.field = f"{name}_{self.filled[int(number) - 1]}"
        super().refuse(refusal)

    @classmethod
    def stored(cls, thing: Prices) -> dict[str, Any]:
        """Read what is stored."""
        steps = {number: step for number, step in enumerate(thing.quota.steps, start=1) if number in cls.LINES}
        lines = {f"from_{number}": step[0] for number, step in steps.items()} | {f"badges_{number}": step[1] for number, step in steps.items()}
        more = {"more_every_m2": thing.quota.more_every_m2, "co_exhibitor_badges": thing.quota.per_co_exhibitor, "extra_badge_amount": thing.extra_badge_amount}
        return lines | more


for _number in QuotaForm.LINES:
    setattr(QuotaForm, f"from_{_number}", _area(_l("Line %(number)s: from how many m²", number=_number), validators=[Optional()]))
    setattr(QuotaForm, f"badges_{_number}", CountField(_l("Line %(number)s: badges", number=_number), validators=[Optional()]))


class TryForm(Form):
    """A stand to be quoted; its extras are those of the list: see `try_form`."""

    EXTRAS: ClassVar[Sequence[str]] = ()

    area_m2 = _area(_l("Area in m²"), validators=[InputRequired(_l("Enter the area."))])
    kind = SelectField(_l("Stand"), choices=[SelectChoice("equipped", _l("equipped")), SelectChoice("bare", _l("bare"))])
    open_sides = SelectField(_l("Open sides"), choices=[SelectChoice(str(sides), name) for sides, name in SIDE_NAMES.items()])
    co_exhibitors = CountField(_l("Co-exhibitors"), validators=[Optional()], default=0)

    @property
    def space(self) -> Space:
        """Read the stand."""
        return Space(self.area_m2.data or Decimal(0), self.kind.data, int(self.open_sides.data))

    @property
    def wanted(self) -> dict[str, Decimal]:
        """Read what is ordered beside it."""
        typed = {code: self[extra_field(code)].data for code in self.EXTRAS}
        return {code: quantity for code, quantity in typed.items() if quantity}


def try_form(extras: Iterable[Price]) -> type[TryForm]:
    """Make the form that quotes a stand with some of the extras on sale."""
    listed = list(extras)
    fields: dict[str, Any] = {"EXTRAS": [price.code for price in listed]}
    for price in listed:
        fields[extra_field(price.code)] = NumberField(
            i18n.text(price.name), _l("Enter the quantity as a number."), description=QUANTITY_HINTS[Unit(price.unit)], validators=[Optional()]
        )
    return type("TryOfList", (TryForm,), fields)
