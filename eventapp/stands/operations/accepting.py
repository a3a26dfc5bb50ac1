"""A proposal is changed line by line, accepted as a whole or in parts, and an acceptance is undone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile, NotThere, Refusal
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.queries import exhibitor_to_change
from eventapp.stands import queries
from eventapp.stands.assignment import Weights, changes, marks
from eventapp.stands.errors import AlreadyTheirs, LineAccepted, NoProposal, NothingAccepted, NothingChosen, ProposalOvertaken, ProposedForAnother
from eventapp.stands.models import AssignmentLine, AssignmentRun, ClaimState, Kept
from eventapp.stands.operations.claiming import allocate_stand, free, taken


@dataclass(frozen=True)
class Undone:
    """What an undone acceptance freed, and what stays since it was changed after it, or is billed."""

    freed: list[str]
    stays: list[str]


def _to_change(run_id: int, version: int | None) -> AssignmentRun:
    """Load a proposal to change, as the page showed it; whoever changes it makes it another version."""
    run = queries.run_to_change(run_id)
    if not run.can_be_changed:
        raise NoProposal
    if version is not None and run.version != version:
        raise ChangedMeanwhile
    run.version += 1
    return run


def change_line(run_id: int, exhibitor_id: int, stand_id: int | None, kept: Kept, *, version: int | None = None, actor_id: int | None, now: datetime) -> AssignmentLine:
    """Propose another stand, or none, for an exhibitor; `kept` says what stays so in the next search."""
    with transaction():
        run = _to_change(run_id, version)
        line = queries.line_of_run(run_id, exhibitor_id)
        exhibitor = db.session.get_one(Exhibitor, exhibitor_id)
        if line.accepted_at is not None:
            raise LineAccepted(name=exhibitor.public_name, stand=_number(line))
        wanted = None if kept == Kept.OUT else stand_id
        if wanted is not None and wanted != line.stand_id:
            _look_whether_free(run, exhibitor_id, wanted, now)
        line.by_hand = line.by_hand or wanted != line.stand_id
        line.stand_id, line.kept = wanted, Kept.NOTHING if wanted is None and kept == Kept.LOCKED else kept
        db.session.flush()
        record("proposal.changed", "proposal", run.id, actor_id=actor_id, at=now, edition_id=run.edition_id, exhibitor_id=exhibitor_id, stand=_number(line))
    return line


def _number(line: AssignmentLine) -> str:
    return queries.stand_numbers([line.stand_id])[line.stand_id] if line.stand_id is not None else ""


def _look_whether_free(run: AssignmentRun, exhibitor_id: int, stand_id: int, now: datetime) -> None:
    """Refuse a stand that somebody has, or that is proposed for somebody else."""
    stand = queries.stand_to_allocate(stand_id)
    if stand.edition_id != run.edition_id:
        raise NotThere
    claim = queries.living_claim(stand_id, now)
    if claim is not None:
        raise taken(stand, claim)
    other = next((line for line in queries.lines_to_change(run.id) if line.stand_id == stand_id and line.exhibitor_id != exhibitor_id), None)
    if other is not None:
        raise ProposedForAnother(stand=stand.number, name=db.session.get_one(Exhibitor, other.exhibitor_id).public_name)


def accept_lines(run_id: int, exhibitor_ids: Collection[int], *, version: int | None = None, actor_id: int | None, now: datetime) -> list[str]:
    """Allocate what a proposal gives these exhibitors, all or nothing, and tell each contact; return the stands' numbers.

    What somebody got or lost meanwhile is named, and then nothing is done.
    """
    with transaction():
        run = _to_change(run_id, version)
        lines = [line for line in queries.lines_to_change(run_id) if line.exhibitor_id in exhibitor_ids and line.stand_id is not None and line.accepted_at is None]
        if not lines:
            raise NothingChosen
        was_true = _goes_by_what_is(run, now)
        people = [exhibitor_to_change(line.exhibitor_id) for line in lines]  # all of them first, in order: two who accept at once do not block each other
        numbers, overtaken = _allocate(lines, people, actor_id, now)
        if overtaken:
            raise ProposalOvertaken(lines=", ".join(overtaken))
        record("proposal.accepted", "proposal", run.id, actor_id=actor_id, at=now, edition_id=run.edition_id, lines=len(lines))
        if was_true:
            run.inputs = marks(queries.problem_of(run.edition_id, Weights(**run.weights), now))
    return numbers


def _allocate(lines: Sequence[AssignmentLine], people: Sequence[Exhibitor], actor_id: int | None, now: datetime) -> tuple[list[str], list[str]]:
    """Give every line its stand; list the stands, and the lines that cannot be done any more."""
    numbers, overtaken = [], []
    for line, exhibitor in zip(lines, people, strict=True):
        number = _number(line)
        try:
            if queries.mark_of_stands(exhibitor.id):
                raise AlreadyTheirs(stand=number)
            allocate_stand(line.stand_id or 0, exhibitor.id, actor_id=actor_id, now=now)
        except Refusal:
            overtaken.append(f"{number} ({exhibitor.public_name})")
        else:
            line.accepted_at = now
            numbers.append(number)
    return numbers, overtaken


def undo_acceptance(run_id: int, *, version: int | None = None, actor_id: int | None, now: datetime) -> Undone:
    """Free what the last acceptance of a proposal allocated, as far as it is still as it was accepted."""
    with transaction():
        run = _to_change(run_id, version)
        accepted = [line for line in queries.lines_to_change(run_id) if line.accepted_at is not None]
        if not accepted:
            raise NothingAccepted
        last = max(line.accepted_at for line in accepted if line.accepted_at is not None)
        was_true, undone = _goes_by_what_is(run, now), Undone([], [])
        lines = [line for line in accepted if line.accepted_at == last]
        for line in lines:
            exhibitor_to_change(line.exhibitor_id)
        for line in lines:
            (undone.freed if _freed(line, actor_id, now) else undone.stays).append(_number(line))
            line.accepted_at = None
        record("proposal.undone", "proposal", run.id, actor_id=actor_id, at=now, edition_id=run.edition_id, lines=len(undone.freed))
        db.session.flush()
        if was_true:
            run.inputs = marks(queries.problem_of(run.edition_id, Weights(**run.weights), now))
    return undone


def _freed(line: AssignmentLine, actor_id: int | None, now: datetime) -> bool:
    """Free the stand of a line if it is still as it was accepted and nobody above objects; say whether it is."""
    claim = queries.claim_to_change(line.stand_id or 0)
    if claim is None or (claim.exhibitor_id, claim.state, claim.since) != (line.exhibitor_id, ClaimState.ALLOCATED, line.accepted_at):
        return False
    try:
        with transaction():
            free(claim, actor_id, now)
    except Refusal:
        return False
    return True


def _goes_by_what_is(run: AssignmentRun, now: datetime) -> bool:
    """Say whether nothing changed since the search, so that what is done by it is no change either."""
    return not changes(run.inputs, marks(queries.problem_of(run.edition_id, Weights(**run.weights), now)))
