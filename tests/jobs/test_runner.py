"""Jobs: written with the change, run after it, at least once, by one worker at a time."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.jobs import queue, runner
from eventapp.jobs.models import Job, WorkerBeat
from eventapp.jobs.runner import LOST_AFTER, MOST_TRIES, Task, due_jobs, run_due, run_job
from tests.support.racing import at_once

done: list[int] = []


def work(number: int) -> None:
    done.append(number)


def fail(_number: int) -> None:
    raise ZeroDivisionError("no paper left")


TASKS: dict[str, Task] = {"test.work": work, "test.fail": fail}


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    """Begin with no work done."""
    done.clear()


def ask(task: str = "test.work", number: int = 1, run_at: datetime | None = None) -> int:
    with transaction():
        return queue.enqueue(task, number, run_at=run_at).id


def job(number: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, number)


def change(number: int, **values: object) -> None:
    with transaction():
        for name, value in values.items():
            setattr(db.session.get_one(Job, number), name, value)


def test_a_job_runs_once_with_its_arguments(app: Flask) -> None:
    number = ask(number=7)
    assert [run_due(TASKS), run_due(TASKS)] == [1, 0]
    assert done == [7]
    assert (job(number).state, job(number).tries) == ("done", 1)


def test_a_job_of_an_operation_that_was_refused_never_was(app: Flask) -> None:
    with pytest.raises(Refusal), transaction():
        queue.enqueue("test.work", 1)
        raise Refusal
    assert run_due(TASKS) == 0


def test_work_is_asked_for_inside_an_operation_only(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="inside an operation"):
        queue.enqueue("test.work", 1)


def test_the_worker_is_told_after_the_commit_and_only_of_what_is_due(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    monkeypatch.setattr(queue, "_push", [told.append])
    with pytest.raises(Refusal), transaction():
        queue.enqueue("test.work", 1)
        raise Refusal
    with transaction():
        number = queue.enqueue("test.work", 1).id
        assert told == []
    ask(run_at=datetime.now(UTC) + timedelta(hours=1))
    assert told == [number]


def test_a_queue_that_cannot_be_reached_undoes_nothing_and_stops_nobody(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []

    def unreachable(number: int) -> None:
        tried.append(number)
        raise ConnectionError

    monkeypatch.setattr(queue, "_push", [unreachable])
    assert [ask()] == tried
    assert (run_due(TASKS), done) == (1, [1])


def test_a_job_for_later_waits_for_its_time(app: Flask) -> None:
    number = ask(run_at=datetime.now(UTC) + timedelta(hours=1))
    assert (run_due(TASKS), run_job(number, TASKS)) == (0, False)
    change(number, run_at=datetime.now(UTC) - timedelta(seconds=1))
    assert run_due(TASKS) == 1


def test_a_failure_is_kept_in_words_and_tried_again_later_and_later(app: Flask) -> None:
    number = ask("test.fail")
    waits = []
    for _ in range(4):
        change(number, run_at=datetime.now(UTC))
        before = datetime.now(UTC)
        assert run_due(TASKS) == 0
        waits.append(round((job(number).run_at - before).total_seconds() / 60))
    assert waits == [1, 2, 4, 8]
    assert (job(number).state, job(number).tries, job(number).last_error) == ("waiting", 4, "ZeroDivisionError: no paper left")


def test_a_failed_job_does_not_stop_the_others(app: Flask) -> None:
    ask("test.fail")
    ask(number=2)
    assert run_due(TASKS) == 1
    assert done == [2]


def test_after_the_last_try_a_job_is_given_up(app: Flask) -> None:
    number = ask("test.fail")
    change(number, tries=MOST_TRIES - 1)
    run_due(TASKS)
    change(number, run_at=datetime.now(UTC))
    assert (job(number).state, due_jobs()) == ("failed", [])


def test_a_job_of_a_task_that_nobody_knows_is_a_failure_like_any_other(app: Flask) -> None:
    number = ask("test.unknown")
    run_due(TASKS)
    assert (job(number).state, job(number).last_error) == ("waiting", "KeyError: 'test.unknown'")


def test_what_a_failed_job_had_begun_is_undone(app: Flask) -> None:
    def half() -> None:
        with transaction():
            db.session.add(WorkerBeat(worker="half", at=datetime.now(UTC)))
            raise ZeroDivisionError

    with transaction():
        queue.enqueue("test.half")
    run_due({"test.half": half})
    assert db.session.scalars(select(WorkerBeat.worker)).all() == []


def test_the_job_of_a_worker_that_died_is_run_again_but_not_before_it_is_lost(app: Flask) -> None:
    number = ask(number=3)
    change(number, state="running", started_at=datetime.now(UTC) - LOST_AFTER + timedelta(minutes=1), tries=1)
    assert (run_due(TASKS), done) == (0, [])
    change(number, started_at=datetime.now(UTC) - LOST_AFTER - timedelta(seconds=1))
    assert (run_due(TASKS), done) == (1, [3])


def test_of_several_workers_one_runs_a_job(app: Flask) -> None:
    number = ask(number=9)
    assert sorted(at_once(app, [lambda: run_job(number, TASKS)] * 4)) == [False, False, False, True]
    assert done == [9]


def test_without_the_claim_every_worker_would_run_it(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_claim", lambda _job_id: ("test.work", [9]))
    number = ask(number=9)
    assert at_once(app, [lambda: run_job(number, TASKS)] * 4) == [True] * 4
    assert done == [9, 9, 9, 9]


def test_a_worker_is_alive_while_it_gives_signs_of_life(app: Flask) -> None:
    assert runner.worker_is_alive() is False
    runner.beat("worker-1")
    runner.beat("worker-1")
    assert runner.worker_is_alive() is True
    with transaction():
        db.session.get_one(WorkerBeat, "worker-1").at = datetime.now(UTC) - runner.BEAT_FRESH - timedelta(seconds=1)
    assert runner.worker_is_alive() is False
