"""Links by mail: made, found, used once."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from eventapp.accounts.errors import LinkStale
from eventapp.accounts.models import AccountLink, User
from eventapp.core.db import db
from eventapp.core.ids import hash_secret, new_secret
from eventapp.mail.outbox import queue_mail

LASTS = {"confirm": timedelta(days=7), "reset": timedelta(hours=1)}
MOST_AN_HOUR = 5  # links by mail to one account, so that nobody's mailbox is filled from our pages


def mail_link(user: User, purpose: str, *, language: str, next_path: str | None, edition_id: int | None, now: datetime) -> None:
    """Send a user a fresh link; inside an operation. After a few in one hour nothing is sent."""
    if _sent_lately(user, now) >= MOST_AN_HOUR:
        return
    secret = new_secret()
    db.session.add(
        AccountLink(user_id=user.id, purpose=purpose, secret_hash=hash_secret(secret), next_path=(next_path or "")[:300] or None, made_at=now, expires_at=now + LASTS[purpose])
    )
    queue_mail(user.email, f"accounts/{purpose}", language, edition_id=edition_id, name=user.name, secret_path=f"/accounts/{purpose}/{secret}")


def _sent_lately(user: User, now: datetime) -> int:
    lately = select(func.count()).select_from(AccountLink).where(AccountLink.user_id == user.id, AccountLink.made_at > now - timedelta(hours=1))
    return db.session.scalar(lately) or 0


def link_of(secret: str, purpose: str) -> AccountLink | None:
    """Find a link that was sent, still good or not."""
    return db.session.scalar(select(AccountLink).where(AccountLink.secret_hash == hash_secret(secret), AccountLink.purpose == purpose))


def good_link(secret: str, purpose: str, now: datetime) -> AccountLink:
    """Find a link that still works, without using it up."""
    link = link_of(secret, purpose)
    if link is None or link.used_at is not None or link.expires_at <= now or link.user.disabled_at is not None:
        raise LinkStale
    return link


def use_link(secret: str, purpose: str, now: datetime) -> AccountLink:
    """Use a link up, inside an operation, with its user locked; of two at once one is refused."""
    found = good_link(secret, purpose, now)
    db.session.execute(select(User.id).where(User.id == found.user_id).with_for_update())
    if not _claim(found.id, now):
        raise LinkStale
    return found


def _claim(link_id: int, now: datetime) -> bool:
    """Mark a link as used, unless it is already."""
    done = update(AccountLink).where(AccountLink.id == link_id, AccountLink.used_at.is_(None)).values(used_at=now).returning(AccountLink.id)
    return db.session.execute(done).first() is not None


def end_links(user_id: int, purpose: str, now: datetime) -> None:
    """Use up all of a user's links of a kind: after a password was set, the older mails open nothing."""
    db.session.execute(update(AccountLink).where(AccountLink.user_id == user_id, AccountLink.purpose == purpose, AccountLink.used_at.is_(None)).values(used_at=now))
