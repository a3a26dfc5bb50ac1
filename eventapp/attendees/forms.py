"""Forms of attendees: shape and presence."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, HiddenField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional, StopValidation

from eventapp.attendees.models import Attendee
from eventapp.attendees.rules import CATEGORY_NAMES, MARKETING_TEXTS, MARKETING_VERSION, Passport
from eventapp.core.texts import LANGUAGES
from eventapp.editions.forms.fields import DayField
from eventapp.web import i18n
from eventapp.web.forms import Form, Within, email_address, phone_number, required

_LONG_PHONE = _l("The telephone number can have 30 characters at most.")
_LONG_NAME = _l("A name can have 80 characters at most.")
_LONG_EMAIL = _l("The e-mail address can have 254 characters at most.")


def one_line(text: str | None) -> str | None:
    """Make one line of a text, whatever was pasted."""
    return " ".join(text.split()) if text else text


def has_letters(_form: Any, field: Field) -> None:
    """Ask for a name that somebody can read out."""
    if not any(character.isalpha() for character in field.data or ""):
        raise StopValidation(_l("Enter the name with letters."))


def _name(label: Any, missing: Any = None) -> StringField:
    """Make a field for a part of a name; `missing` says what to do when it must be there and is not."""
    checks = [required(missing), Within(max=80, message=_LONG_NAME), has_letters] if missing else [Optional(), Within(max=80, message=_LONG_NAME)]
    return StringField(label, checks, filters=[one_line])


def _organisation() -> StringField:
    return StringField(_l("Company or institution"), [Optional(), Length(max=160, message=_l("The company's name can have 160 characters at most."))], filters=[one_line])


def _job_title() -> StringField:
    return StringField(_l("Job title"), [Optional(), Length(max=120, message=_l("The job title can have 120 characters at most."))], filters=[one_line])


def _phone() -> TelField:
    return TelField(_l("Telephone"), [Optional(), Within(max=30, message=_LONG_PHONE), phone_number(), Length(max=30, message=_LONG_PHONE)], filters=[one_line])


def _person(form: Form) -> dict[str, Any]:
    """Return what was typed about a person, as the operations take it."""
    return {name: form[name].data or "" for name in ("given", "family", "organisation", "job_title", "phone", "given_ar", "family_ar")}


class VisitForm(Form):
    """A visitor's registration; its fields stand in the page's order."""

    given = _name(_l("Given name"), _l("Enter the given name."))
    family = _name(_l("Family name"), _l("Enter the family name."))
    email = EmailField(_l("E-mail address"), [required(_l("Enter your e-mail address.")), Within(max=254, message=_LONG_EMAIL), email_address()])
    country = SelectField(_l("Country"), [required(_l("Choose the country where you work."))], validate_choice=False)
    organisation = _organisation()
    job_title = _job_title()
    phone = _phone()
    given_ar = _name(_l("Given name in Arabic"))
    family_ar = _name(_l("Family name in Arabic"))
    marketing = BooleanField()
    marketing_version = HiddenField(validators=[AnyOf(list(MARKETING_TEXTS), message=_l("This page was open for too long. Read the text about e-mails again and send the form."))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the countries in the reader's language, and the newest words of the consent."""
        super().__init__(*args, **kwargs)
        self.country.choices = [("", _("Choose a country")), *i18n.countries()]
        if not self.is_submitted():
            self.marketing_version.data = MARKETING_VERSION
        self.marketing.label.text = i18n.text(MARKETING_TEXTS[MARKETING_VERSION])

    def validate_country(self, field: Field) -> None:
        """Ask for a country of the list."""
        if field.data not in {code for code, _name in i18n.countries()}:
            raise StopValidation(_l("Choose the country where you work."))

    def visitor(self) -> dict[str, Any]:
        """Return what was typed, as `register_visitor` takes it."""
        return {**_person(self), "email": self.email.data, "country": self.country.data, "marketing_version": self.marketing_version.data if self.marketing.data else ""}


_CATEGORY = SelectField(_l("Category"), [required(_l("Choose a category."))], validate_choice=False)


