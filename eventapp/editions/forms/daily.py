"""The forms that have a row for each day of the show: opening hours, and who may enter a zone."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField
from wtforms.validators import Optional

from eventapp.editions.forms.fields import LONGEST_NAME, Section, TimeOfDayField, add_texts, in_languages
from eventapp.editions.models import Category
from eventapp.web import i18n
from eventapp.web.forms import Within, required

EVERY_DAY = "every"

CATEGORY_NAMES = {
    Category.VISITOR: _l("Visitors"),
    Category.EXHIBITOR: _l("Exhibitors' staff"),
    Category.BUILD_UP: _l("Build-up crews"),
    Category.SPEAKER: _l("Speakers"),
    Category.SIGNATORY: _l("Signatories"),
    Category.OFFICIAL: _l("Official delegations"),
    Category.VIP: _l("Guests of honour"),
    Category.PRESS: _l("Press"),
    Category.STUDENT: _l("Students"),
    Category.ORGANISER: _l("Organisers"),
    Category.SECURITY: _l("Security"),
    Category.SERVICE: _l("Service providers"),
}


class HoursForm(Section):
    """When the show is open, day by day; a day without times is closed. Its fields are those of the edition's days: see `hours_form`."""

    DAYS: ClassVar[Sequence[date]] = ()

    def hours(self) -> dict[date, tuple[time, time] | None]:
        """Read the times of each day; None where it is closed."""
        typed = {day: (self[f"opens_{day.isoformat()}"].data, self[f"closes_{day.isoformat()}"].data) for day in self.DAYS}
        return {day: (opens, closes) if opens and closes else None for day, (opens, closes) in typed.items()}

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for both times of a day, or for none."""
        good = super().validate(extra_validators)
        for day in self.DAYS:
            opens, closes = self[f"opens_{day.isoformat()}"], self[f"closes_{day.isoformat()}"]
            if bool(opens.data) != bool(closes.data) and not (opens.errors or closes.errors):
                empty = closes if opens.data else opens
                empty.errors = [_l("Enter both times, or none when the show is closed on that day.")]
                good = False
        return good

    @classmethod
    def stored(cls, thing: Any) -> dict[str, Any]:
        """Read the hours that are stored."""
        known = {row.day: row for row in thing.hours}
        opens = {f"opens_{day.isoformat()}": known[day].opens if day in known else None for day in cls.DAYS}
        return opens | {f"closes_{day.isoformat()}": known[day].closes if day in known else None for day in cls.DAYS}


def hours_form(days: Sequence[date]) -> type[HoursForm]:
    """Make the form of some days' hours."""
    fields: dict[str, Any] = {"DAYS": tuple(days)}
    for day in days:
        name = i18n.day(day, "weekday")
        fields[f"opens_{day.isoformat()}"] = TimeOfDayField(_l("%(day)s: opens", day=name), validators=[Optional()])
        fields[f"closes_{day.isoformat()}"] = TimeOfDayField(_l("%(day)s: closes", day=name), validators=[Optional()])
    return type("HoursOfDays", (HoursForm,), fields)


class ZoneForm(Section):
    """A zone and who may enter it. Its boxes are those of the edition's days: see `zone_form`."""

    TEXTS = ("name",)
    PLAIN = ("code",)
    DAYS: ClassVar[Sequence[date]] = ()

    code = StringField(
        _l("Code"), description=_l("Short and plain: vip."), validators=[required(_l("Enter the code.")), Within(max=20, message=_l("Shorten it to %(most)s characters.", most=20))]
    )

    def who(self) -> list[tuple[Category, date | None]]:
        """Read who may enter: on every day, or on single days."""
        return [(category, day) for category in Category for day in (None, *self.DAYS) if self[_box(category, day)].data]

    def box(self, category: Category, day: date | None) -> Field:
        """Find the box of a category and a day."""
        return self[_box(category, day)]

    @classmethod
    def stored(cls, thing: Any) -> dict[str, Any]:
        """Read the zone that is stored."""
        there = {(rule.category, rule.day) for rule in thing.rules}
        return super().stored(thing) | {_box(category, day): (category, day) in there for category in Category for day in (None, *cls.DAYS)}


def _box(category: Category, day: date | None) -> str:
    return f"{category.value}_{day.isoformat() if day else EVERY_DAY}"


def zone_form(days: Sequence[date]) -> type[ZoneForm]:
    """Make the form of a zone for some days."""
    fields: dict[str, Any] = {"DAYS": tuple(days)}
    for category in Category:
        fields[_box(category, None)] = BooleanField(_l("%(category)s, every day", category=CATEGORY_NAMES[category]))
        for day in days:
            fields[_box(category, day)] = BooleanField(_l("%(category)s, %(day)s", category=CATEGORY_NAMES[category], day=i18n.day(day, "weekday")))
    made = type("ZoneOfDays", (ZoneForm,), fields)
    add_texts(made, {"name": in_languages(_l("Name"), LONGEST_NAME)})
    return made


class EmptyHall:
    """What the form of a new hall shows."""

    code = ""
    name: ClassVar[dict[str, str]] = {}
    width_m = None
    depth_m = None


class EmptyZone:
    """What the form of a new zone shows."""

    code = ""
    name: ClassVar[dict[str, str]] = {}
    rules = ()
