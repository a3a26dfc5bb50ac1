"""Exhibitor managers bring along a list of exhibitors, and take it back."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.core import clock
from eventapp.documents.tables import csv_bytes, xlsx_bytes
from eventapp.editions.models import Edition
from eventapp.exhibitors.forms import STATE_NAMES
from eventapp.exhibitors.forms import imports as forms
from eventapp.exhibitors.models import ExhibitorImport, ImportState
from eventapp.exhibitors.operations import imports as operations
from eventapp.exhibitors.queries import imports as queries
from eventapp.exhibitors.rules.cells import Words
from eventapp.exhibitors.rules.lists import COLUMN_WORDS, Planned, totals
from eventapp.stands.queries import numbers_on_plan
from eventapp.web import i18n
from eventapp.web.forms import refusals, told_at
from eventapp.web.pressing import once

exhibitor_imports = Blueprint("exhibitor_imports", __name__)
manages = access.organiser(Role.EXHIBITOR_MANAGER)
Answer = AnyResponse | tuple[str, int]
SHOWN = 300
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _at(edition: Edition, one: ExhibitorImport, endpoint: str = "one") -> str:
    return url_for(f"exhibitor_imports.{endpoint}", edition=edition.slug, import_id=one.id)


@exhibitor_imports.route("", methods=["GET", "POST"])
@manages
@once
def listing(edition: Edition) -> Answer:
    """List what was imported, and take a new list."""
    form = forms.ListForm()
    if form.validate_on_submit():
        with refusals(form):
            name, sheet = form.read()
            lines = [(row.number, row.cells) for row in sheet.rows]
            one = operations.keep_list(edition.id, name, sheet.header, lines, actor_id=current_user.id, now=clock.show_now())
            return redirect(_at(edition, one, "columns"))
    return render_template("backoffice/imports/list.html", form=form, lists=queries.lists_of(edition.id)), form.status


@exhibitor_imports.get("/example.csv")
@manages
def example(edition: Edition) -> Response:
    """Give an empty list with the columns' titles."""
    content = csv_bytes([forms.column_title(name) for name in COLUMN_WORDS], [])
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{edition.slug}-exhibitors-to-import.csv"'})


@exhibitor_imports.route("/<int:import_id>/columns", methods=["GET", "POST"])
@manages
@once
def columns(edition: Edition, import_id: int) -> Answer:
    """Say which column holds what, and what the exhibitors become."""
    one = queries.list_of_edition(edition.id, import_id)
    if one.state != ImportState.PREPARED:
        return redirect(_at(edition, one))
    form = forms.columns_form(one.header)(data={**forms.shown_columns(one.columns), "becomes": one.becomes, "invites": one.invites})
    if form.validate_on_submit():
        with refusals(form):
            operations.set_columns(one.id, form.columns, becomes=form.becomes.data, invites=bool(form.invites.data), now=clock.show_now())
            return redirect(_at(edition, one))
    samples = {str(at): next((line["cells"][at] for line in one.lines if line["cells"][at]), "") for at in range(len(one.header))}
    unused = [title for at, title in enumerate(one.header) if title and str(at) not in {field.data for field in form.of_list()}]
    return render_template("backoffice/imports/columns.html", one=one, form=form, samples=samples, unused=unused, needed=forms.NEEDED), form.status


def _words(edition: Edition) -> Words:
    return Words(forms.words_of_lists(), numbers_on_plan(edition.id))


def _wrong(rows: list[Planned]) -> list[Planned]:
    """List the rows that wait for somebody, or about which there is something to know."""
    return [row for row in rows if not row.is_settled or row.options or row.read.notes]


def _show(edition: Edition, one: ExhibitorImport, form: forms.RowsForm) -> tuple[str, int]:
    """Show what every row would do, or what became of them."""
    shown: dict[str, Any] = {"one": one, "form": form, "becomes": forms.BECOMES, "state_names": STATE_NAMES}
    if one.state == ImportState.PREPARED:
        rows = operations.planned(one, _words(edition))
        form.version.data = one.version
        shown |= {"rows": rows, "asked": _wrong(rows)[:SHOWN], "more": max(0, len(_wrong(rows)) - SHOWN), "counts": totals(rows)}
        shown |= {"choices": forms.CHOICES, "notes": forms.NOTES, "title": forms.column_title, "explain": i18n.explain, "header": one.header}
        return render_template("backoffice/imports/check.html", **shown), form.status
    return render_template("backoffice/imports/done.html", **shown, brought=queries.rows_brought(one.id)), form.status


