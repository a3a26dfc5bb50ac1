"""The documents of all exhibitors: what is provided, awaited or late; each is looked at, approved or refused."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.core import clock
from eventapp.core.zones import wall
from eventapp.documents import store
from eventapp.documents.tables import csv_bytes
from eventapp.editions.models import Edition
from eventapp.exhibitors.forms.papers import STANDING_NAMES, TAGS, VerdictForm
from eventapp.exhibitors.operations.papers import approve_document, refuse_document
from eventapp.exhibitors.queries import papers as queries
from eventapp.web import files, i18n
from eventapp.web.forms import refusals
from eventapp.web.paging import Page, page_number
from eventapp.web.pressing import once

papers_organiser = Blueprint("papers_organiser", __name__)
manages = access.organiser(Role.EXHIBITOR_MANAGER)
Answer = AnyResponse | tuple[str, int]
_AT_ONCE = 50


def _today(edition: Edition) -> date:
    return wall(clock.show_now(), edition.timezone).date()


def _wanted() -> queries.Wanted:
    """Read from the address how the list is narrowed."""
    return queries.Wanted(**{name: request.args[name][:100] for name in ("q", "state", "document") if name in request.args})


@papers_organiser.get("")
@manages
def listing(edition: Edition) -> str:
    """List what is provided, awaited and late, what is due first at the top."""
    wanted, today = _wanted(), _today(edition)
    rows, counts = queries.list_of(edition.id, wanted, today)
    number = max(1, min(page_number(), -(-len(rows) // _AT_ONCE)))
    page = Page(rows[(number - 1) * _AT_ONCE : number * _AT_ONCE], number, _AT_ONCE, len(rows))
    shown = {"required": queries.required_of(edition.id), "counts": counts, "names": STANDING_NAMES, "tags": TAGS, "today": today}
    return render_template("exhibitors/organiser/papers.html", page=page, wanted=wanted, **shown)


@papers_organiser.get("/documents.csv")
@manages
def export(edition: Edition) -> Response:
    """Write what the list shows as a table for a spreadsheet."""
    titles = [_("Reference"), _("Organisation"), _("Document"), _("Last day"), _("State"), _("Received on"), _("Reason"), _("E-mail")]
    rows = queries.list_of(edition.id, _wanted(), _today(edition))[0]
    content = csv_bytes(titles, (_line(row, edition) for row in rows))
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{edition.slug}-documents.csv"'})


def _line(row: queries.Row, edition: Edition) -> list[object]:
    one, paper = row.exhibitor, row.paper
    sent = wall(paper.provided.provided_at, edition.timezone).strftime("%Y-%m-%d %H:%M") if paper.provided else ""
    how = [i18n.text(paper.required.name), paper.required.due_on.isoformat(), str(STANDING_NAMES[paper.standing]), sent, paper.provided.reason if paper.provided else ""]
    return [one.reference, one.public_name, *how, one.contact_email]


@papers_organiser.get("/<int:provided>")
@manages
def one(edition: Edition, provided: int) -> Answer:
    """Show what an exhibitor provided, with the way to open and to decide about it."""
    return _show(edition, provided, VerdictForm(formdata=None))


def _show(edition: Edition, provided: int, form: VerdictForm) -> tuple[str, int]:
    opened = queries.provided_of_edition(edition.id, provided)
    form.version.data = opened.provided.version
    return render_template("exhibitors/organiser/paper.html", opened=opened, earlier=queries.earlier(opened.provided), form=form), form.status


@papers_organiser.post("/<int:provided>/<any(approve, refuse):verb>")
@manages
@once
def decide(edition: Edition, provided: int, verb: str) -> Answer:
    """Approve or refuse what was provided; two who decide at once do not overwrite each other."""
    opened = queries.provided_of_edition(edition.id, provided)
    form, facts = VerdictForm(), {"actor_id": current_user.id, "now": clock.show_now()}
    if form.validate_on_submit():
        with refusals(form):
            if verb == "approve":
                approve_document(edition.id, provided, version=form.version.data, **facts)
            else:
                refuse_document(edition.id, provided, form.reason.data or "", version=form.version.data, **facts)
            words = _("“%(document)s” of %(name)s is approved.") if verb == "approve" else _("“%(document)s” of %(name)s is refused. The contact gets a mail with your reason.")
            flash(words % {"document": i18n.text(opened.required.name), "name": opened.exhibitor.public_name}, "ok")
            return redirect(url_for("papers_organiser.listing", edition=edition.slug, state="waiting"))
    return _show(edition, provided, form)


@papers_organiser.get("/<int:provided>/file")
@manages
def file(edition: Edition, provided: int) -> Response:
    """Give the file to keep: it is opened outside of these pages."""
    found = queries.provided_of_edition(edition.id, provided).file
    return files.attachment(store.path_of(found), found.media_type, found.name)
