"""The form that gives a signing its time and place, and the one that asks once more."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import StopValidation

from eventapp.agreements.models import Agreement
from eventapp.core.errors import Refusal
from eventapp.editions.models import Edition
from eventapp.programme.models import ProgrammeSession, Room
from eventapp.programme.rules import Placement
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField, Within, required

ROOM, PART = "room", "part-"
USUAL_MINUTES = 30
_TIME = re.compile(r"([0-9]{1,2})\s*[:hH.]\s*([0-9]{2})")
_LONGEST_NUMBER = 4
_NO_TIME = _l("Enter a time of day as in 11:45.")
_NO_NUMBER = _l("Enter a number of minutes as in 30.")


class ConfirmForm(Form):
    """Asks once more, about what the page showed."""

    version = VersionField()


def digits(typed: str | None) -> str:
    """Write digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(character, character)) for character in (typed or "").strip())


def minutes_of(typed: str | None) -> int | None:
    """Read a typed time, as in 11:45 or 11 h 45, as minutes after midnight; None when it is none."""
    found = _TIME.fullmatch(digits(typed))
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a clock


class SigningForm(Form):
    """When a signing is, how long, and where: in a room of its own, or as a part of another session."""

    day = SelectField(_l("Day"), validate_choice=False)
    start = StringField(
        _l("Begins at"), description=_l("In steps of five minutes, as in 11:45."), validators=[required(_l("Enter when the signing begins.")), Within(max=20, message=_NO_TIME)]
    )
    length = StringField(_l("Length in minutes"), validators=[required(_l("Enter how many minutes it takes.")), Within(max=20, message=_NO_NUMBER)])
    outside = BooleanField(_l("It is meant to be outside the opening hours"))
    where = RadioField(_l("Where"), validate_choice=False)
    room = SelectField(_l("Room"), validate_choice=False)
    version = VersionField()
    seen = VersionField()

    def show(self, agreement: Agreement) -> None:
        """Note which state of the agreement and of its session the page shows."""
        self.version.data, self.seen.data = versions(agreement).values()

    def offer(self, edition: Edition, rooms: Sequence[Room], wholes: Sequence[ProgrammeSession]) -> None:
        """List the show's days, its rooms, and the sessions of the chosen day that the signing can be a part of."""
        days = [edition.first_day + timedelta(days=number) for number in range((edition.last_day - edition.first_day).days + 1)]
        self.day.choices = [(str(day), i18n.day(day)) for day in days]
        self.room.choices = [("", _("Choose a room")), *((str(room.id), _room_label(room)) for room in rooms)]
        self.room.flags.required = self.day.flags.required = self.where.flags.required = True  # none of them is called optional
        self.where.choices = [(ROOM, _("A session of its own, in a room")), *((f"{PART}{one.id}", part_label(one)) for one in wholes)]

    @property
    def typed_as_time(self) -> bool:
        """Say whether a time field of the browser can show what was typed."""
        return not self.start.data or re.fullmatch(r"[0-9]{2}:[0-9]{2}", self.start.data) is not None

    def shown_day(self, edition: Edition) -> date:
        """Say which day's programme the page shows: the chosen one, else the first."""
        try:
            chosen = date.fromisoformat(self.day.data or "")
        except ValueError:
            return edition.first_day
        return chosen if edition.first_day <= chosen <= edition.last_day else edition.first_day

    def validate_day(self, field: SelectField) -> None:
        """Ask for one of the show's days."""
        if field.data not in dict(field.choices):
            raise StopValidation(_l("Choose one of the show's days."))

    def validate_start(self, field: StringField) -> None:
        """Ask for a time."""
        if minutes_of(field.data) is None:
            raise StopValidation(_NO_TIME)

    def validate_length(self, field: StringField) -> None:
        """Ask for a number of minutes."""
        if not _is_number(digits(field.data)):
            raise StopValidation(_NO_NUMBER)

    def validate_where(self, field: RadioField) -> None:
        """Ask for one of the places; a session of another day is none."""
        if field.data not in dict(field.choices):
            raise StopValidation(_l("Choose a room, or one of the sessions of that day, which are listed here."))

    def validate_room(self, field: SelectField) -> None:
        """Ask for a room where the signing has one of its own."""
        if self.where.data == ROOM and (not field.data or field.data not in dict(field.choices)):
            raise StopValidation(_l("Choose a room."))

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field; the session to be a part of is chosen at `where`."""
        if refusal.field == "parent" or (refusal.field == "room" and self.where.data != ROOM):
            self.where.errors = [*self.where.errors, i18n.explain(refusal)]
        else:
            super().refuse(refusal)

    def placement(self) -> Placement:
        """Write the answer."""
        start, where = minutes_of(self.start.data) or 0, self.where.data or ROOM
        room_id, parent_id = (int(self.room.data), None) if where == ROOM else (None, int(where.removeprefix(PART)))
        return Placement(date.fromisoformat(self.day.data), start, int(digits(self.length.data)), room_id=room_id, parent_id=parent_id)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER


def _room_label(room: Room) -> str:
    return _("%(room)s (%(count)s places)", room=i18n.text(room.name), count=i18n.number(room.capacity))


def hours_label(session: ProgrammeSession) -> str:
    """Write from when to when a session is, as in 11:00–12:30."""
    start = session.start_minute or 0
    return i18n.time_range(start, start + (session.length_minutes or 0))


def part_label(session: ProgrammeSession) -> str:
    """Write a session that the signing can be a part of: when, what, where."""
    room = i18n.text(session.room.name) if session.room else ""
    return _("%(time)s, %(title)s (%(room)s)", time=hours_label(session), title=i18n.text(session.title), room=room)


def versions(agreement: Agreement) -> dict[str, int]:
    """Say which state of the agreement and of its session there is."""
    return {"version": agreement.version, "seen": agreement.session.version if agreement.session else 0}


def before(agreement: Agreement, edition: Edition) -> dict[str, str]:
    """Fill in where the signing is, or what is usual."""
    session = agreement.session
    if session is None or session.day is None or session.start_minute is None:
        return {"day": str(edition.first_day), "length": str(USUAL_MINUTES), "where": ROOM}
    start = f"{session.start_minute // 60:02}:{session.start_minute % 60:02}"
    where = ROOM if session.parent_id is None else f"{PART}{session.parent_id}"
    return {"day": str(session.day), "start": start, "length": str(session.length_minutes), "where": where, "room": str(session.room_id) if where == ROOM else ""}
