"""The words of agreements, and their forms."""

from eventapp.agreements.forms.agreement import STEPS, AgreementForm
from eventapp.agreements.forms.parties import PartyForm, SignatoryForm
from eventapp.agreements.forms.signing import ConfirmForm, SigningForm, before, hours_label, versions
from eventapp.agreements.forms.words import KIND_NAMES, ORGANISATION_KINDS, STATE_NAMES

__all__ = [
    "KIND_NAMES",
    "ORGANISATION_KINDS",
    "STATE_NAMES",
    "STEPS",
    "AgreementForm",
    "ConfirmForm",
    "PartyForm",
    "SignatoryForm",
    "SigningForm",
    "before",
    "hours_label",
    "versions",
]
