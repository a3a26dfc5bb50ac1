"""A party and a signatory in the form of an agreement: parts of it, with names of their own for every field."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from eventapp.agreements.forms.words import ORGANISATION_KINDS
from eventapp.agreements.queries import KnownOrganisation, KnownPerson
from eventapp.agreements.rules import PartyDetails, Signer, stands_for
from eventapp.core.texts import LANGUAGES, fold
from eventapp.organisations.models import OrganisationKind
from eventapp.web import i18n
from eventapp.web.forms import Form, Within, required

NEW = "new"
SEPARATOR = " · "
_MOST_PLACES = 3
_NAME = [Within(max=80, message=_l("Shorten the name to 80 characters."))]
_CAPACITY = [Within(max=160, message=_l("Shorten the capacity to 160 characters."))]


class Part(Form):
    """A part of the form; the whole carries the token against forgery."""

    class Meta(Form.Meta):
        """How the part is bound."""

        csrf = False

    def typed(self) -> dict[str, Any]:
        """Return what was typed, by the short name of each field."""
        return {field.short_name: field.data for field in self}

    def is_blank(self) -> bool:
        """Say whether nothing was typed."""
        return not any(field.data for field in self if isinstance(field, StringField))


def _choose(field: RadioField, choices: list[tuple[str, str]], default: str | None) -> None:
    """Offer what a name may mean; an earlier answer stays where it still is an answer."""
    field.choices = choices
    if field.data not in dict(choices):
        field.data = default


class SignatoryForm(Part):
    """Who signs for a party, and as what."""

    given = StringField(_l("Given name"), validators=_NAME)
    family = StringField(_l("Family name"), validators=_NAME)
    given_ar = StringField(_l("Given name in Arabic"), validators=_NAME)
    family_ar = StringField(_l("Family name in Arabic"), validators=_NAME)
    capacity_fr = StringField(_l("Capacity in French"), description=_l("As in: Président de la FIMME"), validators=_CAPACITY)
    capacity_ar = StringField(_l("Capacity in Arabic"), validators=_CAPACITY)
    capacity_en = StringField(_l("Capacity in English"), validators=_CAPACITY)
    person = RadioField(_l("Who is that?"), choices=[], validate_choice=False)

    def validate_family(self, field: StringField) -> None:
        """Ask for a name once anything is typed."""
        if not fold(field.data or "") and not self.is_blank():
            raise StopValidation(_l("Enter the family name in Latin letters, or clear this signatory."))

    def offer(self, known: Sequence[KnownPerson], organisation: Collection[str] = ()) -> None:
        """List whom the name may mean. One who is spelt just so and known for this organisation is taken to be meant.

        Other namesakes are offered, and somebody new is taken to be meant; of another spelling it is asked.
        """
        exact = [one for one in known if one.exact]
        sure = [str(one.person.id) for one in exact if stands_for(one.traces, organisation)]
        choices = [(str(one.person.id), _person_label(one)) for one in known]
        default = sure[0] if len(sure) == 1 else NEW if exact and not sure else None
        _choose(self.person, [*choices, (NEW, _("Somebody else, who is new here"))] if known else [(NEW, _("New here"))], default if known else NEW)

    @property
    def must_answer(self) -> bool:
        """Say whether it is open who is meant."""
        return not self.is_blank() and not self.person.data

    @property
    def spellings(self) -> list[tuple[str, str, str]]:
        """List the spellings typed: script, given name, family name."""
        return self.signer().spellings

    def signer(self) -> Signer:
        """Write the answer; a person is one that was offered."""
        chosen = self.person.data if self.person.data in dict(self.person.choices) else ""
        names = {name: self[name].data or "" for name in ("given", "family", "given_ar", "family_ar")}
        capacity = {code: self[f"capacity_{code}"].data or "" for code in LANGUAGES}
        return Signer(**names, capacity=capacity, person_id=int(chosen) if chosen not in {"", NEW} else None, is_new=chosen == NEW)


def _person_label(known: KnownPerson) -> str:
    """Write a known person: every spelling, then where they appear and as what, so that namesakes are told apart."""
    spelt = SEPARATOR.join(dict.fromkeys(f"\u2068{name.full}\u2069" for name in known.person.names))
    said = [_(", ").join(f"\u2068{text}\u2069" for part in (one.role, one.organisation, one.where) if (text := i18n.text(part))) for one in known.traces]
    places = list(dict.fromkeys(filter(None, said)))[:_MOST_PLACES]
    return _("%(name)s: %(places)s", name=spelt, places="; ".join(places)) if places else _("%(name)s: nothing else is known", name=spelt)


class PartyForm(Part):
    """An organisation that the agreement binds."""

    name = StringField(_l("Name of the organisation"), validators=[required(_l("Enter the name of the organisation, or remove this party."))])
    name_ar = StringField(_l("Name in Arabic"))
    kind = SelectField(
        _l("Kind of organisation"),
        choices=[SelectChoice(*one) for one in ORGANISATION_KINDS.items()],
        default=OrganisationKind.COMPANY,
        invalid_choice_message=_l("Choose one of the list."),
    )
    country = SelectField(_l("Country"), default="MA", invalid_choice_message=_l("Choose a country of the list."))
    city = StringField(_l("City"), validators=[Within(max=80, message=_l("Shorten the name to 80 characters."))])
    organisation = RadioField(_l("Which organisation is that?"), choices=[], validate_choice=False)

    def __init__(self, *args: Any, signatories: Sequence[SignatoryForm] = (), **kwargs: Any) -> None:
        """Build the part, with who signs for this party."""
        super().__init__(*args, **kwargs)
        self.signatories = list(signatories)
        self.country.choices = dict(i18n.countries(kept=self.country.object_data))

    def validate_name(self, field: StringField) -> None:
        """Ask for a name that has letters."""
        if not fold(field.data or ""):
            raise StopValidation(_l("Enter the name with letters."))

    def names(self, known: Sequence[KnownOrganisation]) -> list[str]:
        """List the names of the organisation: as typed, and as it is known where it is settled which one is meant."""
        meant = [one.organisation for one in known if str(one.organisation.id) == self.organisation.data]
        return [self.name.data or "", self.name_ar.data or "", *(name or "" for one in meant for name in (one.name, one.name_ar))]

    def offer(self, known: Sequence[KnownOrganisation]) -> None:
        """List which organisation the name may mean; the one of that name in that country is the one."""
        here = [one for one in known if one.exact and one.organisation.country == self.country.data]
        choices = [(str(one.organisation.id), _organisation_label(one)) for one in known]
        new = [] if here else [(NEW, _("Another organisation, which is new here") if known else _("New here"))]
        _choose(self.organisation, [*choices, *new], str(here[0].organisation.id) if here else None if known else NEW)

    @property
    def must_answer(self) -> bool:
        """Say whether it is open which organisation is meant."""
        return not self.organisation.data

    def details(self) -> PartyDetails:
        """Write the answer, with who signs."""
        chosen = self.organisation.data or ""
        facts = {name: self[name].data or "" for name in ("name", "name_ar", "kind", "country", "city")}
        signers = tuple(one.signer() for one in self.signatories if not one.is_blank())
        return PartyDetails(**facts, organisation_id=int(chosen) if chosen not in {"", NEW} else None, signers=signers)


def _organisation_label(known: KnownOrganisation) -> str:
    one = known.organisation
    place = _(", ").join(part for part in (one.city, i18n.country(one.country)) if part)
    return SEPARATOR.join(f"\u2068{part}\u2069" for part in (one.name, one.name_ar, place) if part)
