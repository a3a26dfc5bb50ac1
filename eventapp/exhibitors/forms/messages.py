"""Forms of messages between organiser and exhibitors."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from eventapp.core.texts import LANGUAGES
from eventapp.editions.forms.fields import add_texts, in_languages
from eventapp.exhibitors.forms.desk import ChosenField
from eventapp.web.forms import Form, VersionField, Within, required

LONGEST_SUBJECT, LONGEST_MESSAGE = 160, 4000


class CircularForm(Form):
    """A message to many exhibitors, in each language."""

    chosen = ChosenField()

    @property
    def readers(self) -> list[int]:
        """List the exhibitors that the page showed."""
        return [number for number, _version in self.chosen.data or []]

    def need(self, language: str) -> None:
        """Show which language is needed: the edition's first."""
        for name in ("subject", "text"):
            self[f"{name}_{language}"].flags.required = True

    def texts(self, name: str) -> dict[str, str]:
        """Collect the subject or the text by language."""
        return {code: self[f"{name}_{code}"].data for code in LANGUAGES if self[f"{name}_{code}"].data}


_texts: dict[str, Any] = {"subject": in_languages(_l("Subject"), LONGEST_SUBJECT), "text": in_languages(_l("Text"), LONGEST_MESSAGE, long=True)}
add_texts(CircularForm, _texts)


class MessageForm(Form):
    """One message in a thread; `seen` is the number of the newest one that the page showed."""

    text = TextAreaField(_l("Your message"), validators=[required(_l("Write a message.")), Within(max=LONGEST_MESSAGE, message=_l("Shorten the message to 4,000 characters."))])
    seen = VersionField()


class ReadForm(Form):
    """The answers on the page were read."""

    seen = VersionField()
