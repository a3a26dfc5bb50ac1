"""An organisation registers to exhibit, one matter a page."""

from typing import Any

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access, limits
from eventapp.core import clock
from eventapp.core.zones import wall
from eventapp.editions.models import Edition
from eventapp.editions.rules import registration_is_open
from eventapp.exhibitors import operations, rules
from eventapp.exhibitors.forms import KIND_NAMES, SECTOR_NAMES
from eventapp.exhibitors.models import RegistrationDraft, StandKind
from eventapp.exhibitors.queries import draft as draft_of
from eventapp.exhibitors.queries import exhibiting_rules, linked_draft
from eventapp.organisations.rules import ice_number
from eventapp.portal import forms, queries
from eventapp.portal.views.keys import keep_registration_key, registration_key, registration_key_to_write
from eventapp.portal.views.public import portal
from eventapp.pricing.forms import KIND_NAMES as PRICE_KINDS
from eventapp.pricing.queries import price_list
from eventapp.stands.forms import stand_label
from eventapp.stands.queries import free_stands, held_stand, lines_of
from eventapp.web import i18n
from eventapp.web.forms import refusals
from eventapp.web.pressing import once

__all__ = ["portal"]


def today_is_open(edition: Edition) -> bool:
    """Say whether exhibitors can register today."""
    return registration_is_open(edition, "exhibit", wall(clock.show_now(), edition.timezone).date())


def _step_url(edition: Edition, step: str) -> str:
    endpoint = {"check": "portal.exhibit_check", "done": "portal.exhibit_done"}.get(step)
    return url_for(endpoint, edition=edition.slug) if endpoint else url_for("portal.exhibit_step", edition=edition.slug, step=step)


def _elsewhere(edition: Edition, draft: RegistrationDraft | None) -> Response | None:
    """Say where to go when this is not the time for a step: sent already, or closed."""
    if draft is not None and draft.sent_at is not None:
        return redirect(_step_url(edition, "done"))
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
    shown: dict[str, Any] = {"draft": draft, "next_url": _step_url(edition, "done" if draft and draft.sent_at else after)}
    shown |= {"prices": price_list(edition.id), "price_kinds": PRICE_KINDS}
    return render_template("portal/public/exhibit/start.html", is_open=today_is_open(edition), today=wall(clock.show_now(), edition.timezone).date(), **shown)


def _before(step: str) -> dict[str, Any]:
    """Fill in what is known of who is signed in."""
    if step != "contact":
        return {}
    if not current_user.is_authenticated:
        return {"language": i18n.language()}
    return {"contact_name": current_user.name, "contact_email": current_user.email, "language": current_user.language}


def _is_right(form: forms.StepForm) -> bool:
    """Check a step that was sent; what is wrong with a legal number is told together with the rest."""
    good = form.validate_on_submit()
    if isinstance(form, forms.OrganisationForm) and form.is_submitted():
        with refusals(form):
            ice_number(form.ice.data or "")
    return bool(good and not form.problems)


@portal.route("/<edition>/exhibit/<any(organisation, contact, space):step>", methods=["GET", "POST"])
@limits.mail_from_contact
@access.public
def exhibit_step(edition: Edition, step: str) -> Response | tuple[str, int]:
    """Answer one step; what was answered is kept on the server."""
    draft = draft_of(edition.id, registration_key(edition))
    elsewhere = _elsewhere(edition, draft)
    if elsewhere:
        return elsewhere
    answers = draft.answers if draft else {}
    form = forms.STEP_FORMS[step](data=forms.saved_data(step, answers.get(step, _before(step))))
    form.offer(free_stands(edition.id, clock.show_now()) if step == "space" else ())
    if _is_right(form):
        with refusals(form):
            saved = operations.save_step(edition.id, registration_key_to_write(edition), step, form.answers(), now=clock.show_now())
            return redirect(_step_url(edition, rules.first_missing(saved.answers) or "check"))
    held = held_stand(edition.id, draft.exhibitor_id if draft else None, clock.show_now())
    return render_template("portal/public/exhibit/step.html", form=form, step=step, draft=draft, held=held, first_come=exhibiting_rules(edition.id).first_come), form.status