class CorrectionForm(Form):
    """What is written about an attendee, to be corrected; its fields stand in the page's order."""

    given = _name(_l("Given name"), _l("Enter the given name."))
    family = _name(_l("Family name"), _l("Enter the family name."))
    given_ar = _name(_l("Given name in Arabic"))
    family_ar = _name(_l("Family name in Arabic"))
    organisation = _organisation()
    job_title = _job_title()
    email = EmailField(_l("E-mail address"), [Optional(), Within(max=254, message=_LONG_EMAIL), email_address()], description=_l("The badge is sent there as PDF."))
    phone = _phone()
    country = SelectField(_l("Country"), validate_choice=False)
    language = SelectField(_l("Language of the mail"), validate_choice=False)
    new_badge = BooleanField(
        _l("Replace the badge too"),
        description=_l(
            "For a badge that somebody else received: the new one is mailed, and the old one opens no door any more. Otherwise the badge stays valid; print it again and it shows the new details."
        ),
    )
    shown = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer countries and languages in the reader's language."""
        super().__init__(*args, **kwargs)
        self.country.choices = [("", _("Not known")), *i18n.countries(kept=self.country.object_data)]
        self.language.choices = [(code, i18n.NATIVE_NAMES[code]) for code in LANGUAGES]

    def validate_country(self, field: Field) -> None:
        """Take no country, or one of the list."""
        if field.data and field.data not in {code for code, _name in i18n.countries(kept=field.object_data)}:
            raise StopValidation(_l("Choose a country of the list, or none."))

    def validate_language(self, field: Field) -> None:
        """Ask for a language that we write."""
        if field.data not in LANGUAGES:
            raise StopValidation(_l("Choose a language of the list."))

    def details(self) -> dict[str, Any]:
        """Return what was typed about the attendee, as the operations take it."""
        return {**_person(self), "country": self.country.data or "", "language": self.language.data, "email": self.email.data or None}


class AttendeeForm(CorrectionForm):
    """Somebody whom an organiser adds by hand."""

    category = _CATEGORY
    new_badge = None
    shown = None
    certain = BooleanField(_l("It is somebody else of the same name"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the categories in the reader's language."""
        super().__init__(*args, **kwargs)
        self.category.choices = [("", _("Choose a category")), *((code, i18n.text(names)) for code, names in CATEGORY_NAMES.items())]

    def validate_category(self, field: Field) -> None:
        """Ask for a category of the list."""
        if field.data not in CATEGORY_NAMES:
            raise StopValidation(_l("Choose a category."))

    def attendee(self) -> dict[str, Any]:
        """Return what was typed, as `add_attendee` takes it."""
        return {**self.details(), "certain": bool(self.certain.data)}


LETTER_STATES = {"open": _l("Waits for the organiser"), "issued": _l("Issued"), "refused": _l("Refused"), "withdrawn": _l("Taken back")}


class LetterForm(Form):
    """What a letter of invitation for a visa needs."""

    attendee = SelectField(_l("For whom"))
    name = StringField(
        _l("Name as in the passport"), validators=[required(_l("Enter the name as in the passport.")), Within(max=120, message=_l("Shorten it to %(most)s characters.", most=120))]
    )
    nationality = SelectField(_l("Nationality"))
    number = StringField(
        _l("Passport number"), validators=[required(_l("Enter the passport's number.")), Within(max=30, message=_l("Shorten it to %(most)s characters.", most=30))]
    )
    expires_on = DayField(_l("Passport valid until"), validators=[InputRequired(_l("Enter the day."))])
    arrives_on = DayField(_l("Arrives on"), validators=[InputRequired(_l("Enter the day."))])
    leaves_on = DayField(_l("Leaves on"), validators=[InputRequired(_l("Enter the day."))])
    language = SelectField(_l("Language of the letter"), choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")])

    def __init__(self, staff: Sequence[Attendee], *given: Any, **more: Any) -> None:
        """Offer the staff, and the countries in the reader's language."""
        super().__init__(*given, **more)
        self.attendee.choices = [SelectChoice(str(one.id), one.person.name(i18n.language())) for one in staff]
        self.nationality.choices = [SelectChoice(code, name) for code, name in i18n.countries()]

    @property
    def passport(self) -> Passport:
        """Read the passport as the operation takes it."""
        return Passport(self.name.data or "", self.nationality.data, self.number.data or "", self.expires_on.data)

    @property
    def stay(self) -> tuple[date, date]:
        """Read the stay."""
        return self.arrives_on.data, self.leaves_on.data


class RefuseLetterForm(Form):
    """Why a letter is refused."""

    reason = TextAreaField(
        _l("Reason"), validators=[required(_l("Enter the reason: the exhibitor reads it.")), Within(max=500, message=_l("Shorten it to %(most)s characters.", most=500))]
    )
