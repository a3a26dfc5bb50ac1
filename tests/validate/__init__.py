"""Exports of the product against schemas that were not written here."""
