"""What a session is, and where it goes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget, TimeInput

from eventapp.core.texts import LANGUAGES
from eventapp.editions.models import Edition
from eventapp.programme import rules
from eventapp.programme.forms.words import KIND_NAMES, line, minutes_of, number_of, offered
from eventapp.programme.models import ProgrammeSession, Room, SessionKind
from eventapp.programme.rules import Details, Placement
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField, Within, required

_LONG = _l("Shorten the description to 4,000 characters.")


def _description(label: Any) -> TextAreaField:
    return TextAreaField(label, [Within(max=4000, message=_LONG)])


class SessionForm(Form):
    """A session's details and, when it is known, its time and place; the fields stand in the page's order."""

    kind = SelectField(_l("Kind"), [required(_l("Choose what kind of session it is."))], validate_choice=False)
    title_fr = line(_l("Title in French"))
    title_ar = line(_l("Title in Arabic"))
    title_en = line(_l("Title in English"))
    abstract_fr = _description(_l("Description in French"))
    abstract_ar = _description(_l("Description in Arabic"))
    abstract_en = _description(_l("Description in English"))
    languages = SelectMultipleField(_l("Languages spoken"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=False)
    day = SelectField(_l("Day"), validate_choice=False)
    start = StringField(_l("Starts at"), description=_l("In steps of five minutes, for instance 14:30."), widget=TimeInput())
    length = StringField(_l("Length in minutes"), description=_l("In steps of five minutes, for instance 45."))
    fold = BooleanField(_l("The second time round of an hour that the clocks repeat"))
    outside = BooleanField(_l("It is meant to be outside the opening hours"))
    room = SelectField(_l("Room"), validate_choice=False)
    parent = SelectField(_l("Part of"), description=_l("A part lies within its whole and takes its room, for instance a signing in the inauguration."), validate_choice=False)
    version = VersionField()

    def offer(self, edition: Edition, rooms: Sequence[Room], wholes: Sequence[ProgrammeSession]) -> None:
        """List what can be chosen, in the reader's language."""
        days = [date.fromordinal(day) for day in range(edition.first_day.toordinal(), edition.last_day.toordinal() + 1)]
        self.kind.choices = [("", _("Choose a kind")), *((kind.value, name) for kind, name in KIND_NAMES.items())]
        self.languages.choices = [(code, i18n.NATIVE_NAMES[code]) for code in LANGUAGES]
        self.day.choices = [("", _("No day yet")), *((str(day), i18n.day(day)) for day in days)]
        self.room.choices = [("", _("No room yet")), *((str(room.id), i18n.text(room.name)) for room in rooms)]
        self.parent.choices = [("", _("Nothing: it stands by itself")), *((str(whole.id), self._whole(whole)) for whole in wholes)]
        if not any(rules.repeats_an_hour(day, edition.timezone) for day in days):
            del self.fold

    @staticmethod
    def _whole(whole: ProgrammeSession) -> str:
        when = f"{i18n.day(whole.day, 'short-weekday')}, {i18n.hour(whole.start_minute or 0)}" if whole.day else ""
        return f"\u2068{i18n.text(whole.title)}\u2069 ({when})"

    def fill(self, session: ProgrammeSession) -> None:
        """Show what is stored."""
        self.kind.data, self.languages.data, self.version.data = session.kind, session.languages, session.version
        for code in LANGUAGES:
            self[f"title_{code}"].data, self[f"abstract_{code}"].data = session.title.get(code), session.abstract.get(code)
        self.length.data = str(session.length_minutes or "")
        if session.state == "scheduled" and session.start_minute is not None:
            self.day.data, self.start.data = str(session.day), f"{session.start_minute // 60:02}:{session.start_minute % 60:02}"
            self.room.data, self.parent.data = "" if session.parent_id else str(session.room_id), str(session.parent_id or "")
            if "fold" in self:
                self.fold.data = bool(session.fold)

    @property
    def has_place(self) -> bool:
        """Say whether anything of a time or place was given."""
        return bool(self.day.data or self.start.data or self.room.data or self.parent.data)

    def validate_kind(self, field: SelectField) -> None:
        """Ask for a kind of the list."""
        if field.data not in {kind.value for kind in KIND_NAMES}:
            raise StopValidation(_l("Choose what kind of session it is."))

    def validate_title_fr(self, _field: StringField) -> None:
        """Ask for one title at least."""
        if not any(self[f"title_{code}"].data for code in LANGUAGES):
            raise StopValidation(_l("Enter a title in one language at least."))

    def validate_day(self, field: SelectField) -> None:
        """Ask for a day of the list."""
        if field.data not in offered(field) or (self.has_place and not field.data):
            raise StopValidation(_l("Choose a day of the show."))

    def validate_start(self, field: StringField) -> None:
        """Ask for a time."""
        if self.has_place and minutes_of(field.data) is None:
            raise StopValidation(_l("Enter the time at which it starts, for instance 14:30."))

    def validate_length(self, field: StringField) -> None:
        """Ask for minutes."""
        if (self.has_place or field.data) and number_of(field.data) is None:
            raise StopValidation(_l("Enter the length in minutes, for instance 45."))

    def validate_room(self, field: SelectField) -> None:
        """Ask for a room of the list, unless the session is a part."""
        if field.data not in offered(field) or (self.has_place and not field.data and not self.parent.data):
            raise StopValidation(_l("Choose a room of the list."))

    def validate_parent(self, field: SelectField) -> None:
        """Take nothing, or a session of the list."""
        if field.data not in offered(field):
            raise StopValidation(_l("Choose a session of the list, or none."))

    @property
    def details(self) -> Details:
        """Return what the session says."""
        title, abstract = ({code: self[f"{name}_{code}"].data or "" for code in LANGUAGES} for name in ("title", "abstract"))
        return Details(SessionKind(self.kind.data), title, abstract, tuple(self.languages.data or ()))

    @property
    def placement(self) -> Placement | None:
        """Return where it goes; None when nothing of that was given."""
        if not self.has_place:
            return None
        parent_id, room_id = number_of(self.parent.data), number_of(self.room.data)
        fold = int(self.fold.data) if "fold" in self else 0
        where = {"room_id": None if parent_id else room_id, "parent_id": parent_id}
        return Placement(date.fromisoformat(self.day.data), minutes_of(self.start.data) or 0, number_of(self.length.data) or 0, **where, fold=fold)


class ConfirmForm(Form):
    """Asks once more, on what the page showed."""

    version = VersionField()


class ClearingForm(Form):
    """A shorter clearing time after one session."""

    clearing = SelectField(_l("Clearing time after this session"), validate_choice=False)
    reason = line(_l("Why less will do"), 200)
    version = VersionField()

    def offer(self, of_room: int) -> None:
        """List what is shorter than the room's own time."""
        shorter = [(str(minutes), _("%(minutes)s min", minutes=minutes) if minutes else _("None at all")) for minutes in range(0, of_room, 5)]
        self.clearing.choices = [("", _("As after every session there: %(minutes)s min", minutes=of_room)), *shorter]

    def validate_clearing(self, field: SelectField) -> None:
        """Take a time of the list."""
        if field.data not in offered(field):
            raise StopValidation(_l("Choose a time of the list."))

    def validate_reason(self, field: StringField) -> None:
        """Ask for a reason where there must be one."""
        if self.clearing.data and not field.data:
            raise StopValidation(_l("Write in a few words why less clearing time will do."))

    @property
    def minutes(self) -> int | None:
        """Return the time chosen; None is the room's own."""
        return number_of(self.clearing.data)
