"""Messages between organiser and exhibitors: threads, what nobody read yet, what was sent to many, and what doctor asks."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.accounts.models import Role, RoleGrant, User
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.exhibitors.models import Circular, Exhibitor, ExhibitorMessage

_UNREAD = (~ExhibitorMessage.from_organiser, ExhibitorMessage.read_at.is_(None))


def thread(exhibitor_id: int) -> list[tuple[ExhibitorMessage, str | None]]:
    """List an exhibitor's messages and who wrote each, the oldest first."""
    query = select(ExhibitorMessage, User.name).outerjoin(User, User.id == ExhibitorMessage.by_user_id).where(ExhibitorMessage.exhibitor_id == exhibitor_id)
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(ExhibitorMessage.id))]


def latest_message(exhibitor_id: int) -> ExhibitorMessage | None:
    """Load the newest message of a thread."""
    return db.session.scalar(select(ExhibitorMessage).where(ExhibitorMessage.exhibitor_id == exhibitor_id).order_by(ExhibitorMessage.id.desc()).limit(1))


def with_unread() -> ColumnElement[bool]:
    """Say, in a query over exhibitors, that an answer of theirs was not read yet."""
    return select(ExhibitorMessage.id).where(ExhibitorMessage.exhibitor_id == Exhibitor.id, *_UNREAD).exists()


def exhibitors_with_unread(edition_id: int) -> int:
    """Count the exhibitors of an edition whose answers nobody read yet."""
    return db.session.scalar(select(func.count(ExhibitorMessage.exhibitor_id.distinct())).where(ExhibitorMessage.edition_id == edition_id, *_UNREAD)) or 0


def unread_threads(edition_id: int, most: int = 100) -> list[tuple[ExhibitorMessage, int]]:
    """List the newest unread answer of each exhibitor of an edition and how many there are, the latest first."""
    newest = select(func.max(ExhibitorMessage.id).label("id"), func.count().label("count")).where(ExhibitorMessage.edition_id == edition_id, *_UNREAD)
    grouped = newest.group_by(ExhibitorMessage.exhibitor_id).subquery()
    query = select(ExhibitorMessage, grouped.c.count).join(grouped, grouped.c.id == ExhibitorMessage.id).options(joinedload(ExhibitorMessage.exhibitor, innerjoin=True))
    return [(row[0], row[1]) for row in db.session.execute(query.order_by(ExhibitorMessage.id.desc()).limit(most))]


def unread_of(exhibitor_ids: Iterable[int]) -> dict[int, int]:
    """Count the unread answers of some exhibitors; who has none is not in it."""
    query = select(ExhibitorMessage.exhibitor_id, func.count()).where(ExhibitorMessage.exhibitor_id.in_(list(exhibitor_ids)), *_UNREAD)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(ExhibitorMessage.exhibitor_id))}


def unread_to_change(exhibitor_id: int, up_to: int) -> list[ExhibitorMessage]:
    """Load an exhibitor's unread answers as far as the page showed them, locked until the operation ends."""
    query = select(ExhibitorMessage).where(ExhibitorMessage.exhibitor_id == exhibitor_id, ExhibitorMessage.id <= up_to, *_UNREAD)
    return list(db.session.scalars(query.order_by(ExhibitorMessage.id).with_for_update().execution_options(populate_existing=True)))


def last_writer(exhibitor_id: int) -> User | None:
    """Load the organiser who wrote to an exhibitor last, if they still manage the edition's exhibitors."""
    granted = (RoleGrant.user_id == User.id, RoleGrant.edition_id == Exhibitor.edition_id, RoleGrant.role.in_((Role.ADMINISTRATOR, Role.EXHIBITOR_MANAGER)))
    manages = or_(User.is_owner, select(RoleGrant.user_id).where(*granted, Exhibitor.id == exhibitor_id).exists())
    wrote = select(ExhibitorMessage.by_user_id).where(ExhibitorMessage.exhibitor_id == exhibitor_id, ExhibitorMessage.from_organiser)
    return db.session.scalar(select(User).where(User.id.in_(wrote.order_by(ExhibitorMessage.id.desc()).limit(1)), User.disabled_at.is_(None), manages))


def circulars(edition_id: int) -> Select[Circular]:
    """Select what was written to many in an edition, the latest first."""
    return select(Circular).where(Circular.edition_id == edition_id).order_by(Circular.id.desc())


def circular_of(edition_id: int, circular_id: int) -> Circular:
    """Load what was written to many in an edition."""
    found = db.session.scalar(select(Circular).where(Circular.id == circular_id, Circular.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def readers_of(circular_ids: Iterable[int]) -> dict[int, int]:
    """Count to how many exhibitors each of some circulars went."""
    query = select(ExhibitorMessage.circular_id, func.count()).where(ExhibitorMessage.circular_id.in_(list(circular_ids))).group_by(ExhibitorMessage.circular_id)
    return {int(row[0] or 0): row[1] for row in db.session.execute(query)}


def letters_of(circular_id: int) -> list[ExhibitorMessage]:
    """List what each exhibitor got of a circular, by name."""
    query = select(ExhibitorMessage).join(Exhibitor, Exhibitor.id == ExhibitorMessage.exhibitor_id).where(ExhibitorMessage.circular_id == circular_id)
    return list(db.session.scalars(query.order_by(Exhibitor.folded, Exhibitor.id)))


def circulars_without_readers() -> list[str]:
    """List circulars that went to nobody: breaches."""
    went = select(ExhibitorMessage.id).where(ExhibitorMessage.circular_id == Circular.id).exists()
    return [f"circular {number} went to nobody" for number in db.session.scalars(select(Circular.id).where(~went).order_by(Circular.id))]


def unread_of_organisers() -> list[str]:
    """List messages of the organiser with a time at which an organiser read them: breaches."""
    odd = select(ExhibitorMessage.id).where(ExhibitorMessage.from_organiser, ExhibitorMessage.read_at.is_not(None)).order_by(ExhibitorMessage.id)
    return [f"message {number} of the organiser was read by the organiser" for number in db.session.scalars(odd)]
