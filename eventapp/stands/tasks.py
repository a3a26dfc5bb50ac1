"""What the worker does for stands."""

import os
import sys
import threading

import structlog

from eventapp.core import clock
from eventapp.stands import operations
from eventapp.stands.assignment import Problem, Proposal, propose

NICENESS = 10

log = structlog.get_logger(__name__)


def tell_of_ended_request(stand_id: int, exhibitor_id: int) -> None:
    """Tell the waiting list of a stand whose request ran out."""
    operations.tell_of_ended_request(stand_id, exhibitor_id, now=clock.show_now())


def propose_stands(run_id: int) -> None:
    """Search for who gets which stand, behind everything else that runs on the machine."""
    problem = operations.take_up(run_id, now=clock.show_now())
    if problem is None:
        return
    try:
        proposal = _behind_everything_else(problem)
    except Exception:
        log.exception("a search for stands failed", run=run_id)
        operations.fail_search(run_id, now=clock.show_now())
    else:
        operations.end_search(run_id, proposal, now=clock.show_now())


def _behind_everything_else(problem: Problem) -> Proposal:
    """Search in a thread of its own, which alone gives way: a thread that gave way once could not go back."""
    ended: list[Proposal | BaseException] = []

    def search() -> None:
        try:
            if sys.platform == "linux":  # elsewhere a thread has no priority of its own
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
            ended.append(propose(problem))
        except BaseException as error:  # noqa: BLE001 - whoever waits raises it
            ended.append(error)

    thread = threading.Thread(target=search, name="search for stands")
    thread.start()
    thread.join()
    if isinstance(ended[0], BaseException):
        raise ended[0]
    return ended[0]
