"""Lists of accounts, and what must hold of them."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from eventapp.accounts.models import RoleGrant, User
from eventapp.core.db import db
from eventapp.core.errors import NotThere


@dataclass(frozen=True)
class Member:
    """Somebody on an edition's team."""

    user: User
    roles: tuple[str, ...]


def team(edition_id: int) -> list[Member]:
    """List an edition's team by name, with their roles."""
    roles: dict[User, list[str]] = defaultdict(list)
    rows = select(User, RoleGrant.role).join(RoleGrant).where(RoleGrant.edition_id == edition_id).order_by(User.name, User.id, RoleGrant.role)
    for user, role in db.session.execute(rows):
        roles[user].append(role)
    return [Member(user, tuple(held)) for user, held in roles.items()]


def member(edition_id: int, user_id: int) -> Member:
    """Load somebody of an edition's team."""
    found = next((m for m in team(edition_id) if m.user.id == user_id), None)
    if found is None:
        raise NotThere
    return found


def wrong_accounts() -> list[str]:
    """List accounts whose row contradicts itself."""
    unconfirmed = User.confirmed_at.is_(None) & (User.password_hash.is_not(None) | User.is_owner)
    rows = select(User.id).where(or_(User.email != func.lower(User.email), User.email.not_like("%_@_%"), unconfirmed)).order_by(User.id)
    return [f"user {number} has no proper address, or a password or ownership without a confirmed one" for number in db.session.scalars(rows)]
