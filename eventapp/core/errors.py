"""The base of every refusal, and the marker of texts to translate where Flask is not known."""

from typing import Any, ClassVar


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text for translation; it is translated where it is shown."""
    return text


class Refusal(Exception):  # noqa: N818 - a "no" in the field's words, not a fault
    """A rule says no; the message is for the user, in English as the catalogue's key."""

    message: ClassVar[str] = N_("This is not possible.")
    status: ClassVar[int] = 409
    field: str | None = None  # where on its page it belongs: of the class, or of this one alone

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.message, facts)
        self.facts = facts

    def __str__(self) -> str:
        """Write the message in English, for logs and commands."""
        return self.message % {name: str(fact) for name, fact in self.facts.items()}


class AtField(Refusal):
    """A refusal that is told at which field of the page it belongs."""

    def __init__(self, field: str, **facts: Any) -> None:
        super().__init__(**facts)
        self.field = field


class NotThere(Refusal):
    """The thing does not exist, or not for this person; nobody can tell which."""

    message = N_("We could not find that.")
    status = 404


class NotAllowed(Refusal):
    """The person may see that this exists and may not do it."""

    message = N_("Your account may not do this. Ask an administrator of the edition for the role.")
    status = 403


class Busy(Refusal):
    """Too much at once; the same request may well succeed in a moment."""

    message = N_("The system is very busy. Nothing was lost: please try again in a few seconds.")
    status = 503


class ChangedMeanwhile(Refusal):
    """Somebody else changed the thing since the page was opened."""

    message = N_("Somebody changed this while you had the page open. Look at the current state below and send again.")
    status = 409
