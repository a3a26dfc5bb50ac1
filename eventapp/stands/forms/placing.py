"""Forms that give stands away, move and swap them, and keep them back."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from eventapp.stands.forms.words import id_typed, stand_choices
from eventapp.stands.queries import Candidate, StandLine
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField, Within, required


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
        return id_typed(self.stand.data)


class GiveForm(Form):
    """Who gets a stand: an accepted exhibitor that has none."""

    exhibitor = SelectField(_l("Exhibitor"), validate_choice=False)

    def offer(self, candidates: Sequence[Candidate]) -> None:
        """List who has no stand: first those who wished this one."""
        wished = [SelectChoice(str(one.id), _candidate(one), optgroup=_("Wished this stand")) for one in candidates if one.rank]
        others = [SelectChoice(str(one.id), _candidate(one), optgroup=_("Accepted, without a stand")) for one in candidates if not one.rank]
        self.exhibitor.choices = [SelectChoice("", _("Choose an exhibitor")), *wished, *others]

    def validate_exhibitor(self, _field: SelectField) -> None:
        """Ask for one."""
        if self.exhibitor_id is None:
            raise StopValidation(_("Choose an exhibitor."))

    @property
    def exhibitor_id(self) -> int | None:
        """Read the exhibitor chosen."""
        return id_typed(self.exhibitor.data)


def _candidate(one: Candidate) -> str:
    """Write an exhibitor for the list: name, and what was asked for."""
    wished = _("%(area)s m²", area=i18n.number(one.area_wished)) if one.area_wished else ""
    kind = _("bare") if one.kind == "bare" else _("equipped")
    return " · ".join(part for part in (f"\u2068{one.name}\u2069", _("wish %(rank)s", rank=one.rank) if one.rank else "", wished, kind) if part)


class MoveForm(Form):
    """To which free stand who has one moves; `exhibitor` is who the page showed as having it."""

    to = SelectField(_l("Free stand"), validate_choice=False)
    exhibitor = VersionField()

    def offer(self, free: Sequence[StandLine]) -> None:
        """List the free stands, by hall."""
        self.to.choices = [SelectChoice("", _("Choose a stand")), *stand_choices(free)]

    def validate_to(self, _field: SelectField) -> None:
        """Ask for one."""
        if self.stand_id is None:
            raise StopValidation(_("Choose a free stand."))

    @property
    def stand_id(self) -> int | None:
        """Read the stand chosen."""
        return id_typed(self.to.data)


class SwapForm(Form):
    """With whom who has a stand swaps; both are named as the page showed them."""

    other = SelectField(_l("Stand of"), validate_choice=False)
    exhibitor = VersionField()

    def offer(self, placed: Sequence[StandLine], but: int | None) -> None:
        """List the stands that other exhibitors have, by number."""
        others = [SelectChoice(f"{one.id}-{one.holder_id}", f"\u2068{one.number}\u2069 · \u2068{one.taken_by}\u2069") for one in placed if one.holder_id != but]
        self.other.choices = [SelectChoice("", _("Choose an exhibitor")), *others]

    def validate_other(self, _field: SelectField) -> None:
        """Ask for one."""
        if None in self.chosen:
            raise StopValidation(_("Choose with whom to swap."))

    @property
    def chosen(self) -> tuple[int | None, int | None]:
        """Read the other stand and who was shown as having it."""
        stand, _dash, exhibitor = (self.other.data or "").partition("-")
        return id_typed(stand), id_typed(exhibitor)


class BlockForm(Form):
    """Why a stand is kept back."""

    reason = StringField(
        _l("Why it is kept back"),
        description=_l("Organisers see it; exhibitors and visitors do not."),
        validators=[required(_l("Say why, for instance: emergency exit.")), Within(max=200, message=_l("Shorten the reason to 200 characters."))],
    )
