"""What the worker does for exhibitors."""

from eventapp.core import clock
from eventapp.exhibitors.operations.reminders import remind_everybody


def remind() -> None:
    """Remind exhibitors of the documents that are due soon, by the show's clock."""
    remind_everybody(now=clock.show_now())
