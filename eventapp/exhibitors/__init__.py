"""Exhibitors: an organisation's way from a first click to a confirmed participation, and its team."""
