"""The words of stands."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from eventapp.core.texts import RIGHT_TO_LEFT
from eventapp.exhibitors.models import StandKind
from eventapp.stands.queries import StandLine
from eventapp.web import i18n

SIDES = {1: _l("row, 1 open side"), 2: _l("corner, 2 open sides"), 3: _l("head, 3 open sides"), 4: _l("island, 4 open sides")}


STATE_WORDS = {
    "free": _l("free"),
    "held": _l("held for some minutes"),
    "requested": _l("asked for"),
    "allocated": _l("taken"),
    "blocked": _l("not on offer"),
}
DESK_STATES = {
    "free": _l("free"),
    "held": _l("held for some minutes"),
    "requested": _l("asked for"),
    "allocated": _l("allocated"),
    "blocked": _l("blocked"),
}


def stand_label(line: StandLine) -> str:
    """Write a stand for a list: number, area, open sides, kind."""
    kind = _("bare") if line.kind == StandKind.BARE else _("equipped")
    number = f"\u2068{line.number}\u2069" if i18n.language() in RIGHT_TO_LEFT else line.number  # else it would swap places with the area
    return _("%(number)s · %(area)s m² net · %(sides)s · %(kind)s", number=number, area=i18n.number(line.area_m2), sides=SIDES[line.open_sides], kind=kind)


def stand_choices(lines: Sequence[StandLine]) -> list[SelectChoice]:
    """List stands to choose from, by hall."""
    return [SelectChoice(str(line.id), stand_label(line), optgroup=i18n.text(line.hall)) for line in lines]
