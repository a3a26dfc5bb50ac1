"""Agreements: what is signed, by whom, for which party; the signing itself is a session of the programme."""
