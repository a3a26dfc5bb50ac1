"""Who comes on stage: somebody who is known, or somebody new."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import StopValidation

from eventapp.core.texts import LANGUAGES
from eventapp.organisations.models import Person
from eventapp.programme.forms.words import ROLE_NAMES, line, number_of, offered
from eventapp.programme.models import StageRole
from eventapp.programme.rules import NewPerson, Organisation
from eventapp.web import i18n
from eventapp.web.forms import Form

NEW = "new"
ROLES = [role for role in ROLE_NAMES if role is not StageRole.SIGNATORY]


class StageForm(Form):
    """A person, their role, and for whom they are there; the fields stand in the page's order."""

    person = RadioField(_l("Who is it?"), validate_choice=False)
    given = line(_l("Given name"), 80)
    family = line(_l("Family name"), 80)
    given_ar = line(_l("Given name in Arabic"), 80)
    family_ar = line(_l("Family name in Arabic"), 80)
    certain = BooleanField(_l("It is another person of the same name"))
    role = SelectField(_l("Role"), validate_choice=False)
    organisation = line(_l("Company or institution"))
    country = SelectField(_l("Country of the company or institution"), validate_choice=False)
    capacity_fr = line(_l("Capacity in French"), description=_l("As in “President of the federation”."))
    capacity_ar = line(_l("Capacity in Arabic"))
    capacity_en = line(_l("Capacity in English"))

    def offer(self, found: Sequence[Person], known_for: Mapping[int, str]) -> None:
        """List the people found, each with every spelling and what they are known for, then somebody new."""
        people = [(str(person.id), " · ".join([*(f"\u2068{name.full}\u2069" for name in person.names), *filter(None, [known_for.get(person.id)])])) for person in found]
        self.person.choices = [*people, (NEW, _("Somebody who is not listed here") if people else _("Somebody new"))]
        self.role.choices = [(role.value, ROLE_NAMES[role]) for role in ROLES]
        self.country.choices = i18n.countries()
        if not people:
            self.person.data = NEW

    def validate_person(self, field: RadioField) -> None:
        """Ask for one of the list."""
        if field.data not in offered(field):
            raise StopValidation(_l("Choose one of the people found, or say that it is somebody else."))

    def validate_given(self, field: StringField) -> None:
        """Ask for a new person's name."""
        self._name(field, _l("Enter the given name."))

    def validate_family(self, field: StringField) -> None:
        """Ask for a new person's name."""
        self._name(field, _l("Enter the family name."))

    def _name(self, field: StringField, message: Any) -> None:
        if self.person.data == NEW and not any(character.isalpha() for character in field.data or ""):
            raise StopValidation(message)

    def validate_role(self, field: SelectField) -> None:
        """Ask for a role of the list."""
        if field.data not in offered(field):
            raise StopValidation(_l("Choose a role of the list."))

    def validate_country(self, field: SelectField) -> None:
        """Ask for a country of the list, where there is an organisation."""
        if self.organisation.data and field.data not in offered(field):
            raise StopValidation(_l("Choose a country of the list."))

    @property
    def who(self) -> int | NewPerson:
        """Return the person chosen, or the names of a new one."""
        known = number_of(self.person.data)
        return known if known is not None else NewPerson(self.given.data or "", self.family.data or "", self.given_ar.data or "", self.family_ar.data or "")

    @property
    def body(self) -> Organisation | None:
        """Return for whom they are there."""
        return Organisation(self.organisation.data, self.country.data) if self.organisation.data else None

    @property
    def capacity(self) -> Mapping[str, str]:
        """Return in which capacity."""
        return {code: self[f"capacity_{code}"].data or "" for code in LANGUAGES}
