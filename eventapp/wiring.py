"""The one table of effects: which task the worker runs for a job, which receiver acts on a signal."""

from collections.abc import Callable
from typing import Any

from blinker import Signal

from eventapp.jobs.runner import Task

TASKS: dict[str, Task] = {}

SIGNALS: tuple[tuple[Signal, Callable[..., Any]], ...] = ()


def connect() -> None:
    """Connect every signal to its receivers; the receivers run inside the sender's transaction."""
    for signal, receiver in SIGNALS:
        signal.connect(receiver, weak=False)
