"""A room."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import StopValidation

from eventapp.core.texts import LANGUAGES
from eventapp.editions.models import Hall
from eventapp.programme.forms.words import line, number_of, offered
from eventapp.programme.models import Room
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField, required


class RoomForm(Form):
    """What a room is; the fields stand in the page's order."""

    name_fr = line(_l("Name in French"))
    name_ar = line(_l("Name in Arabic"))
    name_en = line(_l("Name in English"))
    code = line(_l("Code"), 20, required(_l("Enter a short code for the room, for instance A1.")), description=_l("Short, as on the door: A1."))
    hall = SelectField(_l("Hall"), validate_choice=False)
    capacity = StringField(_l("People it holds"))
    turnover = StringField(_l("Clearing time after every session, in minutes"), description=_l("In steps of five minutes; 0 where sessions may follow at once."))
    version = VersionField()

    def offer(self, halls: Sequence[Hall]) -> None:
        """List the edition's halls."""
        self.hall.choices = [("", _("In no hall")), *((str(hall.id), i18n.text(hall.name)) for hall in halls)]

    def fill(self, room: Room) -> None:
        """Show what is stored."""
        for code in LANGUAGES:
            self[f"name_{code}"].data = room.name.get(code)
        self.code.data, self.hall.data, self.version.data = room.code, str(room.hall_id or ""), room.version
        self.capacity.data, self.turnover.data = str(room.capacity), str(room.turnover_minutes)

    def validate_name_fr(self, _field: StringField) -> None:
        """Ask for one name at least."""
        if not any(self[f"name_{code}"].data for code in LANGUAGES):
            raise StopValidation(_l("Enter the room's name in one language at least."))

    def validate_hall(self, field: SelectField) -> None:
        """Take no hall, or one of the list."""
        if field.data not in offered(field):
            raise StopValidation(_l("Choose a hall of the list, or none."))

    def validate_capacity(self, field: StringField) -> None:
        """Ask for a number."""
        if number_of(field.data) is None:
            raise StopValidation(_l("Enter how many people the room holds, as a number."))

    def validate_turnover(self, field: StringField) -> None:
        """Ask for minutes."""
        if number_of(field.data) is None:
            raise StopValidation(_l("Enter the clearing time in minutes; 0 is possible."))

    @property
    def values(self) -> dict[str, Any]:
        """Return the room, as the operations take it."""
        name = {code: self[f"name_{code}"].data or "" for code in LANGUAGES}
        numbers = {"capacity": number_of(self.capacity.data), "turnover": number_of(self.turnover.data)}
        return {"code": self.code.data, "name": name, "hall_id": number_of(self.hall.data), **numbers}
