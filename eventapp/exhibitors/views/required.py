"""Which documents an edition's exhibitors have to provide: a part of the rules for exhibiting."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors.forms.papers import DocumentForm, EmptyDocument
from eventapp.exhibitors.operations.papers import ask_for_document, change_document, drop_document
from eventapp.exhibitors.queries import papers as queries
from eventapp.exhibitors.views.organiser import Answer, back, exhibiting_organiser, manages
from eventapp.web import gone, i18n
from eventapp.web.forms import refusals, told_at
from eventapp.web.gone import Gone
from eventapp.web.pressing import once

__all__ = ["exhibiting_organiser"]
gone.tell(
    "exhibiting_organiser", "required_id", Gone(("document.dropped",), "document", "exhibiting_organiser.settings", _l("This document is not asked for any more."), "documents")
)


@exhibiting_organiser.route("/documents/new", methods=["GET", "POST"])
@manages
@once
def new_document(edition: Edition) -> Answer:
    """Ask for one more document."""
    form = DocumentForm.showing(EmptyDocument, 0)
    if form.validate_on_submit():
        with refusals(form):
            required = ask_for_document(edition.id, form.plan, actor_id=current_user.id, now=clock.show_now())
            flash(_("Exhibitors are asked for “%(document)s” from now on.", document=i18n.text(required.name)), "ok")
            return back(edition, "documents")
    return render_template("exhibitors/organiser/required.html", form=form, required=None, others=[]), form.status


@exhibiting_organiser.route("/documents/<int:required_id>", methods=["GET", "POST"])
@manages
@once
def document(edition: Edition, required_id: int) -> Answer:
    """Change what is asked for; who saw an older state is told, and loses nothing typed."""
    required = queries.required_of_edition(edition.id, required_id)
    form = DocumentForm.showing(required, required.version)
    if form.validate_on_submit():
        with refusals(form):
            change_document(edition.id, required.id, form.plan, version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("“%(document)s” is saved.", document=i18n.text(required.name)), "ok")
            return back(edition, "documents")
    required = queries.required_of_edition(edition.id, required_id)
    others = form.others(required) if form.refusal and form.version.data != required.version else []
    form.version.data = required.version
    return render_template("exhibitors/organiser/required.html", form=form, required=required, others=others), form.status


@exhibiting_organiser.post("/documents/<int:required_id>/remove")
@manages
@once
def remove_document(edition: Edition, required_id: int) -> Response:
    """Ask for a document no more."""
    required = queries.required_of_edition(edition.id, required_id)
    name = i18n.text(required.name)
    with told_at(back(edition, "documents").location):
        drop_document(edition.id, required.id, actor_id=current_user.id, now=clock.show_now())
    flash(_("“%(document)s” is not asked for any more.", document=name), "ok")
    return redirect(back(edition, "documents").location)
