"""The words of stands."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from eventapp.core.texts import RIGHT_TO_LEFT
from eventapp.exhibitors.models import StandKind
from eventapp.stands.models import FeatureKind
from eventapp.stands.queries import StandLine
from eventapp.web import i18n

LONGEST_ID = 10

SIDES = {1: _l("row, 1 open side"), 2: _l("corner, 2 open sides"), 3: _l("head, 3 open sides"), 4: _l("island, 4 open sides")}


STATE_WORDS = {
    "free": _l("free"),
    "held": _l("held for some minutes"),
    "requested": _l("asked for"),
    "allocated": _l("taken"),
    "blocked": _l("not on offer"),
}
FACE_NAMES = {"N": _l("towards the back wall"), "E": _l("on the right"), "S": _l("towards the front"), "W": _l("on the left")}
FEATURE_NAMES = {
    FeatureKind.AISLE: _l("Aisle"),
    FeatureKind.PILLAR: _l("Pillar"),
    FeatureKind.DOOR: _l("Door"),
    FeatureKind.WALL: _l("Wall"),
    FeatureKind.SERVICE: _l("Service"),
}
CHANGE_NAMES = {
    "added": _l("Stand added"),
    "reshaped": _l("Stand moved or drawn anew"),
    "described": _l("Number, kind or open sides changed"),
    "numbered": _l("Stands numbered"),
    "retired": _l("Stand taken off the plan"),
    "merged": _l("Stands made one"),
    "split": _l("Stand cut in two"),
    "feature_added": _l("Something drawn beside stands"),
    "feature_changed": _l("Something beside stands changed"),
    "feature_removed": _l("Something beside stands removed"),
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


def id_typed(typed: str | None) -> int | None:
    """Read an id that a page offered; anything odd is none."""
    typed = typed or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_ID else None
