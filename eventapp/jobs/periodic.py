"""Work that comes again and again: the row of a task says when it is due next, and whichever worker looks first asks for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import String, Table, select
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core import clock
from eventapp.core.db import Model, db, insert_new, transaction
from eventapp.jobs.queue import enqueue


class PeriodicTask(Model):
    """A task that comes again, and when."""

    __tablename__ = "periodic_tasks"

    task: Mapped[str] = mapped_column(String(60), primary_key=True)
    next_at: Mapped[datetime]


def ask_for_due(periods: Mapping[str, timedelta]) -> list[str]:
    """Ask for every task whose time has come, each once however many workers look; return their names."""
    now = clock.real_now()
    waiting = set(db.session.scalars(select(PeriodicTask.task).where(PeriodicTask.next_at > now)))
    maybe = sorted(set(periods) - waiting)
    db.session.rollback()
    if not maybe:
        return []
    with transaction():
        insert_new(cast("Table", PeriodicTask.__table__), [{"task": task, "next_at": now} for task in maybe], ["task"])
        found = due_to_change(maybe, now)
        for one in found:
            one.next_at = now + periods[one.task]
            enqueue(one.task)
        return [one.task for one in found]


def due_to_change(tasks: Sequence[str], now: datetime) -> list[PeriodicTask]:
    """Load those of some tasks whose time has come, locked until the operation ends."""
    query = select(PeriodicTask).where(PeriodicTask.task.in_(tasks), PeriodicTask.next_at <= now).order_by(PeriodicTask.task)
    return list(db.session.scalars(query.with_for_update().execution_options(populate_existing=True)))
