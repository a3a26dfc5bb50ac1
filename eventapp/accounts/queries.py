"""Lists of accounts, and what must hold of them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import selectinload

from eventapp.accounts.models import Invitation, RoleGrant, User
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.core.texts import clean


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


def ownerless() -> list[str]:
    """Say when the installation has owners and none of them can sign in: a breach."""
    owners = list(db.session.scalars(select(User).where(User.is_owner).order_by(User.id)))
    return [] if not owners or any(user.is_active for user in owners) else [f"none of {len(owners)} owners of the installation can sign in"]


def answered_twice() -> list[str]:
    """List invitations that were accepted and withdrawn as well: a breach."""
    both = select(Invitation.id).where(Invitation.accepted_at.is_not(None), Invitation.withdrawn_at.is_not(None))
    return [f"invitation {number} was accepted and withdrawn" for number in db.session.scalars(both.order_by(Invitation.id))]


def account(user_id: int) -> User:
    """Load an account."""
    found = db.session.get(User, user_id)
    if found is None:
        raise NotThere
    return found


def _state(state: str) -> ColumnElement[bool] | None:
    return {"disabled": User.disabled_at.is_not(None), "unconfirmed": User.confirmed_at.is_(None) & User.disabled_at.is_(None), "owner": User.is_owner.is_(True)}.get(state)


def _found(typed: str) -> list[ColumnElement[bool]]:
    words = clean(typed).lower().split()[:8]
    return [or_(func.lower(User.name).contains(word, autoescape=True), User.email.contains(word, autoescape=True)) for word in words]


def accounts(typed: str, state: str) -> Select[Any]:
    """Select every account of the installation with its roles, by name or address and by state, in the order of names."""
    query = select(User).options(selectinload(User.roles)).where(*_found(typed)).order_by(func.lower(User.name), User.id)
    wanted = _state(state)
    return query if wanted is None else query.where(wanted)


def counts_by_state(typed: str) -> dict[str, int]:
    """Count the accounts that a search finds: all, disabled, unconfirmed, owners."""
    states = ("disabled", "unconfirmed", "owner")
    counts = [func.count(), *(func.coalesce(func.sum(case((_condition(state), 1), else_=0)), 0) for state in states)]
    row = db.session.execute(select(*counts).select_from(User).where(*_found(typed))).one()
    return {name: int(count) for name, count in zip(("all", *states), row, strict=True)}


def _condition(state: str) -> ColumnElement[bool]:
    found = _state(state)
    assert found is not None
    return found
