"""Enrolment codes: how long they are good, and how they are read when somebody types them."""

from datetime import timedelta

CODE_LASTS = timedelta(minutes=30)
_LENGTH = 8


def code_as_written(code: str) -> str:
    """Write a code in two halves, as it is read out: ABCD-2345."""
    return f"{code[:4]}-{code[4:]}"


def code_as_typed(text: str) -> str | None:
    """Read a code however it was typed: in small letters, with spaces or without its dash; None for what cannot be one."""
    bare = "".join(c for c in text.upper() if c.isascii() and c.isalnum())
    return bare if len(bare) == _LENGTH else None
