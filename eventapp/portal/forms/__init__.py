"""Forms of the exhibitor's registration and home."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, Optional, Regexp, StopValidation

from eventapp.exhibitors.forms import KIND_NAMES, SECTOR_NAMES, CompanionsForm, ProductsForm, StepForm
from eventapp.exhibitors.forms.words import WEBSITE, whole_address
from eventapp.exhibitors.models import StandKind
from eventapp.exhibitors.rules import LONGEST_FASCIA, MOST_COMPANIONS
from eventapp.pricing.rules import extra_field
from eventapp.stands.forms import LONGEST_ID, SIDES, metres_typed, plain_digits, stand_choices
from eventapp.stands.queries import StandLine
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField, Within, email_address, required

LEAST_AREA, MOST_AREA = 4, 5000
_NUMBER = re.compile(r"[-−+]?[0-9]+(\.[0-9]+)?")
_AREA = re.compile(r"\d{1,4}(\.\d)?")


_GONE = _l("This stand is not free any more. Choose another one.")
_NONE_OF_THEM = _l("Choose one of the options.")


class OrganisationForm(StepForm):
    """Who exhibits."""

    name = StringField(
        _l("Name of the organisation"), validators=[required(_l("Enter the name of the organisation.")), Within(max=160, message=_l("Shorten the name to 160 characters."))]
    )
    name_ar = StringField(_l("Name in Arabic"), validators=[Within(max=160, message=_l("Shorten the name to 160 characters."))])
    country = SelectField(_l("Country"), default="MA", validators=[required(_l("Choose the country."))], invalid_choice_message=_l("Choose the country from the list."))
    city = StringField(_l("City"), validators=[required(_l("Enter the city.")), Within(max=80, message=_l("Shorten the city to 80 characters."))])
    sector = SelectField(_l("Sector"), validators=[required(_l("Choose the sector that fits best."))], invalid_choice_message=_l("Choose the sector from the list."))
    ice = StringField(
        _l("ICE"),
        description=_l("For companies in Morocco: the 15 digits of the common company identifier. Leave it empty if you have none."),
        validators=[Within(max=40, message=_l("An ICE has 15 digits. Take out what does not belong to it."))],
    )
    website = StringField(
        _l("Website"),
        description=_l("For instance www.company.example"),
        validators=[
            Optional(),
            Within(max=200, message=_l("Shorten the address to 200 characters.")),
            Regexp(WEBSITE, message=_l("Enter the address as in www.company.example, without spaces.")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build the step with countries and sectors in the reader's language."""
        super().__init__(*args, **kwargs)
        self.country.choices = dict(i18n.countries(kept=self.country.object_data))
        self.sector.choices = {"": _("Choose a sector"), **{code: str(name) for code, name in SECTOR_NAMES.items()}}

    def answers(self) -> dict[str, Any]:
        """Collect the answers; a website gets https:// when it was typed without."""
        return {**super().answers(), "website": whole_address(self.website.data or "")}


class ContactForm(StepForm):
    """Whom the organiser writes to."""

    contact_name = StringField(
        _l("Name of the contact"), validators=[required(_l("Enter the name of the contact.")), Within(max=120, message=_l("Shorten the name to 120 characters."))]
    )
    contact_email = EmailField(
        _l("E-mail address"),
        description=_l("We write to this address about the application."),
        validators=[
            required(_l("Enter the e-mail address.")),
            Within(max=254, message=_l("Shorten the address to 254 characters.")),
            email_address(_l("Enter an address as in name@company.example.")),
        ],
    )
    contact_phone = TelField(
        _l("Telephone"),
        description=_l("With the country's code, for instance +212 5 22 00 00 00"),
        filters=[plain_digits],
        validators=[
            required(_l("Enter a telephone number.")),
            Within(max=30, message=_l("Shorten the number to 30 characters.")),
            Regexp(r"(?=(\D*\d){6})\+?[0-9 ().\-/]+\Z", message=_l("Enter a telephone number with digits, spaces and +, for instance +212 5 22 00 00 00.")),
        ],
    )
    language = RadioField(_l("Language of our letters"), validators=[required(_l("Choose a language."))], choices=dict(i18n.NATIVE_NAMES), invalid_choice_message=_NONE_OF_THEM)
    invoice_name = StringField(_l("Contact for invoices"), validators=[Within(max=120, message=_l("Shorten the name to 120 characters."))])
    invoice_email = EmailField(
        _l("E-mail address for invoices"),
        validators=[Optional(), Within(max=254, message=_l("Shorten the address to 254 characters.")), email_address(_l("Enter an address as in name@company.example."))],
    )
    billing_entity = StringField(
        _l("Firm to be billed"),
        description=_l("If it is another one than the exhibitor."),
        validators=[Within(max=160, message=_l("Shorten the name to 160 characters."))],
    )
    purchase_order = StringField(
        _l("Purchase-order number"), description=_l("Printed on the invoices."), validators=[Within(max=60, message=_l("Shorten the number to 60 characters."))]
    )

    @property
    def invoices_shown(self) -> bool:
        """Say whether something was answered that matters only where invoices go elsewhere."""
        return any(field.data or field.errors for field in (self.invoice_name, self.invoice_email, self.billing_entity, self.purchase_order))


