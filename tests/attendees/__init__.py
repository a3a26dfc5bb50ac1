"""Attendees: registration, hats, the organiser's list."""
