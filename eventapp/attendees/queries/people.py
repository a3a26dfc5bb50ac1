"""Loaders of attendees, which also authorise, and what doctor asks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from eventapp.attendees.models import Attendee, Hat, StaffRequest, StaffSeat
from eventapp.attendees.rules import main_category
from eventapp.core.db import db
from eventapp.core.errors import NotThere
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.queries import co_exhibitors_of
from eventapp.pricing.queries import price_list
from eventapp.pricing.rules import staff_quota
from eventapp.stands.queries import stands_of


def attendee_of_edition(edition_id: int, attendee_id: int) -> Attendee:
    """Load an attendee of an edition, for its organisers."""
    found = db.session.scalar(select(Attendee).where(Attendee.id == attendee_id, Attendee.edition_id == edition_id).options(selectinload(Attendee.hats)))
    if found is None:
        raise NotThere
    return found


def attendee_with_key(edition_id: int, key: str) -> Attendee:
    """Load the attendee whose personal page a secret key opens."""
    found = db.session.scalar(select(Attendee).where(Attendee.personal_key == key, Attendee.edition_id == edition_id))
    if found is None:
        raise NotThere
    return found


def attendee_to_change(attendee_id: int) -> Attendee:
    """Load an attendee as it is now, locked until the operation ends; who only refers to it, as a scan does, need not wait."""
    query = select(Attendee).where(Attendee.id == attendee_id).with_for_update(of=Attendee, key_share=True).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotThere
    return found


def same_attendee(edition_id: int, email: str, folded_name: str) -> Attendee | None:
    """Find who registered with this address and name, locked until the operation ends."""
    query = select(Attendee).where(Attendee.edition_id == edition_id, Attendee.email == email, Attendee.folded_name == folded_name)
    return db.session.scalar(query.with_for_update(of=Attendee, key_share=True).execution_options(populate_existing=True))


def hold_names(attendee_id: int) -> None:
    """Let nobody be registered or renamed in an attendee's edition until the operation ends."""
    own = select(Attendee.edition_id).where(Attendee.id == attendee_id).scalar_subquery()
    db.session.execute(select(Edition.id).where(Edition.id == own).with_for_update())


def details_of(attendee: Attendee) -> dict[str, str | None]:
    """List what is written about an attendee, under the names that the operations take."""
    spelt = {script: next((name for name in attendee.person.names if name.script == script), None) for script in ("latn", "arab")}
    latin, arabic = spelt["latn"] or attendee.person.names[0], spelt["arab"]
    names = {"given": latin.given, "family": latin.family, "given_ar": arabic.given if arabic else "", "family_ar": arabic.family if arabic else ""}
    work = {"organisation": attendee.organisation_name, "job_title": attendee.job_title, "country": attendee.country}
    return {**names, **work, "email": attendee.email, "phone": attendee.phone, "language": attendee.language}


def namesake(edition_id: int, folded_name: str, *, only_without_address: bool) -> Attendee | None:
    """Find who is there under this name, the edition held so that nobody is added meanwhile."""
    db.session.execute(select(Edition.id).where(Edition.id == edition_id).with_for_update(key_share=True))
    query = select(Attendee).where(Attendee.edition_id == edition_id, Attendee.folded_name == folded_name, Attendee.withdrawn_at.is_(None))
    if only_without_address:
        query = query.where(Attendee.email.is_(None))
    return db.session.scalar(query.order_by(Attendee.id).limit(1))


def registrations_of(edition_id: int, person_ids: Collection[int]) -> list[tuple[Attendee, Edition]]:
    """List how people are registered in an edition, with the edition, the latest first; withdrawn registrations are left out."""
    query = (
        select(Attendee, Edition)
        .join(Edition, Edition.id == Attendee.edition_id)
        .where(Attendee.edition_id == edition_id, Attendee.person_id.in_(person_ids), Attendee.withdrawn_at.is_(None))
    )
    return [(attendee, edition) for attendee, edition in db.session.execute(query.order_by(Attendee.id.desc()))]


def reference_is_taken(edition_id: int, reference: str) -> bool:
    """Say whether an attendee of the edition has this reference."""
    return db.session.scalar(select(Attendee.id).where(Attendee.edition_id == edition_id, Attendee.reference == reference)) is not None


