"""The forms of a new edition and of the sections of its settings."""

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TelField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from eventapp.core.texts import LANGUAGES
from eventapp.editions.forms.fields import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT, DayField, MetresField, Section, add_texts, in_languages
from eventapp.web.forms import Form, Within, email_address, phone_number, required

STATE_NAMES = {
    "draft": _l("Draft: only the team sees it"),
    "public": _l("Public: everybody sees it"),
    "archived": _l("Archived: everybody can look it up, it is not on the home page"),
}


class NewEditionForm(Form):
    """A new edition: its address, names, days, contact, and which one it is made from."""

    copied_from = SelectField(
        _l("Made from"), description=_l("Halls, stands, zones, prices, rooms, gates, hours and settings come along; people, applications and sessions do not.")
    )
    slug = StringField(
        _l("Address"),
        description=_l("Part of every link, so it stays. Small letters, digits and hyphens: for instance sistep-2027."),
        validators=[required(_l("Enter the address."))],
    )
    first_day = DayField(_l("First day"), validators=[InputRequired(_l("Enter the first day."))])
    last_day = DayField(_l("Last day"), validators=[InputRequired(_l("Enter the last day."))])
    contact_email = EmailField(_l("Contact address of the public pages"), validators=[required(_l("Enter an e-mail address.")), Within(max=254), email_address()])

    def texts(self, name: str) -> dict[str, str]:
        """Read one text in the languages in which something was typed."""
        return {code: typed for code in LANGUAGES if (typed := self[f"{name}_{code}"].data)}


class NamesForm(Section):
    """Names and texts."""

    TEXTS = ("name", "full_name", "theme", "about", "organiser")


class PlaceForm(Section):
    """Where the show is, and how to get there."""

    TEXTS = ("venue", "city", "address", "access")


class ContactForm(Section):
    """Whom the public asks."""

    PLAIN = ("contact_email", "contact_phone")

    contact_email = EmailField(_l("E-mail address"), validators=[required(_l("Enter an e-mail address.")), Within(max=254), email_address()])
    contact_phone = TelField(_l("Telephone"), validators=[Within(max=30), phone_number()])


class PrivacyForm(Section):
    """What the privacy page says."""

    TEXTS = ("privacy_controller",)
    PLAIN = ("privacy_number",)

    privacy_number = StringField(
        _l("Number of the declaration to the CNDP"), validators=[Within(max=LONGEST_NAME, message=_l("Shorten it to %(most)s characters.", most=LONGEST_NAME))]
    )


class RegistrationForm(Section):
    """The switches that open and close registration, and the days that narrow them."""

    PLAIN = ("exhibit_open", "exhibit_from", "exhibit_until", "visit_open", "visit_from", "visit_until")

    exhibit_open = BooleanField(_l("Exhibitors can register"), description=_l("Taking the tick away closes registration at once."))
    exhibit_from = DayField(_l("First day for exhibitors"), validators=[Optional()])
    exhibit_until = DayField(_l("Last day for exhibitors"), validators=[Optional()])
    visit_open = BooleanField(_l("Visitors can register"), description=_l("Taking the tick away closes registration at once."))
    visit_from = DayField(_l("First day for visitors"), validators=[Optional()])
    visit_until = DayField(_l("Last day for visitors"), validators=[Optional()])


class DaysForm(Section):
    """When the show is."""

    PLAIN = ("first_day", "last_day", "timezone")

    first_day = DayField(_l("First day"), validators=[InputRequired(_l("Enter the first day."))])
    last_day = DayField(_l("Last day"), validators=[InputRequired(_l("Enter the last day."))])
    timezone = SelectField(
        _l("Time zone"),
        choices=[SelectChoice(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name],
        validators=[required(_l("Choose a time zone."))],
    )


class StateForm(Section):
    """Who sees the edition."""

    PLAIN = ("state",)

    state = RadioField(_l("Who sees this edition"), choices=[SelectChoice(state, name) for state, name in STATE_NAMES.items()], validators=[required(_l("Choose who sees it."))])


class HallForm(Section):
    """A hall as it is drawn."""

    TEXTS = ("name",)
    PLAIN = ("code", "width_m", "depth_m")

    code = StringField(
        _l("Code"),
        description=_l("Short, as on the signs: B."),
        validators=[required(_l("Enter the code.")), Within(max=8, message=_l("Shorten it to %(most)s characters.", most=8))],
    )
    width_m = MetresField(_l("Width in metres"), validators=[InputRequired(_l("Enter the width in metres."))])
    depth_m = MetresField(_l("Depth in metres"), validators=[InputRequired(_l("Enter the depth in metres."))])


add_texts(NewEditionForm, {"name": in_languages(_l("Short name"), LONGEST_NAME), "full_name": in_languages(_l("Whole name"), LONGEST_LINE)})
add_texts(
    NamesForm,
    {
        "name": in_languages(_l("Short name"), LONGEST_NAME),
        "full_name": in_languages(_l("Whole name"), LONGEST_LINE),
        "theme": in_languages(_l("Theme"), LONGEST_LINE),
        "about": in_languages(_l("About the show"), LONGEST_TEXT, long=True),
        "organiser": in_languages(_l("Organiser"), LONGEST_LINE),
    },
)
add_texts(
    PlaceForm,
    {
        "venue": in_languages(_l("Venue"), LONGEST_LINE),
        "city": in_languages(_l("City"), LONGEST_NAME),
        "address": in_languages(_l("Postal address"), LONGEST_LINE),
        "access": in_languages(_l("How to get there"), LONGEST_TEXT, long=True),
    },
)
add_texts(PrivacyForm, {"privacy_controller": in_languages(_l("Responsible for the data"), LONGEST_LINE)})
add_texts(HallForm, {"name": in_languages(_l("Name"), LONGEST_NAME)})
