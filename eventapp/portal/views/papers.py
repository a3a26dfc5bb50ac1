"""The documents that an exhibitor has to provide: what is asked for, until when, what was sent and what the organiser said."""

from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access, limits
from eventapp.core import clock
from eventapp.core.zones import wall
from eventapp.documents import store
from eventapp.documents.uploads import MOST_MB
from eventapp.editions.models import Edition
from eventapp.exhibitors.forms.papers import ACCEPTS_NAMES, OWN_STANDING_NAMES, TAGS, FileForm
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.operations.papers import provide_document
from eventapp.exhibitors.queries import papers as queries
from eventapp.portal.views.exhibitor import mine_of
from eventapp.web import files, i18n
from eventapp.web.forms import refusals

papers_exhibitor = Blueprint("papers_exhibitor", __name__)


def today_of(edition: Edition) -> date:
    """Say which day the show has."""
    return wall(clock.show_now(), edition.timezone).date()


def _page(edition: Edition, mine: Exhibitor) -> str:
    return url_for("papers_exhibitor.listing", edition=edition.slug, exhibitor=mine.id)


@papers_exhibitor.get("")
@access.exhibitor_member
def listing(edition: Edition, exhibitor: int) -> str:
    """List what is asked for, what is due first at the top."""
    mine = mine_of(edition, exhibitor)
    papers = queries.papers_of(mine, today_of(edition)) if mine.state == "accepted" else []
    return render_template("portal/exhibitor/papers.html", mine=mine, papers=papers, names=OWN_STANDING_NAMES, tags=TAGS)


@papers_exhibitor.route("/<int:required_id>", methods=["GET", "POST"])
@limits.files_of_account
@access.exhibitor_member
def provide(edition: Edition, exhibitor: int, required_id: int) -> AnyResponse | tuple[str, int]:
    """Send a document. It is looked through before anything is held in the database; the same file sent twice changes nothing the second time."""
    mine = mine_of(edition, exhibitor)
    paper = queries.paper_of(mine, required_id, today_of(edition))
    form = FileForm()
    if form.validate_on_submit():
        with refusals(form):
            provide_document(mine.id, required_id, form.upload(paper.required.accepts), actor_id=current_user.id, now=clock.show_now())
            flash(_("“%(document)s” is sent. The organiser looks at it, and we write to you.", document=i18n.text(paper.required.name)), "ok")
            return redirect(_page(edition, mine))
    shown = {"accepts": ACCEPTS_NAMES[paper.required.accepts], "most": MOST_MB[paper.required.accepts], "names": OWN_STANDING_NAMES, "tags": TAGS}
    return render_template("portal/exhibitor/paper.html", mine=mine, paper=paper, form=form, **shown), form.status


@papers_exhibitor.get("/files/<int:provided>")
@access.exhibitor_member
def file(edition: Edition, exhibitor: int, provided: int) -> Response:
    """Give the exhibitor back what it sent."""
    found = queries.provided_of_exhibitor(mine_of(edition, exhibitor), provided).file
    return files.attachment(store.path_of(found), found.media_type, found.name)
