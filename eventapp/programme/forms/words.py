"""The programme's words, and how its forms read numbers and times."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField
from wtforms.validators import StopValidation

from eventapp.programme.models import SessionKind, StageRole
from eventapp.web.forms import Within

LONGEST_NUMBER = 9

KIND_NAMES = {
    SessionKind.INAUGURATION: _l("Inauguration"),
    SessionKind.CONFERENCE: _l("Conference"),
    SessionKind.ROUND_TABLE: _l("Round table"),
    SessionKind.WORKSHOP: _l("Workshop"),
    SessionKind.DEMONSTRATION: _l("Demonstration"),
    SessionKind.SIGNING: _l("Agreement signing"),
    SessionKind.CEREMONY: _l("Ceremony"),
}
STATE_NAMES = {"scheduled": _l("Scheduled"), "draft": _l("Without a time"), "cancelled": _l("Cancelled")}
ROLE_NAMES = {StageRole.SPEAKER: _l("Speaker"), StageRole.CHAIR: _l("Chair"), StageRole.SIGNATORY: _l("Signatory"), StageRole.WITNESS: _l("Witness")}

DEEDS = {  # what the trail calls it, as organisers read it
    "session.added": _l("Added"),
    "session.changed": _l("Changed in what it says"),
    "session.placed": _l("Got its time and room"),
    "session.moved": _l("Moved"),
    "session.taken_off": _l("Taken off the programme"),
    "session.cancelled": _l("Cancelled"),
    "session.clearing_set": _l("Clearing time changed"),
    "session.person_added": _l("Somebody came on stage"),
    "session.person_removed": _l("Somebody left the stage"),
    "session.signatories_set": _l("Who signs was set by the agreement"),
}


def line(label: Any, most: int = 160, *more: Callable[[Any, Field], None], description: Any = "") -> StringField:
    """Make a field for one line of text, whatever was pasted."""
    bound = Within(max=most, message=_l("Shorten this to %(max)d characters."))
    return StringField(label, [bound, *more], description=description, filters=[lambda text: " ".join(text.split()) if text else text])


def number_of(typed: str | None) -> int | None:
    """Read a typed whole number, in digits of any script; None when it is none."""
    plain = "".join(str(unicodedata.digit(c, c)) for c in (typed or "").strip())
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= LONGEST_NUMBER else None


def minutes_of(typed: str | None) -> int | None:
    """Read a typed time of day as minutes after midnight: 14:30, 14h30, 14.30; None when it is none."""
    hours, _sign, rest = (typed or "").strip().lower().replace("h", ":").replace(".", ":").partition(":")
    hour, minute = number_of(hours), number_of(rest or "0")
    if hour is None or minute is None or not (hour < 24 and minute < 60):  # noqa: PLR2004 - a day's hours, an hour's minutes
        return None
    return hour * 60 + minute


def one_of(codes: Callable[[Any], Iterable[str]], message: Any) -> Callable[[Any, Field], None]:
    """Ask for one of the codes that the form offers."""

    def check(form: Any, field: Field) -> None:
        if field.data not in set(codes(form)):
            raise StopValidation(message)

    return check


def offered(field: Field) -> set[str]:
    """List what a choice offers."""
    return {str(code) for code, _label in field.choices}
