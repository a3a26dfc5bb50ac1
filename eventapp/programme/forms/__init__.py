"""Forms of the programme: shape and presence."""

from eventapp.programme.forms.rooms import RoomForm
from eventapp.programme.forms.session import ClearingForm, ConfirmForm, SessionForm
from eventapp.programme.forms.stage import StageForm

__all__ = ["ClearingForm", "ConfirmForm", "RoomForm", "SessionForm", "StageForm"]
