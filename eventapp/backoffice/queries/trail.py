"""The trail of an edition: who did what, with the names that its rows do not carry."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from eventapp.accounts.models import Invitation, User
from eventapp.agreements.models import Agreement
from eventapp.attendees.models import Attendee
from eventapp.audit.models import AuditEntry
from eventapp.badges.models import Badge
from eventapp.core.db import db
from eventapp.core.zones import instant
from eventapp.doors.models import Device, Gate
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Circular, Exhibitor
from eventapp.mail.models import OutgoingMail
from eventapp.organisations.models import Organisation, PersonName
from eventapp.pricing.models import PriceItem
from eventapp.programme.models import ProgrammeSession, Room
from eventapp.stands.models import Stand

Name = str | dict[str, str]


@dataclass(frozen=True)
class Wanted:
    """How the trail is narrowed: by what it is about, by who did it ("system" for nobody), and by days."""

    kind: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Reader:
    """Whose trail is read: an edition's, and for the owner of the installation also what belongs to no edition."""

    edition: Edition
    with_general: bool = False

    @property
    def own(self) -> ColumnElement[bool]:
        """Say which entries are theirs to see."""
        here = AuditEntry.edition_id == self.edition.id
        return or_(here, AuditEntry.edition_id.is_(None)) if self.with_general else here


def entries(reader: Reader, wanted: Wanted) -> Select[Any]:
    """Select the entries, the latest first; days are the edition's own."""
    query, tz = select(AuditEntry).where(reader.own), reader.edition.timezone
    if wanted.kind:
        query = query.where(AuditEntry.subject_kind == wanted.kind)
    if wanted.actor == "system":
        query = query.where(AuditEntry.actor_id.is_(None))
    elif wanted.actor:
        query = query.where(AuditEntry.actor_id == int(wanted.actor))
    if wanted.since:
        query = query.where(AuditEntry.at >= instant(wanted.since, time(0), tz))
    if wanted.until:
        query = query.where(AuditEntry.at < _day_after(wanted.until, tz))
    return query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def _day_after(day: date, tz: str) -> datetime:
    return instant(day + timedelta(days=1), time(0), tz)


def kinds(reader: Reader) -> list[str]:
    """List what the trail is about."""
    return list(db.session.scalars(select(AuditEntry.subject_kind).where(reader.own).distinct().order_by(AuditEntry.subject_kind)))


def actors(reader: Reader) -> list[User]:
    """List the people who did something, by name."""
    did = select(AuditEntry.actor_id).where(reader.own)
    return list(db.session.scalars(select(User).where(User.id.in_(did)).order_by(User.name, User.id)))


_PERSON = select(func.min(PersonName.id)).where(PersonName.person_id == Attendee.person_id, PersonName.position == 0).correlate(Attendee).scalar_subquery()
_OF_ATTENDEE = select(Attendee.id, PersonName.given, PersonName.family).join(PersonName, PersonName.id == _PERSON)

# what an entry can be about: how ids are turned into names, in one query each
_NAMES: dict[str, Select[*tuple[Any, ...]]] = {
    "circular": select(Circular.id, Circular.subject),
    "exhibitor": select(Exhibitor.id, Exhibitor.public_name),
    "user": select(User.id, User.name),
    "invitation": select(Invitation.id, Invitation.email),
    "stand": select(Stand.id, Stand.number),
    "edition": select(Edition.id, Edition.name),
    "attendee": _OF_ATTENDEE,
    "badge": select(Badge.id, PersonName.given, PersonName.family).join(Attendee, Attendee.id == Badge.attendee_id).join(PersonName, PersonName.id == _PERSON),
    "session": select(ProgrammeSession.id, ProgrammeSession.title),
    "room": select(Room.id, Room.name),
    "agreement": select(Agreement.id, Agreement.title),
    "mail": select(OutgoingMail.id, OutgoingMail.to),
    "price": select(PriceItem.id, PriceItem.name),
    "price_list": select(Edition.id, Edition.name),
    "organisation": select(Organisation.id, Organisation.name),
    "person": select(PersonName.person_id, PersonName.given, PersonName.family).where(PersonName.position == 0),
    "gate": select(Gate.id, Gate.name),
    "device": select(Device.id, Device.label),
}


def names_of(rows: Iterable[AuditEntry]) -> dict[tuple[str, int], Name]:
    """Name what some entries are about, in one query for each kind; what was erased has no name any more."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.subject_kind].add(row.subject_id)
        if row.actor_id is not None:
            wanted["user"].add(row.actor_id)
    return {(kind, row[0]): _name(row[1:]) for kind, ids in wanted.items() if kind in _NAMES for row in _rows(kind, ids)}


def _rows(kind: str, ids: set[int]) -> Sequence[Any]:
    query = _NAMES[kind]
    return db.session.execute(query.where(query.selected_columns[0].in_(ids))).all()


def _name(parts: Sequence[Any]) -> Name:
    return parts[0] if len(parts) == 1 else " ".join(parts)
