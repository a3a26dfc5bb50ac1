"""What is refused about badges."""

from eventapp.core.errors import N_, Refusal


class BadToken(Refusal):
    """A code is not a badge of ours; `reason` says in one word why: not_a_badge, malformed, unknown_key, forged, unknown_version, bad_content, other_edition."""

    message = N_("This code is not a valid badge.")
    status = 404

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class KeysError(Refusal):
    """The badge keys are missing or unsafe; as text it says what the deployer is to do, its message is for everybody else."""

    message = N_("No badge can be made or read at the moment: the keys that sign badges are missing. Please tell the organiser, who will have them put in place.")
    status = 503

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why

    def __str__(self) -> str:
        """Write what the deployer is to do."""
        return self.why


class NoBadge(Refusal):
    """The attendee has no badge that could be used, printed or revoked."""

    message = N_("This attendee has no valid badge. Issue a new one first.")


class AttendeeGone(Refusal):
    """The attendee's registration was withdrawn."""

    message = N_("This registration was withdrawn, so no badge can be issued for it.")


class NoEmail(Refusal):
    """The attendee has no e-mail address to send the badge to."""

    message = N_("This attendee has no e-mail address. Download the badge and print it.")
