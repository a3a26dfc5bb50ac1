"""The words of applications, the form that decides about one, and the optional steps of a registration."""

from eventapp.exhibitors.forms.optional import CompanionsForm, ExtrasForm, ProductsForm, StepForm, extras_form
from eventapp.exhibitors.forms.words import KIND_NAMES, KIND_SHORT, SECTOR_NAMES, STATE_NAMES, DecisionForm

__all__ = ["KIND_NAMES", "KIND_SHORT", "SECTOR_NAMES", "STATE_NAMES", "CompanionsForm", "DecisionForm", "ExtrasForm", "ProductsForm", "StepForm", "extras_form"]
