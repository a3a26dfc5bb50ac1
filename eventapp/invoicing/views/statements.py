"""Bank statements: read in, matched, recorded, taken back."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import ngettext

from eventapp.editions.models import Edition
from eventapp.invoicing import forms, operations, queries
from eventapp.invoicing.rules.matching import Likeness
from eventapp.invoicing.views.organiser import Answer, bills, facts, invoicing_organiser
from eventapp.web.forms import refusals
from eventapp.web.pressing import once


def page_of(edition: Edition, statement_id: int) -> str:
    """Write the address of a statement."""
    return url_for("invoicing_organiser.statement", edition=edition.slug, statement_id=statement_id)


@invoicing_organiser.route("/statements", methods=["GET", "POST"])
@bills
@once
def statements(edition: Edition) -> Answer:
    """List the statements, and read another one in."""
    form = forms.StatementForm()
    if form.validate_on_submit():
        with refusals(form):
            sheet, name = form.read()
            made = operations.read_statement(edition.id, sheet, name, **facts())
            page = page_of(edition, made.id) if made.columns else url_for("invoicing_organiser.statement_columns", edition=edition.slug, statement_id=made.id)
            return redirect(page)
    return render_template("invoicing/organiser/statements.html", form=form, statements=queries.statements_in(edition.id)), form.status


@invoicing_organiser.route("/statements/<int:statement_id>/columns", methods=["GET", "POST"])
@bills
@once
def statement_columns(edition: Edition, statement_id: int) -> Answer:
    """Say which column of a statement says what."""
    one = queries.statement_of_edition(edition.id, statement_id)
    form = forms.ColumnsForm(one.header, data={name: str(at) for name, at in queries.columns_of(one).items()})
    if form.validate_on_submit():
        with refusals(form):
            operations.name_columns(edition.id, one.id, form.columns, leave_out=form.leave_out.data or (), **facts())
            return redirect(page_of(edition, one.id))
    reading = queries.reading_of(one, {} if form.errors else {name: at for name, at in form.columns.items() if at is not None})
    return render_template("invoicing/organiser/statement_columns.html", one=one, form=form, reading=reading, cells={row["number"]: row["cells"] for row in one.rows}), form.status


@invoicing_organiser.route("/statements/<int:statement_id>", methods=["GET", "POST"])
@bills
@once
def statement(edition: Edition, statement_id: int) -> Answer:
    """Show what each line of a statement pays, and record the lines that are ticked."""
    one, still_open = queries.statement_of_edition(edition.id, statement_id), queries.open_invoices(edition.id)
    shown = queries.shown_lines(one, still_open)
    form = forms.lines_form(shown)
    if form.validate_on_submit():
        with refusals(form):
            count = operations.record_lines(edition.id, one.id, form.choices(), credit_name=form.credit_name.data or "", **facts())
            flash(ngettext("%(num)s line is recorded as a payment.", "%(num)s lines are recorded as payments.", count), "ok")
            return redirect(page_of(edition, one.id))
    labels = queries.labels_of(payment.invoice_id for row in shown for payment in row.payments)
    more: dict[str, Any] = {"still_open": still_open, "sums": operations.totals_by_exhibitor(still_open), "labels": labels, "likeness": forms.LIKENESS_NAMES}
    counts = {one: sum(row.proposal.likeness == one for row in shown if not row.payments and not row.recorded_elsewhere) for one in Likeness}
    more |= {"reading": queries.reading_of(one, one.columns), "counts": counts}
    return render_template("invoicing/organiser/statement.html", one=one, shown=shown, form=form, **more), form.status


@invoicing_organiser.route("/statements/<int:statement_id>/undo", methods=["GET", "POST"])
@bills
@once
def undo_statement(edition: Edition, statement_id: int) -> Answer:
    """Take back every payment that came from a statement."""
    one, form = queries.statement_of_edition(edition.id, statement_id), forms.CancelForm()
    if form.validate_on_submit():
        with refusals(form):
            count = operations.undo_statement(edition.id, one.id, form.reason.data or "", **facts())
            flash(ngettext("%(num)s payment is cancelled.", "%(num)s payments are cancelled.", count), "ok")
            return redirect(page_of(edition, one.id))
    shown = [payment for row in queries.shown_lines(one, []) for payment in row.payments if not row.recorded_elsewhere]
    return render_template(
        "invoicing/organiser/undo_statement.html", one=one, form=form, payments=shown, labels=queries.labels_of(payment.invoice_id for payment in shown)
    ), form.status
