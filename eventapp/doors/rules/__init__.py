"""Decisions at doors, on plain values."""
