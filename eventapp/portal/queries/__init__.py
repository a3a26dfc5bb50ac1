"""What the portal's pages show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload

from config import ROOT
from eventapp.accounts.invitations import open_invitations
from eventapp.accounts.models import Invitation, User
from eventapp.audit.trail import happened
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.core.texts import fold
from eventapp.editions.models import Edition, Hall
from eventapp.editions.queries import all_editions, editions_by_id
from eventapp.exhibitors.models import SECTORS, ApplicationState, Exhibitor, FurtherSector
from eventapp.exhibitors.queries import memberships, owner_of, team
from eventapp.exhibitors.queries.catalogue import shown_by
from eventapp.exhibitors.rules import ENDED
from eventapp.invoicing.models import ContractState
from eventapp.invoicing.queries import contract_state, versions_of
from eventapp.jobs.runner import worker_is_alive
from eventapp.organisations.models import Organisation
from eventapp.programme.queries import latest_version
from eventapp.programme.rules import wall_start
from eventapp.stands.models import ClaimState, Stand, StandClaim


def migrations_are_whole() -> bool:
    """Say whether the database has every migration."""
    heads = set(ScriptDirectory(str(Path(ROOT) / "migrations")).get_heads())
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads


def readiness() -> dict[str, bool]:
    """Check what the program needs to do its work."""
    try:
        return {"database": True, "migrations": migrations_are_whole(), "worker": worker_is_alive()}
    except SQLAlchemyError:
        db.session.rollback()
        return {"database": False, "migrations": False, "worker": False}


@dataclass(frozen=True)
class Place:
    """Where a user acts: for an exhibitor, or as an organiser of an edition."""

    endpoint: str
    arguments: dict[str, Any]
    edition: Edition
    exhibitor: Exhibitor | None = None


def places_of(user: User) -> list[Place]:
    """List what a user acts for: exhibitors across editions, then editions as an organiser."""
    mine = [exhibitor for exhibitor in memberships(user.id) if exhibitor.state != ApplicationState.DRAFT]
    editions = {edition.id: edition for edition in editions_by_id({exhibitor.edition_id for exhibitor in mine})}
    homes = [Place("exhibiting.home", {"edition": editions[exhibitor.edition_id].slug, "exhibitor": exhibitor.id}, editions[exhibitor.edition_id], exhibitor) for exhibitor in mine]
    organised = all_editions() if user.is_owner else editions_by_id({grant.edition_id for grant in user.roles})
    return homes + [Place("backoffice.home", {"edition": edition.slug}, edition) for edition in organised]


_folded = lru_cache(maxsize=2**14)(fold)


def _words(typed: str) -> list[str]:
    return fold(typed).split()[:8]


def _has_words(edition_id: int, typed: str) -> ColumnElement[bool]:
    """Match exhibitors that have every word in their names, products, co-exhibitors or firms represented."""
    shown = {exhibitor_id: " ".join(map(_folded, names)) for exhibitor_id, names in shown_by(edition_id).items()}
    having = {word: [exhibitor_id for exhibitor_id, text in shown.items() if word in text] for word in _words(typed)}
    return and_(True, *(or_(Exhibitor.folded.contains(word, autoescape=True), Exhibitor.id.in_(ids)) for word, ids in having.items()))  # noqa: FBT003 - SQL's true


def found_in(edition_id: int, exhibitors: Sequence[Exhibitor], typed: str) -> Mapping[int, list[str]]:
    """Name what was found where exhibitors were not found by their own names alone."""
    words = _words(typed)
    shown = shown_by(edition_id) if words else {}
    return {one.id: [name for name in shown.get(one.id, []) if any(word in _folded(name) for word in words if word not in one.folded)] for one in exhibitors}


def accepted_exhibitors(edition_id: int, *, q: str = "", sector: str = "", country: str = "", hall: str = "") -> Select[Exhibitor]:
    """Select an edition's accepted exhibitors, by name; words are looked for in what they show and whom they bring along too."""
    query = select(Exhibitor).options(joinedload(Exhibitor.organisation, innerjoin=True)).where(Exhibitor.edition_id == edition_id, Exhibitor.state == ApplicationState.ACCEPTED)
    if q.strip():
        query = query.where(_has_words(edition_id, q))
    if sector in SECTORS:
        further = select(FurtherSector.exhibitor_id).where(FurtherSector.edition_id == edition_id, FurtherSector.sector == sector)
        query = query.where(or_(Exhibitor.sector == sector, Exhibitor.id.in_(further)))
    if len(country) == 2 and country.isascii() and country.isalpha():  # noqa: PLR2004 - ISO 3166 codes
        query = query.where(Exhibitor.organisation.has(country=country))
    if hall:
        inside = select(StandClaim.exhibitor_id).join(Stand, Stand.id == StandClaim.stand_id).join(Hall, Hall.id == Stand.hall_id).where(StandClaim.state == ClaimState.ALLOCATED)
        query = query.where(Exhibitor.id.in_(inside.where(Hall.edition_id == edition_id, Hall.code == hall)))
    return query.order_by(Exhibitor.folded, Exhibitor.id)


