"""An edition's team: who has which role; inviting, changing, disabling."""

from typing import Protocol

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from eventapp.accounts import access, invitations, queries, roles
from eventapp.accounts.forms import InviteForm, RolesForm
from eventapp.accounts.models import Role
from eventapp.accounts.views.blueprint import Answer
from eventapp.core import clock
from eventapp.web import gone, i18n
from eventapp.web.forms import refusals
from eventapp.web.gone import Gone
from eventapp.web.pressing import once

team = Blueprint("team", __name__)
gone.tell("team", "user_id", Gone(("role.withdrawn",), "user", "team.members", _l("This person is not on the team any more.")))
gone.tell(
    "team",
    "invitation_id",
    Gone(("invitation.withdrawn", "invitation.accepted"), "invitation", "team.members", _l("This invitation is not open any more: it was accepted or withdrawn.")),
)


class Here(Protocol):
    """The edition of the page, as far as this room knows editions."""

    id: int
    slug: str


@team.route("", methods=["GET", "POST"])
@access.organiser(Role.ADMINISTRATOR)
@once
def members(edition: Here) -> Answer:
    """List the team and invite somebody to it."""
    form = InviteForm(data={"language": i18n.language()})
    if form.validate_on_submit():
        with refusals(form):
            subject = {"role": form.role.data}
            invitations.invite(form.email.data, "role", edition.id, subject, form.language.data, actor_id=current_user.id, now=clock.real_now())
            flash(_("We sent an invitation to %(email)s.", email=form.email.data), "ok")
            return _back(edition)
    shown = {"members": queries.team(edition.id), "invited": invitations.open_invitations("role", edition.id), "now": clock.real_now()}
    return render_template("accounts/organiser/team.html", form=form, **shown), form.status


@team.route("/<int:user_id>", methods=["GET", "POST"])
@access.organiser(Role.ADMINISTRATOR)
def member(edition: Here, user_id: int) -> Answer:
    """Change what a member may do; without any role they leave the team."""
    found = queries.member(edition.id, user_id)
    form = RolesForm(data={"roles": list(found.roles)})
    if form.validate_on_submit():
        with refusals(form):
            roles.set_roles(user_id, edition.id, [Role(role) for role in form.roles.data or []], actor_id=current_user.id, now=clock.real_now())
            flash(_("The roles of %(name)s are changed.", name=found.user.name), "ok")
            return _back(edition)
    return render_template("accounts/organiser/member.html", form=form, member=found), form.status


@team.post("/invitations/<int:invitation_id>/withdraw")
@access.organiser(Role.ADMINISTRATOR)
def withdraw_invitation(edition: Here, invitation_id: int) -> Response:
    """Take an invitation back; its link opens nothing any more."""
    invitations.withdraw_invitation(invitation_id, "role", edition.id, actor_id=current_user.id, now=clock.real_now())
    flash(_("The invitation is withdrawn."), "ok")
    return _back(edition)


@team.post("/<int:user_id>/disable")
@access.owner
def disable(edition: Here, user_id: int) -> Response:
    """End a member's account, everywhere."""
    found = queries.member(edition.id, user_id)
    roles.disable_user(found.user.id, actor_id=current_user.id, now=clock.real_now())
    flash(_("The account of %(name)s is disabled and signed out.", name=found.user.name), "ok")
    return _back(edition)


@team.post("/<int:user_id>/enable")
@access.owner
def enable(edition: Here, user_id: int) -> Response:
    """Let a disabled member in again."""
    found = queries.member(edition.id, user_id)
    roles.enable_user(found.user.id, actor_id=current_user.id, now=clock.real_now())
    flash(_("%(name)s can sign in again.", name=found.user.name), "ok")
    return _back(edition)


def _back(edition: Here) -> Response:
    return redirect(url_for("team.members", edition=edition.slug))
