"""How an edition deals with applications."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table

from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import ChangedMeanwhile
from eventapp.exhibitors import queries
from eventapp.exhibitors.errors import DaysOdd, MinutesOdd
from eventapp.exhibitors.models import BadgeRelease, ExhibitingRules, StandWay
from eventapp.exhibitors.operations.conditions import write_conditions
from eventapp.exhibitors.signals import exhibiting_rules_set

LEAST_MINUTES, MOST_MINUTES, MOST_DAYS = 5, 120, 120


@dataclass(frozen=True)
class RulesPlan:
    """How an edition's stands find their exhibitors, how long a hold and a request last, and from when on badges can be had."""

    stand_way: StandWay
    hold_minutes: int = 20
    request_days: int = 14
    accepts_at_once: bool = False
    badges_from: BadgeRelease = BadgeRelease.ACCEPTANCE


def set_exhibiting_rules(edition_id: int, plan: RulesPlan, *, version: int | None = None, actor_id: int | None, now: datetime) -> ExhibitingRules:
    """Say how an edition deals with applications; holds and requests that run keep the time they have."""
    if not LEAST_MINUTES <= plan.hold_minutes <= MOST_MINUTES:
        raise MinutesOdd(least=LEAST_MINUTES, most=MOST_MINUTES)
    if not 1 <= plan.request_days <= MOST_DAYS:
        raise DaysOdd(most=MOST_DAYS)
    with transaction():
        insert_new(cast("Table", ExhibitingRules.__table__), [{"edition_id": edition_id, **asdict(RulesPlan(StandWay.WISH_LIST)), "version": 1}], ["edition_id"])
        own = queries.exhibiting_rules_to_change(edition_id)
        if version is not None and own.version != version:
            raise ChangedMeanwhile
        wanted = asdict(plan)
        if all(getattr(own, name) == value for name, value in wanted.items()):
            return own
        for name, value in wanted.items():
            setattr(own, name, value)
        record("exhibiting_rules.set", "exhibiting_rules", edition_id, actor_id=actor_id, at=now, edition_id=edition_id)
        db.session.flush()
        exhibiting_rules_set.send(edition_id=edition_id)
    return own


def copy_settings(old_id: int, new_id: int, *, now: datetime) -> None:
    """Give a new edition the rules and the conditions of an old one."""
    with transaction():
        old = queries.exhibiting_rules(old_id)
        own = {name: getattr(old, name) for name in RulesPlan.__dataclass_fields__}
        insert_new(cast("Table", ExhibitingRules.__table__), [{"edition_id": new_id, **own, "version": 1}], ["edition_id"])
        conditions = queries.current_conditions(old_id)
        if conditions is not None:
            write_conditions(new_id, conditions.text, actor_id=None, now=now)
