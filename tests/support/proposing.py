"""Proposals of stands, stored as a search would leave them."""

from collections.abc import Mapping
from dataclasses import asdict

from eventapp.core.db import db, transaction
from eventapp.editions.models import Edition
from eventapp.stands.assignment import Weights, marks
from eventapp.stands.models import AssignmentLine, AssignmentRun, RunState
from eventapp.stands.queries import problem_of
from tests.support.cast import EIGHT


def make_proposal(edition: Edition, placed: Mapping[int, int | None]) -> AssignmentRun:
    """Store a search that is done, and what it gives each exhibitor."""
    with transaction():
        found = {"points": 100, "bound": 100, "conflict": {}, "inputs": marks(problem_of(edition.id, Weights(), EIGHT))}
        run = AssignmentRun(edition_id=edition.id, asked_at=EIGHT, finished_at=EIGHT, state=RunState.DONE, weights=asdict(Weights()), **found)
        db.session.add(run)
        db.session.flush()
        reason = {"wish": 1, "missed": [], "neighbours": [], "fitting": 1}
        db.session.add_all(AssignmentLine(run_id=run.id, exhibitor_id=exhibitor, edition_id=edition.id, stand_id=stand, reason=reason) for exhibitor, stand in placed.items())
    return run
