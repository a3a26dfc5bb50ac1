"""Decisions about applications, on plain values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from eventapp.exhibitors.errors import MessageIncomplete, NotPossibleNow, UnknownPlaceholder
from eventapp.exhibitors.models import SECTORS, ApplicationState

STEPS = ("organisation", "contact", "space")  # an application needs these
OPTIONAL_STEPS = ("products", "companions", "extras")
MOST_WISHES, MOST_PRODUCTS, MOST_COMPANIONS, LONGEST_PRODUCT, LONGEST_FASCIA = 3, 20, 20, 60, 30

_MOST = {"wishes": MOST_WISHES, "sectors": len(SECTORS), "products": MOST_PRODUCTS, "co_exhibitors": MOST_COMPANIONS, "represented": MOST_COMPANIONS}

_S = ApplicationState
# What an organiser or the exhibitor may do with an application: the verb, from which states, to which.
WAYS: dict[str, tuple[frozenset[ApplicationState], ApplicationState]] = {
    "accept": (frozenset({_S.SUBMITTED, _S.WAITLISTED, _S.REFUSED}), _S.ACCEPTED),
    "waitlist": (frozenset({_S.SUBMITTED, _S.REFUSED}), _S.WAITLISTED),
    "refuse": (frozenset({_S.SUBMITTED, _S.WAITLISTED}), _S.REFUSED),
    "withdraw": (frozenset({_S.SUBMITTED, _S.WAITLISTED, _S.ACCEPTED}), _S.WITHDRAWN),
}
ENDED = frozenset({_S.REFUSED, _S.WITHDRAWN})


def possible(state: str) -> list[str]:
    """List what may be done with an application in this state."""
    return [verb for verb, (before, _after) in WAYS.items() if state in before]


def next_state(verb: str, state: str) -> ApplicationState:
    """Say where a verb leads; refuse it where it leads nowhere."""
    before, after = WAYS[verb]
    if state not in before:
        raise NotPossibleNow
    return after


def first_missing(answers: Mapping[str, Any]) -> str | None:
    """Name the first step without answers."""
    return next((step for step in STEPS if step not in answers), None)


def mark(changed_at: datetime) -> str:
    """Mark a state of the answers, for the page that shows them."""
    return changed_at.isoformat(timespec="microseconds")


def quantities(extras: Mapping[str, str]) -> dict[str, Decimal]:
    """Read the quantities of extras as they are kept."""
    return {code: Decimal(quantity) for code, quantity in extras.items()}


PLACEHOLDERS, NO_STAND, LONGEST_SUBJECT = ("name", "stand"), "–", 200
_PLACEHOLDER = re.compile(r"\{([^{}\s]*)\}")


def check_message(subject: Mapping[str, str], text: Mapping[str, str], first: str) -> None:
    """Refuse a message that has no subject or text in the edition's first language, a language with one and not the other, or a placeholder that is none."""
    for language in {first, *subject, *text}:
        for part, texts in (("subject", subject), ("text", text)):
            if not texts.get(language) and (language == first or subject.get(language) or text.get(language)):
                raise MessageIncomplete(f"{part}_{language}")
            unknown = next((name for name in _PLACEHOLDER.findall(texts.get(language, "")) if name not in PLACEHOLDERS), None)
            if unknown is not None:
                raise UnknownPlaceholder(f"{part}_{language}", typed="{" + unknown + "}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of the placeholders of a text; values are taken as they are, whatever stands in them."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


@dataclass(frozen=True, kw_only=True)
class Application:
    """What an exhibitor tells when it applies."""

    name: str
    country: str
    contact_name: str
    contact_email: str
    name_ar: str = ""
    city: str = ""
    ice: str = ""
    sector: str = "other"
    website: str = ""
    contact_phone: str = ""
    language: str = "fr"
    stand_kind: str = "equipped"
    area: str = ""
    wishes: tuple[int, ...] = ()
    message: str = ""
    invoice_name: str = ""
    invoice_email: str = ""
    billing_entity: str = ""
    purchase_order: str = ""
    open_sides: str = ""
    fascia_name: str = ""
    sectors: tuple[str, ...] = ()  # beside the main one
    products: tuple[str, ...] = ()
    co_exhibitors: tuple[Mapping[str, str], ...] = ()
    represented: tuple[Mapping[str, str], ...] = ()
    extras: Mapping[str, str] = field(default_factory=dict)  # code and quantity
    another: str = ""  # it was said to be none of those that are known under a like name
    known_id: int | None = None  # the organisation that its own people register again

    @property
    def further_sectors(self) -> list[str]:
        """List the sectors beside the main one, each once."""
        return [sector for sector in dict.fromkeys(self.sectors) if sector != self.sector]

    @property
    def quantities(self) -> dict[str, Decimal]:
        """Read what is ordered beside the stand."""
        return quantities(self.extras)

    @property
    def area_wished(self) -> Decimal | None:
        """Read the area wished, in square metres."""
        return Decimal(self.area) if self.area else None


def with_space(answers: Mapping[str, Mapping[str, Any]], space: Mapping[str, str] | None) -> Mapping[str, Mapping[str, Any]]:
    """Let the kind and the area of a stand that is held count instead of those that were wished."""
    return {**answers, "space": {**answers.get("space", {}), **space}} if space else answers


def application(answers: Mapping[str, Mapping[str, Any]]) -> Application:
    """Put the answers of all steps together."""
    merged = {name: value for step in (*STEPS, *OPTIONAL_STEPS) for name, value in answers.get(step, {}).items()}
    lists = {name: tuple(merged.get(name, ()))[:most] for name, most in _MOST.items()}
    return Application(**{**merged, **lists})
