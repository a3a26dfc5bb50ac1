"""What the worker does for badges."""

from eventapp.badges.operations import mail_badge


def send_badge(attendee_id: int, occasion: str = "issued") -> None:
    """Set an attendee's badge as PDF and queue it as mail."""
    mail_badge(attendee_id, occasion)