@exhibitor_imports.route("/<int:import_id>", methods=["GET", "POST"])
@manages
@once
def one(edition: Edition, import_id: int) -> Answer:
    """Show what a list would do, keep answers about its rows, and import it; or show what became of it."""
    kept, form = queries.list_of_edition(edition.id, import_id), forms.RowsForm()
    if kept.state == ImportState.DROPPED:
        return redirect(url_for("exhibitor_imports.listing", edition=edition.slug))
    if not form.validate_on_submit():
        return _show(edition, kept, form)
    if request.form.get("act") != "import":
        with told_at(_at(edition, kept)):
            operations.answer_rows(kept.id, form.answers(request.form))
        return redirect(_at(edition, kept))
    with refusals(form), told_at(_at(edition, kept)):
        operations.answer_rows(kept.id, form.answers(request.form))
        done = operations.import_list(kept.id, _words(edition), actor_id=current_user.id, now=clock.show_now(), real_now=clock.real_now())
        flash(ngettext("%(num)s exhibitor was added.", "%(num)s exhibitors were added.", done.counts["add"]), "ok")
        return redirect(_at(edition, kept))
    return _show(edition, queries.list_of_edition(edition.id, import_id), form)


@exhibitor_imports.get("/<int:import_id>/to-mend.xlsx")
@manages
def to_mend(edition: Edition, import_id: int) -> AnyResponse:
    """Give the rows that have something to mend as a table, with a column that says what."""
    one = queries.list_of_edition(edition.id, import_id)
    if one.state != ImportState.PREPARED:
        return redirect(_at(edition, one))
    wrong = {row.row: row for row in operations.planned(one, _words(edition)) if not row.is_settled}
    lines = ([line["row"], *line["cells"], _said(wrong[line["row"]])] for line in one.lines if line["row"] in wrong)
    content = xlsx_bytes([_("Row"), *one.header, _("What to mend")], lines)
    return Response(content, mimetype=XLSX, headers={"Content-Disposition": f'attachment; filename="{edition.slug}-rows-to-mend.xlsx"'})


def _said(row: Planned) -> str:
    """Say all that is wrong with a row."""
    found = [f"{forms.column_title(name)}: {i18n.explain(refusal)}" for name, refusal in row.problems.items()]
    return " / ".join(found or [_("Is it %(name)s, under another spelling or with an application already?", name=row.about)])


@exhibitor_imports.route("/<int:import_id>/<any(undo, invite, drop):act>", methods=["GET", "POST"])
@manages
@once
def act(edition: Edition, import_id: int, act: str) -> AnyResponse | str:
    """Ask once more, then undo an import, write to all that it added, or forget a list that was not imported."""
    one, form = queries.list_of_edition(edition.id, import_id), forms.ActForm()
    possible = {"undo": ImportState.DONE, "invite": ImportState.DONE, "drop": ImportState.PREPARED}
    if request.method == "GET" and (one.state != possible[act] or (act == "invite" and one.invited_at)):
        return redirect(_at(edition, one))
    if not form.validate_on_submit():
        return render_template("backoffice/imports/act.html", one=one, act=act, form=form, brought=queries.rows_brought(one.id))
    with told_at(_at(edition, one)):
        flash(_done(one, act), "ok")
    return redirect(url_for("exhibitor_imports.listing", edition=edition.slug) if act == "drop" else _at(edition, one))


def _done(one: ExhibitorImport, act: str) -> str:
    now = clock.show_now()
    if act == "undo":
        operations.undo_import(one.id, actor_id=current_user.id, now=now)
        return _("The import is undone: everything is as it was before.")
    if act == "invite":
        operations.invite_imported(one.id, actor_id=current_user.id, now=now, real_now=clock.real_now())
        return _("Each contact gets a mail with the way to their own page.")
    operations.drop_list(one.id, now=now)
    return _("The list is forgotten. Nothing of it was stored.")
