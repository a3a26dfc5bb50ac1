"""Exhibitor managers place exhibitors on the floor plan: who has which stand, who gets one, who moves, what is kept back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors.forms import KIND_SHORT, SECTOR_NAMES
from eventapp.exhibitors.queries import exhibiting_rules, exhibitor_of_edition
from eventapp.stands import operations, queries
from eventapp.stands.forms import DESK_STATES, SIDES, BlockForm, GiveForm, MoveForm, PlanFilter, SwapForm, id_typed
from eventapp.stands.models import Stand
from eventapp.stands.views.acts import ACTS
from eventapp.stands.views.desk import Answer, by_whom, places, reads
from eventapp.stands.views.drawing import stands_organiser
from eventapp.web import i18n
from eventapp.web.forms import Form, refusals, told_at
from eventapp.web.pressing import once

__all__ = ["stands_organiser"]

WORDS = {"states": DESK_STATES, "sides": SIDES, "kinds": KIND_SHORT, "sectors": SECTOR_NAMES}


def _page(edition: Edition, stand: Stand) -> str:
    return url_for("stands_organiser.stand", edition=edition.slug, stand=stand.id)


@stands_organiser.get("")
@reads
def plan(edition: Edition) -> str:
    """Draw the halls with who has, asked for or holds each stand, and list the same."""
    wanted, halls = PlanFilter(request.args), queries.floor_plan(edition.id, clock.show_now(), for_desk=True)
    every = [stand for hall in halls for stand in hall.stands]
    matching = {stand.id for stand in every if wanted.takes(stand)}
    shown = [hall for hall in halls if wanted.hall in {"", hall.code}] or halls
    counts = {state: sum(stand.state == state for stand in every) for state in DESK_STATES}
    facts = {"dim": {stand.id for stand in every} - matching if wanted.narrows else set(), "counts": counts, "total": len(every)}
    facts["proposes"] = not exhibiting_rules(edition.id).first_come
    facts["halls_named"] = [(hall.code, i18n.text(hall.name)) for hall in halls]
    return render_template("stands/organiser/plan.html", plan=halls, shown=shown, wanted=wanted, matching=matching, **facts, **WORDS)


def _show(edition: Edition, stand: Stand, refused: Form | None = None) -> tuple[str, int]:
    """Show a stand with its place, who has it and since when, what can be done, and what was done; a form that was refused shows why."""
    now = clock.show_now()
    halls = queries.floor_plan(edition.id, now, for_desk=True)
    hall, on_plan = next(((hall, one) for hall in halls for one in hall.stands if one.id == stand.id), (None, None))
    forms: dict[type[Form], Any] = {kind: refused if isinstance(refused, kind) else kind(formdata=None) for kind in (GiveForm, MoveForm, SwapForm, BlockForm)}
    forms[GiveForm].offer(queries.candidates_for(stand))
    forms[MoveForm].offer(queries.free_stands(edition.id, now))
    holder = on_plan.exhibitor_id if on_plan else None
    forms[SwapForm].offer(queries.placed_stands(edition.id), holder)
    forms[MoveForm].exhibitor.data = forms[SwapForm].exhibitor.data = holder
    facts = {"give": forms[GiveForm], "move": forms[MoveForm], "swap": forms[SwapForm], "block": forms[BlockForm], "refused": refused, "acts": ACTS}
    told = {"history": queries.history_of_stand(stand), "made_of": queries.made_of(stand.id), "became": queries.became(stand.id)}
    beside = queries.neighbours_of(on_plan, hall) if on_plan and hall else []
    return render_template("stands/organiser/stand.html", row=stand, stand=on_plan, hall=hall, beside=beside, **facts, **told, **WORDS), refused.status if refused else 200


@stands_organiser.get("/<int:stand>")
@reads
def stand(edition: Edition, stand: int) -> Answer:
    """Show one stand."""
    return _show(edition, queries.stand_of_edition(edition.id, stand))


@stands_organiser.post("/<int:stand>/allocate")
@places
@once
def allocate(edition: Edition, stand: int) -> Answer:
    """Give the stand to an accepted exhibitor."""
    one, form = queries.stand_of_edition(edition.id, stand), GiveForm()
    if form.validate_on_submit():
        exhibitor = exhibitor_of_edition(edition.id, form.exhibitor_id or 0)
        with refusals(form):
            operations.allocate_stand(one.id, exhibitor.id, **by_whom())
            flash(_("Stand %(stand)s is allocated to %(name)s. The contact gets a mail.", stand=one.number, name=exhibitor.public_name), "ok")
            return redirect(_page(edition, one))
    return _show(edition, one, form)


@stands_organiser.post("/<int:stand>/move")
@places
@once
def move(edition: Edition, stand: int) -> Answer:
    """Move who has the stand to a free one."""
    one, form = queries.stand_of_edition(edition.id, stand), MoveForm()
    if form.validate_on_submit():
        exhibitor, to = exhibitor_of_edition(edition.id, form.exhibitor.data), queries.stand_of_edition(edition.id, form.stand_id or 0)
        with refusals(form):
            operations.move_exhibitor(exhibitor.id, one.id, to.id, **by_whom())
            flash(_("%(name)s has stand %(stand)s now; %(before)s is free. The contact gets a mail.", name=exhibitor.public_name, stand=to.number, before=one.number), "ok")
            return redirect(_page(edition, to))
    return _show(edition, one, form)


@stands_organiser.post("/<int:stand>/swap")
@places
@once
def swap(edition: Edition, stand: int) -> Answer:
    """Swap the stands of two exhibitors."""
    one, form = queries.stand_of_edition(edition.id, stand), SwapForm()
    if form.validate_on_submit():
        other_id, whose = form.chosen
        other, names = queries.stand_of_edition(edition.id, other_id or 0), [exhibitor_of_edition(edition.id, each or 0) for each in (form.exhibitor.data, whose)]
        with refusals(form):
            operations.swap_stands((one.id, other.id), (names[0].id, names[1].id), **by_whom())
            said = {"one": names[0].public_name, "other": names[1].public_name, "first": other.number, "second": one.number}
            flash(_("%(one)s has stand %(first)s now, and %(other)s has %(second)s. Both contacts get a mail.", **said), "ok")
            return redirect(_page(edition, one))
    return _show(edition, one, form)


@stands_organiser.post("/<int:stand>/block")
@places
@once
def block(edition: Edition, stand: int) -> Answer:
    """Keep the stand back, for a reason."""
    one, form = queries.stand_of_edition(edition.id, stand), BlockForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.block_stand(one.id, form.reason.data or "", **by_whom())
            flash(_("Stand %(stand)s is blocked: nobody can have it.", stand=one.number), "ok")
            return redirect(_page(edition, one))
    return _show(edition, one, form)


@stands_organiser.post("/<int:stand>/unblock")
@places
def unblock(edition: Edition, stand: int) -> Response:
    """Let the stand be had again."""
    one = queries.stand_of_edition(edition.id, stand)
    with told_at(_page(edition, one)):
        operations.unblock_stand(one.id, **by_whom())
    flash(_("Stand %(stand)s is not blocked any more.", stand=one.number), "ok")
    return redirect(_page(edition, one))


@stands_organiser.post("/<int:stand>/free")
@places
def free(edition: Edition, stand: int) -> Response:
    """Take the stand back from who has it, asked for it or holds it, if that is still who the page showed."""
    one = queries.stand_of_edition(edition.id, stand)
    with told_at(_page(edition, one)):
        operations.free_stand(one.id, id_typed(request.form.get("exhibitor")) or 0, **by_whom())
    flash(_("Stand %(stand)s is free again.", stand=one.number), "ok")
    return redirect(_page(edition, one))
