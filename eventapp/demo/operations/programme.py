"""Rooms, sessions, people on stage; all through the programme's own operations, so that occupancy holds."""
