"""Invitations by mail: to an edition's team, or to act for an exhibitor."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from eventapp.accounts.errors import AlreadyOnTeam, LinkStale
from eventapp.accounts.models import Invitation, Role, RoleGrant, User
from eventapp.accounts.passwords import new_hash
from eventapp.accounts.people import find_or_add_user, user_by_email, user_to_change
from eventapp.accounts.roles import grant_role
from eventapp.accounts.signals import invitation_accepted
from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.core.ids import hash_secret, new_secret
from eventapp.mail.outbox import queue_mail

LASTS = timedelta(days=14)


def invite(email: str, kind: str, edition_id: int, subject: Mapping[str, Any], language: str, *, actor_id: int, now: datetime) -> Invitation:
    """Invite an address; an open invitation to the same thing is replaced.

    `kind` "role": subject {"role"}; `kind` "exhibitor": {"exhibitor_id", "role", "name"}, name being the exhibitor's, for the mail. `now` is real time.
    """
    email = email.strip().lower()
    with transaction():
        _refuse_member(email, kind, edition_id)
        for open_one in open_invitations(kind, edition_id):
            if open_one.email == email and _same(open_one.subject, subject):
                _claim(open_one.id, withdrawn_at=now)  # unless it is accepted at this moment
        secret = new_secret()
        invitation = Invitation(email=email, kind=kind, edition_id=edition_id, subject=dict(subject), language=language, secret_hash=hash_secret(secret))
        invitation.invited_by, invitation.created_at, invitation.expires_at = actor_id, now, now + LASTS
        db.session.add(invitation)
        db.session.flush()
        role = subject["role"] if kind == "role" else ""
        words = {"inviter": db.session.get_one(User, actor_id).name, "role": role, "exhibitor": subject.get("name", "")}
        queue_mail(email, "accounts/invitation", language, edition_id=edition_id, secret_path=f"/accounts/invitation/{secret}", **words)
        record("invitation.sent", "invitation", invitation.id, actor_id=actor_id, at=now, edition_id=edition_id, kind=kind)
    return invitation


def _refuse_member(email: str, kind: str, edition_id: int) -> None:
    """Refuse to invite somebody to a team who is on it: roles are changed at once, without a mail."""
    user = user_by_email(email) if kind == "role" else None
    if user is not None and db.session.scalar(select(RoleGrant.id).where(RoleGrant.user_id == user.id, RoleGrant.edition_id == edition_id).limit(1)) is not None:
        raise AlreadyOnTeam(email=email)


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two invitations are to the same role or exhibitor."""
    keys = ("exhibitor_id",) if "exhibitor_id" in other else ("role",)
    return all(one.get(key) == other.get(key) for key in keys)


def open_invitations(kind: str, edition_id: int) -> list[Invitation]:
    """List the invitations of a kind that nobody accepted or withdrew, newest first; expired ones too."""
    rows = select(Invitation).where(Invitation.kind == kind, Invitation.edition_id == edition_id, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    return list(db.session.scalars(rows.order_by(Invitation.created_at.desc(), Invitation.id.desc())))


def withdraw_invitation(invitation_id: int, kind: str, edition_id: int, *, actor_id: int, now: datetime) -> None:
    """Take an open invitation of an edition back; the caller has checked that it is theirs."""
    with transaction():
        mine = select(Invitation.id).where(Invitation.id == invitation_id, Invitation.kind == kind, Invitation.edition_id == edition_id)
        if db.session.scalar(mine) is None or not _claim(invitation_id, withdrawn_at=now):
            raise NotThere
        record("invitation.withdrawn", "invitation", invitation_id, actor_id=actor_id, at=now, edition_id=edition_id)


def invitation_of(secret: str) -> Invitation | None:
    """Find an invitation that was sent, still open or not."""
    return db.session.scalar(select(Invitation).where(Invitation.secret_hash == hash_secret(secret)))


def good_invitation(secret: str, now: datetime) -> Invitation:
    """Find an invitation that can still be accepted."""
    invitation = invitation_of(secret)
    if invitation is None or invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= now:
        raise LinkStale
    return invitation


def accept(secret: str, user_id: int, *, now: datetime) -> Invitation:
    """Accept an invitation for an account: the role is granted, or the exhibitor's room adds its member, in this same transaction."""
    with transaction():
        invitation = good_invitation(secret, now)
        if not _claim(invitation.id, accepted_at=now):
            raise LinkStale
        user = user_to_change(user_id)
        if invitation.kind == "role":
            grant_role(user.id, invitation.edition_id, Role(invitation.subject["role"]), actor_id=invitation.invited_by, now=now)
        else:
            invitation_accepted.send(invitation=invitation, user=user, now=now)
        record("invitation.accepted", "invitation", invitation.id, actor_id=user.id, at=now, edition_id=invitation.edition_id)
    return invitation


def _claim(invitation_id: int, **answer: datetime) -> bool:
    """Mark an invitation as accepted or withdrawn, unless it is already either."""
    unanswered = update(Invitation).where(Invitation.id == invitation_id, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
    return db.session.execute(unanswered.values(**answer).returning(Invitation.id)).first() is not None


def accept_as_new(secret: str, *, name: str, password: str, language: str, now: datetime) -> User:
    """Accept an invitation with a new account: the link itself proves the address."""
    hashed = new_hash(password, email=good_invitation(secret, now).email, name=name)
    with transaction():
        invitation = good_invitation(secret, now)
        user = user_to_change(find_or_add_user(invitation.email, name, language, now).id)
        if user.confirmed_at is not None or user.disabled_at is not None:
            raise LinkStale  # somebody made the account meanwhile; the page then asks to sign in
        user.name, user.language, user.password_hash, user.confirmed_at = name, language, hashed, now
        accept(secret, user.id, now=now)
        record("user.confirmed", "user", user.id, actor_id=user.id, at=now)
    return user
