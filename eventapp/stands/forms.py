"""The words of stands, and the form that gives one away."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from eventapp.core.texts import RIGHT_TO_LEFT
from eventapp.exhibitors.models import StandKind
from eventapp.stands.queries import StandLine
from eventapp.web import i18n
from eventapp.web.forms import Form, Within

LONGEST_ID = 10

SIDES = {1: _l("row, 1 open side"), 2: _l("corner, 2 open sides"), 3: _l("head, 3 open sides"), 4: _l("island, 4 open sides")}


STATE_WORDS = {
    "free": _l("free"),
    "held": _l("held for some minutes"),
    "requested": _l("asked for"),
    "allocated": _l("taken"),
    "blocked": _l("not on offer"),
}


def stand_label(line: StandLine) -> str:
    """Write a stand for a list: number, area, open sides, kind."""
    kind = _("bare") if line.kind == StandKind.BARE else _("equipped")
    number = f"\u2068{line.number}\u2069" if i18n.language() in RIGHT_TO_LEFT else line.number  # else it would swap places with the area
    return _("%(number)s · %(area)s m² net · %(sides)s · %(kind)s", number=number, area=i18n.number(line.area_m2), sides=SIDES[line.open_sides], kind=kind)


def stand_choices(lines: Sequence[StandLine]) -> list[SelectChoice]:
    """List stands to choose from, by hall."""
    return [SelectChoice(str(line.id), stand_label(line), optgroup=i18n.text(line.hall)) for line in lines]


class AllocateForm(Form):
    """Which stand an exhibitor gets: one of the free ones, or a number typed."""

    stand = SelectField(_l("Free stand"), validate_choice=False)
    number = StringField(_l("Or type a stand number"), validators=[Within(max=8, message=_l("A stand number has at most 8 characters."))])
    seen = HiddenField()

    def offer(self, wished: Sequence[StandLine], free: Sequence[StandLine]) -> None:
        """List the free stands: those wished first, then by hall."""
        first = [replace(choice, optgroup=_("Wished")) for choice in stand_choices(wished)]
        self.stand.choices = [SelectChoice("", _("Choose a stand")), *first, *stand_choices(free)]

    def validate_stand(self, field: SelectField) -> None:
        """Ask for one of the two."""
        if not self.number.data and not self.stand_id:
            raise StopValidation(_l("Choose a free stand, or type its number."))

    @property
    def stand_id(self) -> int | None:
        """Read the stand chosen."""
        chosen = self.stand.data or ""
        return int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < LONGEST_ID else None
