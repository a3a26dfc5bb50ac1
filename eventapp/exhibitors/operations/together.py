"""One step for many applications: each by itself, so that those it cannot be taken for hold nobody up."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from eventapp.core.db import db, transaction
from eventapp.core.errors import Refusal
from eventapp.core.texts import pick
from eventapp.exhibitors.models import DecisionTogether, Exhibitor
from eventapp.exhibitors.operations.decisions import accept, refuse, waitlist, withdraw
from eventapp.exhibitors.queries import desk

Seen = tuple[int, int]  # an exhibitor's number and the version that the page showed
VERBS: dict[str, Callable[..., Exhibitor]] = {"accept": accept, "waitlist": waitlist, "refuse": refuse, "withdraw": withdraw}


def decide_together(edition_id: int, verb: str, chosen: Sequence[Seen], notes: Mapping[str, str], *, languages: Sequence[str], actor_id: int, now: datetime) -> DecisionTogether:
    """Take one step for many applications of an edition, each in a savepoint of its own, in the order of their numbers.

    One that changed since the page was opened, or that the step does not go with, is left alone and named with the reason. Each
    contact reads the note in its own language, else in the first of `languages` that has one.
    """
    with transaction():
        known = {one.id: one.language for one in desk.applications_numbered(edition_id, [number for number, _version in chosen])}
        outcomes = []
        for number, version in sorted(set(chosen)):
            if number in known:
                note = pick(notes, known[number], languages)
                outcomes.append({"exhibitor": number, **_decide_one(verb, number, note=note, version=version, actor_id=actor_id, now=now)})
        together = DecisionTogether(edition_id=edition_id, verb=verb, by_user_id=actor_id, at=now, outcomes=outcomes)
        db.session.add(together)
        db.session.flush()
    return together


def _decide_one(verb: str, number: int, **how: Any) -> dict[str, Any]:
    try:
        with transaction():
            VERBS[verb](number, **how)
            db.session.flush()
    except Refusal as refusal:
        return {"ended": "left", "why": refusal.message, "facts": {name: str(fact) for name, fact in refusal.facts.items()}}
    return {"ended": "done"}
