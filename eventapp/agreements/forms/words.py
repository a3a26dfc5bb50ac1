"""The words of agreements."""

from flask_babel import lazy_gettext as _l

from eventapp.agreements.models import AgreementKind, AgreementState
from eventapp.organisations.models import OrganisationKind

KIND_NAMES = {
    AgreementKind.MEMORANDUM: _l("Memorandum of understanding"),
    AgreementKind.FRAMEWORK: _l("Framework agreement"),
    AgreementKind.SPECIFIC: _l("Specific agreement"),
    AgreementKind.CONTRACT: _l("Contract"),
    AgreementKind.LETTER_OF_INTENT: _l("Letter of intent"),
    AgreementKind.AMENDMENT: _l("Amendment"),
}
STATE_NAMES = {AgreementState.PROPOSED: _l("To schedule"), AgreementState.SCHEDULED: _l("Scheduled")}
ORGANISATION_KINDS = {
    OrganisationKind.COMPANY: _l("Company"),
    OrganisationKind.SCHOOL: _l("School or university"),
    OrganisationKind.FEDERATION: _l("Federation or association"),
    OrganisationKind.MINISTRY: _l("Ministry or public body"),
    OrganisationKind.OTHER: _l("Something else"),
}
