"""An organisation registers to exhibit, one matter a page."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access, limits
from eventapp.core import clock
from eventapp.core.errors import Refusal
from eventapp.core.ids import hash_secret
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.editions.rules import registration_is_open
from eventapp.exhibitors import operations, rules
from eventapp.exhibitors.errors import RegistrationClosed
from eventapp.exhibitors.forms import KIND_NAMES, SECTOR_NAMES, CompanionsForm, StepForm, extras_form
from eventapp.exhibitors.models import RegistrationDraft, StandKind
from eventapp.exhibitors.queries import current_conditions, exhibiting_rules, joining, linked_draft
from eventapp.exhibitors.queries import draft as draft_of
from eventapp.exhibitors.rules import LONGEST_FASCIA
from eventapp.organisations.queries import find_organisations
from eventapp.organisations.rules import ice_number
from eventapp.portal import forms, queries
from eventapp.portal.views.keys import keep_registration_key, registration_key, registration_key_to_write
from eventapp.portal.views.public import portal
from eventapp.pricing.forms import KIND_NAMES as PRICE_KINDS
from eventapp.pricing.models import ForStands, PriceKind
from eventapp.pricing.queries import Prices, price_list
from eventapp.pricing.rules import Price, Space, quote
from eventapp.stands.forms import SIDES, stand_label
from eventapp.stands.queries import Hold, floor_plan, free_like, free_stands, held_stand, lines_of, lost_hold, request_of, stand_of_edition
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

__all__ = ["portal"]


def today_is_open(edition: Edition) -> bool:
    """Say whether exhibitors can register today."""
    return registration_is_open(edition, "exhibit", wall(clock.show_now(), edition.timezone).date())


def step_url(edition: Edition, step: str) -> str:
    """Write the address of a step."""
    endpoint = {"check": "portal.exhibit_check", "done": "portal.exhibit_done"}.get(step)
    return url_for(endpoint, edition=edition.slug) if endpoint else url_for("portal.exhibit_step", edition=edition.slug, step=step)


def _elsewhere(edition: Edition, draft: RegistrationDraft | None) -> Response | None:
    """Say where to go when this is not the time for a step: sent already, or closed."""
    if draft is not None and draft.sent_at is not None:
        return redirect(step_url(edition, "done"))
    if not today_is_open(edition):
        return redirect(url_for("portal.exhibit", edition=edition.slug))
    return None


@portal.get("/<edition>/exhibit")
@access.public
def exhibit(edition: Edition) -> str:
    """Say what it takes to exhibit, and open the first step; or say that registration is closed."""
    draft = draft_of(edition.id, registration_key(edition))
    answers = draft.answers if draft else {}
    after = rules.first_missing(answers) or "check"
    shown: dict[str, Any] = {"draft": draft, "next_url": step_url(edition, "done" if draft and draft.sent_at else after)}
    shown |= {"prices": price_list(edition.id), "price_kinds": PRICE_KINDS}
    shown["returning"] = joining.returning(current_user.id, edition.id) if current_user.is_authenticated else []
    return render_template("portal/public/exhibit/start.html", is_open=today_is_open(edition), today=wall(clock.show_now(), edition.timezone).date(), **shown)


def _held_by(edition: Edition, draft: RegistrationDraft | None) -> Hold | None:
    return held_stand(edition.id, draft.exhibitor_id if draft else None, clock.show_now())


def _before(step: str, held: Hold | None) -> dict[str, Any]:
    """Fill in what is known of who is signed in, and of the stand that is held."""
    if step == "space" and held is not None:
        return held.space
    if step != "contact":
        return {}
    if not current_user.is_authenticated:
        return {"language": i18n.language()}
    return {"contact_name": current_user.name, "contact_email": current_user.email, "language": current_user.language}


def _form_of(edition: Edition, step: str, answers: Mapping[str, Any], held: Hold | None) -> StepForm:
    """Build the form of a step with what was answered before."""
    saved = forms.saved_data(step, answers.get(step, _before(step, held)))
    if step == "extras":
        return extras_form(offered_extras(edition, answers, held))(data=saved)
    form = forms.STEP_FORMS[step](data=saved)
    if isinstance(form, forms.SpaceForm):
        form.offer(free_stands(edition.id, clock.show_now()))
        form.fascia_name.data = form.fascia_name.data or ("" if form.is_submitted() else answers.get("organisation", {}).get("name", "")[:LONGEST_FASCIA])
    return form


def offered_extras(edition: Edition, answers: Mapping[str, Any], held: Hold | None) -> list[Price]:
    """List the extras on sale for the kind of stand that is held, else for the one that is wished."""
    kind = held.stand.kind if held else answers.get("space", {}).get("stand_kind", StandKind.EQUIPPED)
    return [price for price in price_list(edition.id).on_sale if price.kind == PriceKind.EXTRA and price.stand_kind in {ForStands.BOTH, kind}]


def _is_right(form: StepForm) -> bool:
    """Check a step that was sent; what is wrong with a legal number is told together with the rest."""
    good = form.validate_on_submit()
    if isinstance(form, forms.OrganisationForm) and form.is_submitted():
        with refusals(form):
            ice_number(form.ice.data or "")
    return bool(good and not form.problems)


def _answered(step: str, form: StepForm, before: Mapping[str, Any]) -> dict[str, Any]:
    """Collect a step's answers; which organisation it is was said before and stays, until another name, country or number is typed."""
    given, known = form.answers(), before.get(step, {})
    if step != "organisation" or any(given[name] != known.get(name) for name in ("name", "country")) or (ice_number(given["ice"]) or "") != known.get("ice"):
        return given
    return {**given, **{name: known[name] for name in ("another", "known_id") if name in known}}