def countries_shown(edition_id: int) -> list[str]:
    """List the countries that an edition's accepted exhibitors come from, as ISO 3166 codes."""
    query = select(Organisation.country).join(Exhibitor, Exhibitor.organisation_id == Organisation.id).distinct()
    return sorted(db.session.scalars(query.where(Exhibitor.edition_id == edition_id, Exhibitor.state == ApplicationState.ACCEPTED)))


def public_exhibitor(edition_id: int, exhibitor_id: int) -> Exhibitor:
    """Load an accepted exhibitor of an edition, as the public sees it."""
    found = db.session.scalar(accepted_exhibitors(edition_id).where(Exhibitor.id == exhibitor_id))
    if found is None:
        raise NotThere
    return found


def sent_application(exhibitor_id: int) -> Exhibitor:
    """Load the application that a registration became, for who holds the registration's key."""
    return db.session.scalars(select(Exhibitor).where(Exhibitor.id == exhibitor_id)).one()


@dataclass(frozen=True)
class Milestone:
    """One mark on the way of an application: reached at an instant, or not yet."""

    code: str
    at: datetime | None
    reached: bool


def timeline(exhibitor: Exhibitor) -> list[Milestone]:
    """Tell how far an application is: sent, address confirmed, decided, stand allocated, contract accepted once one was sent."""
    owner = owner_of(exhibitor.id)
    confirmed = owner.confirmed_at if owner else None
    since = db.session.scalar(select(StandClaim.since).where(StandClaim.exhibitor_id == exhibitor.id, StandClaim.state == ClaimState.ALLOCATED).order_by(StandClaim.since).limit(1))
    decided = exhibitor.state if exhibitor.state != ApplicationState.SUBMITTED else "accepted"
    way = [
        Milestone("submitted", exhibitor.submitted_at, reached=True),
        Milestone("confirmed", None, confirmed is not None),
        Milestone(decided, exhibitor.decided_at, exhibitor.decided_at is not None),
    ]
    if exhibitor.state in ENDED:
        return way
    way.append(Milestone("stand", since, since is not None))
    versions = versions_of(exhibitor.id)
    accepted = versions[0].acceptance if versions and contract_state(exhibitor) == ContractState.ACCEPTED else None
    return [*way, Milestone("contract", accepted.at if accepted else None, accepted is not None)] if versions else way


def colleague(exhibitor_id: int, user_id: int) -> User:
    """Load somebody of the team who is not its owner."""
    found = next((user for member, user in team(exhibitor_id) if user.id == user_id and member.role != "owner"), None)
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class Upcoming:
    """A session that is still to come: texts in every language, its wall day, its start as an instant and in minutes after midnight."""

    slug: str
    title: dict[str, str]
    room: dict[str, str]
    day: date
    start: int
    starts_at: datetime


def next_sessions(edition: Edition, now: datetime, limit: int = 3) -> list[Upcoming]:
    """List what comes next in the published programme; parts of a session are left out, the whole stands for them."""
    version = latest_version(edition.id)
    if version is None:
        return []
    rooms = {room["id"]: room["name"] for room in version.snapshot["rooms"]}
    found = [_upcoming(session, rooms, edition.timezone) for session in version.snapshot["sessions"] if session["parent"] is None]
    return sorted((session for session in found if session.starts_at >= now), key=lambda session: session.starts_at)[:limit]


def _upcoming(session: dict[str, Any], rooms: dict[int, dict[str, str]], tz: str) -> Upcoming:
    day = date.fromisoformat(session["day"])
    starts_at = wall_start(day, session["start"], tz, session["fold"]).astimezone(UTC)
    return Upcoming(session["slug"], session["title"], rooms[session["room"]], day, session["start"], starts_at)


def invited_to(exhibitor: Exhibitor) -> list[Invitation]:
    """List the open invitations to an exhibitor's team."""
    return [invitation for invitation in open_invitations("exhibitor", exhibitor.edition_id) if invitation.subject["exhibitor_id"] == exhibitor.id]


def invitation_to(exhibitor: Exhibitor, invitation_id: int) -> Invitation:
    """Load an open invitation to an exhibitor's team."""
    found = next((invitation for invitation in invited_to(exhibitor) if invitation.id == invitation_id), None)
    if found is None:
        raise NotThere
    return found


def is_closed_invitation(exhibitor: Exhibitor, invitation_id: int) -> bool:
    """Say whether an invitation to an exhibitor's team was accepted or withdrawn."""
    found = db.session.get(Invitation, invitation_id)
    mine = found is not None and (found.kind, found.edition_id, found.subject.get("exhibitor_id")) == ("exhibitor", exhibitor.edition_id, exhibitor.id)
    return mine and found is not None and (found.accepted_at is not None or found.withdrawn_at is not None)


def has_left(exhibitor: Exhibitor, user_id: int) -> bool:
    """Say whether somebody was taken out of an exhibitor's team, and did not come back."""
    there = any(member.user_id == user_id for member in exhibitor.members)
    return not there and happened(("exhibitor.left",), "exhibitor", exhibitor.id, exhibitor.edition_id, user_id=user_id)
