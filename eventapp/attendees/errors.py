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


class AskedAlready(Refusal):
    """The exhibitor asked this person before, and the question is open."""

    message = N_("%(name)s was asked already and has not answered yet.")
    field = "family"


class SaidNo(Refusal):
    """The person does not want to be on this staff; only they can change that."""

    message = N_("%(name)s was asked and said no. The link in the mail still lets them say yes.")
    field = "family"


class RequestClosed(Refusal):
    """Nobody waits for the answer any more."""

    message = N_("This question is not open any more: the exhibitor took it back, or left the show.")


class OnStaffNow(Refusal):
    """Who said yes leaves a staff by its exhibitor."""

    message = N_("You said yes before, and you are on the staff. Ask the exhibitor to take you off it.")


class StaffFull(Refusal):
    """The stand's badges were used up between the question and the yes."""

    message = N_("All badges of the staff of %(exhibitor)s are used by now, so your badge stays as it is. Ask the exhibitor for one more, then say yes again.")


class OtherBadge(Refusal):
    """The person has a badge from elsewhere by now, which no exhibitor may download."""

    message = N_("Your badge is from the organiser or from another exhibitor now. Ask the organiser to put you on this staff.")


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


class LetterAsked(Refusal):
    """One letter at a time."""

    message = N_("A letter for %(name)s is asked for already.")


class PassportOdd(Refusal):
    """No passport has such a number."""

    message = N_("Enter the passport's number as it is printed: 5 to 20 letters and digits.")
    field = "number"
    status = 422


class PassportExpires(Refusal):
    """Nobody enters with it."""

    message = N_("The passport expires before the person leaves. Enter the date that is printed, or renew it first.")
    field = "expires_on"
    status = 422


class StayOdd(Refusal):
    """The stay has to do with the show."""

    message = N_("Enter a stay that includes a day of the show and is not longer than %(most)s days.")
    field = "leaves_on"
    status = 422


class LetterDecided(Refusal):
    """The request was answered, or taken back."""

    message = N_("This request is not open any more.")


class PassportErased(Refusal):
    """The letter's personal data are gone."""

    message = N_("The passport's data were erased, so this letter cannot be had any more.")
