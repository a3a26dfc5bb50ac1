"""The forms of an edition's settings: what is typed, as the operations take it."""

from eventapp.editions.forms.daily import CATEGORY_NAMES, EmptyHall, EmptyZone, HoursForm, ZoneForm, hours_form, zone_form
from eventapp.editions.forms.fields import Section
from eventapp.editions.forms.sections import STATE_NAMES, ContactForm, DaysForm, HallForm, NamesForm, NewEditionForm, PlaceForm, PrivacyForm, RegistrationForm, StateForm

__all__ = [
    "CATEGORY_NAMES",
    "STATE_NAMES",
    "ContactForm",
    "DaysForm",
    "EmptyHall",
    "EmptyZone",
    "HallForm",
    "HoursForm",
    "NamesForm",
    "NewEditionForm",
    "PlaceForm",
    "PrivacyForm",
    "RegistrationForm",
    "Section",
    "StateForm",
    "ZoneForm",
    "hours_form",
    "zone_form",
]
