"""Contracts: organisers send them, the exhibitor's owner accepts."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_limiter.util import get_remote_address
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from eventapp.accounts import access
from eventapp.core.errors import Refusal
from eventapp.documents import store
from eventapp.editions.models import Edition
from eventapp.exhibitors.models import Exhibitor
from eventapp.exhibitors.queries import exhibitor_of_edition, member_of, own_exhibitor, owned_exhibitor, owner_of
from eventapp.invoicing import forms, operations, queries
from eventapp.invoicing.models import ContractState
from eventapp.invoicing.rules.contracts import Agreement, bill_in, counted, stands_in
from eventapp.invoicing.views.answers import pdf
from eventapp.invoicing.views.organiser import Answer, bills, facts, invoicing_organiser
from eventapp.web import files, i18n
from eventapp.web.forms import refusals, told_at
from eventapp.web.paging import page_number, page_of_list
from eventapp.web.pressing import once

contracts_exhibitor = Blueprint("contracts_exhibitor", __name__)
WORDS = {"contract_states": forms.CONTRACT_STATES, "ways": forms.ACCEPTANCE_WAYS}


@invoicing_organiser.get("/contracts")
@bills
def contracts(edition: Edition) -> str:
    """List accepted exhibitors by where their contract stands."""
    every = queries.standings_in(edition.id)
    wanted = request.args.get("state", "")[:20]
    page = page_of_list([one for one in every if wanted not in set(ContractState) or one.state == wanted], page_number())
    ready = sum(one.agreement is not None and one.state in operations.TO_SEND for one in every)
    shown = {"counts": counted([one.state for one in every]), "ready": ready, "seller": queries.seller_of(edition.id)}
    return render_template("invoicing/organiser/contracts.html", page=page, wanted=wanted, **shown, **WORDS)


@invoicing_organiser.post("/contracts/send")
@bills
@once
def send_contracts(edition: Edition) -> AnyResponse:
    """Send the contract of everybody who has none, or an outdated one."""
    page = url_for("invoicing_organiser.contracts", edition=edition.slug)
    with told_at(page):
        count = operations.send_all_contracts(edition.id, **facts())
    flash(ngettext("%(num)s contract is being drawn up and goes out by mail.", "%(num)s contracts are being drawn up and go out by mail.", count), "ok")
    return redirect(page)


@invoicing_organiser.route("/exhibitors/<int:exhibitor>/contract", methods=["GET", "POST"])
@bills
@once
def contract(edition: Edition, exhibitor: int) -> Answer:
    """Show an exhibitor's contract with its versions, and send the next one."""
    one = exhibitor_of_edition(edition.id, exhibitor)
    form = forms.SendContractForm()
    if form.validate_on_submit():
        with refusals(form):
            sent = operations.send_contract(one.id, seen=form.seen.data or "", **facts())
            flash(_("The contract %(label)s is drawn up and goes to %(email)s.", label=sent.label, email=one.contact_email), "ok")
            return redirect(url_for("invoicing_organiser.contract", edition=edition.slug, exhibitor=one.id))
    agreement, why_not = _agreement(one)
    form.seen.data = agreement.mark if agreement else ""
    shown = {"state": queries.contract_state(one), "versions": queries.versions_of(one.id), "agreement": agreement, "why_not": why_not}
    return render_template("invoicing/organiser/contract.html", one=one, form=form, seller=queries.seller_of(edition.id), **shown, **WORDS), form.status


def _agreement(exhibitor: Exhibitor) -> tuple[Agreement | None, str]:
    """Say what would be agreed now, or why nothing can be."""
    try:
        return queries.agreement_with(exhibitor), ""
    except Refusal as refusal:
        return None, i18n.explain(refusal)


@invoicing_organiser.get("/contracts/<int:contract_id>/contract.pdf")
@bills
def contract_paper(edition: Edition, contract_id: int) -> Response:
    """Give a contract as it was drawn up."""
    found = queries.contract_of_edition(edition.id, contract_id)
    return pdf(queries.document_of(found), operations.file_name(found))


@invoicing_organiser.route("/contracts/<int:contract_id>/signed", methods=["GET", "POST"])
@bills
def signed_copy(edition: Edition, contract_id: int) -> Answer:
    """Record that a contract came back signed. The file is looked through before anything is held in the database; a second time is refused."""
    found = queries.contract_of_edition(edition.id, contract_id)
    one, form = exhibitor_of_edition(edition.id, found.exhibitor_id), forms.SignedCopyForm()
    if form.validate_on_submit():
        with refusals(form):
            operations.record_signed_copy(edition.id, found.id, form.upload(), **facts())
            flash(_("The signed contract %(label)s is recorded: %(name)s is contracted.", label=found.label, name=one.public_name), "ok")
            return redirect(url_for("invoicing_organiser.contract", edition=edition.slug, exhibitor=one.id))
    return render_template("invoicing/organiser/signed_copy.html", one=one, found=found, form=form, accepted=queries.acceptance_of(found.id)), form.status


@invoicing_organiser.get("/contracts/<int:contract_id>/signed.pdf")
@bills
def signed_paper(edition: Edition, contract_id: int) -> Response:
    """Give the signed copy as it was received."""
    file = queries.signed_copy_of(queries.contract_of_edition(edition.id, contract_id))
    return files.attachment(store.path_of(file), file.media_type, file.name)


@contracts_exhibitor.get("/<int:contract_id>/signed.pdf")
@access.exhibitor_member
def signed(edition: Edition, exhibitor: int, contract_id: int) -> Response:
    """Download the signed copy that the organiser recorded."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    file = queries.signed_copy_of(queries.contract_of_exhibitor(mine.id, contract_id))
    return files.attachment(store.path_of(file), file.media_type, file.name)


@contracts_exhibitor.route("", methods=["GET", "POST"])
@access.exhibitor_member
@once
def own(edition: Edition, exhibitor: int) -> Answer:
    """Show the contract; the owner accepts it."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    form, last = forms.AcceptContractForm(), queries.last_contract(mine.id)
    if form.validate_on_submit() and last is not None:
        owned_exhibitor(current_user.id, edition.id, exhibitor)
        with refusals(form):
            origin = operations.Origin(get_remote_address(), request.user_agent.string)
            operations.accept_contract(mine.id, last.id, seen=form.seen.data or "", language=i18n.language(), origin=origin, **facts())
            flash(_("The contract is accepted. A copy is on its way to %(email)s.", email=mine.contact_email), "ok")
            return redirect(url_for("contracts_exhibitor.own", edition=edition.slug, exhibitor=mine.id))
    form.seen.data = last.sha256 if last else ""
    owner, role = owner_of(mine.id), member_of(current_user.id, edition.id, mine.id).role
    shown: dict[str, Any] = {"versions": queries.versions_of(mine.id), "state": queries.contract_state(mine), "owner": owner, "is_owner": role == "owner"}
    if last is not None:
        shown |= {"bill": bill_in(last), "stands": stands_in(last.agreed), "conditions": queries.conditions_of(last)}
    return render_template("invoicing/exhibitor/contract.html", mine=mine, form=form, last=last, **shown, **WORDS), form.status


@contracts_exhibitor.get("/<int:contract_id>/contract.pdf")
@access.exhibitor_member
def paper(edition: Edition, exhibitor: int, contract_id: int) -> Response:
    """Download a contract as it was drawn up."""
    mine = own_exhibitor(current_user.id, edition.id, exhibitor)
    found = queries.contract_of_exhibitor(mine.id, contract_id)
    return pdf(queries.document_of(found), operations.file_name(found))
