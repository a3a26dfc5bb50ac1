"""Protocol officers record agreements and schedule their signings; programme managers and the press read."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.accounts.models import Role
from eventapp.agreements import forms, operations, queries
from eventapp.agreements.forms import KIND_NAMES, ORGANISATION_KINDS, STATE_NAMES, STEPS, AgreementForm, ConfirmForm, SigningForm
from eventapp.agreements.models import Agreement, AgreementKind, AgreementState
from eventapp.agreements.rules import LEAST_PARTIES, MOST_PARTIES, MOST_SIGNATORIES
from eventapp.agreements.signals import people_asked_about
from eventapp.core import clock
from eventapp.core.texts import LANGUAGES
from eventapp.documents.tables import csv_bytes
from eventapp.editions.models import Edition
from eventapp.programme.queries import rooms_of
from eventapp.web import gone, i18n
from eventapp.web.forms import refusals
from eventapp.web.gone import Gone
from eventapp.web.paging import page_number, page_of
from eventapp.web.pressing import once

agreements_organiser = Blueprint("agreements_organiser", __name__)
gone.tell("agreements_organiser", "agreement", Gone(("agreement.deleted",), "agreement", "agreements_organiser.listing", _l("This agreement was deleted.")))
reads = access.organiser(Role.PROTOCOL_OFFICER, Role.PROGRAMME_MANAGER, Role.PRESS)
acts = access.organiser(Role.PROTOCOL_OFFICER)


def _wanted() -> queries.Wanted:
    """Read from the address how the list is narrowed."""
    return queries.Wanted(**{name: request.args[name][:100] for name in ("q", "state", "kind") if name in request.args})


@agreements_organiser.get("")
@reads
def listing(edition: Edition) -> str:
    """List the agreements: those to schedule first, then in the order of signing."""
    wanted = _wanted()
    page = page_of(queries.agreements(edition.id, wanted), page_number(), 50)
    facts = {"counts": queries.counts(edition.id), "states": STATE_NAMES, "kinds": KIND_NAMES}
    return render_template("agreements/organiser/listing.html", page=page, wanted=wanted, hours=forms.hours_label, **facts)


@agreements_organiser.get("/agreements.csv")
@reads
def export(edition: Edition) -> Response:
    """Write the agreements that the list shows as a table for a spreadsheet."""
    titles = [
        _("State"),
        _("Kind of agreement"),
        _("Title in French"),
        _("Title in Arabic"),
        _("Title in English"),
        _("Parties"),
        _("Signatories"),
        _("Day"),
        _("Begins at"),
        _("Room"),
    ]
    content = csv_bytes(titles, (_row(one) for one in queries.all_agreements(edition.id, _wanted())))
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{edition.slug}-agreements.csv"'})


def _row(one: Agreement) -> list[object]:
    """Write one agreement for the table."""
    session = one.session if one.state == AgreementState.SCHEDULED else None
    people = [f"{signatory.person.name(i18n.language())} ({party.organisation.name})" for party in one.parties for signatory in party.signatories]
    who = ["; ".join(party.organisation.name for party in one.parties), "; ".join(people)]
    start = session.start_minute if session and session.start_minute is not None else None
    when = [str(session.day) if session else "", "" if start is None else f"{start // 60:02}:{start % 60:02}", i18n.text(session.room.name) if session and session.room else ""]
    return [str(STATE_NAMES[AgreementState(one.state)]), str(KIND_NAMES[AgreementKind(one.kind)]), *(one.title.get(code, "") for code in LANGUAGES), *who, *when]


@agreements_organiser.get("/<int:agreement>")
@reads
def one(edition: Edition, agreement: int) -> str:
    """Show one agreement as the event that it is."""
    found = queries.agreement_of_edition(edition.id, agreement)
    session = found.session if found.state == AgreementState.SCHEDULED else None
    facts = {"slug": queries.public_slug(edition.id, session.uid if session else None), "history": queries.history(found.id), "kind": KIND_NAMES[AgreementKind(found.kind)]}
    hours = forms.hours_label(session) if session else ""
    return render_template("agreements/organiser/one.html", one=found, session=session, whole=session.parent if session else None, hours=hours, **facts)


@agreements_organiser.route("/new", methods=["GET", "POST"])
@acts
@once
def add(edition: Edition) -> AnyResponse | tuple[str, int]:
    """Record an agreement, one matter a page."""
    if request.method == "GET":
        return _show_form(AgreementForm.blank(edition.languages[0]))
    form = _pressed(edition, ())
    if form.problems or request.form.get("act") != "record":
        return _show_form(form)
    with refusals(form):
        recorded = operations.propose_agreement(edition.id, form.details(), actor_id=current_user.id, now=clock.show_now())
        flash(_("“%(title)s” is recorded. Schedule its signing next.", title=i18n.text(recorded.title)), "ok")
        return _to(edition, recorded.id)
    return _show_form(form)


@agreements_organiser.route("/<int:agreement>/change", methods=["GET", "POST"])
@acts
@once
def change(edition: Edition, agreement: int) -> AnyResponse | tuple[str, int]:
    """Change an agreement on the same pages; `?step=parties` opens one of them."""
    found = queries.agreement_of_edition(edition.id, agreement)
    if request.method == "GET":
        return _show_form(AgreementForm.about(found, _asked_step(), edition.languages[0]), found)
    form = _pressed(edition, found.parties)
    if form.problems or request.form.get("act") != "record":
        return _show_form(form, found)
    with refusals(form):
        operations.change_agreement(found.id, form.details(), version=form.what.version.data, actor_id=current_user.id, now=clock.show_now())
        flash(_("The agreement is changed, and the programme with it.") if found.session_id else _("The agreement is changed."), "ok")
        return _to(edition, found.id)
    found = queries.agreement_of_edition(edition.id, agreement)
    form.what.version.data = found.version
    return _show_form(form, found)


def _asked_step() -> str:
    step = request.args.get("step", "")
    return step if step in STEPS[:3] else STEPS[0]


def _pressed(edition: Edition, before: Any) -> AgreementForm:
    """Read the form that was sent and do what its button asks, short of recording."""
    form, act = AgreementForm.sent(request.form, edition.languages[0]), request.form.get("act", "")
    known = {party.organisation_id for party in before}, {one.person_id for party in before for one in party.signatories}
    if act == "record":
        form.step = "check"
        if form.is_right(*STEPS[:3]):
            _meet(form, edition.id, *known)
            form.says_who()
        return form
    form = form.press(act)
    if form.step == "check":
        _meet(form, edition.id, *known)
    return form


def _meet(form: AgreementForm, edition_id: int, organisations: set[int], people: set[int]) -> None:
    """Look up whom and what every typed name may mean."""
    for party in form.parties:
        bodies = queries.known_organisations(party.name.data or "", party.name_ar.data or "", organisations & _chosen(party.organisation.data))
        party.offer(bodies)
        for one in party.signatories:
            if not one.is_blank():
                known = queries.known_people(one.spellings, edition_id, people & _chosen(one.person.data))
                people_asked_about.send(edition_id=edition_id, traces={found.person.id: found.traces for found in known})
                one.offer(known, party.names(bodies))


def _chosen(answer: str | None) -> set[int]:
    return {int(answer)} if answer and answer.isascii() and answer.isdigit() and len(answer) < 10 else set()  # noqa: PLR2004 - what a database can count


def _show_form(form: AgreementForm, found: Agreement | None = None) -> tuple[str, int]:
    facts = {"steps": STEPS, "kinds": KIND_NAMES, "organisation_kinds": ORGANISATION_KINDS, "least": LEAST_PARTIES, "most": MOST_PARTIES, "most_signatories": MOST_SIGNATORIES}
    return render_template("agreements/organiser/form.html", form=form, agreement=found, **facts), form.status


def _to(edition: Edition, agreement_id: int) -> AnyResponse:
    return redirect(url_for("agreements_organiser.one", edition=edition.slug, agreement=agreement_id))


@agreements_organiser.route("/<int:agreement>/signing", methods=["GET", "POST"])
@acts
@once
def signing(edition: Edition, agreement: int) -> AnyResponse | tuple[str, int]:
    """Schedule the signing, or move it; what collides is named and nothing typed is lost."""
    found = queries.agreement_of_edition(edition.id, agreement)
    form = SigningForm(data=forms.before(found, edition) | forms.versions(found))
    _offer_places(form, edition, found)
    if request.form.get("act") != "look" and form.validate_on_submit():
        with refusals(form):
            facts = {"even_closed": form.outside.data, "version": form.version.data, "seen": form.seen.data}
            scheduled = operations.schedule_signing(found.id, form.placement(), **facts, actor_id=current_user.id, now=clock.show_now())
            flash(_("The signing is scheduled. Visitors see it once the programme is published."), "ok")
            return _to(edition, scheduled.id)
        found = queries.agreement_of_edition(edition.id, agreement)
        form.show(found)
    return _show_signing(form, edition, found)


def _offer_places(form: SigningForm, edition: Edition, found: Agreement) -> None:
    others = [one for one in queries.wholes_of_day(edition.id, form.shown_day(edition)) if one.id != found.session_id]
    form.offer(edition, rooms_of(edition.id), others)


def _show_signing(form: SigningForm, edition: Edition, found: Agreement) -> tuple[str, int]:
    day, people = form.shown_day(edition), [one.person_id for party in found.parties for one in party.signatories]
    facts = {"wholes": queries.wholes_of_day(edition.id, day), "busy": queries.engagements(edition.id, day, people, found.session_id), "day": day, "hours": forms.hours_label}
    unsigned = [party.organisation for party in found.parties if not party.signatories]
    return render_template("agreements/organiser/signing.html", form=form, one=found, unsigned=unsigned, **facts), form.status


@agreements_organiser.route("/<int:agreement>/unschedule", methods=["GET", "POST"])
@acts
@once
def unschedule(edition: Edition, agreement: int) -> AnyResponse | tuple[str, int]:
    """Take the signing out of the programme, after asking once more."""
    found = queries.agreement_of_edition(edition.id, agreement)
    form = ConfirmForm(data={"version": found.version})
    if form.validate_on_submit():
        with refusals(form):
            operations.unschedule_signing(found.id, version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("The signing is out of the programme. Its time, room and people are free."), "ok")
            return _to(edition, found.id)
    return _ask(form, edition, agreement, "unschedule")


@agreements_organiser.route("/<int:agreement>/delete", methods=["GET", "POST"])
@acts
@once
def delete(edition: Edition, agreement: int) -> AnyResponse | tuple[str, int]:
    """Delete a proposed agreement, after asking once more."""
    found = queries.agreement_of_edition(edition.id, agreement)
    form = ConfirmForm(data={"version": found.version})
    if form.validate_on_submit():
        with refusals(form):
            title = i18n.text(found.title)
            operations.delete_agreement(found.id, version=form.version.data, actor_id=current_user.id, now=clock.show_now())
            flash(_("“%(title)s” is deleted.", title=title), "ok")
            return redirect(url_for("agreements_organiser.listing", edition=edition.slug))
    return _ask(form, edition, agreement, "delete")


def _ask(form: ConfirmForm, edition: Edition, agreement: int, act: str) -> tuple[str, int]:
    """Ask once more, about the agreement as it is now."""
    found = queries.agreement_of_edition(edition.id, agreement)
    form.version.data = found.version
    return render_template("agreements/organiser/confirm.html", form=form, one=found, act=act), form.status
