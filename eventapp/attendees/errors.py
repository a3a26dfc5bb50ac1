"""What is refused about attendees."""

from eventapp.core.errors import N_, Refusal


class RegistrationClosed(Refusal):
    """Visitors cannot register now."""

    message = N_("Visitor registration is closed at the moment. Write to %(contact)s if you have a question.")


class AlreadyOnStaff(Refusal):
    """Somebody of this name is on the exhibitor's staff already."""

    message = N_("%(name)s is on your list already.")
    field = "family"


class BadgeOfAnotherKind(Refusal):
    """The person has a badge of a kind that an exhibitor may neither see nor change."""

    message = N_("%(name)s has a badge from the organiser or from another exhibitor. Ask the organiser to add them to your staff.")
    field = "email"


class HatAlreadyWorn(Refusal):
    """The attendee is registered in this category already."""

    message = N_("%(name)s is registered in this category already.")
    field = "category"


class NameThere(Refusal):
    """Somebody of this name is there, and no address tells whether it is the same person."""

    message = N_("%(name)s is an attendee already (%(reference)s). If it is the same person, open their page in the list; if not, say below that it is somebody else.")
    field = "certain"


class NotAccepted(Refusal):
    """Only an accepted exhibitor has staff badges."""

    message = N_("Staff badges can be made once the application is accepted.")


class QuotaUsedUp(Refusal):
    """Every badge of the stand is used, and more can be ordered."""

    message = N_("All %(quota)s badges that come with your stand are used. Tick the box below to add an extra badge, or remove somebody first.")
    field = "extra"
    status = 422


class NoBadgesLeft(Refusal):
    """Every badge of the stand is used, and there are no more."""

    message = N_("All %(quota)s badges that come with your stand are used. Remove somebody first, or ask the organiser for more.")
    field = "family"
    status = 422


class SameAsAnother(Refusal):
    """Another attendee has this name and address: one person would be there twice."""

    message = N_("%(name)s is registered with this name and address already (%(reference)s). Keep that registration, and revoke the badge of this one.")
    field = "email"
