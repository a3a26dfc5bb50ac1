"""Attendees: everybody who holds a badge, with one main category and all their hats."""
