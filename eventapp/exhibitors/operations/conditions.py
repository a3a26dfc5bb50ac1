"""The conditions for exhibitors: written by the organiser, version by version, and accepted with evidence."""

from collections.abc import Mapping
from datetime import datetime

from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.editions.queries import edition_to_change
from eventapp.exhibitors import queries
from eventapp.exhibitors.errors import ConditionsNotAccepted, TextMissing
from eventapp.exhibitors.models import AcceptedConditions, ExhibitingConditions, Exhibitor


def write_conditions(edition_id: int, text: Mapping[str, str], *, seen: int | None = None, actor_id: int | None, now: datetime) -> ExhibitingConditions:
    """Write a new version of the conditions; the same words again make none. `seen` is the number that the page showed, 0 for none."""
    words = {language: typed for language, typed in text.items() if typed}
    if not words:
        raise TextMissing
    with transaction():
        edition_to_change(edition_id)  # two who write at once take turns
        before = queries.current_conditions(edition_id)
        number = before.number if before else 0
        if seen is not None and seen != number:
            raise ChangedMeanwhile
        if before is not None and before.text == words:
            return before
        written = ExhibitingConditions(edition_id=edition_id, number=number + 1, text=words, since=now, by_user_id=actor_id)
        db.session.add(written)
        db.session.flush()
        record("conditions.written", "conditions", written.id, actor_id=actor_id, at=now, edition_id=edition_id, number=written.number)
    return written


def check_acceptance(edition_id: int, accepted: int | None) -> ExhibitingConditions | None:
    """Return the conditions that an application accepts; refuse one that does not accept those that count now."""
    current = queries.current_conditions(edition_id)
    if current is not None and accepted != current.number:
        raise ConditionsNotAccepted
    return current


def keep_acceptance(exhibitor: Exhibitor, conditions: ExhibitingConditions, language: str, *, now: datetime) -> None:
    """Keep the evidence: which version, in which language, when, by the exhibitor's owner."""
    with transaction():
        owner = next(member.user_id for member in exhibitor.members if member.role == "owner")
        of = {"edition_id": exhibitor.edition_id, "exhibitor_id": exhibitor.id, "conditions_id": conditions.id}
        db.session.add(AcceptedConditions(**of, language=language, at=now, by_user_id=owner))
        db.session.flush()
        record("conditions.accepted", "exhibitor", exhibitor.id, actor_id=owner, at=now, edition_id=exhibitor.edition_id, number=conditions.number)
