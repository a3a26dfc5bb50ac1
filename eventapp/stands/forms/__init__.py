"""The words of stands, and the forms of whoever places exhibitors and looks for a stand."""

from eventapp.stands.forms.drawing import BoxForm, CornersForm, DescribeForm, FeatureForm, MergeForm, NewStandForm, NumberForm, RetireForm, SplitForm
from eventapp.stands.forms.placing import AllocateForm, BlockForm, GiveForm, MoveForm, SwapForm
from eventapp.stands.forms.proposing import HOW_MUCH, RUN_STATES, TOLERANCES, AcceptForm, ApartForm, LineForm, ProposeForm, VersionForm, weights_shown
from eventapp.stands.forms.searching import PlanFilter, metres_typed, plain_digits
from eventapp.stands.forms.words import CHANGE_NAMES, DESK_STATES, FACE_NAMES, FEATURE_NAMES, LONGEST_ID, SIDES, STATE_WORDS, id_typed, stand_choices, stand_label

__all__ = [
    "CHANGE_NAMES",
    "DESK_STATES",
    "FACE_NAMES",
    "FEATURE_NAMES",
    "HOW_MUCH",
    "LONGEST_ID",
    "RUN_STATES",
    "SIDES",
    "STATE_WORDS",
    "TOLERANCES",
    "AcceptForm",
    "AllocateForm",
    "ApartForm",
    "BlockForm",
    "BoxForm",
    "CornersForm",
    "DescribeForm",
    "FeatureForm",
    "GiveForm",
    "LineForm",
    "MergeForm",
    "MoveForm",
    "NewStandForm",
    "NumberForm",
    "PlanFilter",
    "ProposeForm",
    "RetireForm",
    "SplitForm",
    "SwapForm",
    "VersionForm",
    "id_typed",
    "metres_typed",
    "plain_digits",
    "stand_choices",
    "stand_label",
    "weights_shown",
]
