"""The base of all forms: cleaned texts, CSRF, limits by default, refusals shown at their field."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Protocol

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask import abort, flash, redirect
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from eventapp.core.errors import Refusal
from eventapp.core.texts import clean
from eventapp.web import i18n

LONGEST_LINE = 160
LONGEST_TEXT = 4000
LONGEST_EMAIL = 254


def _cleaned(value: str | None) -> str | None:
    return clean(value) if isinstance(value, str) else value


class Form(FlaskForm):
    """A form whose texts are trimmed, normalised and bounded, and which can show a refusal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build the form from the request."""
        super().__init__(*args, **kwargs)
        self.refusal: str | None = None

    class Meta(FlaskForm.Meta):
        """How fields are bound."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Clean every typed text, and bound every one that has no length of its own."""
            if issubclass(unbound_field.field_class, StringField) and not issubclass(unbound_field.field_class, PasswordField):
                filters = [_cleaned, *unbound_field.kwargs.get("filters", [])]
                options = {**options, "filters": filters}
                unbound_field = _bounded(unbound_field)
                unbound_field.kwargs.pop("filters", None)
            return unbound_field.bind(form=form, **options)

    @property
    def status(self) -> int:
        """Say with which status the form's page is answered: 422 when something is to mend."""
        return 422 if self.errors or self.refusal else 200

    @property
    def problems(self) -> list[tuple[str | None, str]]:
        """List what is to mend: the field's id (None for the whole form) and the message."""
        found: list[tuple[str | None, str]] = [(None, self.refusal)] if self.refusal else []
        found += [(None, str(message)) for message in self.errors.get("csrf_token", [])]
        return found + [(field.id, str(error)) for field in self if field.name != "csrf_token" for error in field.errors[:1]]

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field, or above the form."""
        message = i18n.explain(refusal)
        if refusal.field and refusal.field in self:
            field = self[refusal.field]
            field.errors = [*field.errors, message]
        else:
            self.refusal = message


def _bounded(unbound: Any) -> Any:
    validators = list(unbound.kwargs.get("validators", unbound.args[1] if len(unbound.args) > 1 else ()))
    if not any(isinstance(v, Length) for v in validators):
        longest = LONGEST_TEXT if issubclass(unbound.field_class, TextAreaField) else LONGEST_LINE
        validators.append(Length(max=longest))
    kwargs = {k: v for k, v in unbound.kwargs.items() if k != "validators"}
    return type(unbound)(unbound.field_class, *unbound.args[:1], name=unbound.name, validators=[*validators, no_null], **kwargs)


def no_null(_form: Any, field: Field) -> None:
    """Refuse what no database can store."""
    if isinstance(field.data, str) and "\x00" in field.data:
        raise StopValidation(_l("This text has a character that cannot be stored. Type it again."))


class Within(Length):
    """A bound on a text's length that ends the checks of its field: nothing slow is tried on a text without end."""

    def __call__(self, form: Any, field: Field) -> None:
        """Check the length."""
        try:
            super().__call__(form, field)
        except ValidationError as error:
            raise StopValidation(str(error)) from error


class VersionField(Field):
    """The version of the thing that the page showed; anything odd is one that never was."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        given = valuelist[0] if valuelist else ""
        self.data = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1  # noqa: PLR2004 - no thousand million changes

    def _value(self) -> str:
        return str(self.data if self.data is not None else "")


def required(message: Any) -> DataRequired:
    """Ask for an answer, in words of the field's own: `required(_l("Enter the company's name."))`."""
    return DataRequired(message)


def normal_email(text: str) -> str:
    """Write an address as it is stored: lower case, its domain in Unicode; ValueError when it is none."""
    return validate_email(text, check_deliverability=False, test_environment=True, allow_smtputf8=False).normalized.lower()


def email_address(message: Any = None) -> Callable[[Any, Field], None]:
    """Check an e-mail address and write it as it is stored; nothing typed is fine here (add `required` where it must be given)."""

    def check(_form: Any, field: Field) -> None:
        if not field.data:
            return
        try:
            field.data = normal_email(field.data)
        except EmailNotValidError as error:
            raise StopValidation(message or _l("Enter an e-mail address as in name@company.example.")) from error
        if len(field.data) > LONGEST_EMAIL:
            raise StopValidation(_l("Enter an e-mail address of at most 254 characters."))

    return check


def phone_number(message: Any = None, region: str = "MA") -> Callable[[Any, Field], None]:
    """Check a telephone number, of the region unless it begins with +, and write it as +212 5 22 …; nothing typed is fine here."""

    def check(_form: Any, field: Field) -> None:
        if not field.data:
            return
        try:
            number = phonenumbers.parse(field.data, region)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise StopValidation(message or _l("Enter a telephone number, for instance 0522 00 00 00 or +33 1 23 45 67 89."))
        field.data = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    return check


class Refusing(Protocol):
    """What can show a refusal: a form, or several that are one to whoever fills them in."""

    def refuse(self, refusal: Refusal) -> None:
        """Show it."""


class refusals:  # noqa: N801 - read as a verb: with refusals(form)
    """Show a refusal of the operation inside on the form; nothing typed is lost. What is not there (404) has a page of its own."""

    def __init__(self, form: Refusing) -> None:
        self.form = form

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        """Keep a refusal; let everything else through."""
        if not isinstance(error, Refusal) or error.status == 404:  # noqa: PLR2004 - not there
            return False
        self.form.refuse(error)
        return True


class told_at:  # noqa: N801 - read as a verb: with told_at(page)
    """Tell a refusal of the operation inside on the page that the button stands on: for acts that need no input. What is not there (404) has a page of its own."""

    def __init__(self, page: str) -> None:
        self.page = page

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Lead back with a refusal; let everything else through."""
        if isinstance(error, Refusal) and error.status == 409:  # noqa: PLR2004 - what was pressed does not go with how things are
            flash(i18n.explain(error), "warn")
            abort(redirect(self.page))
