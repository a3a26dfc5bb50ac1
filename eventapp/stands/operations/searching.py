"""Searching for who gets which stand: asked for, taken up by the worker, ended."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.exhibitors.queries import exhibiting_rules
from eventapp.jobs.queue import enqueue
from eventapp.stands import queries
from eventapp.stands.assignment import Problem, Proposal, Weights, marks, with_decisions
from eventapp.stands.errors import NobodySeeks, NoWishListHere, SearchUnderWay
from eventapp.stands.models import AssignmentLine, AssignmentRun, Kept, RunState

_RUNS = cast("Table", AssignmentRun.__table__)
LOST_AFTER = timedelta(minutes=15)  # the worker tries a job that it lost again long before


def ask_for_proposal(edition_id: int, weights: Weights, *, after: int | None = None, actor_id: int | None, now: datetime) -> AssignmentRun:
    """Let the worker search for who gets which stand; `after` is the search whose locked and left out lines stay as they are."""
    with transaction():
        if exhibiting_rules(edition_id).first_come:
            raise NoWishListHere
        if not queries.count_seekers(edition_id):
            raise NobodySeeks
        _give_up_what_is_lost(edition_id, now)
        row = {"edition_id": edition_id, "by_user_id": actor_id, "asked_at": now, "state": RunState.WAITING.value, "weights": asdict(weights)}
        if not insert_new(_RUNS, [{**row, "conflict": {}, "inputs": {}, "version": 1}], ["edition_id"], where=AssignmentRun.state.in_(["waiting", "running"])):
            raise SearchUnderWay
        run = cast("AssignmentRun", queries.run_under_way(edition_id))
        if after is not None:
            _take_decisions_over(run, queries.run_of_edition(edition_id, after))
        enqueue("stands.propose", run.id)
        record("proposal.asked", "proposal", run.id, actor_id=actor_id, at=now, edition_id=edition_id)
    return run


def _give_up_what_is_lost(edition_id: int, now: datetime) -> None:
    """End a search that no worker comes back to, so that another can begin."""
    lost = queries.run_under_way(edition_id)
    if lost is not None and not lost.asked_at <= now < lost.asked_at + LOST_AFTER:
        lost.state, lost.finished_at = RunState.FAILED, now
        db.session.flush()


def _take_decisions_over(run: AssignmentRun, earlier: AssignmentRun) -> None:
    of = {"run_id": run.id, "edition_id": run.edition_id, "reason": {}}
    for line in queries.lines_to_change(earlier.id):
        if line.kept != Kept.NOTHING and line.accepted_at is None:
            db.session.add(AssignmentLine(**of, exhibitor_id=line.exhibitor_id, stand_id=line.stand_id, kept=line.kept, by_hand=line.by_hand))
    db.session.flush()


def take_up(run_id: int, *, now: datetime) -> Problem | None:
    """Begin a search: load what it goes by; None when it ended already."""
    with transaction():
        run = queries.run_to_change(run_id)
        if not run.is_under_way:
            return None
        run.state, run.started_at = RunState.RUNNING, now
        problem = queries.problem_of(run.edition_id, Weights(**run.weights), now)
        run.inputs = marks(problem)
        decided = {line.exhibitor_id: line for line in queries.lines_to_change(run_id)}
        locked = {line.exhibitor_id: line.stand_id for line in decided.values() if line.stand_id is not None}
        return with_decisions(problem, locked, {one for one, line in decided.items() if line.kept == Kept.OUT})


def end_search(run_id: int, proposal: Proposal, *, now: datetime) -> None:
    """Keep what a search proposed, and why; a search that was given up meanwhile keeps nothing."""
    with transaction():
        run = queries.run_to_change(run_id)
        if not run.is_under_way:
            return
        run.state, run.finished_at = RunState.CUT_OFF if proposal.cut_off else RunState.DONE, now
        run.points, run.bound = proposal.points, proposal.bound
        run.conflict = asdict(proposal.conflict) if proposal.conflict else {}
        decided = {line.exhibitor_id: line for line in queries.lines_to_change(run_id)}
        for line in decided.values():
            line.stand_id = None if line.kept == Kept.OUT else line.stand_id
        for found in proposal.lines:
            reason: dict[str, Any] = {"wish": found.wish, "missed": [asdict(one) for one in found.missed], "neighbours": list(found.neighbours), "fitting": found.fitting}
            line = decided.get(found.seeker) or AssignmentLine(run_id=run_id, exhibitor_id=found.seeker, edition_id=run.edition_id, kept=Kept.NOTHING, by_hand=False)
            line.reason, line.stand_id = reason, found.place
            line.kept = Kept.NOTHING if found.place is None and line.kept == Kept.LOCKED else line.kept
            db.session.add(line)
        db.session.flush()


def fail_search(run_id: int, *, now: datetime) -> None:
    """Note that a search ended without an answer."""
    with transaction():
        run = queries.run_to_change(run_id)
        if run.is_under_way:
            run.state, run.finished_at = RunState.FAILED, now
