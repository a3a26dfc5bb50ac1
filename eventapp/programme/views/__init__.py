"""The organisers' pages of the programme."""

from eventapp.programme.views import listing, publishing, rooms, sessions, stage
from eventapp.programme.views.blueprint import programme_organiser

__all__ = ["listing", "programme_organiser", "publishing", "rooms", "sessions", "stage"]
