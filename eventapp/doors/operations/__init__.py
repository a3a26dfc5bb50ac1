"""Verbs of the doors."""

from eventapp.doors.operations.devices import Enrolled, enrol, move_device, note_sign_of_life, prepare_device, revoke_device
from eventapp.doors.operations.gates import add_gate, change_gate, copy_gates
from eventapp.doors.operations.recording import Answer, record_scans

__all__ = ["Answer", "Enrolled", "add_gate", "change_gate", "copy_gates", "enrol", "move_device", "note_sign_of_life", "prepare_device", "record_scans", "revoke_device"]