def of_same_address(attendee: Attendee) -> list[Attendee]:
    """List who else registered with an attendee's address: maybe the same person under another spelling."""
    if attendee.email is None:
        return []
    query = select(Attendee).where(Attendee.edition_id == attendee.edition_id, Attendee.email == attendee.email, Attendee.id != attendee.id)
    return list(db.session.scalars(query.where(Attendee.withdrawn_at.is_(None)).order_by(Attendee.id).limit(10)))


def staff_of(exhibitor_id: int) -> list[Attendee]:
    """List an exhibitor's staff who were not withdrawn, by name."""
    query = select(Attendee).where(Attendee.exhibitor_id == exhibitor_id, Attendee.withdrawn_at.is_(None)).options(selectinload(Attendee.hats))
    return list(db.session.scalars(query.order_by(Attendee.folded_name, Attendee.id)))


def staff_member(exhibitor_id: int, attendee_id: int) -> Attendee:
    """Load one of an exhibitor's staff; anybody else's look missing."""
    query = select(Attendee).where(Attendee.id == attendee_id, Attendee.exhibitor_id == exhibitor_id, Attendee.withdrawn_at.is_(None))
    found = db.session.scalar(query)
    if found is None:
        raise NotThere
    return found


@dataclass(frozen=True)
class StaffQuota:
    """How many badges come with an exhibitor's stands (None: as many as it likes), how many are used, and what one more costs without tax."""

    badges: int | None
    used: int
    extras: int
    extra_amount: Decimal | None
    currency: str

    @property
    def used_up(self) -> bool:
        """Say whether the next one is beyond the quota."""
        return self.badges is not None and self.used >= self.badges


def quota_of(exhibitor: Exhibitor) -> StaffQuota:
    """Count an exhibitor's staff badges against its stands, by the edition's table."""
    prices = price_list(exhibitor.edition_id)
    area = sum((line.area_m2 for line in stands_of([exhibitor.id]).get(exhibitor.id, [])), Decimal(0))
    badges = staff_quota(area, prices.quota, co_exhibitors_of(exhibitor.id)) if prices.quota.steps else None
    staff = select(func.count()).select_from(Attendee).where(Attendee.exhibitor_id == exhibitor.id, Attendee.withdrawn_at.is_(None))
    used = len(seats_taken(exhibitor.id))
    return StaffQuota(badges, used, (db.session.scalar(staff) or 0) - used, prices.extra_badge_amount, prices.currency)


def seats_taken(exhibitor_id: int) -> set[int]:
    """List the numbers of an exhibitor's badges that somebody has."""
    return set(db.session.scalars(select(StaffSeat.seat).where(StaffSeat.exhibitor_id == exhibitor_id)))


def seats_of_others() -> list[str]:
    """List seats whose holder is not on that exhibitor's staff any more: a breach."""
    query = select(StaffSeat.exhibitor_id, StaffSeat.seat, Attendee.id).join(Attendee, Attendee.id == StaffSeat.attendee_id)
    gone = or_(Attendee.exhibitor_id.is_distinct_from(StaffSeat.exhibitor_id), Attendee.withdrawn_at.is_not(None))
    return [
        f"seat {seat} of exhibitor {exhibitor_id} is held by attendee {attendee_id}, who is not on its staff"
        for exhibitor_id, seat, attendee_id in db.session.execute(query.where(gone))
    ]


def was_on_staff(exhibitor_id: int, attendee_id: int) -> bool:
    """Say whether somebody was one of an exhibitor's staff and their registration was withdrawn."""
    return db.session.scalar(select(Attendee.id).where(Attendee.id == attendee_id, Attendee.exhibitor_id == exhibitor_id, Attendee.withdrawn_at.is_not(None))) is not None


def asked_by(exhibitor_id: int) -> list[tuple[StaffRequest, Attendee]]:
    """List whom an exhibitor asked to join its staff and who did not say yes, in the order of asking."""
    query = select(StaffRequest, Attendee).join(Attendee, Attendee.id == StaffRequest.attendee_id).where(StaffRequest.exhibitor_id == exhibitor_id)
    rows = db.session.execute(query.where(StaffRequest.state.in_(("open", "declined"))).order_by(StaffRequest.asked_at, StaffRequest.id))
    return [(request, attendee) for request, attendee in rows]


