"""Rules for legal numbers and spellings, on plain values."""

import unicodedata

from eventapp.core.texts import fold
from eventapp.organisations.errors import IceCheckDigits, IceHasLetters, IceOfZeros, IceTooLong, IceTooShort

ICE_DIGITS = 15
_BETWEEN_DIGITS = {"-", ".", "/", "_"}
_NAME_LENGTH = 165  # folding may lengthen a name; two of them and what is between fit the column
_PERSON_LENGTH = 170
BETWEEN = "  "  # two spaces: folding leaves none such in a name


def _plain(character: str) -> str:
    """Write a digit of any script as 0 to 9; drop what people put between digits."""
    if character.isspace() or character in _BETWEEN_DIGITS:
        return ""
    return str(unicodedata.digit(character, character))


def ice_number(typed: str) -> str | None:
    """Read a typed ICE: 15 digits, the whole number divisible by 97; None for nothing, a refusal that says what is wrong."""
    number = "".join(_plain(character) for character in typed)
    if not number:
        return None
    odd = sorted({character for character in number if not (character.isascii() and character.isdigit())})
    if odd:
        raise IceHasLetters(found=" ".join(odd[:5]))
    if len(number) < ICE_DIGITS:
        raise IceTooShort(count=len(number))
    if len(number) > ICE_DIGITS:
        raise IceTooLong(count=len(number))
    if not int(number):
        raise IceOfZeros
    if int(number) % 97:
        raise IceCheckDigits(digits=number[-2:])
    return number


def folded_name(name: str) -> str:
    """Fold an organisation's name, so that one spelling finds the other."""
    return fold(name)[:_NAME_LENGTH].strip()


def folded_names(name: str, name_ar: str | None) -> str:
    """Fold both names of an organisation into one text to search in."""
    return BETWEEN.join(folded_name(one) for one in (name, name_ar) if one)


def folded_person(given: str, family: str) -> str:
    """Fold a person's name, so that one spelling finds the other."""
    return fold(f"{given} {family}")[:_PERSON_LENGTH]