@portal.route("/<edition>/exhibit/check", methods=["GET", "POST"])
@limits.mail_from_address
@access.public
def exhibit_check(edition: Edition) -> Response | tuple[str, int]:
    """Show every answer once more, then send."""
    key = registration_key(edition)
    draft = draft_of(edition.id, key)
    missing = rules.first_missing(draft.answers if draft else {})
    elsewhere = _elsewhere(edition, draft) or (redirect(_step_url(edition, missing)) if missing else None)
    if elsewhere or draft is None or key is None:
        return elsewhere or redirect(url_for("portal.exhibit", edition=edition.slug))
    form = forms.CheckForm()
    if form.validate_on_submit():
        with refusals(form):
            return _send(edition, key, form)
        draft = draft_of(edition.id, key) or draft
    held = held_stand(edition.id, draft.exhibitor_id, clock.show_now())
    form.seen.data, form.held.data = rules.mark(draft.changed_at), str(held.stand.id) if held else ""
    applied = rules.application(draft.answers)
    wished = [(stand_label(line), line) for line in lines_of(edition.id, applied.wishes)]
    words = {"sector": SECTOR_NAMES[applied.sector], "kind": KIND_NAMES[StandKind(applied.stand_kind)]}
    return render_template("portal/public/exhibit/check.html", form=form, draft=draft, applied=applied, wished=wished, words=words, held=held), form.status


def _send(edition: Edition, key: str, form: forms.CheckForm) -> Response:
    user_id = current_user.id if current_user.is_authenticated else None
    operations.submit_registration(edition.id, key, seen=form.seen.data or "", held=form.held_id, user_id=user_id, now=clock.show_now(), real_now=clock.real_now())
    return redirect(_step_url(edition, "done"))


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
    going_on = _step_url(edition, rules.first_missing(draft.answers) or "check")
    if form.validate_on_submit():
        with refusals(form):
            operations.send_resume_link(edition.id, key, form.email.data, i18n.language(), now=clock.show_now())
            flash(_("The link is on its way to %(email)s. It opens this registration in any browser.", email=form.email.data), "ok")
            return redirect(going_on)
    return render_template("portal/public/exhibit/link.html", form=form, draft=draft, going_on=going_on), form.status


@portal.get("/<edition>/exhibit/resume/<key>")
@access.personal
def exhibit_resume(edition: Edition, key: str) -> Response | tuple[str, int]:
    """Open a registration by the link that was mailed; one that was sent leads to its application."""
    draft = linked_draft(edition.id, key)
    if draft is None:
        return render_template("portal/public/exhibit/no_link.html", is_open=today_is_open(edition)), 410
    if draft.sent_at is not None:
        return redirect(url_for("exhibiting.home", edition=edition.slug, exhibitor=draft.exhibitor_id))
    keep_registration_key(edition, key)
    return redirect(_step_url(edition, rules.first_missing(draft.answers) or "check"))


@portal.get("/<edition>/exhibit/done")
@access.public
def exhibit_done(edition: Edition) -> Response | str:
    """Give the reference number and say what happens next."""
    draft = draft_of(edition.id, registration_key(edition))
    if draft is None or draft.sent_at is None or draft.exhibitor_id is None:
        return redirect(url_for("portal.exhibit", edition=edition.slug))
    return render_template("portal/public/exhibit/done.html", sent=queries.sent_application(draft.exhibitor_id))


@portal.post("/<edition>/exhibit/again")
@access.public
def exhibit_again(edition: Edition) -> Response:
    """Start with another organisation; the registration that was sent stays as it is."""
    session["exhibit"] = {slug: key for slug, key in session.get("exhibit", {}).items() if slug != edition.slug}
    return redirect(_step_url(edition, "organisation"))
