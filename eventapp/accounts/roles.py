"""Who may do what in an edition: granting and withdrawing roles, ending and owning accounts."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from sqlalchemy import Table, select

from eventapp.accounts.errors import LastAdministrator, LastOwner, NotYourself
from eventapp.accounts.models import Role, RoleGrant, User
from eventapp.accounts.passwords import new_hash
from eventapp.accounts.people import find_or_add_user, user_by_email, user_to_change
from eventapp.audit.trail import record
from eventapp.core.db import db, insert_new, transaction
from eventapp.core.errors import NotThere


def grant_role(user_id: int, edition_id: int, role: Role, *, actor_id: int | None, now: datetime) -> bool:
    """Give a user a role in an edition; False when they have it already."""
    with transaction():
        row = {"user_id": user_id, "edition_id": edition_id, "role": Role(role).value, "granted_at": now}
        if not insert_new(cast("Table", RoleGrant.__table__), [row], ["user_id", "edition_id", "role"]):
            return False
        record("role.granted", "user", user_id, actor_id=actor_id, at=now, edition_id=edition_id, role=Role(role).value)
    return True


def set_roles(user_id: int, edition_id: int, roles: Iterable[Role], *, actor_id: int, now: datetime) -> None:
    """Let a member of an edition's team have exactly these roles; without any they leave the team."""
    wanted = {Role(role) for role in roles}
    with transaction():
        grants = _grants_to_change(edition_id)
        mine = {Role(grant.role): grant for grant in grants if grant.user_id == user_id}
        if not mine:
            raise NotThere
        if Role.ADMINISTRATOR in mine and Role.ADMINISTRATOR not in wanted:
            _keep_an_administrator(grants, user_id)
        for role in sorted(set(mine) - wanted):
            db.session.delete(mine[role])
            record("role.withdrawn", "user", user_id, actor_id=actor_id, at=now, edition_id=edition_id, role=role.value)
        for role in sorted(wanted - set(mine)):
            grant_role(user_id, edition_id, role, actor_id=actor_id, now=now)


def _grants_to_change(edition_id: int) -> list[RoleGrant]:
    """Load an edition's grants, locked in the order of their ids, so that two administrators who remove each other take turns."""
    rows = select(RoleGrant).where(RoleGrant.edition_id == edition_id).order_by(RoleGrant.id)
    return list(db.session.scalars(rows.with_for_update().execution_options(populate_existing=True)))


def _keep_an_administrator(grants: list[RoleGrant], leaving: int) -> None:
    others = [grant.user for grant in grants if grant.role == Role.ADMINISTRATOR and grant.user_id != leaving]
    if not any(user.is_active for user in others):
        raise LastAdministrator


def disable_user(user_id: int, *, actor_id: int | None, now: datetime) -> None:
    """End an account: nobody can sign in with it, and its sessions die at once."""
    if user_id == actor_id:
        raise NotYourself
    with transaction():
        owners = _owners_to_change()
        user = user_to_change(user_id)
        if user.disabled_at is None:
            _keep_an_owner(owners, user_id)
            user.disabled_at = now
            user.session_epoch += 1
            record("user.disabled", "user", user.id, actor_id=actor_id, at=now)


def _owners_to_change() -> list[User]:
    """Load the owners of the installation, locked in the order of their ids, so that two who disable each other take turns."""
    return list(db.session.scalars(select(User).where(User.is_owner).order_by(User.id).with_for_update().execution_options(populate_existing=True)))


def _keep_an_owner(owners: list[User], leaving: int) -> None:
    others = [user for user in owners if user.id != leaving]
    if len(others) < len(owners) and not any(user.is_active for user in others):
        raise LastOwner


def enable_user(user_id: int, *, actor_id: int, now: datetime) -> None:
    """Let a disabled account in again."""
    with transaction():
        user = user_to_change(user_id)
        if user.disabled_at is not None:
            user.disabled_at = None
            record("user.enabled", "user", user.id, actor_id=actor_id, at=now)


def make_owner(email: str, name: str, password: str | None, *, language: str, now: datetime) -> User:
    """Make an owner of the whole installation, of a new or a known account; with a password, that becomes theirs."""
    known = user_by_email(email)
    hashed = None if password is None else new_hash(password, email=email, name=known.name if known else name)
    with transaction():
        user = user_to_change(find_or_add_user(email, name, language, now).id)
        if hashed is not None:
            user.password_hash = hashed
            user.session_epoch += 1
        user.is_owner, user.disabled_at = True, None
        user.confirmed_at = user.confirmed_at or now
        record("user.made_owner", "user", user.id, actor_id=None, at=now)
    return user