def _after(edition: Edition, step: str, answers: Mapping[str, Any]) -> str:
    """Say where to go after a step: to the question whether the organisation is known already, else to what has no answer yet."""
    typed = answers.get("organisation", {})
    if step == "organisation" and not typed.get("another") and joining.alike((typed["name"], typed["name_ar"]), typed["country"], typed["ice"], _user_id()):
        return url_for("portal.alike", edition=edition.slug)
    return step_url(edition, rules.first_missing(answers) or "check")


def _user_id() -> int | None:
    return current_user.id if current_user.is_authenticated else None


@portal.route("/<edition>/exhibit/<any(organisation, contact, space, products, companions, extras):step>", methods=["GET", "POST"])
@limits.mail_from_contact
@limits.looks_from_address
@access.public
def exhibit_step(edition: Edition, step: str) -> Response | tuple[str, int]:
    """Answer one step; what was answered is kept on the server."""
    draft = draft_of(edition.id, registration_key(edition))
    closed = RegistrationClosed(contact=edition.contact_email) if request.method == "POST" and not today_is_open(edition) else None
    elsewhere = _elsewhere(edition, draft) if closed is None or (draft is not None and draft.sent_at is not None) else None
    if elsewhere:
        return elsewhere
    answers, held = draft.answers if draft else {}, _held_by(edition, draft)
    form = _form_of(edition, step, answers, held)
    if isinstance(form, CompanionsForm) and form.is_submitted() and form.change_rows(request.form.get("act", "")):
        return render_template("portal/public/exhibit/step.html", form=form, step=step, draft=draft), 200
    if closed:  # since the step was opened: nothing typed is lost
        form.refuse(closed)
    elif _is_right(form):
        with refusals(form):
            saved = operations.save_step(
                edition.id, registration_key_to_write(edition), step, _answered(step, form, answers), kind=held.stand.kind if held else None, now=clock.show_now()
            )
            return redirect(_after(edition, step, saved.answers))
    shown: dict[str, Any] = {"held": held, "words": {"kind": KIND_NAMES}, "first_come": exhibiting_rules(edition.id).first_come}
    shown |= {"extras": offered_extras(edition, answers, held), "prices": price_list(edition.id)} if step == "extras" else {}
    q = request.args.get("q", "")[:100] if step == "organisation" else ""
    shown |= {"q": q, "found": find_organisations(q)}
    return render_template("portal/public/exhibit/step.html", form=form, step=step, draft=draft, **shown), closed.status if closed else form.status


