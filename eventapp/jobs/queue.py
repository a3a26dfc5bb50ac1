"""Ask for background work, inside an operation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog

from eventapp.core import clock
from eventapp.core.db import after_commit, db, writing
from eventapp.jobs.models import Job

_push: list[Callable[[int], None]] = []

log = structlog.get_logger(__name__)


def connect(push: Callable[[int], None]) -> None:
    """Name what tells the worker of a new job; without it the worker finds the row by itself within a minute."""
    _push[:] = [push]


def enqueue(task: str, *arguments: Any, run_at: datetime | None = None) -> Job:
    """Write a job row for the task (a key of wiring.TASKS) with plain JSON arguments; it runs after the commit."""
    if not writing():
        raise RuntimeError("work is asked for inside an operation")
    now = clock.real_now()
    job = Job(task=task, arguments=list(arguments), created_at=now, run_at=run_at or now)
    db.session.add(job)
    db.session.flush()
    job_id = job.id
    if job.run_at <= now:
        after_commit(lambda: _tell(job_id))
    return job


def _tell(job_id: int) -> None:
    """Tell the worker; when the queue cannot be reached the row is there all the same, and what was stored stays a success."""
    for push in _push:
        try:
            push(job_id)
        except Exception:
            log.exception("the worker could not be told of a job", job=job_id)
