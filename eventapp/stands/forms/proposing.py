"""Forms of whoever lets stands be proposed: what counts, which stand instead, which lines, who is kept apart."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from eventapp.exhibitors.models import Exhibitor
from eventapp.stands.assignment import Weights
from eventapp.stands.forms.words import id_typed, stand_label
from eventapp.stands.models import Kept, RunState
from eventapp.stands.queries import StandLine
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField

HOW_MUCH = {0: _l("not at all"), 1: _l("a little"), 2: _l("as usual"), 4: _l("a lot")}
TOLERANCES = {"10": _l("at most 10 % smaller or larger"), "25": _l("at most 25 % smaller or larger"), "50": _l("at most 50 % smaller or larger"), "": _l("any area")}
RUN_STATES = {
    RunState.WAITING: _l("waiting for the worker"),
    RunState.RUNNING: _l("searching"),
    RunState.DONE: _l("done: nothing better exists"),
    RunState.CUT_OFF: _l("cut off before it was proved the best"),
    RunState.FAILED: _l("failed"),
}
_ONE_OF_THEM = _l("Choose one of the answers.")


def _weight(label: Any, description: Any, usual: int) -> SelectField:
    choices = [SelectChoice(str(weight), name) for weight, name in HOW_MUCH.items()]
    return SelectField(label, description=description, choices=choices, default=str(usual), invalid_choice_message=_ONE_OF_THEM)


class ProposeForm(Form):
    """How much each thing counts in a search."""

    wishes = _weight(_l("Wishes count"), _l("The first wish counts most, then the second and the third."), Weights.wishes)
    area = _weight(_l("Area and open sides count"), _l("How close a stand comes to the area that was asked for, and whether it has the open sides."), Weights.area)
    seniority = _weight(_l("Loyalty counts"), _l("Who exhibited at more earlier editions comes first. Between equals it is always who applied first."), Weights.seniority)
    neighbours = _weight(_l("Neighbours of the same sector count"), _l("Exhibitors of one sector stand side by side, or across an aisle."), Weights.neighbours)
    tolerance = SelectField(
        _l("A stand that nobody named may be"),
        description=_l("Compared with the area that was asked for. Stands that exhibitors named themselves always fit."),
        choices=[SelectChoice(code, name) for code, name in TOLERANCES.items()],
        default=str(Weights.tolerance),
        invalid_choice_message=_ONE_OF_THEM,
    )

    @property
    def weights(self) -> Weights:
        """Read them as the search takes them."""
        given = {name: int(self[name].data) for name in ("wishes", "area", "seniority", "neighbours")}
        return Weights(**given, tolerance=int(self.tolerance.data) if self.tolerance.data else None)


def weights_shown(weights: dict[str, Any]) -> dict[str, str]:
    """Write weights as the form shows them."""
    return {name: "" if value is None else str(value) for name, value in weights.items()}


class LineForm(Form):
    """Which stand is proposed for an exhibitor instead, and whether that stays so in the next search."""

    stand = SelectField(_l("Stand"), validate_choice=False)
    keep = BooleanField(_l("Keep this in the next search too"))
    version = VersionField()

    def offer(self, wished: Sequence[StandLine], free: Sequence[StandLine], given: dict[int, str]) -> None:
        """List the free stands, those wished first, each with whom it is proposed for."""
        groups = [(line, _("Wished")) for line in wished] + [(line, i18n.text(line.hall)) for line in free]
        labels = [(line, f"{stand_label(line)} · {_('proposed for %(name)s', name=given[line.id])}" if line.id in given else stand_label(line), group) for line, group in groups]
        self.stand.choices = [SelectChoice("", _("No stand: leave it out")), *(SelectChoice(str(line.id), label, optgroup=group) for line, label, group in labels)]

    def validate_stand(self, field: SelectField) -> None:
        """Refuse what no page offers."""
        if field.data and self.stand_id is None:
            raise StopValidation(_ONE_OF_THEM)

    @property
    def stand_id(self) -> int | None:
        """Read the stand chosen."""
        return id_typed(self.stand.data)

    @property
    def kept(self) -> Kept:
        """Read what stays so in the next search."""
        return (Kept.LOCKED if self.stand_id else Kept.OUT) if self.keep.data else Kept.NOTHING


class AcceptForm(Form):
    """Which lines of a proposal are accepted."""

    lines = SelectMultipleField(_l("Lines to accept"), choices=[], validate_choice=False)
    version = VersionField()

    @property
    def chosen(self) -> set[int]:
        """Read the exhibitors chosen."""
        return {number for number in map(id_typed, self.lines.data or []) if number is not None}


class VersionForm(Form):
    """One button of a page, with the version that the page showed."""

    version = VersionField()


class ApartForm(Form):
    """Which two exhibitors are kept apart."""

    one = SelectField(_l("Exhibitor"), validate_choice=False)
    other = SelectField(_l("Shall not be a neighbour of"), validate_choice=False)

    def offer(self, exhibitors: Sequence[Exhibitor]) -> None:
        """List who takes part or may."""
        choices = [SelectChoice("", _("Choose an exhibitor")), *(SelectChoice(str(one.id), f"\u2068{one.name(i18n.language())}\u2069") for one in exhibitors)]
        self.one.choices, self.other.choices = choices, list(choices)

    def validate_one(self, field: SelectField) -> None:
        """Ask for one."""
        if id_typed(field.data) is None:
            raise StopValidation(_("Choose an exhibitor."))

    def validate_other(self, field: SelectField) -> None:
        """Ask for the other one."""
        if id_typed(field.data) is None:
            raise StopValidation(_("Choose an exhibitor."))

    @property
    def pair(self) -> tuple[int, int]:
        """Read the two."""
        return id_typed(self.one.data) or 0, id_typed(self.other.data) or 0
