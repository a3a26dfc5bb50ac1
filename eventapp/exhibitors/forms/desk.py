"""Forms of the organiser's desk: one step for many applications, and views of the work list."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput

from eventapp.core.texts import LANGUAGES
from eventapp.editions.forms.fields import add_texts, in_languages
from eventapp.exhibitors.operations.together import Seen
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField, Within, required

MOST_CHOSEN, LONGEST_NOTE = 2000, 2000
_LONGEST_NUMBER = 10
REASONS = {
    "full": _l("All stands of this edition are taken."),
    "theme": _l("What you wish to show does not go with the theme of this edition."),
    "incomplete": _l("Your application was not complete, and we did not get what was missing."),
    "late": _l("Your application came after the closing date."),
}


def reason_field() -> SelectField:
    """Make the field in which a reason is chosen; it is written in each reader's language."""
    return SelectField(
        _l("Reason of a refusal"),
        default="",
        description=_l("Written to each reader in their own language, before your own words."),
        choices=[SelectChoice("", _l("In my own words only")), *(SelectChoice(code, text) for code, text in REASONS.items())],
        invalid_choice_message=_l("Choose one of the options."),
    )


def letter_in(language: str, reason: str | None, note: str | None) -> str:
    """Write what a decision's mail says beside the decision: the reason in the reader's language, then the organiser's own words."""
    with i18n.in_language(language):
        given = str(REASONS[reason]) if reason in REASONS else ""
    return "\n\n".join(part for part in (given, note or "") if part)


class ChosenField(Field):
    """The applications that a page showed, each with its version; anything odd is nobody."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the numbers."""
        pairs = [one.partition("-") for one in (valuelist[0] if valuelist else "").split(" ", MOST_CHOSEN)[:MOST_CHOSEN]]
        self.data = [(int(number), int(version)) for number, _dash, version in pairs if _is_number(number) and _is_number(version)]

    def _value(self) -> str:
        return " ".join(f"{number}-{version}" for number, version in self.data or [])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER


class TogetherForm(Form):
    """One step for many applications, with a letter in each language."""

    reason = reason_field()
    chosen = ChosenField()

    @property
    def seen(self) -> list[Seen]:
        """List the applications with the versions that the page showed."""
        return list(self.chosen.data or [])

    @property
    def notes(self) -> dict[str, str]:
        """Collect the organiser's own words by language."""
        return {code: self[f"note_{code}"].data for code in LANGUAGES if self[f"note_{code}"].data}


_texts: dict[str, Any] = {"note": in_languages(_l("Note to the contact"), LONGEST_NOTE, long=True)}
add_texts(TogetherForm, _texts)


class ViewForm(Form):
    """A view of the work list: its name, and who sees it."""

    name = StringField(
        _l("Name of the view"), validators=[required(_l("Enter a name, for instance: Foundries to decide.")), Within(max=60, message=_l("Shorten the name to 60 characters."))]
    )
    shared = BooleanField(_l("The whole team sees it"))
    default = BooleanField(_l("My list opens with it"))
    version = VersionField()

    def validate_name(self, field: Field) -> None:
        """Keep a name to one line."""
        if "\n" in (field.data or ""):
            raise StopValidation(_l("Write the name on one line."))


class ConfirmForm(Form):
    """An act that was asked about once more; it needs no input."""
