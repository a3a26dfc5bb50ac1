"""What is refused about badges."""

from eventapp.core.errors import N_, Refusal


class BadToken(Refusal):
    """A code is not a badge of ours; `reason` says in one word why: not_a_badge, malformed, unknown_key, forged, unknown_version, bad_content, other_edition."""

    message = N_("This code is not a valid badge.")
    status = 404

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class KeysError(RuntimeError):
    """The badge keys are missing or unsafe; the message says what to do."""


class NoBadge(Refusal):
    """The attendee has no badge that could be used, printed or revoked."""

    message = N_("This attendee has no valid badge. Issue a new one first.")


class AttendeeGone(Refusal):
    """The attendee's registration was withdrawn."""

    message = N_("This registration was withdrawn, so no badge can be issued for it.")


class NoEmail(Refusal):
    """The attendee has no e-mail address to send the badge to."""

    message = N_("This attendee has no e-mail address. Download the badge and print it.")
