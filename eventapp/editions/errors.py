"""Why an edition cannot be made or changed so."""

from eventapp.core.errors import N_, Refusal


class SlugTaken(Refusal):
    """Another edition has the address."""

    message = N_("There is already an edition at /%(slug)s/. Choose another address.")
    field = "slug"


class SlugReserved(Refusal):
    """The program itself uses the address."""

    message = N_("“%(slug)s” is an address of the program itself. Choose another one, for instance %(slug)s-2027.")
    field = "slug"
    status = 422


class SlugOdd(Refusal):
    """An address is made of few letters."""

    message = N_("Write the address with small letters a to z, digits and single hyphens, beginning with a letter: for instance sistep-2027. 3 to 40 characters.")
    field = "slug"
    status = 422


class TextMissing(Refusal):
    """A text that every page needs is empty in every language."""

    message = N_("Enter it in one language at least.")
    status = 422

    def __init__(self, name: str) -> None:
        super().__init__()
        self.field = f"{name}_fr"


class LastDayFirst(Refusal):
    """The show would end before it begins."""

    message = N_("The last day comes before the first. Check both.")
    field = "last_day"
    status = 422


class TooManyDays(Refusal):
    """No show lasts so long."""

    message = N_("A show lasts at most %(most)s days. Check both days.")
    field = "last_day"
    status = 422


class OddYear(Refusal):
    """No show is held then."""

    message = N_("Enter a day between 1990 and 2099.")
    field = "first_day"
    status = 422


class RegistrationUpsideDown(Refusal):
    """Registration would close before it opens."""

    message = N_("Registration would end before it begins. Check both days.")
    status = 422

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.field = f"{kind}_until"


class ClosesBeforeOpening(Refusal):
    """The show would close before it opens."""

    message = N_("On %(day)s the show would close before it opens. Check both times.")
    status = 422


class NotADayOfTheEdition(Refusal):
    """The day is not one of the edition's any more."""

    message = N_("%(day)s is not a day of this edition any more. Look at its dates, then at the hours again.")


class NoSuchZone(Refusal):
    """The place of the clock is not known."""

    message = N_("We do not know that time zone. Choose one of the list.")
    field = "timezone"
    status = 422


class CurrentIsPublic(Refusal):
    """The home page shows the current edition, so everybody sees it."""

    message = N_("%(name)s is the current edition, which the home page shows. Make another edition the current one first.")
    field = "state"


class OnlyPublicIsCurrent(Refusal):
    """What nobody may see cannot be on the home page."""

    message = N_("Only a public edition can be the current one. Make %(name)s public first.")


class HallCodeTaken(Refusal):
    """Another hall of the edition has the code."""

    message = N_("There is already a hall with the code %(code)s. Choose another one.")
    field = "code"


class ZoneCodeTaken(Refusal):
    """Another zone of the edition has the code."""

    message = N_("There is already a zone with the code %(code)s. Choose another one.")
    field = "code"


class NoMoreZones(Refusal):
    """A badge has room for sixteen zones."""

    message = N_("An edition has at most 16 zones, since a badge carries no more. Change one of those there are.")


class CodeOdd(Refusal):
    """A code is short and plain."""

    message = N_("Write the code with letters, digits and hyphens only.")
    field = "code"
    status = 422


class HallSizeOdd(Refusal):
    """No hall is so large or so small."""

    message = N_("Give width and depth in metres, from 1 to 2,000, with at most one decimal.")
    field = "width_m"
    status = 422
