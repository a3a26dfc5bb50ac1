"""Verbs on agreements."""

from eventapp.agreements.operations.recording import change_agreement, delete_agreement, propose_agreement
from eventapp.agreements.operations.signing import schedule_signing, signing_left_programme, unschedule_signing

__all__ = ["change_agreement", "delete_agreement", "propose_agreement", "schedule_signing", "signing_left_programme", "unschedule_signing"]
