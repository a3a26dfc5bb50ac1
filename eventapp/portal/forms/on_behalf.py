"""Forms by which an organiser fills in or corrects an application for somebody: the steps of the registration on one page."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from eventapp.core.errors import Refusal
from eventapp.exhibitors.forms import StepForm
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.rules import Application, application
from eventapp.portal.forms import ContactForm, OrganisationForm, SpaceForm
from eventapp.stands.queries import StandLine
from eventapp.web.forms import Form, VersionField

ASKED = {"telephone": _l("by telephone"), "mail": _l("by e-mail"), "desk": _l("at our desk"), "nobody": _l("nobody: a correction of ours")}


def _optional(unbound: Any) -> Any:
    """Ask a question of the registration without needing an answer: what came from a list may lack it."""
    return type(unbound)(unbound.field_class, *unbound.args, **{**unbound.kwargs, "validators": [Optional(), *unbound.kwargs["validators"][1:]]})


class ReachForm(ContactForm):
    """Whom the organiser writes to; a telephone may not be known."""

    contact_phone = _optional(ContactForm.contact_phone)


class PlaceForm(SpaceForm):
    """Which space is wished, without the stands of the plan: those are allocated on it."""

    area = _optional(SpaceForm.area)
    wish_1 = wish_2 = wish_3 = None

    @property
    def wishes(self) -> list[Any]:
        """List no wish."""
        return []


class AskedForm(Form):
    """How a correction was asked for, and of which version of the application."""

    asked = SelectField(
        _l("How it was asked for"),
        description=_l("It stands in the trail, with your name."),
        choices=[SelectChoice(code, name) for code, name in ASKED.items()],
        invalid_choice_message=_l("Choose one of the options."),
    )
    version = VersionField()


class OnBehalf:
    """The steps that an application needs, as one form to whoever fills them in."""

    def __init__(self, saved: Mapping[str, Mapping[str, Any]], *, is_new: bool, beside: Form | None = None) -> None:
        """Build the steps from the request, and from what is known where nothing was sent."""
        self.organisation = OrganisationForm(data=saved.get("organisation"))
        self.contact = (ContactForm if is_new else ReachForm)(data=saved.get("contact"))
        self.space: SpaceForm = (SpaceForm if is_new else PlaceForm)(data=saved.get("space"))
        self.steps: dict[str, StepForm] = {"organisation": self.organisation, "contact": self.contact, "space": self.space}
        self.forms: list[Form] = [*self.steps.values(), *([beside] if beside else [])]

    def offer(self, stands: Sequence[StandLine]) -> None:
        """Let the organiser choose among the free stands."""
        self.space.offer(stands)

    def validate_on_submit(self) -> bool:
        """Check every step, so that all that is to mend is told at once."""
        checked = [form.validate_on_submit() for form in self.forms]
        return all(checked)

    @property
    def problems(self) -> list[tuple[str | None, str]]:
        """List what is to mend, each once."""
        return list(dict.fromkeys(problem for form in self.forms for problem in form.problems))

    @property
    def status(self) -> int:
        """Say with which status the page is answered."""
        return max(form.status for form in self.forms)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at its field, in whichever step that is, or above them."""
        next((form for form in self.forms if refusal.field and refusal.field in form), self.forms[0]).refuse(refusal)

    def answers(self) -> dict[str, dict[str, Any]]:
        """Collect the answers of the steps."""
        return {step: form.answers() for step, form in self.steps.items()}

    def application(self, country: str) -> Application:
        """Read the whole as an application of an organisation whose country stays."""
        answers = self.answers()
        return application({**answers, "organisation": {**answers["organisation"], "country": country}})


def answers_of(one: Exhibitor) -> dict[str, dict[str, Any]]:
    """Read an application as the answers of the steps."""
    plain = ("contact_name", "contact_email", "contact_phone", "language", "invoice_name", "invoice_email", "billing_entity", "purchase_order")
    who = {
        "name": one.public_name,
        "name_ar": one.public_name_ar,
        "country": one.organisation.country,
        "city": one.city,
        "sector": one.sector,
        "ice": one.ice,
        "website": one.website,
    }
    area = format(Decimal(one.area_wished).normalize(), "f") if one.area_wished else ""
    space = {"stand_kind": one.stand_kind, "area": area, "open_sides": str(one.open_sides_wished or ""), "fascia_name": one.fascia_name, "message": one.message}
    return {"organisation": who, "contact": {name: getattr(one, name) for name in plain}, "space": space}
