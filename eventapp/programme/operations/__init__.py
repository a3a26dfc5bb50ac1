"""Verbs on the programme."""

from eventapp.programme.operations.placing import cancel_session, place_session, set_clearing, take_off_programme
from eventapp.programme.operations.planning import bring_on_stage, plan_session, revise_session
from eventapp.programme.operations.publishing import publish
from eventapp.programme.operations.rooms import add_room, change_room, copy_rooms, remove_room
from eventapp.programme.operations.sessions import add_session, change_session
from eventapp.programme.operations.stage import put_on_stage, set_signatories, take_off_stage

__all__ = [
    "add_room",
    "add_session",
    "bring_on_stage",
    "cancel_session",
    "change_room",
    "change_session",
    "copy_rooms",
    "place_session",
    "plan_session",
    "publish",
    "put_on_stage",
    "remove_room",
    "revise_session",
    "set_clearing",
    "set_signatories",
    "take_off_programme",
    "take_off_stage",
]
