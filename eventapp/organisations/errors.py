"""Why a legal number cannot be right."""

from eventapp.core.errors import N_, Refusal


class IceHasLetters(Refusal):
    """The number has something else than digits."""

    message = N_("An ICE has digits only; this one has %(found)s. Type the 15 digits.")
    field = "ice"
    status = 422


class IceTooShort(Refusal):
    """Digits are missing."""

    message = N_("An ICE has 15 digits; this one has %(count)s, so digits are missing. Zeros at the start count too.")
    field = "ice"
    status = 422


class IceTooLong(Refusal):
    """There are too many digits."""

    message = N_("An ICE has 15 digits; this one has %(count)s. Take out what does not belong to it.")
    field = "ice"
    status = 422


class IceOfZeros(Refusal):
    """It has no digit but 0."""

    message = N_("An ICE is more than zeros. Leave it empty if the company has none.")
    field = "ice"
    status = 422


class IceCheckDigits(Refusal):
    """The last two digits do not fit the others."""

    message = N_("The last two digits, %(digits)s, do not fit the thirteen before them, so at least one digit is wrong. Compare it with the company's papers.")
    field = "ice"
    status = 422
