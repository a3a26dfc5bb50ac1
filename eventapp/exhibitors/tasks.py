"""What the worker does for exhibitors."""

from eventapp.core import clock
from eventapp.exhibitors.operations.joining import pass_on as pass_request_on
from eventapp.exhibitors.operations.reminders import remind_everybody


def remind() -> None:
    """Remind exhibitors of the documents that are due soon, by the show's clock."""
    remind_everybody(now=clock.show_now())


def pass_on(request_id: int) -> None:
    """Let the organiser answer a request to join that its owner left lying."""
    pass_request_on(request_id, now=clock.real_now())
