"""The words of stands, and the forms of whoever places exhibitors and looks for a stand."""

from eventapp.stands.forms.placing import LONGEST_ID, AllocateForm, BlockForm, GiveForm, MoveForm, SwapForm
from eventapp.stands.forms.searching import PlanFilter, metres_typed, plain_digits
from eventapp.stands.forms.words import DESK_STATES, SIDES, STATE_WORDS, stand_choices, stand_label

__all__ = [
    "DESK_STATES",
    "LONGEST_ID",
    "SIDES",
    "STATE_WORDS",
    "AllocateForm",
    "BlockForm",
    "GiveForm",
    "MoveForm",
    "PlanFilter",
    "SwapForm",
    "metres_typed",
    "plain_digits",
    "stand_choices",
    "stand_label",
]
