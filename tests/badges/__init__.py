"""Badges: the token, its symbol, the card, the ways in and out."""