def asked_with_key(edition_id: int, key: str) -> tuple[StaffRequest, Attendee, Exhibitor]:
    """Load the question that a secret key opens, whom it asks, and for which exhibitor."""
    query = select(StaffRequest, Attendee, Exhibitor).join(Attendee, Attendee.id == StaffRequest.attendee_id).join(Exhibitor, Exhibitor.id == StaffRequest.exhibitor_id)
    row = db.session.execute(query.where(StaffRequest.edition_id == edition_id, StaffRequest.key == key)).first()
    if row is None:
        raise NotThere
    return row[0], row[1], row[2]


def request_to_change(exhibitor_id: int, attendee_id: int) -> StaffRequest | None:
    """Load what an exhibitor asked somebody, locked until the operation ends."""
    query = select(StaffRequest).where(StaffRequest.exhibitor_id == exhibitor_id, StaffRequest.attendee_id == attendee_id)
    return db.session.scalar(query.with_for_update().execution_options(populate_existing=True))


def wrong_requests() -> list[str]:
    """List people who said yes to an exhibitor and are not on its staff, and questions of another edition: breaches."""
    query = select(StaffRequest.id, StaffRequest.attendee_id, StaffRequest.exhibitor_id).join(Attendee, Attendee.id == StaffRequest.attendee_id)
    elsewhere = (StaffRequest.state == "accepted") & Attendee.exhibitor_id.is_distinct_from(StaffRequest.exhibitor_id)
    foreign = (Attendee.edition_id != StaffRequest.edition_id) | (Exhibitor.edition_id != StaffRequest.edition_id)
    found = query.join(Exhibitor, Exhibitor.id == StaffRequest.exhibitor_id).where(elsewhere | foreign).order_by(StaffRequest.id)
    return [
        f"question {number} to attendee {attendee_id} for exhibitor {exhibitor_id} does not go with who they are" for number, attendee_id, exhibitor_id in db.session.execute(found)
    ]


def staff_to_change(exhibitor_id: int) -> Sequence[Attendee]:
    """Load an exhibitor's staff, locked in the order of their ids until the operation ends."""
    query = select(Attendee).where(Attendee.exhibitor_id == exhibitor_id).order_by(Attendee.id).with_for_update(of=Attendee, key_share=True)
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().all()


def staff_named(exhibitor_id: int, folded_name: str) -> Attendee | None:
    """Find one of an exhibitor's staff by name, withdrawn or not; who is there comes first."""
    query = select(Attendee).where(Attendee.exhibitor_id == exhibitor_id, Attendee.folded_name == folded_name)
    return db.session.scalar(query.order_by(Attendee.withdrawn_at.is_not(None), Attendee.id).limit(1))


def counts_by_category(edition_id: int) -> dict[str, int]:
    """Count an edition's attendees by main category; withdrawn ones are left out."""
    query = select(Attendee.category, func.count()).where(Attendee.edition_id == edition_id, Attendee.withdrawn_at.is_(None)).group_by(Attendee.category)
    return dict(db.session.execute(query).all())


def staff_across_editions() -> list[str]:
    """List attendees who are the staff of another edition's exhibitor: a breach."""
    query = select(Attendee.id, Exhibitor.id).join(Exhibitor, Exhibitor.id == Attendee.exhibitor_id).where(Exhibitor.edition_id != Attendee.edition_id)
    return [f"attendee {attendee_id} is staff of exhibitor {exhibitor_id} of another edition" for attendee_id, exhibitor_id in db.session.execute(query)]


def wrong_categories() -> Iterator[str]:
    """List attendees whose main category is not the first of their hats: a breach."""
    hats: dict[int, set[str]] = {}
    for attendee_id, hat in db.session.execute(select(Hat.attendee_id, Hat.category)):
        hats.setdefault(attendee_id, set()).add(hat)
    for attendee_id, category in db.session.execute(select(Attendee.id, Attendee.category)):
        worn = hats.get(attendee_id, set())
        if not worn or main_category(worn) != category:
            yield f"attendee {attendee_id} is {category} and wears {', '.join(sorted(worn)) or 'no hat'}"
