"""The base of all forms: cleaned texts, CSRF, limits by default, refusals shown at their field."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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


@contextmanager
def refusals(form: Form) -> Iterator[None]:
    """Show a refusal of the operation inside on the form; nothing typed is lost."""
    try:
        yield
    except Refusal as refusal:
        if refusal.status == 404:  # noqa: PLR2004 - not there: a page of its own
            raise
        form.refuse(refusal)
