"""Editions: one holding of the show, with dates, venue, halls, zones, categories and settings."""
