"""Loaders of exhibitors, which also authorise, and what doctor asks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from eventapp.accounts.models import Invitation, User
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.core.ids import hash_secret
from eventapp.exhibitors.errors import OwnersOnly
from eventapp.exhibitors.models import (
    AcceptedConditions,
    ApplicationState,
    CoExhibitor,
    ExhibitedProduct,
    ExhibitingConditions,
    ExhibitingRules,
    Exhibitor,
    ExhibitorMember,
    FurtherSector,
    OrderedExtra,
    RegistrationDraft,
    RepresentedFirm,
    ResumeLink,
)
from eventapp.exhibitors.rules import ENDED


def awaits_confirmation() -> ColumnElement[bool]:
    """Match exhibitors whose application was sent in the name of an account, and is not confirmed yet by its mailed link."""
    draft = select(RegistrationDraft.id).where(RegistrationDraft.exhibitor_id == Exhibitor.id, RegistrationDraft.answers["awaits"].as_string().is_not(None))
    return draft.correlate(Exhibitor).exists()


def is_awaited(exhibitor_id: int) -> bool:
    """Say whether an application waits for its owner's confirmation."""
    return db.session.scalar(select(Exhibitor.id).where(Exhibitor.id == exhibitor_id, awaits_confirmation())) is not None


def member_of(user_id: int, edition_id: int, exhibitor_id: int) -> ExhibitorMember:
    """Load a membership; another's exhibitor, another edition's and a missing one look the same."""
    found = db.session.scalar(
        select(ExhibitorMember).join(Exhibitor).where(ExhibitorMember.user_id == user_id, Exhibitor.id == exhibitor_id, Exhibitor.edition_id == edition_id, ~awaits_confirmation())
    )
    if found is None:
        raise NotThere
    return found


def own_exhibitor(user_id: int, edition_id: int, exhibitor_id: int) -> Exhibitor:
    """Load an exhibitor for one of its people."""
    return member_of(user_id, edition_id, exhibitor_id).exhibitor


def owned_exhibitor(user_id: int, edition_id: int, exhibitor_id: int) -> Exhibitor:
    """Load an exhibitor for its owner; other people of the team may not do what owners do."""
    member = member_of(user_id, edition_id, exhibitor_id)
    if member.role != "owner":
        raise OwnersOnly
    return member.exhibitor


def exhibitor_of_edition(edition_id: int, exhibitor_id: int) -> Exhibitor:
    """Load an exhibitor of an edition, for its organisers."""
    found = db.session.scalar(
        select(Exhibitor)
        .options(joinedload(Exhibitor.organisation, innerjoin=True))
        .where(Exhibitor.id == exhibitor_id, Exhibitor.edition_id == edition_id, Exhibitor.state != ApplicationState.DRAFT)
    )
    if found is None:
        raise NotThere
    return found


def exhibiting_rules(edition_id: int) -> ExhibitingRules:
    """Load how an edition deals with applications, by default where nothing was said."""
    defaults = {"stand_way": "wish_list", "hold_minutes": 20, "request_days": 14, "accepts_at_once": False, "badges_from": "acceptance", "version": 1}
    return db.session.get(ExhibitingRules, edition_id) or ExhibitingRules(edition_id=edition_id, **defaults)


def exhibiting_rules_to_change(edition_id: int) -> ExhibitingRules:
    """Load an edition's rules, which are there, locked until the operation ends."""
    return db.session.scalars(select(ExhibitingRules).where(ExhibitingRules.edition_id == edition_id).with_for_update().execution_options(populate_existing=True)).one()


