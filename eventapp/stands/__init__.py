"""Stands: the floor plan in metres, wishes, allocations."""
