"""The jobs that operations asked for."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from eventapp.core.db import BigId, Model


class Job(Model):
    """One piece of work to do after the commit that wrote it; done at least once."""

    __tablename__ = "jobs"
    __table_args__ = (CheckConstraint("state IN ('waiting','running','done','failed')", name="state"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    task: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    created_at: Mapped[datetime]
    run_at: Mapped[datetime] = mapped_column(index=True)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(Text)


class WorkerBeat(Model):
    """The worker's sign of life, for /readyz."""

    __tablename__ = "worker_beats"

    worker: Mapped[str] = mapped_column(String(60), primary_key=True)
    at: Mapped[datetime]
