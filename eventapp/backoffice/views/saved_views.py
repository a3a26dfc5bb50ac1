"""Views of the work list, saved under a name."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.backoffice.queries import applications as queries
from eventapp.backoffice.views.applications import list_page, reads
from eventapp.backoffice.views.blueprint import applications
from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations
from eventapp.exhibitors.forms import KIND_SHORT, SECTOR_NAMES, STATE_NAMES
from eventapp.exhibitors.forms.desk import ConfirmForm, ViewForm
from eventapp.exhibitors.models import SavedView
from eventapp.exhibitors.queries import desk
from eventapp.web import gone
from eventapp.web.forms import refusals
from eventapp.web.gone import Gone
from eventapp.web.pressing import once

gone.tell("applications", "view_id", Gone(("view.deleted",), "view", "applications.views", _l("This view was deleted.")))

SORT_NAMES = {"old": lambda: _("Oldest first"), "name": lambda: _("By name"), "area": lambda: _("Largest area first")}


def in_words(wanted: queries.Wanted) -> list[str]:
    """Say in words how a list is narrowed and sorted."""
    said = [_("“%(text)s”", text=wanted.q)] if wanted.q else []
    said += [str(names[value]) for names, value in ((STATE_NAMES, wanted.state), (SECTOR_NAMES, wanted.sector), (KIND_SHORT, wanted.kind)) if value]  # type: ignore[index]
    said += [_("without a stand")] if wanted.stand else []
    said += [_("with unread answers")] if wanted.messages else []
    return said + ([SORT_NAMES[wanted.sort]()] if wanted.sort in SORT_NAMES else [])


def _views_page(edition: Edition) -> str:
    return url_for("applications.views", edition=edition.slug)


def may_delete(view: SavedView) -> bool:
    """Say whether the reader may delete a view: their own, and as a manager one that is shared."""
    return view.user_id == current_user.id or (view.is_shared and access.may(Role.EXHIBITOR_MANAGER))


@applications.get("/views")
@reads
def views(edition: Edition) -> str:
    """List the views that the reader sees, to open, change and delete."""
    found = desk.views_of(current_user.id, edition.id)
    default = desk.default_view(current_user.id, edition.id)
    rows = [(view, in_words(queries.wanted_of(view.filters)), list_page(edition, queries.wanted_of(view.filters))) for view in found]
    return render_template("backoffice/applications/views.html", rows=rows, default_id=default.id if default else None, may_delete=may_delete)


@applications.route("/views/new", methods=["GET", "POST"])
@reads
@once
def new_view(edition: Edition) -> Response | tuple[str, int]:
    """Save how the list is narrowed and sorted under a name."""
    form, wanted = ViewForm(), queries.wanted_of(request.args)
    if form.validate_on_submit():
        with refusals(form):
            sees = {"shared": bool(form.shared.data), "default": bool(form.default.data)}
            operations.save_view(edition.id, current_user.id, form.name.data or "", wanted.filters, **sees, now=clock.show_now())
            flash(_("The view “%(name)s” is saved.", name=form.name.data), "ok")
            return redirect(list_page(edition, wanted))
    return render_template("backoffice/applications/view.html", form=form, view=None, said=in_words(wanted), back=list_page(edition, wanted)), form.status


@applications.route("/views/<int:view_id>", methods=["GET", "POST"])
@reads
@once
def view(edition: Edition, view_id: int) -> Response | tuple[str, int]:
    """Change a view of one's own; of one that is shared, say only whether the list opens with it."""
    one = desk.view_of(current_user.id, edition.id, view_id)
    default = desk.default_view(current_user.id, edition.id)
    is_own, opens = one.user_id == current_user.id, default is not None and default.id == one.id
    form = ViewForm(data={"name": one.name, "shared": one.is_shared, "default": opens, "version": one.version})
    if not is_own:
        form.name.data = one.name
    if form.validate_on_submit():
        with refusals(form):
            _change(edition, one, form, is_own=is_own)
            flash(_("The view “%(name)s” is saved.", name=form.name.data), "ok")
            return redirect(_views_page(edition))
    said = in_words(queries.wanted_of(one.filters))
    return render_template("backoffice/applications/view.html", form=form, view=one, is_own=is_own, said=said, back=_views_page(edition)), form.status


def _change(edition: Edition, one: SavedView, form: ViewForm, *, is_own: bool) -> None:
    if is_own:
        operations.change_view(one.id, form.name.data or "", shared=bool(form.shared.data), version=form.version.data, user_id=current_user.id, now=clock.show_now())
    default = desk.default_view(current_user.id, edition.id)
    if form.default.data:
        operations.open_with(one.id, current_user.id)
    elif default is not None and default.id == one.id:
        operations.open_whole(edition.id, current_user.id)


@applications.route("/views/<int:view_id>/delete", methods=["GET", "POST"])
@reads
@once
def delete_view(edition: Edition, view_id: int) -> Response | tuple[str, int]:
    """Delete a view, after having been asked once more."""
    one = desk.view_of(current_user.id, edition.id, view_id)
    form = ConfirmForm()
    if not may_delete(one):
        flash(_("Only who made the view or an exhibitor manager deletes it."), "warn")
        return redirect(_views_page(edition))
    if form.validate_on_submit():
        operations.delete_view(one.id, user_id=current_user.id, manages=access.may(Role.EXHIBITOR_MANAGER), now=clock.show_now())
        flash(_("The view “%(name)s” is deleted.", name=one.name), "ok")
        return redirect(_views_page(edition))
    return render_template("backoffice/applications/delete_view.html", form=form, view=one, back=_views_page(edition)), form.status