@portal.route("/<edition>/exhibit/check", methods=["GET", "POST"])
@limits.mail_from_address
@access.public
def exhibit_check(edition: Edition) -> Response | tuple[str, int]:
    """Show every answer once more, then send."""
    key = registration_key(edition)
    draft = draft_of(edition.id, key)
    missing = rules.first_missing(draft.answers if draft else {})
    elsewhere = _elsewhere(edition, draft) or (redirect(step_url(edition, missing)) if missing else None)
    if elsewhere or draft is None or key is None:
        return elsewhere or redirect(url_for("portal.exhibit", edition=edition.slug))
    form = forms.CheckForm()
    form.stand_was_lost = form.held_id is None and lost_hold(draft.exhibitor_id) is not None
    if form.validate_on_submit():
        with refusals(form):
            return _send(edition, key, form, _held_by(edition, draft))
        draft = draft_of(edition.id, key) or draft
    return render_template("portal/public/exhibit/check.html", form=form, draft=draft, **_to_check(edition, draft, form)), form.status


def _to_check(edition: Edition, draft: RegistrationDraft, form: forms.CheckForm) -> dict[str, Any]:
    """Collect what the last page shows: every answer, the stand that is held or was lost, the quote and the conditions."""
    held = _held_by(edition, draft)
    lost = None if held else lost_hold(draft.exhibitor_id) or (stand_of_edition(edition.id, form.held_id) if form.held_id else None)
    form.seen.data, form.held.data = rules.mark(draft.changed_at), str(held.stand.id) if held else ""
    conditions = current_conditions(edition.id)
    current = str(conditions.number) if conditions else ""
    form.accepted.data = form.accepted.data and form.conditions.data == current  # a tick is for what was on the page
    form.conditions.data = current
    applied = rules.application(rules.with_space(draft.answers, held.space if held else None))
    wished = [(stand_label(line), line) for line in lines_of(edition.id, applied.wishes)]
    words = {"sector": SECTOR_NAMES[applied.sector], "kind": KIND_NAMES[StandKind(applied.stand_kind)], "sectors": SECTOR_NAMES, "sides": SIDES}
    prices = price_list(edition.id)
    shown: dict[str, Any] = {"wished": wished, "words": words, "held": held, "conditions": conditions, "prices": prices, "extras": offered_extras(edition, draft.answers, held)}
    shown |= {"applied": applied, "lost": lost, "like": free_like(lost.id, floor_plan(edition.id, clock.show_now())) if lost else []}
    return shown | _quote(applied, held, prices)


def _quote(applied: rules.Application, held: Hold | None, prices: Prices) -> dict[str, Any]:
    """Quote the stand that is held, else the one that is wished; say why not where the list has no price for it."""
    stand = held.stand if held else None
    space = Space(stand.area_m2, stand.kind, stand.open_sides) if stand else Space(applied.area_wished or Decimal(0), applied.stand_kind, int(applied.open_sides or 1))
    try:
        return {"quote": quote(space, len(applied.co_exhibitors), applied.quantities, prices.on_sale, prices.vat_percent), "unquoted": ""}
    except Refusal as refusal:
        return {"quote": None, "unquoted": i18n.explain(refusal) if prices.items else ""}


