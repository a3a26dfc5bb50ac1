"""The programme: rooms, sessions, people on stage, occupancy, publication."""
