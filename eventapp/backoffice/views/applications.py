"""Exhibitor managers decide about applications and allocate stands."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.backoffice.queries import applications as queries
from eventapp.backoffice.queries.home import without_stand
from eventapp.backoffice.views import acts
from eventapp.backoffice.views.blueprint import applications
from eventapp.core import clock
from eventapp.core.zones import wall
from eventapp.documents.tables import csv_bytes
from eventapp.editions.forms.fields import IN_LANGUAGE
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, rules
from eventapp.exhibitors.forms import KIND_NAMES, KIND_SHORT, SECTOR_NAMES, STATE_NAMES, DecisionForm
from eventapp.exhibitors.forms.desk import letter_in
from eventapp.exhibitors.models import ApplicationState, Exhibitor, StandKind
from eventapp.exhibitors.queries import accepted_conditions, counts_by_state, desk, exhibitor_of_edition, is_awaited, team, wanted_by
from eventapp.exhibitors.queries.messages import exhibitors_with_unread, unread_of
from eventapp.exhibitors.signals import said, withdrawal_asked
from eventapp.invoicing.queries import leaving_on
from eventapp.mail.rendering import Written, write
from eventapp.stands.forms import AllocateForm, stand_label
from eventapp.stands.operations import allocate_stand, free_stand
from eventapp.stands.queries import StandLine, facts_of_stand, free_stands, mark_of_stands, request_of, stand_numbered, stand_of_edition, stands_of, wishes_of
from eventapp.web import i18n
from eventapp.web.forms import refusals, told_at
from eventapp.web.paging import page_number, page_of
from eventapp.web.pressing import once

reads = access.organiser(Role.EXHIBITOR_MANAGER, Role.FINANCE)
decides = access.organiser(Role.EXHIBITOR_MANAGER)

DONE = {
    "accept": lambda name: _("%(name)s is accepted. The contact gets a mail.", name=name),
    "waitlist": lambda name: _("%(name)s is on the waiting list. The contact gets a mail.", name=name),
    "refuse": lambda name: _("%(name)s is refused. The contact gets a mail.", name=name),
    "withdraw": lambda name: _("The application of %(name)s is withdrawn. The contact gets a mail.", name=name),
}
VERBS = {"accept": operations.accept, "waitlist": operations.waitlist, "refuse": operations.refuse, "withdraw": operations.withdraw}


def list_page(edition: Edition, wanted: queries.Wanted) -> str:
    """Write the address of the work list, narrowed and sorted."""
    narrowed: dict[str, Any] = {**wanted.filters} or {"state": "all"}
    return url_for("applications.work_list", edition=edition.slug, **narrowed)


@applications.get("")
@reads
def work_list(edition: Edition) -> AnyResponse | str:
    """List the applications, the latest first, or as the reader's default view says."""
    views, wanted = desk.views_of(current_user.id, edition.id), queries.wanted_of(request.args)
    default = desk.default_view(current_user.id, edition.id)
    if default is not None and not request.args:
        return redirect(list_page(edition, queries.wanted_of(default.filters)))
    page = page_of(queries.applications(edition.id, wanted), page_number(), 50)
    ids = [row.id for row in page.rows]
    without = without_stand(edition, clock.show_now())
    facts = {
        "without_stand": without,
        "stands": stands_of(ids),
        "unconfirmed": queries.unconfirmed(ids),
        "unread": unread_of(ids),
        "with_unread": exhibitors_with_unread(edition.id),
        "counts": counts_by_state(edition.id),
        "states": STATE_NAMES,
        "sectors": SECTOR_NAMES,
        "kinds": KIND_SHORT,
        "views": [(view, list_page(edition, queries.wanted_of(view.filters)), queries.wanted_of(view.filters) == wanted) for view in views],
    }
    return render_template("backoffice/applications/work_list.html", page=page, wanted=wanted, **facts)


@applications.get("/exhibitors.csv")
@reads
def export(edition: Edition) -> Response:
    """Write the applications that the list shows as a table for a spreadsheet."""
    rows = list(queries.all_applications(edition.id, queries.wanted_of(request.args)))
    stands = stands_of([row.id for row in rows])
    content = csv_bytes([str(title) for title in _titles()], (_row(row, edition, stands.get(row.id, [])) for row in rows))
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{edition.slug}-exhibitors.csv"'})


def _titles() -> list[str]:
    """Name the table's columns."""
    who = [_("Reference"), _("State"), _("Name of the organisation"), _("Name in Arabic"), _("ICE"), _("Country"), _("City"), _("Sector"), _("Website")]
    return [*who, _("Contact person"), _("E-mail"), _("Telephone"), _("Language"), _("Kind of stand"), _("Area wished"), _("Stands"), _("Sent on")]


def _row(row: Exhibitor, edition: Edition, stands: list[StandLine]) -> list[object]:
    """Write one application for the table."""
    sent = wall(row.submitted_at, edition.timezone).strftime("%Y-%m-%d %H:%M") if row.submitted_at else ""
    who = [row.reference, str(STATE_NAMES[ApplicationState(row.state)]), row.public_name, row.public_name_ar, row.ice, i18n.country(row.organisation.country), row.city]
    contact = [str(SECTOR_NAMES[row.sector]), row.website, row.contact_name, row.contact_email, row.contact_phone, row.language]
    return [*who, *contact, str(KIND_NAMES[StandKind(row.stand_kind)]), row.area_wished, " ".join(line.number for line in stands), sent]


def _page(edition: Edition, exhibitor: Exhibitor) -> str:
    return url_for("applications.application", edition=edition.slug, exhibitor=exhibitor.id)