def _send(edition: Edition, key: str, form: forms.CheckForm, held: Hold | None) -> Response:
    user_id = _user_id()
    accepted = (form.accepted_number, i18n.language()) if form.accepted_number is not None else None
    seen, now, space = form.seen.data or "", clock.show_now(), held.space if held else None
    operations.submit_registration(edition.id, key, seen=seen, held=form.held_id, space=space, accepted=accepted, user_id=user_id, now=now, real_now=clock.real_now())
    return redirect(step_url(edition, "done"))


@portal.route("/<edition>/exhibit/link", methods=["GET", "POST"])
@limits.mail_to_account
@limits.mail_from_address
@access.public
@once
def exhibit_link(edition: Edition) -> Response | tuple[str, int]:
    """Mail a personal link, to go on in another browser or on another day."""
    key = registration_key(edition)
    draft = draft_of(edition.id, key)
    elsewhere = _elsewhere(edition, draft)
    if elsewhere or draft is None or key is None:
        return elsewhere or redirect(url_for("portal.exhibit", edition=edition.slug))
    form = forms.LinkForm(data={"email": draft.answers.get("contact", {}).get("contact_email", "")})
    going_on = step_url(edition, rules.first_missing(draft.answers) or "check")
    if form.validate_on_submit():
        with refusals(form):
            operations.send_resume_link(edition.id, key, form.email.data, i18n.language(), now=clock.show_now())
            flash(_("The link is on its way to %(email)s. It opens this registration in any browser.", email=form.email.data), "ok")
            return redirect(going_on)
    return render_template("portal/public/exhibit/link.html", form=form, draft=draft, going_on=going_on), form.status


@portal.route("/<edition>/exhibit/resume/<key>", methods=["GET", "POST"])
@access.personal
def exhibit_resume(edition: Edition, key: str) -> Response | tuple[str, int]:
    """Open a registration by the link that was mailed; one that was sent leads to its application, which is confirmed first where it waits for that."""
    draft = linked_draft(edition.id, key)
    if draft is None:
        return render_template("portal/public/exhibit/no_link.html", is_open=today_is_open(edition)), 410
    if draft.sent_at is not None:
        return _sent(edition, draft, key)
    keep_registration_key(edition, key)
    return redirect(step_url(edition, rules.first_missing(draft.answers) or "check"))


def _sent(edition: Edition, draft: RegistrationDraft, key: str) -> Response | tuple[str, int]:
    """Lead to the application that a registration became, and ask first whether it is the account's where nobody said so yet."""
    form = forms.ConfirmForm()
    if "awaits" in draft.answers and not (draft.answers["awaits"] == hash_secret(key) and form.validate_on_submit()):
        sent = queries.sent_application(draft.exhibitor_id or 0)
        return render_template("portal/public/exhibit/confirm.html", sent=sent, form=form, may=draft.answers["awaits"] == hash_secret(key)), form.status
    if request.method == "POST":
        operations.confirm_application(edition.id, key, now=clock.show_now())
        flash(_("The application is among your own pages now."), "ok")
    return redirect(url_for("exhibiting.home", edition=edition.slug, exhibitor=draft.exhibitor_id))


@portal.get("/<edition>/exhibit/done")
@access.public
def exhibit_done(edition: Edition) -> Response | str:
    """Give the reference number and say what happens next."""
    draft = draft_of(edition.id, registration_key(edition))
    if draft is None or draft.sent_at is None or draft.exhibitor_id is None:
        return redirect(url_for("portal.exhibit", edition=edition.slug))
    asked = request_of(draft.exhibitor_id, clock.show_now())
    return render_template("portal/public/exhibit/done.html", sent=queries.sent_application(draft.exhibitor_id), asked=asked)


@portal.post("/<edition>/exhibit/again")
@access.public
def exhibit_again(edition: Edition) -> Response:
    """Start with another organisation; the registration that was sent stays as it is."""
    session["exhibit"] = {slug: key for slug, key in session.get("exhibit", {}).items() if slug != edition.slug}
    return redirect(step_url(edition, "organisation"))
