"""The form of an agreement, one matter a page: what is agreed, between whom, who signs, a last look.

The whole form travels with every page, so that nothing is kept on the server, nothing typed is lost, and no script is needed.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from eventapp.agreements.forms.parties import PartyForm, SignatoryForm
from eventapp.agreements.forms.words import KIND_NAMES
from eventapp.agreements.models import Agreement, AgreementKind
from eventapp.agreements.rules import LEAST_PARTIES, LONGEST_TITLE, MOST_PARTIES, MOST_SIGNATORIES, AgreementDetails
from eventapp.core.errors import Refusal
from eventapp.core.texts import LANGUAGES
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField, Within, required

STEPS = ("agreement", "parties", "signatories", "check")
Typed = dict[str, Any]
_ACT = re.compile(r"(add|remove|up)-(party|signatory)(?:-([0-9]))?(?:-([0-9]))?")
_NO_KIND = _l("Choose the kind of agreement.")
_TITLE = [Within(max=LONGEST_TITLE, message=_l("Shorten the title to 160 characters."))]
_SUBJECT = [Within(max=2000, message=_l("Shorten the subject to 2,000 characters."))]


class WhatForm(Form):
    """What is agreed."""

    kind = RadioField(_l("Kind of agreement"), choices=[SelectChoice(*one) for one in KIND_NAMES.items()], validators=[required(_NO_KIND)], invalid_choice_message=_NO_KIND)
    title_fr = StringField(_l("Title in French"), validators=_TITLE)
    title_ar = StringField(_l("Title in Arabic"), validators=_TITLE)
    title_en = StringField(_l("Title in English"), validators=_TITLE)
    subject_fr = TextAreaField(
        _l("Subject in French"), description=_l("What the parties commit to, in a few sentences. It shows on the public page of the signing."), validators=_SUBJECT
    )
    subject_ar = TextAreaField(_l("Subject in Arabic"), validators=_SUBJECT)
    subject_en = TextAreaField(_l("Subject in English"), validators=_SUBJECT)
    version = VersionField()

    lead = LANGUAGES[0]

    def validate_title_fr(self, _field: StringField) -> None:
        """Ask for a title in French where that is the show's first language."""
        self._ask("fr")

    def validate_title_ar(self, _field: StringField) -> None:
        """Ask for a title in Arabic where that is the show's first language."""
        self._ask("ar")

    def validate_title_en(self, _field: StringField) -> None:
        """Ask for a title in English where that is the show's first language."""
        self._ask("en")

    def _ask(self, language: str) -> None:
        if language == self.lead and not self[f"title_{language}"].data:
            raise StopValidation(_l("Enter the title in this language; readers of another one see it when theirs lacks."))


