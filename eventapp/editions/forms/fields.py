"""What the forms of settings are made of: days, times, metres, texts in three languages, and a section that tells what changed meanwhile."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, Field, StringField, TextAreaField, TimeField

from eventapp.core.texts import LANGUAGES
from eventapp.web.forms import Form, VersionField, Within

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 60, 200, 3000
IN_LANGUAGE = {"fr": _l("in French"), "ar": _l("in Arabic"), "en": _l("in English")}


class DayField(DateField):
    """A day; what is none is said in words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter the day as year, month and day: 2018-04-12.")) from error


class TimeOfDayField(TimeField):
    """A wall time; what is none is said in words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time, with or without seconds."""
        try:
            super().process_formdata([value[:5] for value in valuelist])
        except ValueError as error:
            raise ValueError(_("Enter the time as hours and minutes: 09:00.")) from error


class MetresField(DecimalField):
    """A length in metres, with a comma or a point."""

    def __init__(self, label: Any, **more: Any) -> None:
        """Show the number as it is."""
        super().__init__(label, places=None, **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        try:
            super().process_formdata([value.replace(",", ".").strip()[:20] for value in valuelist])
        except ValueError as error:
            raise ValueError(_("Enter the metres as a number: 60 or 60.5.")) from error


def in_languages(label: Any, longest: int, *, long: bool = False, hint: Any = "") -> Any:
    """Make the fields of one text in each language."""
    kind = TextAreaField if long else StringField
    message = _l("Shorten it to %(most)s characters.", most=longest)
    return {
        code: kind(_l("%(label)s, %(in_language)s", label=label, in_language=IN_LANGUAGE[code]), description=hint, validators=[Within(max=longest, message=message)])
        for code in LANGUAGES
    }


def add_texts(form: type[Form], texts: Mapping[str, Any]) -> None:
    """Give a form the fields of some texts, as name_fr, name_ar, name_en."""
    for name, fields in texts.items():
        for code, field in fields.items():
            setattr(form, f"{name}_{code}", field)


class Section(Form):
    """A part of the settings: it knows which of its fields are texts in three languages, and which state of the edition it shows."""

    TEXTS: ClassVar[Sequence[str]] = ()
    PLAIN: ClassVar[Sequence[str]] = ()

    version = VersionField()

    @classmethod
    def showing(cls, thing: Any, version: int) -> Self:
        """Build the form from the request, and from what is stored where nothing was sent."""
        return cls(data={**cls.stored(thing), "version": version})

    @classmethod
    def stored(cls, thing: Any) -> dict[str, Any]:
        """Read what is stored, field by field."""
        texts = {f"{name}_{code}": (getattr(thing, name) or {}).get(code, "") for name in cls.TEXTS for code in LANGUAGES}
        return texts | {name: getattr(thing, name) for name in cls.PLAIN}

    def texts(self, name: str) -> dict[str, str]:
        """Read one text in the languages in which something was typed."""
        return {code: typed for code in LANGUAGES if (typed := self[f"{name}_{code}"].data)}

    def values(self) -> dict[str, Any]:
        """Read everything as the operation takes it."""
        return {name: self.texts(name) for name in self.TEXTS} | {name: self[name].data if self[name].data is not None else self._empty(name) for name in self.PLAIN}

    def _empty(self, name: str) -> Any:
        return "" if isinstance(self[name], StringField) else None

    def others(self, thing: Any) -> list[tuple[Field, Any]]:
        """List the fields whose stored value is now another than the one typed: what somebody else changed meanwhile."""
        stored = self.stored(thing)
        return [(self[name], value) for name, value in stored.items() if name in self and (self[name].data or "") != (value or "")]
