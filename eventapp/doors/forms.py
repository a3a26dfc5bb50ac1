"""Forms of the doors: shape and presence."""

import re
from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Regexp

from eventapp.core.texts import LANGUAGES
from eventapp.doors.models import Gate
from eventapp.editions.models import Zone
from eventapp.web import i18n
from eventapp.web.forms import Form, VersionField, Within, required

_LONG_NAME = _l("A gate's name can have 60 characters at most.")
OUTCOME_NAMES = {"admitted": _l("Admitted"), "already_inside": _l("Inside already"), "refused": _l("Refused"), "stored": _l("Decided by the phone")}
REASON_NAMES = {
    "ok": _l("Good badge"),
    "already_inside": _l("Was inside already"),
    "not_inside": _l("Left without having been read in"),
    "unknown_code": _l("Not a badge of ours"),
    "bad_signature": _l("Forged or damaged code"),
    "unknown_key": _l("Signed with a key that is not ours"),
    "other_edition": _l("Badge of another edition"),
    "not_yet_valid": _l("Badge not valid yet"),
    "expired": _l("Badge no longer valid"),
    "revoked": _l("Badge revoked"),
    "replaced": _l("Badge was replaced"),
    "zone": _l("No right to enter this zone"),
    "wrong_gate": _l("Wrong gate"),
    "malformed": _l("Unreadable"),
}


def _name(label: object, missing: object) -> StringField:
    return StringField(label, [required(missing), Within(max=60, message=_LONG_NAME)])


def _number(field: SelectField) -> int:
    """Read a chosen id; anything odd is one that never was."""
    given = field.data or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0  # noqa: PLR2004 - an id of the database


class GateForm(Form):
    """A gate: its name in three languages, and the zone it leads into."""

    version = VersionField()
    name_fr = _name(_l("Name in French"), _l("Enter the gate's name in French."))
    name_ar = _name(_l("Name in Arabic"), _l("Enter the gate's name in Arabic."))
    name_en = _name(_l("Name in English"), _l("Enter the gate's name in English."))
    zone = SelectField(_l("Leads into"), validate_choice=False)

    def offer(self, zones: Sequence[Zone]) -> None:
        """List the zones."""
        self.zone.choices = [(str(zone.id), i18n.text(zone.name)) for zone in zones]

    @property
    def name(self) -> dict[str, str]:
        """Return the name in all languages."""
        return {language: self[f"name_{language}"].data for language in LANGUAGES}

    @property
    def zone_id(self) -> int:
        """Return the zone chosen."""
        return _number(self.zone)


class NewGateForm(GateForm):
    """A gate that is not there yet has a code to choose."""

    code = StringField(
        _l("Code"),
        [
            required(_l("Enter a code for the gate.")),
            Within(max=20, message=_l("A gate's code can have 20 characters at most.")),
            Regexp(re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z"), message=_l("Use small letters, digits and hyphens, as in hall-c.")),
        ],
        description=_l("Short and unchangeable, as in hall-c; it stands in exports and addresses."),
    )


class DeviceForm(Form):
    """A device to prepare: for which gate, and what to call it."""

    gate = SelectField(_l("Gate"), validate_choice=False)
    label = StringField(
        _l("Name of the phone"),
        [Within(max=60, message=_l("A phone's name can have 60 characters at most."))],
        description=_l("So that you recognise it, for instance by who holds it. The steward may type another one."),
    )

    def offer(self, gates: Sequence[Gate]) -> None:
        """List the gates."""
        self.gate.choices = [(str(gate.id), i18n.text(gate.name)) for gate in gates]

    @property
    def gate_id(self) -> int:
        """Return the gate chosen."""
        return _number(self.gate)


class MoveForm(DeviceForm):
    """Another gate for a device."""

    label = None
