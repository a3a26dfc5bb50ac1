"""The exhibitor's entry in the catalogue: how visitors see it, its texts and addresses, its logo."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access, limits
from eventapp.core import clock
from eventapp.core.errors import NotThere
from eventapp.documents import store
from eventapp.documents.models import StoredFile
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations
from eventapp.exhibitors.forms import SECTOR_NAMES
from eventapp.exhibitors.forms.catalogue import LONGEST_ABOUT, EntryForm, LogoForm
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.queries import wanted_by
from eventapp.exhibitors.queries.catalogue import entry_of, logo_of
from eventapp.exhibitors.rules import ENDED
from eventapp.portal.views.exhibitor import mine_of
from eventapp.stands.queries import stands_of
from eventapp.web import files
from eventapp.web.forms import refusals, told_at
from eventapp.web.pressing import once

entry_exhibitor = Blueprint("entry_exhibitor", __name__)
Answer = AnyResponse | tuple[str, int]


def _page(edition: Edition, mine: Exhibitor) -> str:
    return url_for("entry_exhibitor.entry", edition=edition.slug, exhibitor=mine.id)


def _logo(edition: Edition, mine: Exhibitor) -> tuple[str, StoredFile] | None:
    """Write the address of the exhibitor's own logo, which visitors may not see yet."""
    file = logo_of(mine.id)
    return (url_for("entry_exhibitor.logo_picture", edition=edition.slug, exhibitor=mine.id, v=file.sha256[:12]), file) if file else None


@entry_exhibitor.get("")
@access.exhibitor_member
def entry(edition: Edition, exhibitor: int) -> str:
    """Show the entry as visitors see it, with the way to change each part."""
    mine = mine_of(edition, exhibitor)
    shown = {"entry": entry_of(mine), "logo": _logo(edition, mine), "stands": stands_of([mine.id])[mine.id], "sectors": SECTOR_NAMES, "wanted": wanted_by(mine.id)}
    return render_template("portal/exhibitor/entry.html", mine=mine, ended=mine.state in ENDED, **shown)


@entry_exhibitor.route("/texts", methods=["GET", "POST"])
@access.exhibitor_member
@once
def texts(edition: Edition, exhibitor: int) -> Answer:
    """Write the texts and say which addresses are for everybody."""
    mine = mine_of(edition, exhibitor)
    form = EntryForm.showing(own := entry_of(mine), own.version)
    if form.validate_on_submit():
        with refusals(form):
            operations.write_entry(mine.id, form.plan, version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("Your entry in the catalogue is saved."), "ok")
            return redirect(_page(edition, mine))
    own = entry_of(mine)
    others = form.others(own) if form.refusal and form.version.data != own.version else []
    form.version.data = own.version
    return render_template("portal/exhibitor/entry_texts.html", mine=mine, form=form, others=others, most=LONGEST_ABOUT), form.status


@entry_exhibitor.route("/logo", methods=["GET", "POST"])
@limits.files_of_account
@access.exhibitor_member
def logo(edition: Edition, exhibitor: int) -> Answer:
    """Send a logo. It is drawn anew before anything is held in the database; the same one sent twice changes nothing the second time."""
    mine = mine_of(edition, exhibitor)
    form = LogoForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.put_logo(mine.id, form.picture(), actor_id=current_user.id, now=clock.show_now())
            flash(_("Your logo is saved. This is how visitors see it."), "ok")
            return redirect(_page(edition, mine))
    return render_template("portal/exhibitor/entry_logo.html", mine=mine, form=form, logo=_logo(edition, mine)), form.status


@entry_exhibitor.post("/logo/remove")
@access.exhibitor_member
def remove_logo(edition: Edition, exhibitor: int) -> AnyResponse:
    """Take the logo off the catalogue."""
    mine = mine_of(edition, exhibitor)
    with told_at(_page(edition, mine)):
        operations.remove_logo(mine.id, actor_id=current_user.id, now=clock.show_now())
    flash(_("Your entry has no logo any more."), "ok")
    return redirect(_page(edition, mine))


@entry_exhibitor.get("/logo.webp")
@access.exhibitor_member
def logo_picture(edition: Edition, exhibitor: int) -> Response:
    """Show the exhibitor its own logo."""
    found = logo_of(mine_of(edition, exhibitor).id)
    if found is None:
        raise NotThere
    return files.picture(store.path_of(found), found.media_type, found.sha256, public=False)
