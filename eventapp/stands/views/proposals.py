"""Exhibitor managers let stands be proposed, look at the proposal, change it line by line, accept it, and undo that."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors.forms import KIND_SHORT, SECTOR_NAMES
from eventapp.exhibitors.queries import exhibiting_rules, exhibitor_of_edition
from eventapp.stands import operations, queries
from eventapp.stands.assignment import Weights, changes, marks
from eventapp.stands.forms import DESK_STATES, HOW_MUCH, RUN_STATES, SIDES, TOLERANCES, AcceptForm, ApartForm, LineForm, ProposeForm, VersionForm, id_typed, weights_shown
from eventapp.stands.models import AssignmentRun, Kept
from eventapp.stands.queries import PlanHall, ProposalLine
from eventapp.stands.views.desk import Answer, by_whom, places
from eventapp.stands.views.organiser import stands_organiser
from eventapp.web import i18n
from eventapp.web.forms import Form, refusals, told_at
from eventapp.web.pressing import once

__all__ = ["stands_organiser"]

PROPOSED = "proposed"
WORDS: dict[str, Any] = {"sides": SIDES, "kinds": KIND_SHORT, "sectors": SECTOR_NAMES, "run_states": RUN_STATES, "how_much": HOW_MUCH, "tolerances": TOLERANCES}


def _page(edition: Edition, run: AssignmentRun) -> str:
    return url_for("stands_organiser.proposal", edition=edition.slug, run_id=run.id)


@stands_organiser.route("/proposals", methods=["GET", "POST"])
@places
@once
def proposals(edition: Edition) -> Answer:
    """List the searches, and begin one."""
    runs = queries.runs_of(edition.id)
    form = ProposeForm(data=weights_shown(runs[0][0].weights)) if runs else ProposeForm()
    if form.validate_on_submit():
        with refusals(form):
            run = operations.ask_for_proposal(edition.id, form.weights, **by_whom())
            return redirect(_page(edition, run))
    facts = {"seekers": queries.count_seekers(edition.id), "free": len(queries.free_stands(edition.id, clock.show_now())), "apart": queries.pairs_apart(edition.id)}
    facts |= {"way": exhibiting_rules(edition.id), "under_way": queries.run_under_way(edition.id)}
    return render_template("stands/organiser/proposals.html", runs=runs, form=form, **facts, **WORDS), form.status


def _drawn(halls: list[PlanHall], lines: list[ProposalLine]) -> list[PlanHall]:
    """Draw the proposal into the plan: who would get each stand that is free."""
    given = {line.stand.id: line.exhibitor for line in lines if line.stand is not None and line.can_be_accepted}
    found = []
    for hall in halls:
        stands = [
            replace(one, state=PROPOSED, exhibitor_id=given[one.id].id, name=given[one.id].public_name, name_ar=given[one.id].public_name_ar) if one.id in given else one
            for one in hall.stands
        ]
        found.append(replace(hall, stands=stands))
    return found


def _named(lines: list[ProposalLine], run: AssignmentRun) -> dict[str, Any]:
    """Find the names of everybody, and the numbers of every stand, that the reasons speak of."""
    missed = [one for line in lines for one in line.reason.get("missed", [])]
    people = {one["by"] for one in missed if one["by"]} | {number for line in lines for number in line.reason.get("neighbours", [])}
    people |= set(run.conflict.get("seekers", [])) | {number for pair in run.conflict.get("apart", []) for number in pair}
    return {"exhibitors": queries.exhibitors_named(people), "numbers": queries.stand_numbers({one["place"] for one in missed} | set(run.conflict.get("places", [])))}


def _show(edition: Edition, run: AssignmentRun, refused: Form | None = None) -> Answer:
    """Show a search: how far it is, what it proposes and why, what changed since; a form that was refused shows why."""
    now = clock.show_now()
    lines = queries.proposal_lines(run.id, now) if run.can_be_changed else []
    lines.sort(key=lambda line: line.stand is not None and not line.obstacle)  # who needs a decision comes first
    changed = changes(run.inputs, marks(queries.problem_of(edition.id, Weights(**run.weights), now))) if run.can_be_changed else None
    forms: dict[str, Any] = {"accept": AcceptForm(formdata=None, data={"version": run.version}), "button": VersionForm(formdata=None, data={"version": run.version})}
    accepted = [line for line in lines if line.accepted_at is not None]
    last = max((line.accepted_at for line in accepted if line.accepted_at is not None), default=None)
    facts: dict[str, Any] = {"lines": lines, "changed": changed, "refused": refused, "accepted": accepted, "last_accepted": last}
    facts["plan"] = _drawn(queries.floor_plan(edition.id, now, for_desk=True), lines) if lines else []
    facts["shown"] = refused.chosen if isinstance(refused, AcceptForm) else {line.exhibitor.id for line in lines if line.can_be_accepted}
    page = render_template("stands/organiser/proposal.html", run=run, **forms, **facts, **_named(lines, run), states={**DESK_STATES, PROPOSED: _("proposed")}, **WORDS)
    return page, refused.status if refused else 200


@stands_organiser.get("/proposals/<int:run_id>")
@places
def proposal(edition: Edition, run_id: int) -> Answer:
    """Show what a search proposes."""
    return _show(edition, queries.run_of_edition(edition.id, run_id))


@stands_organiser.get("/proposals/<int:run_id>/state")
@places
def proposal_state(edition: Edition, run_id: int) -> dict[str, str]:
    """Tell how far a search is, for the page that waits for it."""
    return {"state": queries.run_of_edition(edition.id, run_id).state}


@stands_organiser.post("/proposals/<int:run_id>/again")
@places
@once
def propose_again(edition: Edition, run_id: int) -> Response:
    """Search again by the same weights; what is locked or left out stays so."""
    run = queries.run_of_edition(edition.id, run_id)
    with told_at(_page(edition, run)):
        new = operations.ask_for_proposal(edition.id, Weights(**run.weights), after=run.id, **by_whom())
    return redirect(_page(edition, new))


@stands_organiser.post("/proposals/<int:run_id>/accept")
@places
@once
def accept_proposal(edition: Edition, run_id: int) -> Answer:
    """Allocate what the chosen lines propose, all or nothing."""
    run, form = queries.run_of_edition(edition.id, run_id), AcceptForm()
    if form.validate_on_submit():
        with refusals(form):
            numbers = operations.accept_lines(run.id, form.chosen, version=form.version.data, **by_whom())
            flash(ngettext("%(num)s stand is allocated. The contact gets a mail.", "%(num)s stands are allocated. The contacts get a mail.", len(numbers)), "ok")
            return redirect(_page(edition, run))
    return _show(edition, queries.run_of_edition(edition.id, run_id), form)


@stands_organiser.post("/proposals/<int:run_id>/undo")
@places
@once
def undo_proposal(edition: Edition, run_id: int) -> Answer:
    """Free what the last acceptance allocated, as far as it is still so."""
    run, form = queries.run_of_edition(edition.id, run_id), VersionForm()
    if form.validate_on_submit():
        with refusals(form):
            undone = operations.undo_acceptance(run.id, version=form.version.data, **by_whom())
            flash(ngettext("%(num)s stand is free again.", "%(num)s stands are free again.", len(undone.freed)), "ok")
            if undone.stays:
                flash(_("Changed since, or billed, so left as they are: %(stands)s.", stands=i18n.listing(undone.stays)), "warn")
            return redirect(_page(edition, run))
    return _show(edition, queries.run_of_edition(edition.id, run_id), form)


@stands_organiser.route("/proposals/<int:run_id>/lines/<int:exhibitor>", methods=["GET", "POST"])
@places
@once
def proposal_line(edition: Edition, run_id: int, exhibitor: int) -> Answer:
    """Propose another stand for an exhibitor, or none, and keep it so for the next search."""
    run, who = queries.run_of_edition(edition.id, run_id), exhibitor_of_edition(edition.id, exhibitor)
    line = queries.line_of_run(run.id, who.id)
    form = LineForm(data={"stand": str(line.stand_id or ""), "keep": line.kept != Kept.NOTHING, "version": run.version})
    if form.validate_on_submit():
        if form.stand_id is not None:
            queries.stand_of_edition(edition.id, form.stand_id)
        with refusals(form):
            operations.change_line(run.id, who.id, form.stand_id, form.kept, version=form.version.data, **by_whom())
            flash(_("The line of %(name)s is changed.", name=who.name(i18n.language())), "ok")
            return redirect(f"{_page(edition, run)}#line-{who.id}")
    lines = queries.proposal_lines(run.id, clock.show_now())
    given = {one.stand.id: one.exhibitor.name(i18n.language()) for one in lines if one.stand is not None and one.exhibitor.id != who.id}
    free = queries.free_stands(edition.id, clock.show_now())
    wished = queries.wishes_of(who.id)
    form.offer([one for one in wished if one.id in {line.id for line in free}], [one for one in free if one.id not in {line.id for line in wished}], given)
    shown = next(one for one in lines if one.exhibitor.id == who.id)
    return render_template("stands/organiser/proposal_line.html", run=run, line=shown, form=form, **_named(lines, run), **WORDS), form.status


@stands_organiser.route("/apart", methods=["GET", "POST"])
@places
@once
def apart(edition: Edition) -> Answer:
    """List who is kept apart from whom, and keep two more apart."""
    form = ApartForm()
    if form.validate_on_submit():
        one, other = (exhibitor_of_edition(edition.id, number) for number in form.pair)
        with refusals(form):
            operations.keep_apart(edition.id, one.id, other.id, **by_whom())
            names = {"one": one.name(i18n.language()), "other": other.name(i18n.language())}
            flash(_("%(one)s and %(other)s are kept apart.", **names), "ok")
            return redirect(url_for("stands_organiser.apart", edition=edition.slug))
    form.offer(queries.exhibitors_to_keep_apart(edition.id))
    return render_template("stands/organiser/apart.html", pairs=queries.pairs_apart(edition.id), form=form), form.status


@stands_organiser.post("/apart/end")
@places
def end_apart(edition: Edition) -> Response:
    """Let two exhibitors be neighbours again."""
    one, other = (id_typed(request.form.get(name)) or 0 for name in ("one", "other"))
    operations.let_be_neighbours(edition.id, one, other, **by_whom())
    flash(_("They are not kept apart any more."), "ok")
    return redirect(url_for("stands_organiser.apart", edition=edition.slug))
