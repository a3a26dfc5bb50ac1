"""Why an agreement cannot be recorded, changed, scheduled or deleted like that."""

from eventapp.core.errors import N_, Refusal


class TitleMissing(Refusal):
    """An agreement needs a title in some language."""

    message = N_("Enter the agreement's title in one language at least.")
    field = "title_fr"
    status = 422


class TitleTooLong(Refusal):
    """A title is too long for the programme."""

    message = N_("Write a title of at most %(most)s characters; this one has %(count)s.")
    field = "title_fr"
    status = 422


class PartiesMissing(Refusal):
    """An agreement binds two parties at least."""

    message = N_("An agreement binds two parties at least. Add the other one.")
    status = 422


class TooMany(Refusal):
    """There are more parties or signatories than fit."""

    message = N_("An agreement has at most %(parties)s parties, and each of them at most %(signatories)s signatories.")
    status = 422


class PartyNameMissing(Refusal):
    """A party has no name."""

    message = N_("Enter the party's name.")
    field = "name"
    status = 422


class PartyTwice(Refusal):
    """An organisation is a party twice."""

    message = N_("%(name)s is a party already. An organisation is a party once: remove one of the two.")
    field = "name"


class PersonNameMissing(Refusal):
    """A signatory has no name."""

    message = N_("Enter the signatory's family name, in Latin letters at least.")
    field = "family"
    status = 422


class SignsTwice(Refusal):
    """A person signs twice."""

    message = N_("%(name)s signs already, for %(party)s. A person signs an agreement once.")
    field = "family"


class SeveralOfThatName(Refusal):
    """The name alone does not say who it is."""

    message = N_("We know several people called %(name)s. Choose which one signs.")
    field = "person"


class AlreadyRecorded(Refusal):
    """The same agreement is there already."""

    message = N_("“%(title)s” is recorded already, between the same parties. Open it in the list, or give this one another title.")


class SignatoryMissing(Refusal):
    """Nobody signs for a party."""

    message = N_("Nobody signs for %(name)s yet. Say who does, then schedule the signing.")
    status = 422


class StaysSigned(Refusal):
    """A scheduled agreement keeps a signatory for each party."""

    message = N_("The signing is scheduled, so somebody must sign for %(name)s. Take it out of the programme first, or say who signs.")
    status = 422


class NotScheduled(Refusal):
    """There is no signing in the programme."""

    message = N_("“%(title)s” has no time in the programme.")


class StillScheduled(Refusal):
    """A scheduled agreement is not deleted."""

    message = N_("“%(title)s” is in the programme. Take its signing out first, then delete it.")
