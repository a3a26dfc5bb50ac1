"""Why an application or a team cannot be changed that way."""

from eventapp.core.errors import N_, AtField, NotAllowed, Refusal


class RegistrationClosed(Refusal):
    """The edition takes no applications now."""

    message = N_("Exhibitor registration is closed. Write to %(contact)s if you have a question.")


class AlreadySent(Refusal):
    """This registration became an application before."""

    message = N_("This registration was already sent.")


class StepMissing(Refusal):
    """A step has no answers yet."""

    message = N_("Some questions have no answer yet. Answer them, then check everything once more.")


class AnswersChanged(Refusal):
    """The answers are not those that the page showed."""

    message = N_("Your answers were changed in another window since this page was opened. Check them once more, then send.")


class AlreadyApplied(Refusal):
    """The organisation has a living application in the edition."""

    message = N_(
        "%(organisation)s already has an application for this edition. If a colleague sent it, ask them to invite you to their team; otherwise write to the organiser at %(contact)s."
    )


class NotPossibleNow(Refusal):
    """The application's state does not allow that."""

    message = N_("This cannot be done any more: the application is in another state. The page below shows where it stands now.")


class OwnerStays(Refusal):
    """An exhibitor always has an owner."""

    message = N_("The owner cannot leave the team. Hand the ownership over to a colleague first.")


class OwnersOnly(NotAllowed):
    """Who asks is of the team and not its owner, or not any more."""

    message = N_("Only the owner of the application may do this. The ownership may have been handed over since you opened the page.")


class AlreadyInTeam(Refusal):
    """The address belongs to somebody in the team."""

    message = N_("%(email)s is already in the team.")
    field = "email"


class ConditionsNotAccepted(Refusal):
    """The conditions that count were not accepted: they are new, or another version was on the page."""

    message = N_("The conditions of participation were changed since this page was opened. Read them once more, then accept them.")
    field = "accepted"


class PriceOrdered(Refusal):
    """Somebody ordered at this price."""

    message = N_("Exhibitors ordered %(code)s. Take it off sale instead of removing it.")


class TextMissing(Refusal):
    """Conditions say something."""

    message = N_("Write the conditions in at least one language.")
    field = "text_fr"
    status = 422


class MinutesOdd(Refusal):
    """No stand is held so short or so long."""

    message = N_("Enter the minutes of a hold, from %(least)s to %(most)s.")
    field = "hold_minutes"
    status = 422


class DaysOdd(Refusal):
    """No request waits so short or so long."""

    message = N_("Enter the days of a request, from 1 to %(most)s.")
    field = "request_days"
    status = 422


class ViewNameTaken(Refusal):
    """A view of the work list has a name of its own among those of its maker."""

    message = N_("You have a view called “%(name)s” already. Choose another name.")
    field = "name"


class NobodyChosen(Refusal):
    """A step is for some applications."""

    message = N_("No application is chosen. Tick at least one, or choose the whole list.")
    status = 422


class CellMissing(Refusal):
    """A cell is empty that every row needs."""

    message = N_("Nothing is written here, and it is needed.")


class CellTooLong(Refusal):
    """A cell has more than fits."""

    message = N_("This has %(count)s characters; at most %(most)s fit.")


class CellUnknown(Refusal):
    """A cell has a word that is not one of a few."""

    message = N_("“%(text)s” is not known. Write for instance %(example)s.")


class IceRounded(Refusal):
    """A spreadsheet wrote a number in short, and its last digits are lost."""

    message = N_("The spreadsheet shortened this number to %(text)s, and digits are lost. Format the column as text and type the 15 digits.")


class StandUnknown(Refusal):
    """No stand has that number."""

    message = N_("There is no stand %(stand)s on the plan.")


class StandsTooMany(Refusal):
    """More stands are asked for than can be."""

    message = N_("At most %(most)s stands can be asked for, separated by commas.")


class RowTwice(Refusal):
    """Two rows are about one organisation."""

    message = N_("Row %(row)s is about the same organisation.")


class ColumnsNotSaid(Refusal):
    """Nobody said which column holds what every row needs."""

    message = N_("Say which column of your file has this.")
    status = 422

    def __init__(self, field: str) -> None:
        super().__init__()
        self.field = field


class ColumnTwice(ColumnsNotSaid):
    """One column was chosen for two things."""

    message = N_("This column was chosen already. Choose another one, or none.")


class ListNotReady(Refusal):
    """A list is imported once everything in it is settled."""

    message = N_("Some rows have something to mend or to answer. Nothing was imported.")
    status = 422


class ListClosed(Refusal):
    """The list was imported, undone or dropped before."""

    message = N_("This list is in another state by now. The page shows where it stands.")


class ListTouched(Refusal):
    """Somebody has worked on what a list brought."""

    message = N_("This cannot be undone: since the import somebody worked on %(names)s.")


class ListTold(Refusal):
    """The exhibitors of a list were written to."""

    message = N_("The exhibitors were invited by mail already, so the import stays. Withdraw those that should not be there.")


class NotAskedYet(Refusal):
    """Documents are provided by accepted exhibitors."""

    message = N_("Documents are asked of accepted exhibitors. The application is not, or not any more.")


class DocumentApproved(Refusal):
    """What is approved stays."""

    message = N_("This document is approved. If it has to be replaced, write to the organiser, who can ask for another.")
    field = "document"


class DocumentProvided(Refusal):
    """What somebody provided is kept."""

    message = N_("Exhibitors provided this document already, so it stays. You can change its words and its date.")


class DocumentReplaced(Refusal):
    """The exhibitor provided another one meanwhile."""

    message = N_("The exhibitor provided another file meanwhile. Look at that one.")


class DecidedAlready(Refusal):
    """It is as it shall be."""

    message = N_("That was decided already, and the exhibitor knows.")


class ReasonMissing(Refusal):
    """Who is refused has to know why."""

    message = N_("Write what is missing or wrong: the exhibitor reads it.")
    field = "reason"
    status = 422


class NameMissing(Refusal):
    """A document has a name."""

    message = N_("Write the name of the document in at least one language.")
    field = "name_fr"
    status = 422


class MessageIncomplete(AtField):
    """A message has a subject and a text, in the edition's first language at least."""

    message = N_("Write subject and text here: whoever reads no other language of the message gets this one.")
    status = 422


class UnknownPlaceholder(AtField):
    """A message has only the placeholders that there are."""

    message = N_("%(typed)s is no placeholder. Write {name} for the exhibitor's name and {stand} for its stand.")
    status = 422


class AlreadyTheirPeople(Refusal):
    """Who asks to join is on the team."""

    message = N_("You are on the team of %(organisation)s already.")


class RequestAnswered(Refusal):
    """Somebody answered a request to join before."""

    message = N_("This request was answered already. The page shows how.")


class NotTheirPeople(Refusal):
    """What is known of an organisation is for its own people."""

    message = N_("Only people who act for this organisation can register it with what is known of it. Ask to join it.")


class MustJoin(Refusal):
    """Somebody registers an organisation that has people, and is none of them."""

    message = N_("%(organisation)s is known already and has people who act for it. Go back to the first page: find it there and ask to join, or say that yours is another one.")