def exhibitor_to_change(exhibitor_id: int) -> Exhibitor:
    """Load an exhibitor as it is now, locked until the operation ends."""
    found = db.session.scalar(select(Exhibitor).where(Exhibitor.id == exhibitor_id).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotThere
    return found


def lock_exhibitors(edition_id: int) -> list[int]:
    """Hold the accepted exhibitors of an edition until the operation ends; list them in the order of their ids."""
    query = select(Exhibitor.id).where(Exhibitor.edition_id == edition_id, Exhibitor.state == ApplicationState.ACCEPTED).order_by(Exhibitor.id)
    return list(db.session.scalars(query.with_for_update()))


def waiting_for(edition_id: int, stand_kind: str) -> list[Exhibitor]:
    """List who is on an edition's waiting list for a kind of stand, the earliest first."""
    query = select(Exhibitor).where(Exhibitor.edition_id == edition_id, Exhibitor.state == ApplicationState.WAITLISTED, Exhibitor.stand_kind == stand_kind)
    return list(db.session.scalars(query.order_by(Exhibitor.submitted_at, Exhibitor.id)))


def living_application(edition_id: int, organisation_id: int) -> Exhibitor | None:
    """Find the application of an organisation that was not refused or withdrawn."""
    return db.session.scalar(select(Exhibitor).where(Exhibitor.edition_id == edition_id, Exhibitor.organisation_id == organisation_id, Exhibitor.state.not_in(sorted(ENDED))))


def reference_is_taken(edition_id: int, reference: str) -> bool:
    """Say whether an exhibitor of the edition has this reference."""
    return db.session.scalar(select(Exhibitor.id).where(Exhibitor.edition_id == edition_id, Exhibitor.reference == reference)) is not None


def memberships(user_id: int) -> list[Exhibitor]:
    """List the exhibitors that a user acts for, latest first."""
    query = select(Exhibitor).join(ExhibitorMember).where(ExhibitorMember.user_id == user_id, ~awaits_confirmation())
    return list(db.session.scalars(query.order_by(Exhibitor.id.desc())))


def team(exhibitor_id: int) -> list[tuple[ExhibitorMember, User]]:
    """List the people who act for an exhibitor, the owner first."""
    query = select(ExhibitorMember, User).join(User, User.id == ExhibitorMember.user_id).where(ExhibitorMember.exhibitor_id == exhibitor_id)
    return [(member, user) for member, user in db.session.execute(query.order_by(ExhibitorMember.role.desc(), ExhibitorMember.since))]


def owner_of(exhibitor_id: int) -> User | None:
    """Load the owner of an exhibitor."""
    return db.session.scalar(
        select(User).join(ExhibitorMember, ExhibitorMember.user_id == User.id).where(ExhibitorMember.exhibitor_id == exhibitor_id, ExhibitorMember.role == "owner")
    )


def member_to_change(exhibitor_id: int, user_id: int) -> ExhibitorMember:
    """Load somebody's membership, locked until the operation ends."""
    found = db.session.scalar(select(ExhibitorMember).where(ExhibitorMember.exhibitor_id == exhibitor_id, ExhibitorMember.user_id == user_id).with_for_update())
    if found is None:
        raise NotThere
    return found


def draft(edition_id: int, key: str | None) -> RegistrationDraft | None:
    """Load the registration that a key opens: the browser's own, or that of a link which was mailed."""
    return db.session.scalar(_draft(edition_id, key)) if key else None


def draft_to_change(edition_id: int, key: str) -> RegistrationDraft | None:
    """Load a registration as it is now, locked until the operation ends."""
    return db.session.scalar(_draft(edition_id, key).with_for_update().execution_options(populate_existing=True))


def _draft(edition_id: int, key: str | None) -> Select[RegistrationDraft]:
    hashed = hash_secret(key or "")
    linked = select(ResumeLink.draft_id).where(ResumeLink.edition_id == edition_id, ResumeLink.key_hash == hashed)
    return select(RegistrationDraft).where(RegistrationDraft.edition_id == edition_id, or_(RegistrationDraft.key_hash == hashed, RegistrationDraft.id.in_(linked)))


def linked_draft(edition_id: int, key: str) -> RegistrationDraft | None:
    """Load the registration that a mailed link opens, under way or sent."""
    opened = (ResumeLink.draft_id == RegistrationDraft.id) & (ResumeLink.edition_id == RegistrationDraft.edition_id)
    return db.session.scalar(select(RegistrationDraft).join(ResumeLink, opened).where(ResumeLink.edition_id == edition_id, ResumeLink.key_hash == hash_secret(key)))


def current_conditions(edition_id: int) -> ExhibitingConditions | None:
    """Load the conditions that count in an edition; None where nobody wrote any."""
    return db.session.scalar(select(ExhibitingConditions).where(ExhibitingConditions.edition_id == edition_id).order_by(ExhibitingConditions.number.desc()).limit(1))


def accepted_conditions(exhibitor_id: int) -> tuple[AcceptedConditions, ExhibitingConditions] | None:
    """Load which conditions an exhibitor accepted last."""
    query = select(AcceptedConditions, ExhibitingConditions).join(ExhibitingConditions, ExhibitingConditions.id == AcceptedConditions.conditions_id)
    row = db.session.execute(query.where(AcceptedConditions.exhibitor_id == exhibitor_id).order_by(AcceptedConditions.id.desc()).limit(1)).one_or_none()
    return (row[0], row[1]) if row else None


@dataclass(frozen=True)
class Wanted:
    """What an exhibitor brings and wants beside the stand."""

    sectors: list[str]
    products: list[str]
    co_exhibitors: list[CoExhibitor]
    represented: list[RepresentedFirm]
    extras: list[OrderedExtra]


def co_exhibitors_of(exhibitor_id: int) -> int:
    """Count the co-exhibitors of an exhibitor."""
    return db.session.scalar(select(func.count()).select_from(CoExhibitor).where(CoExhibitor.exhibitor_id == exhibitor_id)) or 0


def wanted_by(exhibitor_id: int) -> Wanted:
    """Load what an exhibitor brings and wants beside the stand."""
    return Wanted(
        list(db.session.scalars(select(FurtherSector.sector).where(FurtherSector.exhibitor_id == exhibitor_id).order_by(FurtherSector.sector))),
        list(db.session.scalars(select(ExhibitedProduct.name).where(ExhibitedProduct.exhibitor_id == exhibitor_id).order_by(ExhibitedProduct.position))),
        list(db.session.scalars(select(CoExhibitor).where(CoExhibitor.exhibitor_id == exhibitor_id).order_by(CoExhibitor.position))),
        list(db.session.scalars(select(RepresentedFirm).where(RepresentedFirm.exhibitor_id == exhibitor_id).order_by(RepresentedFirm.position))),
        list(db.session.scalars(select(OrderedExtra).where(OrderedExtra.exhibitor_id == exhibitor_id).order_by(OrderedExtra.code))),
    )


def companions_of(exhibitor_ids: Sequence[int]) -> dict[int, list[CoExhibitor]]:
    """List the co-exhibitors of some exhibitors, in one query."""
    found: dict[int, list[CoExhibitor]] = defaultdict(list)
    for one in db.session.scalars(select(CoExhibitor).where(CoExhibitor.exhibitor_id.in_(exhibitor_ids)).order_by(CoExhibitor.position)):
        found[one.exhibitor_id].append(one)
    return found


def extras_of(exhibitor_ids: Sequence[int]) -> dict[int, list[OrderedExtra]]:
    """List what some exhibitors ordered beside their stands, in one query."""
    found: dict[int, list[OrderedExtra]] = defaultdict(list)
    for one in db.session.scalars(select(OrderedExtra).where(OrderedExtra.exhibitor_id.in_(exhibitor_ids)).order_by(OrderedExtra.code)):
        found[one.exhibitor_id].append(one)
    return found


def accepted_of_edition(edition_id: int) -> list[Exhibitor]:
    """List an edition's accepted exhibitors with their organisations, by name."""
    query = select(Exhibitor).options(joinedload(Exhibitor.organisation, innerjoin=True)).where(Exhibitor.edition_id == edition_id, Exhibitor.state == ApplicationState.ACCEPTED)
    return list(db.session.scalars(query.order_by(Exhibitor.folded, Exhibitor.id)))


def is_ordered(price_item_id: int) -> bool:
    """Say whether an exhibitor ordered at a price."""
    return db.session.scalar(select(OrderedExtra.exhibitor_id).where(OrderedExtra.price_item_id == price_item_id).limit(1)) is not None


def counts_by_state(edition_id: int) -> dict[str, int]:
    """Count an edition's applications by state."""
    query = select(Exhibitor.state, func.count()).where(Exhibitor.edition_id == edition_id, Exhibitor.state != ApplicationState.DRAFT).group_by(Exhibitor.state)
    return {row[0]: row[1] for row in db.session.execute(query)}


def without_one_owner() -> list[str]:
    """List exhibitors that have not exactly one owner: a breach."""
    owners = func.count(ExhibitorMember.user_id)
    query = (
        select(Exhibitor.id, owners)
        .outerjoin(ExhibitorMember, (ExhibitorMember.exhibitor_id == Exhibitor.id) & (ExhibitorMember.role == "owner"))
        .where(Exhibitor.state != ApplicationState.DRAFT)
        .group_by(Exhibitor.id)
        .having(owners != 1)
    )
    return [f"exhibitor {exhibitor_id} has {count} owners" for exhibitor_id, count in db.session.execute(query)]


def living_twice() -> list[str]:
    """List organisations with more than one living application in an edition: a breach."""
    living = func.count(Exhibitor.id)
    query = select(Exhibitor.edition_id, Exhibitor.organisation_id, living).where(Exhibitor.organisation_id.is_not(None), Exhibitor.state.not_in(sorted(ENDED)))
    rows = db.session.execute(query.group_by(Exhibitor.edition_id, Exhibitor.organisation_id).having(living > 1).order_by(Exhibitor.edition_id, Exhibitor.organisation_id))
    return [f"organisation {organisation_id} has {count} living applications in edition {edition_id}" for edition_id, organisation_id, count in rows]


def drafts_across_editions() -> list[str]:
    """List registrations that became an exhibitor of another edition: a breach."""
    query = select(RegistrationDraft.id, Exhibitor.id).join(Exhibitor, Exhibitor.id == RegistrationDraft.exhibitor_id).where(Exhibitor.edition_id != RegistrationDraft.edition_id)
    return [f"registration {draft_id} became exhibitor {exhibitor_id} of another edition" for draft_id, exhibitor_id in db.session.execute(query)]


def invitations_astray() -> list[str]:
    """List invitations to act for an exhibitor that is gone or of another edition: breaches."""
    editions: dict[Any, int] = dict(db.session.execute(select(Exhibitor.id, Exhibitor.edition_id)).all())
    found = []
    for invitation in db.session.scalars(select(Invitation).where(Invitation.kind == "exhibitor").order_by(Invitation.id)):
        number = invitation.subject.get("exhibitor_id")
        if editions.get(number) != invitation.edition_id:
            found.append(f"invitation {invitation.id} is for exhibitor {number}, which is {'of another edition' if number in editions else 'gone'}")
    return found