class SpaceForm(StepForm):
    """Which stand is wished."""

    stand_kind = RadioField(
        _l("Kind of stand"),
        default=StandKind.EQUIPPED,
        validators=[required(_l("Choose the kind of stand."))],
        choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()],
        invalid_choice_message=_NONE_OF_THEM,
    )
    area = StringField(
        _l("Area wished, in square metres"),
        description=_l("Net area: the floor of the stand alone."),
        filters=[metres_typed],
        validators=[required(_l("Enter the area wished, in square metres.")), Within(max=10, message=_l("Enter the area as a number, for instance 18."))],
    )
    open_sides = SelectField(
        _l("Open sides"),
        default="",
        choices=[SelectChoice("", _l("No wish")), *(SelectChoice(str(count), name) for count, name in SIDES.items())],
        invalid_choice_message=_NONE_OF_THEM,
    )
    fascia_name = StringField(
        _l("Name on the fascia"),
        description=_l("For an equipped stand: at most 30 characters, as they shall be lettered."),
        validators=[Within(max=LONGEST_FASCIA, message=_l("Shorten the name to 30 characters."))],
    )
    wish_1 = SelectField(_l("First wish"), default="", invalid_choice_message=_GONE)
    wish_2 = SelectField(_l("Second wish"), default="", invalid_choice_message=_GONE)
    wish_3 = SelectField(_l("Third wish"), default="", invalid_choice_message=_GONE)
    message = TextAreaField(
        _l("Message to the organiser"),
        description=_l("Heavy machines, neighbours you would like, water or compressed air."),
        validators=[Within(max=2000, message=_l("Shorten the message to 2,000 characters."))],
    )

    def offer(self, stands: Sequence[StandLine]) -> None:
        """Let the applicant choose among the free stands, by hall."""
        for field in self.wishes:
            field.choices = [SelectChoice("", _("No wish")), *stand_choices(stands)]

    @property
    def wishes(self) -> list[Any]:
        """List the three wishes."""
        return [self.wish_1, self.wish_2, self.wish_3]

    def validate_area(self, field: StringField) -> None:
        """Ask for a number within reason."""
        if not _NUMBER.fullmatch(field.data or ""):
            raise StopValidation(_l("Enter the area as a number, for instance 18."))
        if not LEAST_AREA <= Decimal((field.data or "").replace("−", "-")) <= MOST_AREA:
            raise StopValidation(_("Enter an area from %(least)s to %(most)s square metres.", least=LEAST_AREA, most=i18n.number(MOST_AREA)))
        if not _AREA.fullmatch(field.data or ""):
            raise StopValidation(_("Enter the area with one decimal at most, for instance %(area)s.", area=i18n.number(Decimal("12.5"))))

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check the step, and that no stand is wished twice."""
        good = bool(super().validate(extra_validators))
        seen: set[str] = set()
        for field in self.wishes:
            if field.data and field.data in seen:
                field.errors = [*field.errors, _("You wished this stand already. Choose another one, or no wish.")]
                good = False
            seen.add(field.data)
        return good

    def answers(self) -> dict[str, Any]:
        """Collect the answers, the wishes as a list of stands."""
        wished = [int(field.data) for field in self.wishes if field.data]
        return {
            "stand_kind": self.stand_kind.data,
            "area": self.area.data,
            "wishes": wished,
            "message": self.message.data or "",
            "open_sides": self.open_sides.data,
            "fascia_name": self.fascia_name.data or "",
        }


class LinkForm(Form):
    """Where to send the link that opens the registration elsewhere."""

    email = EmailField(
        _l("E-mail address"),
        validators=[
            required(_l("Enter the e-mail address.")),
            Within(max=254, message=_l("Shorten the address to 254 characters.")),
            email_address(_l("Enter an address as in name@company.example.")),
        ],
    )


class CheckForm(Form):
    """The answers are right; send them."""

    seen = HiddenField()
    held = HiddenField()
    conditions = HiddenField()
    accepted = BooleanField(_l("I have read the conditions of participation and accept them."))
    without_stand = BooleanField(_l("Send without a stand: the organiser proposes one."))
    confirmed = BooleanField(
        _l("What I entered is right, and I may apply for this organisation."),
        validators=[required(_l("Tick the box if the answers are right and you may apply for the organisation."))],
    )

    def validate_accepted(self, field: Any) -> None:
        """Ask for the tick where there are conditions."""
        if self.conditions.data and not field.data:
            raise StopValidation(_("Read the conditions of participation and tick the box if you accept them."))

    stand_was_lost = False  # and no other one is held: it is asked before the application goes without

    def validate_without_stand(self, field: Any) -> None:
        """Ask before an application goes without the stand that it was held for."""
        if self.stand_was_lost and not field.data:
            raise StopValidation(_("Choose another stand on the plan, or tick this box."))

    @property
    def accepted_number(self) -> int | None:
        """Read which version of the conditions was on the page and is accepted."""
        number = self.conditions.data or ""
        return int(number) if self.accepted.data and number.isascii() and number.isdigit() and len(number) < LONGEST_ID else None

    @property
    def held_id(self) -> int | None:
        """Read which stand the page said is held."""
        held = self.held.data or ""
        return int(held) if held.isascii() and held.isdigit() and len(held) < LONGEST_ID else None


STEP_FORMS: dict[str, type[StepForm]] = {"organisation": OrganisationForm, "contact": ContactForm, "space": SpaceForm, "products": ProductsForm, "companions": CompanionsForm}


def saved_data(step: str, saved: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a step's saved answers into what its form shows."""
    shown = dict(saved)
    if step == "space":
        shown |= {f"wish_{rank}": str(stand_id) for rank, stand_id in enumerate(saved.get("wishes", []), start=1)}
    if step == "products":
        shown["products"] = "\n".join(saved.get("products", []))
    if step == "companions":
        shown = {name: [*saved.get(name, []), {}][:MOST_COMPANIONS] for name in CompanionsForm.LISTS}
    if step == "extras":
        shown = {extra_field(code): Decimal(quantity) for code, quantity in saved.get("extras", {}).items()}
    return shown


class HoldForm(Form):
    """Hold a stand; it needs no input."""


class InviteForm(Form):
    """A colleague who shall act for the exhibitor too."""

    email = EmailField(
        _l("Your colleague's e-mail address"),
        validators=[
            required(_l("Enter the e-mail address.")),
            Within(max=254, message=_l("Shorten the address to 254 characters.")),
            email_address(_l("Enter an address as in name@company.example.")),
        ],
    )
    language = RadioField(_l("Language of the invitation"), validators=[required(_l("Choose a language."))], choices=dict(i18n.NATIVE_NAMES), invalid_choice_message=_NONE_OF_THEM)


class WithdrawForm(Form):
    """Withdraw, after having been asked once more."""

    version = VersionField()


class ConfirmForm(Form):
    """An act that was asked about once more; it needs no input."""


class AnswerForm(Form):
    """Yes or no, by the button pressed."""

    answer = HiddenField(validators=[AnyOf(["yes", "no"], message=_l("Press yes or no."))])
