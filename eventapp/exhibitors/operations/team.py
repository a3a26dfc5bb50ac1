"""Who acts for an exhibitor."""

from datetime import datetime

from eventapp.accounts.invitations import invite
from eventapp.accounts.models import Invitation
from eventapp.audit.trail import record
from eventapp.core.db import db, transaction
from eventapp.core.errors import NotThere
from eventapp.exhibitors import queries
from eventapp.exhibitors.errors import AlreadyInTeam, NotPossibleNow, OwnersOnly, OwnerStays
from eventapp.exhibitors.models import Exhibitor, ExhibitorMember
from eventapp.exhibitors.rules import ENDED


def invite_colleague(exhibitor_id: int, email: str, *, language: str, actor_id: int, now: datetime) -> Invitation:
    """Invite somebody by mail to act for the exhibitor too; they join when they accept."""
    email = email.strip().lower()
    with transaction():
        exhibitor = _living(exhibitor_id)
        if any(user.email == email for _member, user in queries.team(exhibitor_id)):
            raise AlreadyInTeam(email=email)
        subject = {"exhibitor_id": exhibitor_id, "role": "member", "name": exhibitor.public_name}
        invitation = invite(email, "exhibitor", exhibitor.edition_id, subject, language, actor_id=actor_id, now=now)
        record("exhibitor.invited", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id)
    return invitation


def _living(exhibitor_id: int) -> Exhibitor:
    """Load an exhibitor whose application is not over."""
    exhibitor = queries.exhibitor_to_change(exhibitor_id)
    if exhibitor.state in ENDED:
        raise NotPossibleNow
    return exhibitor


def _by_owner(exhibitor: Exhibitor, actor_id: int) -> None:
    """Refuse what the owner alone may do to who is not the owner, or not any more."""
    if not any(member.user_id == actor_id and member.role == "owner" for member in exhibitor.members):
        raise OwnersOnly


def add_member(exhibitor_id: int, user_id: int, *, now: datetime) -> None:
    """Let a user act for the exhibitor; who is in the team already stays as they are."""
    with transaction():
        exhibitor = _living(exhibitor_id)
        if user_id in {member.user_id for member in exhibitor.members}:
            return
        exhibitor.members.append(ExhibitorMember(user_id=user_id, role="member", since=now))
        record("exhibitor.joined", "exhibitor", exhibitor_id, actor_id=user_id, at=now, edition_id=exhibitor.edition_id)


def remove_member(exhibitor_id: int, user_id: int, *, actor_id: int, now: datetime) -> None:
    """Take somebody out of the team, as the owner asks; the owner stays."""
    with transaction():
        exhibitor = queries.exhibitor_to_change(exhibitor_id)
        _by_owner(exhibitor, actor_id)
        member = queries.member_to_change(exhibitor_id, user_id)
        if member.role == "owner":
            raise OwnerStays
        exhibitor.members.remove(member)
        record("exhibitor.left", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id, user_id=user_id)


def hand_over(exhibitor_id: int, user_id: int, *, actor_id: int, now: datetime) -> None:
    """Make somebody of the team the owner, as the owner so far asks, who stays in the team."""
    with transaction():
        exhibitor = queries.exhibitor_to_change(exhibitor_id)
        _by_owner(exhibitor, actor_id)
        heir = next((member for member in exhibitor.members if member.user_id == user_id), None)
        if heir is None:
            raise NotThere
        for member in exhibitor.members:
            if member.role == "owner":
                member.role = "member"
        db.session.flush()  # one owner at a time, also between two statements
        heir.role = "owner"
        record("exhibitor.handed_over", "exhibitor", exhibitor_id, actor_id=actor_id, at=now, edition_id=exhibitor.edition_id, user_id=user_id)
