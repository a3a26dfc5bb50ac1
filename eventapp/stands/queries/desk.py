"""What organisers see of one stand: who could have it, and what became of it."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, exists, func, or_, select

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.exhibitors.models import ApplicationState, Exhibitor
from eventapp.stands.models import ClaimState, Stand, StandClaim, StandOrigin, StandWish

_MOST_ENTRIES = 100


@dataclass(frozen=True)
class Candidate:
    """An accepted exhibitor without a stand, and as which of its wishes it named this one."""

    id: int
    name: str
    rank: int | None
    area_wished: Decimal | None
    kind: str


def candidates_for(stand: Stand) -> list[Candidate]:
    """List who could have a stand: first those who wished it, then in the order in which they applied."""
    has_one = exists().where(StandClaim.exhibitor_id == Exhibitor.id, StandClaim.state == ClaimState.ALLOCATED)
    these = [stand.id, *db.session.scalars(select(StandOrigin.made_of_id).where(StandOrigin.stand_id == stand.id))]  # who wished a part of it wished it
    wishes = select(StandWish.exhibitor_id, func.min(StandWish.rank).label("rank")).where(StandWish.stand_id.in_(these)).group_by(StandWish.exhibitor_id).subquery()
    query = (
        select(Exhibitor, wishes.c.rank)
        .outerjoin(wishes, wishes.c.exhibitor_id == Exhibitor.id)
        .where(Exhibitor.edition_id == stand.edition_id, Exhibitor.state == ApplicationState.ACCEPTED, ~has_one)
    )
    rows = db.session.execute(query.order_by(wishes.c.rank.is_(None), wishes.c.rank, Exhibitor.submitted_at, Exhibitor.id))
    return [Candidate(one.id, one.public_name, rank, one.area_wished, one.stand_kind) for one, rank in rows]


def history_of_stand(stand: Stand) -> list[tuple[AuditEntry, str | None, str | None]]:
    """List what was done to a stand, by whom and for which exhibitor, latest first."""
    details = AuditEntry.details
    by_number = and_(details["stand_id"].as_integer().is_(None), details["stand"].as_string() == stand.number)
    about_claims = and_(AuditEntry.subject_kind == "exhibitor", AuditEntry.action.startswith("stand."), or_(details["stand_id"].as_integer() == stand.id, by_number))
    about_it = and_(AuditEntry.subject_kind == "stand", AuditEntry.subject_id == stand.id)
    for_whom = and_(AuditEntry.subject_kind == "exhibitor", Exhibitor.id == AuditEntry.subject_id)
    query = select(AuditEntry, User.name, Exhibitor.public_name).outerjoin(User, User.id == AuditEntry.actor_id).outerjoin(Exhibitor, for_whom)
    query = query.where(AuditEntry.edition_id == stand.edition_id, or_(about_it, about_claims))
    return [(row[0], row[1], row[2]) for row in db.session.execute(query.order_by(AuditEntry.id.desc()).limit(_MOST_ENTRIES))]


def made_of(stand_id: int) -> list[Stand]:
    """List the stands that one was made of."""
    return list(db.session.scalars(select(Stand).join(StandOrigin, StandOrigin.made_of_id == Stand.id).where(StandOrigin.stand_id == stand_id).order_by(Stand.id)))


def became(stand_id: int) -> list[Stand]:
    """List the stands that one was made into."""
    return list(db.session.scalars(select(Stand).join(StandOrigin, StandOrigin.stand_id == Stand.id).where(StandOrigin.made_of_id == stand_id).order_by(Stand.id)))
