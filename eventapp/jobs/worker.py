"""The worker: huey carries job numbers from the server to it, in a file of its own, PostgreSQL or Redis."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import click
import structlog
from flask import Flask
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from sqlalchemy.exc import DBAPIError

from config import Settings
from eventapp.jobs import periodic, queue, runner
from eventapp.jobs.runner import Task
from eventapp.web.console import Command

WORKERS = 2  # so that a slow mail server does not keep badges waiting
BEAT_SECONDS = 30

log = structlog.get_logger(__name__)


def make_huey(settings: Settings) -> Huey:
    """Choose the queue that fits where the program runs."""
    if settings.redis_url:
        return RedisHuey("eventapp", url=settings.redis_url, results=False)
    if urlsplit(settings.database).scheme.startswith("postgresql"):
        return PostgresHuey("eventapp", dsn=settings.database.replace("postgresql+psycopg://", "postgresql://"), results=False)
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("eventapp", filename=str(settings.instance_dir / "queue.sqlite"), results=False)


def attach(app: Flask, settings: Settings, tasks: Mapping[str, Task], periods: Mapping[str, timedelta]) -> None:
    """Connect the queue to the app: operations tell it of new jobs, `flask worker` runs them, and those that come again."""

    @cache
    def started() -> tuple[Huey, Callable[[int], Any]]:
        return _with_tasks(app, make_huey(settings), tasks, periods)

    if settings.app_env != "test":  # tests run the job rows themselves, or start a worker that finds them
        queue.connect(lambda job_id: started()[1](job_id))  # noqa: PLW0108 - the queue is opened when it is first needed

    @app.cli.command("worker", cls=Command)
    def worker() -> None:
        """Run background work: mail, badges as PDF, retries."""
        huey, _ = started()
        threading.Thread(target=_keep_beating, args=(app,), daemon=True).start()
        runner.run_due(tasks)
        click.echo("worker ready")
        huey.create_consumer(workers=WORKERS, worker_type="thread", periodic=True, initial_delay=0.05, max_delay=0.5).run()


def _keep_beating(app: Flask) -> None:
    """Give a sign of life again and again, however long the work takes."""
    while True:
        try:
            with app.app_context():
                runner.beat(f"worker-{os.getpid()}")
        except DBAPIError as error:
            log.warning("no sign of life could be given", reason=type(error.orig).__name__)
        time.sleep(BEAT_SECONDS)


def _with_tasks(app: Flask, huey: Huey, tasks: Mapping[str, Task], periods: Mapping[str, timedelta]) -> tuple[Huey, Callable[[int], Any]]:
    """Teach a queue our two tasks: run the job of a number, and every minute ask for what comes again and run what is due."""

    @huey.task(name="run_job")
    def run(job_id: int) -> None:
        with app.app_context():
            runner.run_job(job_id, tasks)

    @huey.periodic_task(crontab(minute="*"), name="every_minute")
    def every_minute() -> None:
        with app.app_context():
            periodic.ask_for_due(periods)
            runner.run_due(tasks)

    return huey, run
