"""The forms of an edition's rules and conditions for exhibitors."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from eventapp.editions.forms import Section
from eventapp.editions.forms.fields import add_texts, in_languages
from eventapp.exhibitors.models import BadgeRelease, ExhibitingConditions, StandWay
from eventapp.exhibitors.operations.settings import RulesPlan
from eventapp.pricing.forms import CountField

LONGEST_CONDITIONS = 20_000
WAY_NAMES = {
    StandWay.FIRST_COME: _l("First come: a stand is held for some minutes, then asked for; nobody else can have it until you decide"),
    StandWay.WISH_LIST: _l("Wish list: exhibitors name up to three stands, and you place everybody"),
}
RELEASE_NAMES = {
    BadgeRelease.ACCEPTANCE: _l("as soon as the exhibitor is accepted"),
    BadgeRelease.DEPOSIT: _l("once the deposit is paid"),
    BadgeRelease.FULL_PAYMENT: _l("once everything is paid"),
}
_ONE_OF_THEM = _l("Choose one of the options.")


class RulesForm(Section):
    """How an edition deals with applications."""

    PLAIN: ClassVar = ("stand_way", "hold_minutes", "request_days", "accepts_at_once", "badges_from")

    stand_way = RadioField(_l("How stands find their exhibitors"), choices=[SelectChoice(way.value, name) for way, name in WAY_NAMES.items()], invalid_choice_message=_ONE_OF_THEM)
    hold_minutes = CountField(_l("A hold lasts, in minutes"), description=_l("It can be made longer once."), validators=[InputRequired(_l("Enter the minutes of a hold."))])
    request_days = CountField(
        _l("A request waits for you, in days"), description=_l("Then the stand is free again by itself."), validators=[InputRequired(_l("Enter the days of a request."))]
    )
    accepts_at_once = BooleanField(_l("Accept at once whoever sends an application for a stand that they hold"))
    badges_from = RadioField(
        _l("Staff badges can be had"), choices=[SelectChoice(release.value, name) for release, name in RELEASE_NAMES.items()], invalid_choice_message=_ONE_OF_THEM
    )

    @property
    def plan(self) -> RulesPlan:
        """Read the rules as the operation takes them."""
        length = {"hold_minutes": self.hold_minutes.data or 0, "request_days": self.request_days.data or 0}
        return RulesPlan(StandWay(self.stand_way.data), **length, accepts_at_once=bool(self.accepts_at_once.data), badges_from=BadgeRelease(self.badges_from.data))


class ConditionsForm(Section):
    """The conditions for exhibitors in each language; its version is the number that was on the page."""

    TEXTS: ClassVar = ("text",)

    @classmethod
    def of(cls, conditions: ExhibitingConditions | None) -> "ConditionsForm":
        """Build the form from the request, and from the conditions that count."""
        return cls.showing(conditions or ExhibitingConditions(text={}), conditions.number if conditions else 0)


_texts: dict[str, Any] = {"text": in_languages(_l("Conditions"), LONGEST_CONDITIONS, long=True)}
add_texts(ConditionsForm, _texts)
