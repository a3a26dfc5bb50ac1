"""The door supervisor's pages: how the doors go, gates, devices, the journal. The help desk reads."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.attendees.rules import CATEGORY_NAMES
from eventapp.core import clock
from eventapp.core.texts import LANGUAGES, RIGHT_TO_LEFT
from eventapp.core.zones import wall
from eventapp.doors import operations, queries
from eventapp.doors.forms import OUTCOME_NAMES, REASON_NAMES, DeviceForm, GateForm, MoveForm, NewGateForm
from eventapp.doors.models import Device, Gate
from eventapp.doors.queries import overview as doors
from eventapp.doors.queries.overview import OUTCOMES, LastHour, Narrowed
from eventapp.doors.rules import plots
from eventapp.doors.rules.codes import code_as_written, symbol
from eventapp.editions.models import Edition
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.links import link
from eventapp.web.paging import page_number, page_of
from eventapp.web.pressing import once

doors_organiser = Blueprint("doors_organiser", __name__)
reads = access.organiser(Role.DOOR_SUPERVISOR, Role.HELP_DESK)
runs = access.organiser(Role.DOOR_SUPERVISOR)

_CODES = "door_codes"  # in the supervisor's own session: the database knows only their hashes


@doors_organiser.get("")
@reads
def overview(edition: Edition) -> str:
    """Show who is inside, who came, what the gates read in the last hour, and the devices."""
    now = clock.show_now()
    today = wall(now, edition.timezone).date()
    gates, zones = queries.gates_of(edition.id), queries.zones_of(edition.id)
    facts = {
        "inside": queries.inside_by_zone(edition.id, today),
        "visits": queries.visits_on(edition.id, today),
        "hour": doors.last_hour(edition.id, now),
        "nothing": LastHour(),
        "devices": doors.devices_of(edition.id),
    }
    return render_template("doors/organiser/overview.html", gates=gates, zones={zone.id: zone for zone in zones}, now=now, plot=_plot(edition, gates), **facts)


def _plot(edition: Edition, gates: list[Gate]) -> dict[str, Any]:
    """Draw the last hour of each gate, all on one scale."""
    now = clock.show_now()
    steps = plots.hour_until(now)
    counts = plots.in_steps(doors.times_since(edition.id, steps[0], now), steps)
    most, mirrored = plots.most_of(counts), i18n.language() in RIGHT_TO_LEFT
    by_gate = {gate.id: counts.get(gate.id, [0] * len(steps)) for gate in gates}
    drawn = {gate: plots.bars(found, most, mirrored=mirrored) for gate, found in by_gate.items()}
    return {"steps": steps, "counts": by_gate, "bars": drawn, "most": most, "width": plots.WIDTH, "height": plots.HEIGHT, "mirrored": mirrored}


def _back(edition: Edition, done: str) -> Response:
    flash(done, "ok")
    return redirect(url_for("doors_organiser.overview", edition=edition.slug))


@doors_organiser.route("/gates/new", methods=["GET", "POST"])
@runs
@once
def new_gate(edition: Edition) -> Response | tuple[str, int]:
    """Make a gate."""
    form = NewGateForm()
    form.offer(queries.zones_of(edition.id))
    if form.validate_on_submit():
        with refusals(form):
            gate = operations.add_gate(edition.id, code=form.code.data, name=form.name, zone_id=form.zone_id, actor_id=current_user.id, now=clock.show_now())
            return _back(edition, _("%(gate)s is ready. Prepare a phone for it.", gate=i18n.text(gate.name)))
    return render_template("doors/organiser/gate.html", form=form, gate=None), form.status


@doors_organiser.route("/gates/<int:gate_id>", methods=["GET", "POST"])
@runs
@once
def gate(edition: Edition, gate_id: int) -> Response | tuple[str, int]:
    """Rename a gate, or let it lead into another zone."""
    one = queries.gate_of_edition(edition.id, gate_id)
    form = GateForm(data={"version": one.version, "zone": str(one.zone_id), **{f"name_{language}": one.name.get(language, "") for language in LANGUAGES}})
    form.offer(queries.zones_of(edition.id))
    if form.validate_on_submit():
        with refusals(form):
            changed = operations.change_gate(one.id, name=form.name, zone_id=form.zone_id, version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            return _back(edition, _("%(gate)s is changed.", gate=i18n.text(changed.name)))
        one = queries.gate_of_edition(edition.id, gate_id)
        form.version.data = one.version
    return render_template("doors/organiser/gate.html", form=form, gate=one), form.status


@doors_organiser.route("/devices/new", methods=["GET", "POST"])
@runs
@once
def prepare(edition: Edition) -> Response | tuple[str, int]:
    """Prepare a device for a gate."""
    gates = queries.gates_of(edition.id)
    form = DeviceForm(data={"gate": request.args.get("gate", "")})
    form.offer(gates)
    if form.validate_on_submit():
        with refusals(form):
            prepared = operations.prepare_device(
                edition.id, gate_id=form.gate_id, label=form.label.data or "", actor_id=current_user.id, now=clock.show_now(), real_now=clock.real_now()
            )
            session[_CODES] = {**dict(list(session.get(_CODES, {}).items())[-9:]), str(prepared.device.id): prepared.code}
            return redirect(url_for("doors_organiser.device", edition=edition.slug, device_id=prepared.device.id))
    return render_template("doors/organiser/prepare.html", form=form, gates=gates), form.status


@doors_organiser.route("/devices/<int:device_id>", methods=["GET", "POST"])
@runs
def device(edition: Edition, device_id: int) -> Response | tuple[str, int]:
    """Show a device: its code while it waits for one, and the gate it may be moved to."""
    one = queries.device_of_edition(edition.id, device_id)
    form = MoveForm(data={"gate": str(one.gate_id)})
    form.offer(queries.gates_of(edition.id))
    if form.validate_on_submit():
        with refusals(form):
            moved = operations.move_device(one.id, gate_id=form.gate_id, actor_id=current_user.id, now=clock.show_now())
            return _back(edition, _("The phone stands at %(gate)s now, and learns of it within seconds.", gate=i18n.text(moved.gate.name)))
    return render_template("doors/organiser/device.html", form=form, device=one, waiting=_waiting(one)), form.status


def _waiting(one: Device) -> dict[str, Any] | None:
    """Tell the code of a device that waits for it: only to who prepared it, and as long as it is good."""
    left = (one.code_expires_at - clock.real_now()).total_seconds() if one.code_hash and one.code_expires_at else 0
    code = session.get(_CODES, {}).get(str(one.id))
    if left <= 0 or code is None:
        return None
    page = link("door.scanner")
    side, drawn = symbol(f"{page}#{code}")
    return {"code": code_as_written(code.replace("-", "")), "minutes": max(1, round(left / 60)), "page": page, "side": side, "path": drawn}


@doors_organiser.route("/devices/<int:device_id>/revoke", methods=["GET", "POST"])
@runs
def revoke(edition: Edition, device_id: int) -> Response | str:
    """Ask once more, then take a device out of use."""
    one = queries.device_of_edition(edition.id, device_id)
    if request.method == "POST":
        operations.revoke_device(one.id, actor_id=current_user.id, now=clock.show_now())
        return _back(edition, _("The phone is out of use. Its next scan is refused."))
    return render_template("doors/organiser/revoke.html", device=one)


@doors_organiser.get("/scans")
@reads
def journal(edition: Edition) -> str:
    """List the latest scans, by gate and outcome."""
    narrowed = _narrowed()
    page = page_of(doors.journal(edition.id, narrowed), page_number())
    names = {"gates": doors.gate_names(edition.id), "devices": doors.device_labels(edition.id), "outcomes": OUTCOME_NAMES, "reasons": REASON_NAMES, "categories": CATEGORY_NAMES}
    return render_template("doors/organiser/journal.html", page=page, narrowed=narrowed, holders=doors.holders_of(page.rows), **names)


def _narrowed() -> Narrowed:
    """Read what the journal is narrowed to; anything odd narrows nothing."""
    gate, outcome = request.args.get("gate", ""), request.args.get("outcome", "")
    number = int(gate) if gate.isascii() and gate.isdigit() and len(gate) < 10 else None  # noqa: PLR2004 - an id of the database
    return Narrowed(number, outcome if outcome in OUTCOMES else "")