def _show(edition: Edition, exhibitor: Exhibitor, *, decision: DecisionForm | None = None, stand: AllocateForm | None = None) -> tuple[str, int]:
    """Show one application with the forms to decide; one that was refused shows why."""
    status = max(form.status for form in (decision, stand) if form) if decision or stand else 200
    wishes, free = wishes_of(exhibitor.id), free_stands(edition.id, clock.show_now())
    possible = rules.possible(exhibitor.state)
    decision = decision or DecisionForm(formdata=None)
    stand = stand or AllocateForm(formdata=None)
    decision.version.data, stand.seen.data = exhibitor.version, mark_of_stands(exhibitor.id)
    stand.offer([line for line in wishes if line.taken_by is None], free)
    facts = {
        "wishes": [(stand_label(line), line) for line in wishes],
        "stands": stands_of([exhibitor.id])[exhibitor.id],
        "asked": request_of(exhibitor.id, clock.show_now()),
        "team": team(exhibitor.id),
        "awaited": is_awaited(exhibitor.id),
        "history": queries.history(exhibitor.id),
        "did": acts.did,
        "unread": unread_of([exhibitor.id]).get(exhibitor.id, 0),
        "wanted": wanted_by(exhibitor.id),
        "accepted": accepted_conditions(exhibitor.id),
        "sectors": SECTOR_NAMES,
        "mails": [(verb, preview_of(verb, exhibitor, edition, note_of(decision, verb, exhibitor))) for verb in possible if verb != "withdraw"],
        "words": {"sector": SECTOR_NAMES[exhibitor.sector], "kind": KIND_NAMES[StandKind(exhibitor.stand_kind)]},
    }
    return render_template("backoffice/applications/one.html", one=exhibitor, decision=decision, stand=stand, possible=possible, **facts), status


@applications.get("/<int:exhibitor>")
@reads
def application(edition: Edition, exhibitor: int) -> tuple[str, int]:
    """Show one application."""
    return _show(edition, exhibitor_of_edition(edition.id, exhibitor))


@applications.post("/<int:exhibitor>/<any(accept, waitlist, refuse, withdraw):verb>")
@decides
@once
def decide(edition: Edition, exhibitor: int, verb: str) -> AnyResponse | tuple[str, int]:
    """Accept, put on the waiting list, refuse or withdraw; or only show the mails with the note that was typed."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    form = DecisionForm()
    if form.validate_on_submit() and "preview" not in request.form:
        with refusals(form):
            VERBS[verb](one.id, note=note_of(form, verb, one), version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(DONE[verb](one.public_name), "ok")
            return redirect(_page(edition, one))
    if verb == "withdraw" and "preview" in request.form:
        return show_withdraw(edition, one, form)
    return _show(edition, one, decision=form)


def note_of(form: DecisionForm, verb: str, one: Exhibitor) -> str:
    """Put together what the letter says in the contact's language: for a refusal the reason chosen, and what was typed."""
    return letter_in(one.language, form.reason.data if verb == "refuse" else None, form.note.data)


def preview_of(verb: str, one: Exhibitor, edition: Edition, note: str) -> Written:
    """Write the mail that goes with a decision, as its reader gets it."""
    template, facts = operations.letter(verb, one, edition, note)
    asked = request_of(one.id, clock.show_now()) if verb == "accept" else None
    if asked is not None:
        facts |= {"allocated": [facts_of_stand(stand_of_edition(edition.id, asked.stand.id))]}
    if verb == "withdraw":
        facts |= said(withdrawal_asked.send(exhibitor=one, now=clock.show_now()))
    return write(template, one.language, one.contact_email, edition.id, facts)


def show_withdraw(edition: Edition, one: Exhibitor, form: DecisionForm) -> tuple[str, int]:
    """Show what a withdrawal does, and the mail that goes with it."""
    form.version.data = one.version
    mail = preview_of("withdraw", one, edition, note_of(form, "withdraw", one))
    shown = {"stands": stands_of([one.id])[one.id], "leaving": leaving_on(one, wall(clock.show_now(), edition.timezone).date())}
    return render_template("backoffice/applications/withdraw.html", one=one, form=form, mail=mail, in_language=IN_LANGUAGE, **shown), form.status


@applications.get("/<int:exhibitor>/withdraw")
@decides
def withdraw(edition: Edition, exhibitor: int) -> AnyResponse | tuple[str, int]:
    """Ask once more before an application is withdrawn."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    if "withdraw" not in rules.possible(one.state):
        flash(_("The application of %(name)s cannot be withdrawn any more.", name=one.public_name), "warn")
        return redirect(_page(edition, one))
    return show_withdraw(edition, one, DecisionForm(formdata=None))


@applications.post("/<int:exhibitor>/stand")
@decides
@once
def allocate(edition: Edition, exhibitor: int) -> AnyResponse | tuple[str, int]:
    """Give the exhibitor a stand."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    form = AllocateForm()
    if form.validate_on_submit():
        with refusals(form):
            chosen = stand_numbered(edition.id, form.number.data) if form.number.data else stand_of_edition(edition.id, form.stand_id or 0)
            allocate_stand(chosen.id, one.id, seen=form.seen.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("Stand %(stand)s is allocated to %(name)s. The contact gets a mail.", stand=chosen.number, name=one.public_name), "ok")
            return redirect(_page(edition, one))
    return _show(edition, one, stand=form)


@applications.post("/<int:exhibitor>/stand/<int:stand>/free")
@decides
def free(edition: Edition, exhibitor: int, stand: int) -> AnyResponse:
    """Take a stand back from the exhibitor."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    with told_at(_page(edition, one)):
        freed = free_stand(stand_of_edition(edition.id, stand).id, one.id, actor_id=current_user.id, now=clock.show_now())
    flash(_("Stand %(stand)s is free again.", stand=freed.number), "ok")
    return redirect(_page(edition, one))
