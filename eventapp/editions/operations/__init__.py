"""Verbs on editions."""

from eventapp.editions.operations.changing import change_days, change_settings, change_state, make_current, set_hours
from eventapp.editions.operations.halls import add_hall, change_hall, remove_hall
from eventapp.editions.operations.making import NewEdition, make_edition
from eventapp.editions.operations.zones import add_zone, change_zone, remove_zone

__all__ = [
    "NewEdition",
    "add_hall",
    "add_zone",
    "change_days",
    "change_hall",
    "change_settings",
    "change_state",
    "change_zone",
    "make_current",
    "make_edition",
    "remove_hall",
    "remove_zone",
    "set_hours",
]
