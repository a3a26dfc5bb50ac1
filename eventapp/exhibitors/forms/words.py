"""The words of applications, and the form that decides about one."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from eventapp.exhibitors.forms.desk import reason_field
from eventapp.exhibitors.models import SECTORS, ApplicationState, StandKind
from eventapp.web.forms import Form, VersionField, Within

WEBSITE = re.compile(r"(https?://)?[^\s/?#@\\]+\.[^\s/?#@\\]{2,}([/?#]\S*)?\Z", re.IGNORECASE)
SECTOR_NAMES = {
    "machine_tools": _l("Machine tools"),
    "sheet_metal": _l("Sheet metal"),
    "electronics": _l("Electronics"),
    "industrial_services": _l("Industrial services"),
    "plastics": _l("Plastics"),
    "subcontracting": _l("Subcontracting"),
    "microtechnique": _l("Microtechnique"),
    "metal_transformation": _l("Metal transformation"),
    "training": _l("Training"),
    "other": _l("Other sector"),
}
KIND_NAMES = {StandKind.EQUIPPED: _l("Equipped: walls, carpet, fascia and light"), StandKind.BARE: _l("Bare: the floor alone, you build on it")}
KIND_SHORT = {StandKind.EQUIPPED: _l("Equipped"), StandKind.BARE: _l("Bare")}
STATE_NAMES = {  # as organisers say it
    ApplicationState.SUBMITTED: _l("To decide"),
    ApplicationState.ACCEPTED: _l("Accepted"),
    ApplicationState.WAITLISTED: _l("On the waiting list"),
    ApplicationState.REFUSED: _l("Refused"),
    ApplicationState.WITHDRAWN: _l("Withdrawn"),
}

assert set(SECTOR_NAMES) == set(SECTORS)


def whole_address(website: str) -> str:
    """Write a website's address with https:// where it was typed without."""
    return f"https://{website}" if website and not website.lower().startswith(("https://", "http://")) else website


class DecisionForm(Form):
    """What the organiser decides, with a note for the contact."""

    reason = reason_field()
    note = TextAreaField(
        _l("Note to the contact"), description=_l("Goes into the mail, in your own words."), validators=[Within(max=2000, message=_l("Shorten the note to 2,000 characters."))]
    )
    version = VersionField()
