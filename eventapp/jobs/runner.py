"""Run jobs: claim the row, do the work, note how it went; a failure is tried again, later and later."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import or_, select

from eventapp.core import clock
from eventapp.core.db import db, transaction
from eventapp.jobs.models import Job, WorkerBeat

Task = Callable[..., Any]
MOST_TRIES = 10
LOST_AFTER = timedelta(minutes=10)
BEAT_FRESH = timedelta(seconds=150)

log = structlog.get_logger(__name__)


def run_job(job_id: int, tasks: Mapping[str, Task]) -> bool:
    """Run one job unless it is done or somebody else is at it; say whether it succeeded."""
    claimed = _claim(job_id)
    if claimed is None:
        return False
    task, arguments = claimed
    try:
        tasks[task](*arguments)
    except Exception as error:
        log.exception("job failed", job=job_id, task=task)
        db.session.rollback()
        _put_back(job_id, f"{type(error).__name__}: {error}")
        return False
    with transaction():
        job = db.session.get_one(Job, job_id)
        job.state, job.finished_at, job.last_error = "done", clock.real_now(), None
    return True


def _claim(job_id: int) -> tuple[str, list[Any]] | None:
    """Mark a job as running; None when it is not to be run now."""
    now = clock.real_now()
    with transaction():
        job = db.session.scalar(select(Job).where(Job.id == job_id).with_for_update())
        if job is None or not _is_due(job, now):
            return None
        job.state, job.started_at, job.tries = "running", now, job.tries + 1
        return job.task, list(job.arguments)


def _is_due(job: Job, now: datetime) -> bool:
    """Say whether a job waits for this moment, or its worker died on it."""
    if job.state == "running":
        return job.started_at is not None and job.started_at < now - LOST_AFTER
    return job.state == "waiting" and job.run_at <= now


def _put_back(job_id: int, error: str) -> None:
    """Let a failed job wait for its next try, or give up."""
    with transaction():
        job = db.session.get_one(Job, job_id)
        job.last_error = error[:2000]
        job.state = "failed" if job.tries >= MOST_TRIES else "waiting"
        job.run_at = clock.real_now() + timedelta(minutes=2 ** min(job.tries - 1, 8))


def due_jobs() -> list[int]:
    """List the jobs to run now, oldest first: waiting ones, and those whose worker died."""
    now = clock.real_now()
    lost = (Job.state == "running") & (Job.started_at < now - LOST_AFTER)
    waiting = (Job.state == "waiting") & (Job.run_at <= now)
    return list(db.session.scalars(select(Job.id).where(or_(waiting, lost)).order_by(Job.run_at, Job.id).limit(500)))


def run_due(tasks: Mapping[str, Task]) -> int:
    """Run all jobs that are due, one after the other; return how many succeeded."""
    return sum(run_job(job_id, tasks) for job_id in due_jobs())


def beat(worker: str) -> None:
    """Note that a worker is alive."""
    with transaction():
        db.session.merge(WorkerBeat(worker=worker, at=clock.real_now()))


def worker_is_alive() -> bool:
    """Say whether some worker gave a sign of life lately."""
    return db.session.scalar(select(WorkerBeat.worker).where(WorkerBeat.at > clock.real_now() - BEAT_FRESH).limit(1)) is not None
