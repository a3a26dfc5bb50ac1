"""Somebody finds an organisation that is known already, asks to act for it, and answers who asks."""

from collections.abc import Mapping
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access, limits
from eventapp.core import clock
from eventapp.editions.models import Edition
from eventapp.exhibitors import operations, rules
from eventapp.exhibitors.errors import RegistrationClosed
from eventapp.exhibitors.forms.joining import AnotherForm, AnswerJoinForm, JoinForm
from eventapp.exhibitors.operations import joining as verbs
from eventapp.exhibitors.operations.returning import begin_again
from eventapp.exhibitors.queries import draft as draft_of
from eventapp.exhibitors.queries import joining as queries
from eventapp.exhibitors.queries import living_application, team
from eventapp.organisations.queries import find_organisations
from eventapp.organisations.queries import organisation as load_organisation
from eventapp.portal.views.exhibit import step_url, today_is_open
from eventapp.portal.views.floor import portal
from eventapp.portal.views.keys import registration_key, registration_key_to_write
from eventapp.web import i18n
from eventapp.web.forms import refusals, told_at
from eventapp.web.pressing import once

__all__ = ["portal"]
Answer = Response | tuple[str, int]


def _me() -> int | None:
    return current_user.id if current_user.is_authenticated else None


@portal.get("/<edition>/exhibit/organisations.json")
@limits.looks_from_address
@access.public
def found_organisations(edition: Edition) -> Response:
    """List organisations by name or ICE while somebody types: name, city and country, and the page to join."""
    found = find_organisations(request.args.get("q", ""))
    listed = [
        {
            "name": one.name_ar if i18n.language() == "ar" and one.name_ar else one.name,
            "where": i18n.with_commas(*filter(None, (one.city, i18n.country(one.country)))),
            "page": url_for("portal.join", edition=edition.slug, organisation_id=one.id),
        }
        for one in found
    ]
    return jsonify(listed)


@portal.route("/<edition>/exhibit/alike", methods=["GET", "POST"])
@access.public
@once
def alike(edition: Edition) -> Answer:
    """Ask whether the organisation that was typed is one of those that are known; with the same ICE it is."""
    draft = draft_of(edition.id, registration_key(edition))
    typed: Mapping[str, Any] = draft.answers.get("organisation", {}) if draft else {}
    if draft is None or draft.sent_at is not None or not typed or not today_is_open(edition):
        return redirect(url_for("portal.exhibit", edition=edition.slug))
    found = queries.alike((typed["name"], typed["name_ar"]), typed["country"], typed["ice"], _me())
    form, going_on = AnotherForm(), step_url(edition, rules.first_missing(draft.answers) or "check")
    if not found:
        return redirect(going_on)
    if form.validate_on_submit() and not found[0].only_join:
        with refusals(form):
            operations.save_step(edition.id, registration_key_to_write(edition), "organisation", {**typed, "another": "y"}, now=clock.show_now())
            return redirect(going_on)
    return render_template("portal/public/exhibit/alike.html", form=form, found=found, typed=typed, draft=draft), form.status


@portal.route("/<edition>/exhibit/join/<int:organisation_id>", methods=["GET", "POST"])
@limits.requests_by_me
@access.signed_in
@once
def join(edition: Edition, organisation_id: int) -> Answer:
    """Ask to act for an organisation, or see what became of it."""
    organisation = load_organisation(organisation_id)
    form, here = JoinForm(), url_for("portal.join", edition=edition.slug, organisation_id=organisation_id)
    if form.validate_on_submit():
        with refusals(form):
            verbs.ask_to_join(edition.id, organisation.id, current_user.id, message=form.message.data or "", now=clock.real_now())
            flash(_("Your question is on its way. You get a mail with the answer."), "ok")
            return redirect(here)
    living = living_application(edition.id, organisation.id)
    mine = living if living and any(user.id == current_user.id for _member, user in team(living.id)) else None
    shown: dict[str, Any] = {"mine": mine, "asked": queries.request_of(current_user.id, edition.id, organisation.id)}
    shown |= {"is_theirs": queries.acts_for(current_user.id, organisation.id), "living": living, "is_open": today_is_open(edition)}
    shown["last"] = queries.last_exhibitor(current_user.id, edition.id, organisation.id)
    return render_template("portal/public/exhibit/join.html", form=form, organisation=queries.Found.of(organisation), **shown), form.status


@portal.post("/<edition>/exhibit/join/<int:organisation_id>/register")
@access.signed_in
@once
def register_again(edition: Edition, organisation_id: int) -> Response:
    """Begin a registration with what is known of an organisation, for its own people."""
    page = url_for("portal.join", edition=edition.slug, organisation_id=load_organisation(organisation_id).id)
    with told_at(page):
        if not today_is_open(edition):
            raise RegistrationClosed(contact=edition.contact_email)
        draft = begin_again(edition.id, registration_key_to_write(edition), organisation_id, user_id=current_user.id, now=clock.show_now())
    return redirect(step_url(edition, rules.first_missing(draft.answers) or "check"))


@portal.route("/<edition>/exhibit/requests/<int:request_id>", methods=["GET", "POST"])
@access.signed_in
@once
def join_request(edition: Edition, request_id: int) -> Answer:
    """Let an organisation's owner answer somebody who asks to act for it."""
    asked = queries.request_to_owner(current_user.id, edition.id, request_id)
    form, here = AnswerJoinForm(), url_for("portal.join_request", edition=edition.slug, request_id=asked.id)
    if form.validate_on_submit():
        with refusals(form), told_at(here):
            verbs.answer_join(asked.id, joins=form.joins, reason=form.reason.data or "", actor_id=current_user.id, now=clock.show_now(), real_now=clock.real_now())
            flash(form.done, "ok")
            return redirect(here)
    return render_template("portal/exhibitor/join_request.html", form=form, whole=queries.asked(asked), here=here), form.status
