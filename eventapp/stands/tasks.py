"""What the worker does for stands."""

from eventapp.core import clock
from eventapp.stands import operations


def tell_of_ended_request(stand_id: int, exhibitor_id: int) -> None:
    """Tell the waiting list of a stand whose request ran out."""
    operations.tell_of_ended_request(stand_id, exhibitor_id, now=clock.show_now())
