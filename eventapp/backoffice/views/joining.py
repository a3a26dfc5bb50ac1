"""Exhibitor managers answer who asks to act for an organisation, where its owner does not."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors.forms.joining import AnswerJoinForm
from eventapp.exhibitors.operations.joining import OWNER_HAS, answer_join
from eventapp.exhibitors.queries import joining as queries
from eventapp.web.forms import refusals, told_at
from eventapp.web.pressing import once

joining_organiser = Blueprint("joining_organiser", __name__)
manages = access.organiser(Role.EXHIBITOR_MANAGER)


@joining_organiser.get("")
@manages
def listing(edition: Edition) -> str:
    """List the requests that nobody answered."""
    return render_template("backoffice/joining/list.html", requests=queries.open_requests(edition.id), now=clock.real_now(), owner_has=OWNER_HAS)


@joining_organiser.route("/<int:request_id>", methods=["GET", "POST"])
@manages
@once
def one(edition: Edition, request_id: int) -> Response | tuple[str, int]:
    """Answer one request; the owner's time need not be over."""
    asked = queries.request_of_edition(edition.id, request_id)
    form, here = AnswerJoinForm(), url_for("joining_organiser.one", edition=edition.slug, request_id=asked.id)
    if form.validate_on_submit():
        with refusals(form), told_at(here):
            answer_join(asked.id, joins=form.joins, reason=form.reason.data or "", actor_id=current_user.id, now=clock.show_now(), real_now=clock.real_now())
            flash(form.done, "ok")
            return redirect(here)
    owner = queries.owner_for(edition.id, asked.organisation_id)
    return render_template("backoffice/joining/one.html", form=form, whole=queries.asked(asked), owner=owner, owner_has=OWNER_HAS), form.status
