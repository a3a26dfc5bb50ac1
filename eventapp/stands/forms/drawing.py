"""Forms of whoever draws the floor: every number is in metres from the hall's back left corner."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from eventapp.core.errors import Refusal
from eventapp.core.texts import LANGUAGES
from eventapp.exhibitors.forms import KIND_SHORT
from eventapp.stands.errors import HolderFirst
from eventapp.stands.forms.searching import metres_typed
from eventapp.stands.forms.words import FACE_NAMES, FEATURE_NAMES, id_typed
from eventapp.stands.rules import shapes, stand_number
from eventapp.web.forms import Form, VersionField, Within, required

_LENGTH = re.compile(r"-?\d{1,4}(\.\d{1,2})?")
_BETWEEN = re.compile(r"[;\n]+")
LONGEST_NUMBER = 8


def _choices(names: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(str(code), name) for code, name in names.items()]


def _is_length(typed: str) -> bool:
    return bool(_LENGTH.fullmatch(typed)) and not Decimal(typed) * 2 % 1 and abs(Decimal(typed)) * 2 <= shapes.MOST_HALF_METRES


def _a_length(_form: Any, field: Any) -> None:
    if not _is_length(field.data or ""):
        raise StopValidation(_("Enter metres in steps of half a metre: 4 or 4.5."))


def _length_field(label: Any) -> StringField:
    """Ask for metres on the grid, with a comma or a point; they may be negative, since the hall says where it ends."""
    return StringField(label, filters=[metres_typed], validators=[required(_l("Enter the metres.")), _a_length])


class ManyField(SelectMultipleField):
    """Several of a few, as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _number_field(label: Any) -> StringField:
    ends = Within(max=LONGEST_NUMBER, message=_l("A stand number has at most 8 characters."))
    return StringField(label, filters=[lambda typed: stand_number(typed or "")], validators=[required(_l("Enter a number, for instance B12.")), ends])


class HolderForm(Form):
    """What changes a stand that somebody may have: it is sent again with the mark of what the page showed first."""

    agreed = StringField(validators=[Within(max=40)])
    mark = ""
    version = VersionField()

    def refuse(self, refusal: Refusal) -> None:
        """Keep what is to be agreed to."""
        super().refuse(refusal)
        if isinstance(refusal, HolderFirst):
            self.mark = refusal.facts["mark"]


class BoxForm(HolderForm):
    """A rectangle: where its back left corner is, and how large it is."""

    x = _length_field(_l("From the left wall, in metres"))
    y = _length_field(_l("From the back wall, in metres"))
    width = _length_field(_l("Width in metres"))
    depth = _length_field(_l("Depth in metres"))

    @property
    def corners(self) -> Sequence[Sequence[int]]:
        """Read the corners, in half metres."""
        x, y, width, depth = (Decimal(field.data or "0") for field in (self.x, self.y, self.width, self.depth))
        return shapes.rectangle(x, y, width, depth)


class CornersForm(HolderForm):
    """Any shape with right angles: its corners, one after the other."""

    outline = TextAreaField(
        _l("Corners in metres"),
        description=_l("One corner to a line: from the left wall, then from the back wall. For instance 4.5 10."),
        validators=[required(_l("Give the corners, one to a line.")), Within(max=2000, message=_l("A stand has at most 40 corners."))],
    )

    def validate_outline(self, field: TextAreaField) -> None:
        """Read every line as two numbers."""
        for line in self._lines(field.data):
            if len(line) != 2 or not all(map(_is_length, line)):  # noqa: PLR2004 - x and y
                raise StopValidation(_("Write each corner as two numbers in steps of half a metre, for instance 4.5 10."))

    @staticmethod
    def _lines(typed: str | None) -> list[list[str]]:
        return [[str(metres_typed(part)) for part in line.split()] for line in _BETWEEN.split(typed or "") if line.strip()]

    @property
    def corners(self) -> Sequence[Sequence[int]]:
        """Read the corners, in half metres."""
        return [[shapes.half_metres(part) for part in line] for line in self._lines(self.outline.data)]


class NewStandForm(BoxForm):
    """A stand to draw; its open sides are those that lie on an aisle."""

    number = _number_field(_l("Stand number"))
    kind = SelectField(_l("Kind of stand"), choices=_choices(KIND_SHORT))


class DescribeForm(HolderForm):
    """A stand's number, kind and open sides."""

    number = _number_field(_l("Stand number"))
    kind = SelectField(_l("Kind of stand"), choices=_choices(KIND_SHORT))
    open_on = ManyField(_l("Open sides"), choices=_choices(FACE_NAMES))

    def validate_open_on(self, field: ManyField) -> None:
        """Ask for one at least."""
        if not field.data:
            raise StopValidation(_("A stand has one open side at least: say where one walks in."))

    @property
    def sides(self) -> str:
        """Write the open sides as they are stored."""
        return "".join(face for face in shapes.FACES if face in (self.open_on.data or []))


class SplitForm(Form):
    """Where a stand is cut, and the number of the second part."""

    across = SelectField(_l("Cut"), choices=_choices({"x": _l("from back to front, so far from the left wall"), "y": _l("from left to right, so far from the back wall")}))
    at = _length_field(_l("Where, in metres"))
    number = _number_field(_l("Number of the second part"))
    version = VersionField()

    @property
    def half_metres(self) -> int:
        """Read where the line runs."""
        return shapes.half_metres(self.at.data or "0")


class MergeForm(Form):
    """Which neighbours become one with a stand, and its number."""

    others = ManyField(_l("Together with"), choices=[], validate_choice=False)
    number = _number_field(_l("Number of the new stand"))
    version = VersionField()

    def validate_others(self, field: ManyField) -> None:
        """Ask for one at least."""
        if not self.chosen or len(self.chosen) != len(field.data or []):
            raise StopValidation(_("Choose the stands that become one."))

    @property
    def chosen(self) -> list[tuple[int, int]]:
        """Read the stands chosen, each with the version that the page showed."""
        pairs = [value.partition("-") for value in self.others.data or []]
        read = [(id_typed(stand), id_typed(version)) for stand, _dash, version in pairs]
        return [(stand, version) for stand, version in read if stand is not None and version is not None]


class NumberForm(Form):
    """Which stands get new numbers, and the first of them."""

    stands = ManyField(_l("Stands"), choices=[], validate_choice=False)
    first = _number_field(_l("First number"))

    def validate_stands(self, _field: ManyField) -> None:
        """Ask for one at least."""
        if not self.chosen:
            raise StopValidation(_("Choose the stands to number."))

    @property
    def chosen(self) -> list[int]:
        """Read the stands chosen."""
        return [number for number in map(id_typed, self.stands.data or []) if number is not None]


class FeatureForm(BoxForm):
    """Something beside stands, with its name where it has one."""

    kind = SelectField(_l("What"), choices=_choices(FEATURE_NAMES))
    seen = HiddenField()
    label_fr = StringField(_l("Name in French"), validators=[Within(max=40, message=_l("Shorten the name to 40 characters."))])
    label_ar = StringField(_l("Name in Arabic"), validators=[Within(max=40, message=_l("Shorten the name to 40 characters."))])
    label_en = StringField(_l("Name in English"), validators=[Within(max=40, message=_l("Shorten the name to 40 characters."))])

    @property
    def label(self) -> dict[str, str]:
        """Read the name in each language."""
        return {code: str(self[f"label_{code}"].data) for code in LANGUAGES if self[f"label_{code}"].data}


class RetireForm(Form):
    """Take a stand off the plan, if it is still as the page showed it."""

    version = VersionField()
