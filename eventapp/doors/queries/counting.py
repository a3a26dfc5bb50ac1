"""Presence and visits as the journal has them, beside what is stored; and what doctor asks of the doors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import func, or_, select, text

from eventapp.attendees.models import Attendee
from eventapp.core.db import db
from eventapp.doors.models import Device, Gate, Presence, Scan, Visit
from eventapp.doors.rules.presence import Passage, State, state_of
from eventapp.editions.models import Zone

Where = tuple[int, int]  # attendee and zone
When = tuple[int, date]  # attendee and day


@dataclass(frozen=True)
class Figures:
    """Who is inside and who came: each with the edition."""

    presence: Mapping[Where, tuple[int, State]]
    visits: Mapping[When, tuple[int, datetime]]


def hold_figures() -> None:
    """Let no scan be recorded until the operation ends."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE presence, visits IN SHARE ROW EXCLUSIVE MODE"))


def counted_anew() -> Figures:
    """Compute the figures from the journal alone."""
    order = (Scan.attendee_id, Scan.zone_id)
    columns = (*order, Scan.edition_id, Scan.happened_at, Scan.id, Scan.direction, Scan.day, Scan.gate_id)
    rows = db.session.execute(select(*columns).where(Scan.passed).order_by(*order).execution_options(yield_per=2000))
    presence = {}
    for (attendee_id, zone_id), group in groupby(rows, key=lambda row: (row.attendee_id, row.zone_id)):
        scans = list(group)
        state = state_of(Passage(row.happened_at, row.id, row.direction, row.day, row.gate_id) for row in scans)
        if state is not None:
            presence[attendee_id, zone_id] = (scans[0].edition_id, state)
    first = select(Scan.attendee_id, Scan.day, Scan.edition_id, func.min(Scan.happened_at)).where(Scan.counted)
    visits = {(who, day): (edition_id, at) for who, day, edition_id, at in db.session.execute(first.group_by(Scan.attendee_id, Scan.day, Scan.edition_id)) if who is not None}
    return Figures(presence, visits)


def stored_figures() -> Figures:
    """Load the figures that are stored."""
    presence = {}
    for row in db.session.execute(select(Presence.__table__).execution_options(yield_per=2000)):
        state = State(row.inside, row.day, row.changed_at, row.gate_id, row.scan_id, row.last_at, row.last_scan_id)
        presence[row.attendee_id, row.zone_id] = (row.edition_id, state)
    stored = db.session.execute(select(Visit.attendee_id, Visit.day, Visit.edition_id, Visit.first_at).execution_options(yield_per=2000))
    return Figures(presence, {(who, day): (edition_id, at) for who, day, edition_id, at in stored})


def differences(stored: Figures, anew: Figures) -> Iterator[str]:
    """Tell in words where stored figures and the journal disagree."""
    for where in sorted({*stored.presence, *anew.presence}):
        told, true = stored.presence.get(where), anew.presence.get(where)
        if told != true:
            yield f"attendee {where[0]} in zone {where[1]}: {_side(told)} is stored, the scans say {_side(true)}"
    for when in sorted({*stored.visits, *anew.visits}):
        counted, came = stored.visits.get(when), anew.visits.get(when)
        if counted != came:
            yield f"attendee {when[0]} on {when[1]}: {_visit(counted)} is stored, the scans say {_visit(came)}"


def _side(found: tuple[int, State] | None) -> str:
    if found is None:
        return "nothing"
    state = found[1]
    return f"{'inside' if state.inside else 'outside'} since {state.changed_at:%Y-%m-%d %H:%M:%S} by scan {state.scan_id}, last read at {state.last_at:%H:%M:%S}"


def _visit(found: tuple[int, datetime] | None) -> str:
    return "no visit" if found is None else f"a visit from {found[1]:%H:%M:%S.%f} UTC"


def wrong_figures() -> Iterator[str]:
    """List where presence and visits differ from the journal: breaches."""
    return differences(stored_figures(), counted_anew())


def visited_twice() -> Iterator[str]:
    """List attendees with more than one visit on a day: breaches."""
    query = select(Visit.attendee_id, Visit.day, func.count()).group_by(Visit.attendee_id, Visit.day).having(func.count() > 1)
    yield from (f"attendee {attendee_id} has {count} visits on {day}" for attendee_id, day, count in db.session.execute(query))


def scans_across_editions() -> Iterator[str]:
    """List scans, gates and devices that name something of another edition: breaches."""
    scans = select(Scan.id).join(Gate, Gate.id == Scan.gate_id).join(Device, Device.id == Scan.device_id).join(Zone, Zone.id == Scan.zone_id)
    scans = scans.outerjoin(Attendee, Attendee.id == Scan.attendee_id)
    astray = or_(*(there.edition_id != Scan.edition_id for there in (Gate, Device, Zone, Attendee)))
    yield from (f"scan {scan_id} is of another edition than its gate, zone, device or attendee" for scan_id in db.session.scalars(scans.where(astray)))
    gates = select(Gate.id).join(Zone, Zone.id == Gate.zone_id).where(Zone.edition_id != Gate.edition_id)
    yield from (f"gate {gate_id} leads into another edition's zone" for gate_id in db.session.scalars(gates))
    devices = select(Device.id).join(Gate, Gate.id == Device.gate_id).where(Gate.edition_id != Device.edition_id)
    yield from (f"device {device_id} stands at another edition's gate" for device_id in db.session.scalars(devices))


def codes_left() -> list[str]:
    """List devices that were enrolled or taken out of use and whose code still waits for a phone: breaches."""
    over = or_(Device.token_hash.is_not(None), Device.revoked_at.is_not(None))
    return [f"device {number} still has its code" for number in db.session.scalars(select(Device.id).where(Device.code_hash.is_not(None), over).order_by(Device.id))]