class AgreementForm:
    """The whole form: what is agreed, the parties, and for each who signs; `step` is the page that is open."""

    def __init__(self, what: WhatForm, parties: list[PartyForm], step: str, lead: str) -> None:
        self.what, self.parties, self.step, self.lead = what, parties, step if step in STEPS else STEPS[0], lead
        self.refusal: str | None = None
        what.lead = lead
        what[f"title_{lead}"].flags.required = True

    @classmethod
    def sent(cls, given: MultiDict[str, str], lead: str) -> "AgreementForm":
        """Read a form that was sent; what there cannot be of it is left out."""
        parties = []
        for number in range(MOST_PARTIES):
            if f"parties-{number}-name" not in given and number >= LEAST_PARTIES:
                break
            there = [place for place in range(MOST_SIGNATORIES) if f"parties-{number}-signatories-{place}-family" in given]
            signatories = [SignatoryForm(given, prefix=f"parties-{number}-signatories-{place}") for place in there]
            parties.append(PartyForm(given, prefix=f"parties-{number}", signatories=signatories))
        return cls(WhatForm(given), parties, given.get("step", ""), lead)

    @classmethod
    def of(cls, typed: Typed, step: str, lead: str) -> "AgreementForm":
        """Write a form with these answers, at least two parties."""
        rows = [*typed["parties"], *({} for _more in range(len(typed["parties"]), LEAST_PARTIES))]
        parties = []
        for number, row in enumerate(rows):
            people = [SignatoryForm(None, prefix=f"parties-{number}-signatories-{place}", data=one) for place, one in enumerate(row.get("signatories") or [{}])]
            facts = {name: value for name, value in row.items() if name != "signatories"}
            parties.append(PartyForm(None, prefix=f"parties-{number}", data=facts, signatories=people))
        return cls(WhatForm(None, data=typed["what"]), parties, step, lead)

    @classmethod
    def blank(cls, lead: str) -> "AgreementForm":
        """Write a form without answers."""
        return cls.of({"what": {}, "parties": []}, STEPS[0], lead)

    @classmethod
    def about(cls, agreement: Agreement, step: str, lead: str) -> "AgreementForm":
        """Write a form with the answers that an agreement holds."""
        return cls.of(_answers(agreement), step, lead)

    def typed(self) -> Typed:
        """Return every answer."""
        parties = [{**party.typed(), "signatories": [one.typed() for one in party.signatories]} for party in self.parties]
        return {"what": {field.short_name: field.data for field in self.what if field.name != "csrf_token"}, "parties": parties}

    def parts(self, step: str) -> list[Form]:
        """List the parts that a page asks for."""
        people = [one for party in self.parties for one in party.signatories]
        return {"agreement": [self.what], "parties": list(self.parties), "signatories": people}.get(step, [])

    def others(self) -> Iterator[Field]:
        """Go through the fields that the open page carries along unseen."""
        for step in STEPS:
            if step != self.step:
                yield from (field for part in self.parts(step) for field in part if field.name != "csrf_token" and not self._shown_at_check(field))

    def _shown_at_check(self, field: Field) -> bool:
        return self.step == "check" and field.short_name in {"person", "organisation"} and len(field.choices or ()) > 1

    def is_right(self, *steps: str) -> bool:
        """Check the answers of some pages; open the first one that has something to mend."""
        for step in steps:
            right = [part.validate() for part in self.parts(step)]  # every part says what is wrong with it
            if not all(right):
                self.step = step
                return False
        return True

    def says_who(self) -> bool:
        """Check at the last look that no name is left open."""
        for party in self.parties:
            if party.must_answer:
                party.organisation.errors = [_("Say which organisation %(name)s is: the name alone does not say it.", name=party.name.data)]
            for one in party.signatories:
                if one.must_answer:
                    one.person.errors = [_("Say who %(name)s is: the name alone does not say it.", name=f"{one.given.data} {one.family.data}".strip())]
        return not self.problems

    def press(self, act: str) -> "AgreementForm":
        """Answer a button that records nothing: the page before or after, one more party, one signatory less."""
        if act == "next" and self.step != "check":
            if self.is_right(*STEPS[: STEPS.index(self.step) + 1]):
                self.step = STEPS[STEPS.index(self.step) + 1]
            return self
        if act == "back":
            self.step = STEPS[max(0, STEPS.index(self.step) - 1)]
            return self
        if act.removeprefix("step-") in STEPS[:3]:
            self.step = act.removeprefix("step-")
            return self
        typed = self.typed()
        _rearrange(typed["parties"], _ACT.fullmatch(act))
        return AgreementForm.of(typed, self.step, self.lead)

    def details(self) -> AgreementDetails:
        """Write the answers."""
        by_language = {name: {code: self.what[f"{name}_{code}"].data or "" for code in LANGUAGES} for name in ("title", "subject")}
        return AgreementDetails(AgreementKind(self.what.kind.data), **by_language, parties=tuple(party.details() for party in self.parties))

    @property
    def problems(self) -> list[tuple[str | None, str]]:
        """List what is to mend on the open page: the field's id (None for the whole form) and the message."""
        found: list[tuple[str | None, str]] = [(None, self.refusal)] if self.refusal else []
        parts: list[Form] = [part for step in STEPS for part in self.parts(step)] if self.step == "check" else self.parts(self.step)
        return found + [problem for part in parts for problem in part.problems]

    @property
    def status(self) -> int:
        """Say with which status the form's page is answered: 422 when something is to mend."""
        return 422 if self.problems else 200

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the party or signatory that it is about, or above the form; the page of that field opens."""
        number, place = refusal.facts.get("at", (None, None))
        party = self.parties[number] if number is not None and number < len(self.parties) else None
        people = [one for one in party.signatories if not one.is_blank()] if party else []
        part = people[place] if place is not None and place < len(people) else party
        field = next((one for one in part if one.short_name == refusal.field), None) if part else None
        if field is None:
            self.refusal = i18n.explain(refusal)
        else:
            field.errors = [*field.errors, i18n.explain(refusal)]
            self.step = "check" if refusal.field == "person" else "signatories" if place is not None else "parties"


def _rearrange(parties: list[Typed], asked: re.Match[str] | None) -> None:
    """Add, remove or move a party or a signatory; what cannot be done changes nothing."""
    if asked is None:
        return
    verb, what, number, place = asked[1], asked[2], int(asked[3] or 0), int(asked[4] or 0)
    if what == "party":
        _rearrange_parties(parties, verb, number)
    elif number < len(parties):
        people = parties[number]["signatories"]
        if verb == "add" and len(people) < MOST_SIGNATORIES:
            people.append({})
        elif verb == "remove" and place < len(people):
            del people[place]


def _rearrange_parties(parties: list[Typed], verb: str, number: int) -> None:
    if verb == "add" and len(parties) < MOST_PARTIES:
        parties.append({})
    elif verb == "remove" and number < len(parties) > LEAST_PARTIES:
        del parties[number]
    elif verb == "up" and 0 < number < len(parties):
        parties[number - 1 : number + 1] = [parties[number], parties[number - 1]]


def _answers(agreement: Agreement) -> Typed:
    what: Typed = {"kind": agreement.kind, "version": agreement.version}
    what |= {f"title_{code}": agreement.title.get(code, "") for code in LANGUAGES} | {f"subject_{code}": agreement.subject.get(code, "") for code in LANGUAGES}
    parties = []
    for party in agreement.parties:
        known = party.organisation
        facts = {"name": known.name, "name_ar": known.name_ar or "", "kind": known.kind, "country": known.country, "city": known.city, "organisation": str(known.id)}
        parties.append({**facts, "signatories": [_signs(one.person.names, one.capacity, one.person_id) for one in party.signatories]})
    return {"what": what, "parties": parties}


def _signs(names: list[Any], capacity: Mapping[str, str], person_id: int) -> Typed:
    first = {script: next((name for name in names if name.script == script), None) for script in ("latn", "arab")}
    latin, arabic = first["latn"], first["arab"]
    facts: Typed = {"given": latin.given if latin else "", "family": latin.family if latin else "", "person": str(person_id)}
    facts |= {"given_ar": arabic.given if arabic else "", "family_ar": arabic.family if arabic else ""}
    return facts | {f"capacity_{code}": capacity.get(code, "") for code in LANGUAGES}
