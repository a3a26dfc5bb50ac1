"""Organisations and people: one record each, across editions, however they are spelt."""
