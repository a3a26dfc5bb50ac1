"""The public schedule: pages, calendars, data."""
