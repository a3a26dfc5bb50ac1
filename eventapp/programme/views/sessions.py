"""Sessions: added, changed, taken off, cancelled."""

from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.programme import operations, queries
from eventapp.programme.forms import ClearingForm, ConfirmForm, SessionForm
from eventapp.programme.forms.words import number_of
from eventapp.programme.models import ProgrammeSession
from eventapp.programme.views.blueprint import manages, programme_organiser, reads, to
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

Page = tuple[str, int]

LEAVING = {
    "take-off": (operations.take_off_programme, lambda title: _("“%(title)s” has no time any more. It stays in the list as a draft.", title=title)),
    "cancel": (operations.cancel_session, lambda title: _("“%(title)s” is cancelled.", title=title)),
}


def _offer(form: SessionForm, edition: Edition, session: ProgrammeSession | None = None) -> SessionForm:
    wholes = [whole for whole in queries.wholes_of(edition.id) if session is None or whole.id != session.id]
    form.offer(edition, queries.rooms_of(edition.id), wholes)
    return form


@programme_organiser.route("/new", methods=["GET", "POST"])
@manages
@once
def new(edition: Edition) -> Response | Page:
    """Add a session, with its place when that is known."""
    form = _offer(SessionForm(languages=edition.languages[:1], **_suggested(edition)), edition)
    if form.validate_on_submit():
        with refusals(form):
            added = operations.plan_session(edition.id, form.details, form.placement, even_closed=form.outside.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("“%(title)s” was added.", title=i18n.text(added.title)), "ok")
            return to(edition, "session", session_id=added.id)
    return render_template("programme/organiser/edit.html", form=form, one=None), form.status


def _suggested(edition: Edition) -> dict[str, Any]:
    """Begin with what the address says: a day and room of the drawing, or the session to be a part of."""
    found: dict[str, Any] = {name: request.args[name] for name in ("day", "room", "start") if name in request.args}
    whole_id = number_of(request.args.get("parent"))
    if whole_id is not None:
        whole = queries.session_of_edition(edition.id, whole_id)
        found |= {"parent": str(whole.id), "day": str(whole.day or "")}
    return found


def _show(one: ProgrammeSession, clearing: ClearingForm | None = None) -> Page:
    """Show one session with its people, its parts and what can be done."""
    status, follower = clearing.status if clearing else 200, queries.follower_of(one)
    if clearing is None:
        clearing = ClearingForm(formdata=None, data={"clearing": "" if one.clearing_minutes is None else str(one.clearing_minutes), "reason": one.clearing_reason})
    clearing.offer(one.room.turnover_minutes if one.room else 0)
    clearing.version.data = one.version
    facts = {"people": queries.on_stage_of([one.id]).get(one.id, []), "parts": queries.parts_of(one.id), "history": queries.history_of(one.id)}
    return render_template("programme/organiser/one.html", one=one, clearing=clearing, follower=follower, same_people=queries.same_people(one, follower), **facts), status


@programme_organiser.get("/<int:session_id>")
@reads
def session(edition: Edition, session_id: int) -> Page:
    """Show one session."""
    return _show(queries.session_of_edition(edition.id, session_id))


@programme_organiser.route("/<int:session_id>/edit", methods=["GET", "POST"])
@manages
@once
def edit(edition: Edition, session_id: int) -> Response | Page:
    """Change what a session says, and where it is."""
    one = queries.session_of_edition(edition.id, session_id)
    form = _offer(SessionForm(), edition, one)
    if not form.is_submitted():
        form.fill(one)
    elif form.validate():
        with refusals(form):
            operations.revise_session(
                one.id, form.details, form.placement, even_closed=form.outside.data, version=form.version.data, actor_id=current_user.id, now=clock.show_now()
            )
            flash(_("“%(title)s” was changed.", title=i18n.text(one.title)), "ok")
            return to(edition, "session", session_id=one.id)
        form.version.data = one.version
    return render_template("programme/organiser/edit.html", form=form, one=one), form.status


@programme_organiser.route("/<int:session_id>/<any('take-off', cancel):verb>", methods=["GET", "POST"])
@manages
def leave(edition: Edition, session_id: int, verb: str) -> Response | Page:
    """Ask once more, then take a session off the programme or cancel it."""
    one = queries.session_of_edition(edition.id, session_id)
    if one.state == "cancelled" or (verb == "take-off" and one.state != "scheduled"):
        flash(
            _("“%(title)s” is cancelled already.", title=i18n.text(one.title))
            if one.state == "cancelled"
            else _("“%(title)s” is off the programme already.", title=i18n.text(one.title)),
            "warn",
        )
        return to(edition, "session", session_id=one.id)
    form, (act, done) = ConfirmForm(), LEAVING[verb]
    if form.validate_on_submit():
        with refusals(form):
            act(one.id, version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(done(i18n.text(one.title)), "ok")
            return to(edition, "session", session_id=one.id)
    form.version.data = one.version
    parts = [part for part in queries.parts_of(one.id) if part.state == "scheduled"]
    return render_template("programme/organiser/leave.html", form=form, one=one, verb=verb, parts=parts), form.status


@programme_organiser.post("/<int:session_id>/clearing")
@manages
@once
def clearing(edition: Edition, session_id: int) -> Response | Page:
    """Shorten the clearing time after one session, for a reason."""
    one = queries.session_of_edition(edition.id, session_id)
    form = ClearingForm()
    form.offer(one.room.turnover_minutes if one.room else 0)
    if form.validate():
        with refusals(form):
            operations.set_clearing(one.id, form.minutes, form.reason.data or "", version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("The clearing time after this session was changed."), "ok")
            return to(edition, "session", session_id=one.id)
    return _show(one, form)
