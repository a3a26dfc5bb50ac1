"""The exhibitor managers' work list, and one application with its history."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload

from eventapp.accounts.models import User
from eventapp.audit.models import AuditEntry
from eventapp.core.db import db
from eventapp.core.texts import clean
from eventapp.exhibitors.models import SECTORS, ApplicationState, Exhibitor, ExhibitorMember, StandKind
from eventapp.exhibitors.queries import awaits_confirmation
from eventapp.exhibitors.queries.messages import with_unread
from eventapp.organisations.queries import has_words
from eventapp.stands.models import ClaimState, Stand, StandClaim
from eventapp.stands.rules import stand_number

STATES = tuple(state for state in ApplicationState if state is not ApplicationState.DRAFT)
SORTS = {
    "new": (Exhibitor.submitted_at.desc(), Exhibitor.id.desc()),
    "old": (Exhibitor.submitted_at, Exhibitor.id),
    "name": (Exhibitor.folded, Exhibitor.id),
    "area": (Exhibitor.area_wished.desc(), Exhibitor.id),
}


@dataclass(frozen=True)
class Wanted:
    """How the work list is narrowed and sorted."""

    q: str = ""
    state: str = ""
    sort: str = "new"
    stand: str = ""  # none: only those without a stand
    sector: str = ""
    kind: str = ""
    messages: str = ""  # unread: only those who wrote what nobody read yet

    @property
    def filters(self) -> dict[str, str]:
        """List what differs from the whole list, the latest first."""
        return {name: value for name, value in asdict(self).items() if value and (name, value) != ("sort", "new")}

    @property
    def narrows(self) -> bool:
        """Say whether some applications are left out."""
        return bool(set(self.filters) - {"sort"})


_KNOWN: dict[str, Collection[str]] = {"state": STATES, "sort": SORTS, "stand": ("none",), "sector": SECTORS, "kind": tuple(StandKind), "messages": ("unread",)}


def wanted_of(asked: Mapping[str, str]) -> Wanted:
    """Read how a list is narrowed and sorted from an address or a saved view; what is not known narrows nothing."""
    chosen = {name: asked[name] for name, known in _KNOWN.items() if asked.get(name, "") in known}
    return Wanted(q=clean(asked.get("q", ""))[:100], **chosen)


def applications(edition_id: int, wanted: Wanted) -> Select[Exhibitor]:
    """Select an edition's applications: by name in any spelling, reference, address, ICE or stand number, by state, sector and kind of stand, by having no stand, and by unread answers."""
    query = select(Exhibitor).options(joinedload(Exhibitor.organisation, innerjoin=True)).where(Exhibitor.edition_id == edition_id)
    query = query.where(Exhibitor.state == wanted.state if wanted.state else Exhibitor.state != ApplicationState.DRAFT)
    if wanted.stand == "none":
        query = query.where(~exists().where(StandClaim.exhibitor_id == Exhibitor.id, StandClaim.state == ClaimState.ALLOCATED))
    query = query.where(with_unread()) if wanted.messages else query
    for column, value in ((Exhibitor.sector, wanted.sector), (Exhibitor.stand_kind, wanted.kind)):
        query = query.where(column == value) if value else query
    typed = clean(wanted.q)
    if typed:
        on_stand = select(StandClaim.exhibitor_id).join(Stand, Stand.id == StandClaim.stand_id)
        query = query.where(
            or_(
                has_words(Exhibitor.folded, typed),
                Exhibitor.reference == typed.upper(),
                Exhibitor.contact_email.contains(typed.lower(), autoescape=True),
                Exhibitor.ice == "".join(typed.split()),
                Exhibitor.id.in_(on_stand.where(Stand.edition_id == edition_id, Stand.number == stand_number(typed))),
            )
        )
    return query.order_by(*SORTS.get(wanted.sort, SORTS["new"]))


def all_applications(edition_id: int, wanted: Wanted) -> Iterator[Exhibitor]:
    """Load every application that the work list shows, for a table."""
    yield from db.session.scalars(applications(edition_id, wanted))


def all_numbers(edition_id: int, wanted: Wanted, most: int) -> list[int]:
    """List the numbers of the applications that the work list shows, whole."""
    return list(db.session.scalars(applications(edition_id, wanted).with_only_columns(Exhibitor.id).limit(most)))


def unconfirmed(exhibitor_ids: Iterable[int]) -> set[int]:
    """Tell which exhibitors have an owner who did not confirm the address, or the application, yet."""
    query = select(ExhibitorMember.exhibitor_id).join(User, User.id == ExhibitorMember.user_id).join(Exhibitor, Exhibitor.id == ExhibitorMember.exhibitor_id)
    return set(
        db.session.scalars(
            query.where(ExhibitorMember.exhibitor_id.in_(list(exhibitor_ids)), ExhibitorMember.role == "owner", or_(User.confirmed_at.is_(None), awaits_confirmation()))
        )
    )


def history(exhibitor_id: int) -> list[tuple[AuditEntry, str | None]]:
    """List what was done to an application and by whom, latest first."""
    query = select(AuditEntry, User.name).outerjoin(User, User.id == AuditEntry.actor_id)
    rows = db.session.execute(
        query.where(AuditEntry.subject_kind == "exhibitor", AuditEntry.subject_id == exhibitor_id).order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(100)
    )
    return [(row[0], row[1]) for row in rows]
