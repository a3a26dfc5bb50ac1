"""Why a session cannot be there, then, or with these people."""

from eventapp.core.errors import N_, Refusal


class RoomTaken(Refusal):
    """Another session has the room."""

    message = N_("%(room)s is already taken on %(day)s from %(since)s to %(until)s by “%(title)s”. Choose another room or another time.")
    field = "room"


class RoomStillCleared(Refusal):
    """Another session has the room, or the time for clearing it, which comes after every session there."""

    message = N_(
        "%(room)s is taken on %(day)s from %(since)s to %(until)s by “%(title)s”, and needs %(minutes)s min for clearing after every session. Leave that time free, or choose another room."
    )
    field = "room"


class PersonDoubleBooked(Refusal):
    """Somebody is in another session at that time."""

    message = N_("%(name)s: already in “%(title)s” on %(day)s from %(since)s to %(until)s (%(room)s). Nobody can be in two places at once: choose another time.")
    field = "start"


class PartsOverlap(Refusal):
    """Two parts of one session are at the same time."""

    message = N_("“%(title)s” would overlap “%(other)s”, from %(since)s to %(until)s: parts of one session follow one another. Choose another time.")
    field = "start"


class PartOutside(Refusal):
    """A part does not lie within the session it is a part of."""

    message = N_("“%(title)s” must lie within “%(whole)s”, on %(day)s from %(since)s to %(until)s.")
    field = "start"
    status = 422


class PartOfPart(Refusal):
    """A part cannot have parts."""

    message = N_("“%(title)s” is itself a part of another session. Choose a whole session.")
    field = "parent"
    status = 422


class HasParts(Refusal):
    """A session with parts cannot become a part."""

    message = N_("“%(title)s” has parts of its own, so it cannot become a part of another session.")
    field = "parent"
    status = 422


class WholeNotScheduled(Refusal):
    """The session to be a part of has no time yet."""

    message = N_("“%(title)s” has no time yet. Schedule it first, then its parts.")
    field = "parent"
    status = 422


class OffGrid(Refusal):
    """The time does not lie on the grid of five minutes."""

    message = N_("The programme runs in steps of five minutes. Choose a time that ends in 0 or 5.")
    field = "start"
    status = 422


class LengthOffGrid(Refusal):
    """The length does not lie on the grid of five minutes."""

    message = N_("A session lasts at least five minutes, in steps of five minutes.")
    field = "length"
    status = 422


class PastMidnight(Refusal):
    """The session would run into the next day."""

    message = N_("A session ends by midnight. Make it shorter, or begin earlier.")
    field = "length"
    status = 422


class NotADayOfTheShow(Refusal):
    """The day is not one of the edition's."""

    message = N_("The show runs from %(first)s to %(last)s. Choose one of its days.")
    field = "day"
    status = 422


class ClosedThatDay(Refusal):
    """The show has no opening hours on that day."""

    message = N_("The show is closed on %(day)s. Choose another day, or give that day opening hours in the settings.")
    field = "day"
    status = 422


class OutsideHours(Refusal):
    """The show is not open all the time that the session takes, and nobody said that it is meant."""

    message = N_("On %(day)s the show is open from %(opens)s to %(closes)s, and this is outside. Change the time, or tick the box if it is meant.")
    field = "outside"
    status = 422


class NoSuchTime(Refusal):
    """The clocks jump over that time."""

    message = N_("The clocks go forward on %(day)s, so %(time)s does not exist on that day. Choose another time.")
    field = "start"
    status = 422


class RoomMissing(Refusal):
    """A scheduled session needs a room."""

    message = N_("Choose a room: a session with a time needs one.")
    field = "room"
    status = 422


class TitleMissing(Refusal):
    """A session needs a title in some language."""

    message = N_("Enter a title in one language at least.")
    field = "title_fr"
    status = 422


class TitleTooLong(Refusal):
    """A title is too long."""

    message = N_("Write a title of at most %(most)s characters; this one has %(count)s.")
    field = "title_fr"
    status = 422


class SessionCancelled(Refusal):
    """A cancelled session is not changed any more."""

    message = N_("“%(title)s” is cancelled. Add a new session instead.")


class AlreadyOnStage(Refusal):
    """The person has that role in the session already."""

    message = N_("%(name)s already has this role in this session.")
    field = "person"


class PersonKnown(Refusal):
    """Somebody of that name is known; a new record might be a second one for the same person."""

    message = N_("%(name)s is known already. Choose them among the people found, or say that it is another person of the same name.")
    field = "person"


class SignatoriesOfAgreement(Refusal):
    """Who signs is said by the agreement."""

    message = N_("Who signs is said by the agreement. Change it on the agreement's page.")
    field = "role"


class StaysASigning(Refusal):
    """A session with signatories stays a signing."""

    message = N_("“%(title)s” is the signing of an agreement, so its kind stays. Take its time away on the agreement's page first.")
    field = "kind"


class RoomCodeTaken(Refusal):
    """Another room of the edition has the code."""

    message = N_("There is already a room with the code %(code)s. Choose another one.")
    field = "code"


class RoomInUse(Refusal):
    """A room with sessions cannot be removed."""

    message = N_("%(room)s is used by %(count)s of the programme's sessions. Move them first.")


class TurnoverOffGrid(Refusal):
    """The time for clearing does not lie on the grid."""

    message = N_("Give the time for clearing in steps of five minutes, at most 240.")
    field = "turnover"
    status = 422


class CapacityMissing(Refusal):
    """A room holds somebody."""

    message = N_("Enter how many people the room holds: 1 to %(most)s.")
    field = "capacity"
    status = 422


class NameMissing(Refusal):
    """A room needs a name in some language."""

    message = N_("Enter the room's name in one language at least.")
    field = "name_fr"
    status = 422


class CodeMissing(Refusal):
    """A room needs a code."""

    message = N_("Enter a short code for the room, for instance A1.")
    field = "code"
    status = 422


class NoClearingOfItsOwn(Refusal):
    """Only a session with a time and a room of its own is cleared after."""

    message = N_("“%(title)s” has no clearing time of its own. A part is cleared with its whole; a session without a time is not cleared at all.")
    field = "clearing"


class ClearingTooLong(Refusal):
    """A session's clearing time can be shorter than the room's, not longer."""

    message = N_("Give a clearing time in steps of five minutes that is shorter than the room's %(minutes)s min.")
    field = "clearing"
    status = 422


class ClearingReasonMissing(Refusal):
    """A shorter clearing time needs a reason."""

    message = N_("Write in a few words why less clearing time will do.")
    field = "reason"
    status = 422


class NothingToPublish(Refusal):
    """The published version says the same."""

    message = N_("Nothing has changed since version %(number)s was published.")


class NothingThereYet(Refusal):
    """An empty programme is not published."""

    message = N_("No session has a time and a room yet. Schedule one, then publish.")


class SessionsOutside(Refusal):
    """The show cannot be over, or closed, while a session is on."""

    message = N_("These sessions would lie outside the show's days: %(sessions)s. Move them or take them off the programme first.")
    field = "last_day"


class HallHasRooms(Refusal):
    """A hall with rooms cannot be removed."""

    message = N_("Hall %(hall)s has rooms of the programme: %(rooms)s. Give them another hall first.")
