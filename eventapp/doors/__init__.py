"""Doors: gates, devices, scans, presence and visits."""
